"""Bring the third-party assets of our maps out of their npm packages, made fit for one offline file.

Run it when a pin changes: ``python scripts/build_assets.py``. It packs each pinned package through npm, checks the
package's digest, writes the few files that the page needs to ``src/parkmap/output/html/assets/vendor`` and lists
them with licence and sha256 in ``assets/MANIFEST.json``. ``--check`` writes nothing and fails when a file differs.
"""

from __future__ import annotations

import argparse
import base64
import dataclasses
import hashlib
import json
import posixpath
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ASSETS = Path(__file__).resolve().parents[1] / "src" / "parkmap" / "output" / "html" / "assets"
MIME = {".png": "image/png", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


def only_woff2(css: str) -> str:
    """Keep the one form of a font that every browser of today reads."""

    def lean(face: re.Match[str]) -> str:
        (kept,) = re.findall(r"url\([^)]*\.woff2['\"]?\) format\([^)]*\)", face[0])
        return re.sub(r"src:[^;}]*;?", "", face[0]).rstrip("} ;") + f";src:{kept}}}"

    return re.sub(r"@font-face\s*\{[^}]*\}", lean, css)


def glyphicons(css: str) -> str:
    """Keep of Bootstrap 3 its icons, which folium's default marker icons are drawn with."""
    rules = re.findall(r"@font-face \{[^}]*\}|\.glyphicon[^{}]*\{[^}]*\}", css)
    return only_woff2(re.sub(r"\s+", " ", "\n".join(rules)))


def without_retina(css: str) -> str:
    """Drop pictures of twice the size: they alone are larger than all the rest."""
    return re.sub(r"/\* Retina.*?(?=\.awesome-marker i )", "", css, flags=re.DOTALL)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Package:
    """One pinned npm package and what is taken from it."""

    name: str
    version: str
    integrity: str
    licence: str
    licence_file: str
    files: tuple[str, ...]
    edit: Callable[[str], str] | None = None
    """What is done to its style sheets before what they point at is put into them."""


PACKAGES = (
    Package(
        name="leaflet",
        version="1.9.4",
        integrity="sha512-nxS1ynzJOmOlHp+iL3FyWqK89GtNL8U8rvlMOsQdTTssxZwCXh8N2NB3GDQOL+YR3XnWyZAxwQixURb+FA74PA==",
        licence="BSD-2-Clause",
        licence_file="LICENSE",
        files=("dist/leaflet.js", "dist/leaflet.css"),
    ),
    Package(
        name="jquery",
        version="3.7.1",
        integrity="sha512-m4avr8yL8kmFN8psrbFFFmB/If14iN5o9nw/NgnnM+kybDJpRsAynV2BsfpTYrTRysYUdADVD7CkUUizgkpLfg==",
        licence="MIT",
        licence_file="LICENSE.txt",
        files=("dist/jquery.min.js",),
    ),
    Package(
        name="leaflet.awesome-markers",
        version="2.0.5",
        integrity="sha512-Ne/xDjkGyaujwNVVkv2tyXQUV0ZW7gZ0Mo0FuQY4jp2qWrvXi0hwDBvmZyF/8YOvybyMabTMM/mFWCTd1jZIQA==",
        licence="MIT",
        licence_file="LICENSE",
        files=("dist/leaflet.awesome-markers.min.js", "dist/leaflet.awesome-markers.css"),
        edit=without_retina,
    ),
    Package(
        name="bootstrap",
        version="3.4.1",
        integrity="sha512-yN5oZVmRCwe5aKwzRj6736nSmKDX7pLYwsXiCj/EYmo16hODaBiT4En5btW/jhBF/seV+XMx3aYwukYC3A49DA==",
        licence="MIT",
        licence_file="LICENSE",
        files=("dist/css/bootstrap.css",),
        edit=glyphicons,
    ),
    Package(
        name="@fortawesome/fontawesome-free",
        version="6.2.0",
        integrity="sha512-CNR7qRIfCwWHNN7FnKUniva94edPdyQzil/zCwk3v6k4R6rR2Fr8i4s3PM7n/lyfPA6Zfko9z5WDzFxG9SW1uQ==",
        licence="CC-BY-4.0 AND OFL-1.1 AND MIT",
        licence_file="LICENSE.txt",
        files=("css/fontawesome.min.css", "css/solid.min.css"),
        edit=only_woff2,
    ),
)


def fetch(package: Package, folder: Path) -> dict[str, bytes]:
    """Return the files of a package by their path, after its digest was checked."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is needed to rebuild the assets; it was not found")
    subprocess.run(  # noqa: S603 - the arguments are the pins above
        [npm, "pack", "--silent", f"{package.name}@{package.version}", "--pack-destination", str(folder)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    (tarball,) = folder.glob("*.tgz")
    digest = "sha512-" + base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    if digest != package.integrity:
        sys.exit(f"{package.name}@{package.version}: the digest is {digest}, pinned is {package.integrity}")
    with tarfile.open(tarball) as archive:
        return {
            member.name.removeprefix("package/"): handle.read()
            for member in archive.getmembers()
            if (handle := archive.extractfile(member)) is not None
        }


def plain(text: str) -> str:
    """Drop the pointer to a source map, which a browser's tools would fetch, and settle line ends."""
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    text = re.sub(r"(?m)^\s*//[#@]\s*sourceMappingURL=\S*\s*$", "", text)
    text = re.sub(r"/\*[#@]\s*sourceMappingURL=.*?\*/", "", text)
    return text.rstrip() + "\n"


def inlined(css: str, path: str, files: dict[str, bytes]) -> str:
    """Put what a style sheet points at into it, as data; drop what only Internet Explorer reads."""
    css = re.sub(r"behavior:\s*url\(#default#VML\);?", "", css)

    def data(match: re.Match[str]) -> str:
        target = match["url"].strip("'\"")
        if target.startswith("data:"):
            return match[0]
        name = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        body = base64.b64encode(files[name]).decode()
        return f"url(data:{MIME[Path(name).suffix]};base64,{body})"

    return re.sub(r"url\((?P<url>[^)]*)\)", data, css)


def outputs(package: Package, files: dict[str, bytes]) -> dict[str, bytes]:
    """Return what is written for a package, by path below ``assets/``."""
    base = f"vendor/{package.name.rpartition('/')[2]}-{package.version}"
    written = {f"{base}/LICENSE": plain(files[package.licence_file].decode()).encode()}
    for path in package.files:
        text = plain(files[path].decode())
        if path.endswith(".css"):
            text = inlined(package.edit(text) if package.edit else text, path, files)
        written[f"{base}/{Path(path).name}"] = text.encode()
    return written


def manifest(built: dict[Package, dict[str, bytes]]) -> bytes:
    """Return the list of all packages and files."""
    rows = [
        {
            "package": package.name,
            "version": package.version,
            "integrity": package.integrity,
            "licence": package.licence,
            "files": {
                path: {"sha256": hashlib.sha256(body).hexdigest(), "bytes": len(body)} for path, body in files.items()
            },
        }
        for package, files in built.items()
    ]
    note = "Written by scripts/build_assets.py; do not edit."
    return (json.dumps({"note": note, "packages": rows}, indent=2) + "\n").encode()


def main() -> None:
    """Build or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a file differs")
    check = parser.parse_args().check
    built = {}
    for package in PACKAGES:
        with tempfile.TemporaryDirectory() as folder:
            built[package] = outputs(package, fetch(package, Path(folder)))
    wanted = {path: body for files in built.values() for path, body in files.items()}
    wanted["MANIFEST.json"] = manifest(built)
    stale = [
        path for path, body in wanted.items() if not (ASSETS / path).is_file() or (ASSETS / path).read_bytes() != body
    ]
    if check:
        sys.exit(f"not as pinned: {', '.join(stale)}" if stale else 0)
    for path in stale:
        (ASSETS / path).parent.mkdir(parents=True, exist_ok=True)
        (ASSETS / path).write_bytes(wanted[path])
        print("wrote", path)


if __name__ == "__main__":
    main()
