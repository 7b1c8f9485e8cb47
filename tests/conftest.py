"""What several tests share: a tiny user project that can be broken one key at a time, shipped results, the command."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import hypothesis
import pytest

from parkmap.cli.main import main
from parkmap.errors import InvalidInputError
from parkmap.plan.catalog import Catalog, shipped_root
from parkmap.plan.load import load_plan
from parkmap.questions.check import check
from parkmap.results.plan import analyse

TESTVILLE = Path(__file__).parent / "testville"
AS_OF = dt.date(2025, 6, 1)

# The machines of CI differ in speed: laws are checked by the number of cases, never by the clock.
hypothesis.settings.register_profile(
    "parkmap", deadline=None, derandomize=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("parkmap")


@dataclasses.dataclass(frozen=True)
class Project:
    """A user's folder with one plan, one policy, one scenario and three layers, free to be broken."""

    root: Path
    plan = "config/plans/testville.yaml"
    policy = "config/policies/testville-land.yaml"
    scenario = "config/scenarios/testville/base.yaml"
    documents = "config/documents.yaml"
    districts = "layers/testville/districts.geojson"
    land = "layers/testville/land.geojson"
    places = "layers/testville/places.geojson"

    @property
    def catalog(self) -> Catalog:
        return Catalog((self.root, shipped_root().resolve()))

    @property
    def sources(self) -> Path:
        return self.root / "sources"

    def replace(self, name: str, old: str, new: str) -> int:
        """Change the one place where `old` stands and return the line on which the new text ends."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        before, _, after = text.partition(old)
        path.write_bytes((before + new + after).encode())
        return (before + new).count("\n") + 1

    def line(self, name: str, text: str) -> int:
        """Return the line on which a text that stands once begins."""
        whole = (self.root / name).read_text(encoding="utf-8")
        assert whole.count(text) == 1, f"{text!r} stands {whole.count(text)} times in {name}"
        return whole[: whole.index(text)].count("\n") + 1

    def append(self, name: str, text: str) -> int:
        """Add text at the end and return its first line."""
        path = self.root / name
        before = path.read_text(encoding="utf-8")
        path.write_bytes((before + text).encode())
        return before.count("\n") + 1

    def layer(self, name: str) -> dict:
        """Return a layer as JSON."""
        return json.loads((self.root / name).read_text(encoding="utf-8"))

    def write_layer(self, name: str, collection: dict) -> None:
        """Write a layer."""
        (self.root / name).write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")

    def feature(self, name: str, feature_id: str, *, geometry: object = ..., **properties: object) -> None:
        """Change one feature of a layer."""
        collection = self.layer(name)
        (found,) = [f for f in collection["features"] if f["properties"]["id"] == feature_id]
        found["properties"].update(properties)
        if geometry is not ...:
            found["geometry"] = geometry
        self.write_layer(name, collection)

    def load(self):
        return load_plan(self.catalog, "testville")

    def analyse(self, **keywords):
        return analyse(self.catalog, "testville", **{"as_of": AS_OF, **keywords})

    def check(self, **keywords):
        """Return the findings of a check, and whether the plan is usable."""
        return check(self.catalog, "testville", **{"as_of": AS_OF, **keywords})

    def problems(self) -> list:
        """Return why the plan cannot be loaded; fails when it can."""
        with pytest.raises(InvalidInputError) as caught:
            self.load()
        return list(caught.value.findings)


@pytest.fixture
def testville(tmp_path: Path) -> Project:
    """A fresh copy of the tiny project."""
    root = tmp_path / "project"
    shutil.copytree(TESTVILLE, root)
    return Project(root)


@pytest.fixture(scope="session")
def testville_results(tmp_path_factory):
    """The tiny project, analysed once; for tests that only look."""
    root = tmp_path_factory.mktemp("testville") / "project"
    shutil.copytree(TESTVILLE, root)
    return Project(root).analyse()


@functools.cache
def _shipped(plan_id: str):
    return analyse(Catalog((shipped_root().resolve(),)), plan_id, as_of=AS_OF)


@pytest.fixture(scope="session")
def shipped():
    """A function from plan id to the results of a shipped plan, each analysed once."""
    return _shipped


@pytest.fixture(autouse=True)
def _no_language_from_outside(monkeypatch):
    monkeypatch.delenv("PARKMAP_LANG", raising=False)


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
