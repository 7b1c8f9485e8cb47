"""Write the sha256 of each layer file into SOURCES.yaml, and touch nothing else there.

Run `python scripts/hash_layers.py` after any edit below `layers/`; with `--check` it only says what differs.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from pathlib import Path

from layerkit.problems import run, stop_if_any

DEFAULT_LAYERS = Path(__file__).resolve().parents[1] / "layers"
FILE_LINE = re.compile(r"^  - file: (?P<name>\S+)\s*$")
HASH_LINE = re.compile(r"^(?P<head>    sha256: )\S*\s*$")


def digest(path: Path) -> str:
    """Hash a file.

    Parameters
    ----------
    path : Path
        File to read.

    Returns
    -------
    str
        Hexadecimal sha256; of nothing when the file is absent.
    """
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def rehashed(text: str, folder: Path) -> tuple[str, list[str]]:
    """Replace the hashes in the text of SOURCES.yaml.

    Parameters
    ----------
    text : str
        Content of SOURCES.yaml: a `file` line opens an entry, a `sha256` line belongs to the last one opened.
    folder : Path
        Folder of the files.

    Returns
    -------
    tuple[str, list[str]]
        New text, and one sentence per file that is absent, unhashed or not listed.
    """
    lines: list[str] = []
    listed: dict[str, bool] = {}
    name = ""
    for line in text.splitlines():
        opened, hashed = FILE_LINE.match(line), HASH_LINE.match(line)
        if opened:
            name = opened["name"]
            listed[name] = False
        if hashed and name:
            listed[name] = True
        lines.append(f"{hashed['head']}{digest(folder / name)}" if hashed and name else line)
    return "\n".join(lines) + "\n", _problems(listed, folder)


def _problems(listed: dict[str, bool], folder: Path) -> list[str]:
    present = {path.name for path in folder.iterdir() if path.is_file()} - {"SOURCES.yaml"}
    found = [f"{folder.name}: {name} is listed but absent" for name in listed if name not in present]
    found += [f"{folder.name}: {name} has no sha256 line" for name, hashed in listed.items() if not hashed]
    return found + [f"{folder.name}: {name} is not in SOURCES.yaml" for name in sorted(present - set(listed))]


def main() -> None:
    """Update all SOURCES.yaml below `--layers`, or only compare them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--layers", type=Path, default=DEFAULT_LAYERS, help="folder of the cities")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 2 when a hash differs")
    arguments = parser.parse_args()
    problems: list[str] = []
    updates: dict[Path, str] = {}
    for path in sorted(arguments.layers.glob("*/SOURCES.yaml")):
        text = path.read_text(encoding="utf-8")
        updates[path], found = rehashed(text, path.parent)
        problems += found
        if arguments.check and updates[path] != text:
            problems.append(f"{path.parent.name}: hashes differ; run scripts/hash_layers.py")
    stop_if_any(problems)
    for path, text in updates.items():
        if not arguments.check:
            path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(run(main))
