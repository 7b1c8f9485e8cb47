"""Write results whole or not at all, and never over a file that parkmap did not write."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from parkmap.errors import OutputExistsError

if TYPE_CHECKING:
    from collections.abc import Mapping

MANIFEST: Final = "manifest.json"
TOOL: Final = "parkmap"


def sha256(content: bytes) -> str:
    """Return the SHA-256 of some bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def write_file(path: Path, content: bytes, *, overwrite: bool) -> None:
    """Write one file whole.

    Parameters
    ----------
    path
        Where to; its folder is made if needed.
    content
        What to write.
    overwrite
        Whether a file of that name may be replaced.

    Raises
    ------
    OutputExistsError
        When the file exists and must not be replaced.
    """
    if path.exists() and not overwrite:
        raise OutputExistsError(str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def write_folder(folder: Path, files: Mapping[str, bytes], manifest: Mapping[str, Any], *, overwrite: bool) -> None:
    """Write a set of files with its manifest; replaces an earlier set of parkmap's own.

    Parameters
    ----------
    folder
        Where to.
    files
        File name to content.
    manifest
        What is recorded of the run; the hash of every file is added.
    overwrite
        Whether files that parkmap did not write there may be replaced.

    Raises
    ------
    OutputExistsError
        When the folder holds a file that parkmap did not write, or that was changed since.
    """
    foreign = () if overwrite else foreign_files(folder, files)
    if foreign:
        raise OutputExistsError(", ".join(str(folder / name) for name in foreign))
    outputs = {name: sha256(content) for name, content in sorted(files.items())}
    record = json.dumps({"tool": TOOL, **manifest, "outputs": outputs}, ensure_ascii=False, indent=2) + "\n"
    complete = {**files, MANIFEST: record.encode()}
    folder.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        for name, content in complete.items():
            (staged / name).write_bytes(content)
        _install(staged, folder, complete)
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _install(staged: Path, folder: Path, files: Mapping[str, bytes]) -> None:
    """Move the staged files in; the manifest last, so that a broken run is seen as one."""
    earlier = _recorded(folder)
    folder.mkdir(exist_ok=True)
    (folder / MANIFEST).unlink(missing_ok=True)
    for name in sorted(earlier.keys() - files.keys()):
        if _digest(folder / name) == earlier[name]:  # changed since: no longer parkmap's own
            (folder / name).unlink(missing_ok=True)
    for name in sorted(files, key=lambda n: n == MANIFEST):
        (staged / name).replace(folder / name)


def foreign_files(folder: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return names that would be replaced although parkmap did not write them, or not like this.

    Parameters
    ----------
    folder
        Folder to be written.
    files
        Files to be written.
    """
    if not folder.is_dir():
        return (".",) if folder.exists() else ()
    recorded = _recorded(folder)
    in_the_way = [name for name in (*files, MANIFEST) if (folder / name).exists()]
    own = {name for name, digest in recorded.items() if _digest(folder / name) == digest}
    if recorded:
        own.add(MANIFEST)
    return tuple(sorted(name for name in in_the_way if name not in own))


def _recorded(folder: Path) -> dict[str, str]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        outputs = manifest["outputs"] if manifest["tool"] == TOOL else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    plain = {str(name): str(digest) for name, digest in dict(outputs).items()}
    return {name: digest for name, digest in plain.items() if Path(name).name == name}


def _digest(path: Path) -> str | None:
    return sha256(path.read_bytes()) if path.is_file() else None
