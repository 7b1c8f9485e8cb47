"""Nothing but data reaches stdout, whatever a library prints and however stdout is set up.

| what                             | how                                                                          |
|----------------------------------|------------------------------------------------------------------------------|
| a library that prints            | print, sys.__stdout__, os.write, C's printf left in its buffer until exit    |
| every command with --json        | stdout of a process of its own is JSON and nothing else                      |
| help, version, tables, sentences | still on stdout                                                              |
| closed stdout, closed stderr     | no traceback, no file written over                                           |
| a reader who left, a full disk   | quiet; a sentence                                                            |
| a terminal                       | its width is taken, also where stderr is a file                              |
"""

from __future__ import annotations

import json
import os
import re
import struct
import subprocess
import sys

import click
import pytest

from parkmap.cli.main import COMMANDS, LazyGroup

CHATTER = """
import atexit, ctypes, os, sys
import click
import parkmap.layers.read  # what prints is imported by then, as a library is
from parkmap.cli import options
from parkmap.cli.main import main

libc = ctypes.CDLL(None)
before = options.catalog

def catalog(project):
    print("chatter of print")
    sys.__stdout__.write("chatter of __stdout__\\n")
    os.write(1, b"chatter of a descriptor\\n")
    libc.printf(b"chatter of printf\\n")  # stays in C's buffer until the process ends
    atexit.register(lambda: libc.printf(b"chatter at exit\\n"))
    return before(project)

options.catalog = catalog
main()
"""
KINDS = ("print", "__stdout__", "a descriptor", "printf", "at exit")

JSON_CALLS = {
    "plans": (),
    "show": ("testville",),
    "check": ("testville",),
    "conflicts": ("testville",),
    "coverage": ("testville",),
    "reach": ("testville",),
    "site": ("testville", "--reach", "15", "--count", "1", "--demand", "demand.csv"),
    "adjacency": ("testville",),
    "belts": ("testville",),
    "linkage": ("testville",),
    "quota": ("testville",),
    "why": ("testville", "border-park"),
    "compare": ("testville",),
}


def has_json(name: str) -> bool:
    command = LazyGroup().get_command(click.Context(click.Group()), name)
    return any("--json" in option.opts for option in command.params)


def test_no_command_is_left_out() -> None:
    assert set(JSON_CALLS) == {name for name in COMMANDS if has_json(name)}


@pytest.mark.parametrize("name", JSON_CALLS)
def test_json_is_all_that_reaches_stdout(testville, process, name):
    (testville.root / "demand.csv").write_text("lon,lat\n114.01,22.61\n")
    words = [name, *JSON_CALLS[name], "--json", "--as-of", "2025-06-01"]
    ran = process(*words, python=("-c", CHATTER), PYTHONUNBUFFERED="")  # which would have C write at once
    assert ran.code == 0, ran.err
    assert isinstance(ran.json, dict | list)
    assert all(f"chatter of {kind}" in ran.err or f"chatter {kind}" in ran.err for kind in KINDS)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("--help",), "Usage: parkmap"),
        (("--version",), "parkmap, version"),
        (("quota", "--help"), "Usage: parkmap quota"),
        (("plans", "--lang", "en"), "testville"),
        (("why", "testville", "border-park", "--lang", "en"), "m2"),
    ],
)
def test_answers_for_people_stay_on_stdout(process, words, text):
    ran = process(*words, python=("-c", CHATTER), PYTHONUTF8="1")
    assert ran.code == 0, ran.err
    assert text in ran.out
    assert "chatter" not in ran.out


def shell(testville, line):
    """Run a line of a shell in which `parkmap` stands for our interpreter."""
    command = f'parkmap() {{ "{sys.executable}" -m parkmap "$@"; }}; {line}'
    return subprocess.run(command, shell=True, executable="/bin/bash", cwd=testville.root, capture_output=True)  # noqa: S602, PLW1510


def test_closed_stdout_is_no_traceback_and_writes_over_no_file(testville, tmp_path):
    ran = shell(testville, f"parkmap show testville --json >&-; parkmap export testville -o {tmp_path / 'out'} >&-")
    assert ran.returncode == 0, ran.stderr
    assert b"Traceback" not in ran.stderr
    for file in (tmp_path / "out").glob("*.geojson"):
        assert json.loads(file.read_text(encoding="utf-8"))["type"] == "FeatureCollection"


def test_closed_stderr_leaves_the_answer_alone(testville):
    ran = shell(testville, "parkmap show testville --json 2>&-")
    assert ran.returncode == 0
    assert json.loads(ran.stdout)["plan"] == "testville"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full on this system")  # noqa: PTH110
@pytest.mark.parametrize("words", ["show testville --json", "show testville", "--help"])
def test_a_full_disk_is_told_in_a_sentence(testville, words):
    ran = shell(testville, f"parkmap {words} >/dev/full")
    assert ran.returncode == 2
    assert b"Traceback" not in ran.stderr
    assert b"Exception ignored" not in ran.stderr
    assert ran.stderr.strip()


@pytest.mark.parametrize("words", ["--json", "--lang en"])
def test_a_reader_who_never_read_is_no_word(testville, words):
    ran = shell(testville, f"parkmap show guangzhou-health-2017 {words} | true; exit ${{PIPESTATUS[0]}}")
    assert ran.returncode == 1
    assert ran.stderr == b""


def test_a_terminal_gives_the_width(testville, tmp_path):
    pty, fcntl, termios = map(pytest.importorskip, ("pty", "fcntl", "termios"))
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    with (tmp_path / "talk").open("wb") as talk, subprocess.Popen(
        [sys.executable, "-m", "parkmap", "plans", "--lang", "en"],
        cwd=testville.root, env=kept, stdin=subprocess.DEVNULL, stdout=theirs, stderr=talk,
    ) as ran:  # fmt: skip
        os.close(theirs)
        seen = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            seen += part
    os.close(ours)
    assert ran.returncode == 0
    lines = re.sub(r"\x1b\[[\d;]*m", "", seen.decode("utf-8")).splitlines()
    assert len(lines) > 5
    assert max(map(len, lines)) <= 40
