"""Run the command line as the console script does, in this process or in one of its own."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys

import pytest

from parkmap.cli.main import main


@dataclasses.dataclass(frozen=True)
class Ran:
    """What a run left behind."""

    code: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self) -> str:
        return self.stdout.decode("utf-8")

    @property
    def err(self) -> str:
        return self.stderr.decode("utf-8")

    @property
    def json(self) -> dict:
        return json.loads(self.stdout)


@pytest.fixture
def parkmap(testville, monkeypatch, capsysbinary):
    """Call `parkmap` in the folder of the tiny project."""
    monkeypatch.chdir(testville.root)

    def run(*words: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["parkmap", *map(str, words)])
        capsysbinary.readouterr()
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capsysbinary.readouterr()
        code = left.value.code
        return Ran(code if isinstance(code, int) else int(bool(code)), out, err)

    return run


@pytest.fixture
def process(testville):
    """Call `python -m parkmap` in a process of its own, in the folder of the tiny project."""

    def run(*words: object, python: tuple[str, ...] = ("-m", "parkmap"), **environment: str) -> Ran:
        kept = {k: v for k, v in os.environ.items() if k not in {"PARKMAP_LANG", "PYTHONIOENCODING", "PYTHONUTF8"}}
        done = subprocess.run(  # noqa: S603  our own interpreter
            [sys.executable, *python, *map(str, words)],
            cwd=testville.root,
            env={**kept, **environment},
            capture_output=True,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return run
