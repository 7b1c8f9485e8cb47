"""A user's own city from files alone: the example of the docs runs, and the page names all that a layer may hold.

Case matrix
- the example: no error and no warning, as it stands and from another folder; totals by hand
- the page: every property, determinacy, method and basis that the code knows
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path
from typing import get_args

import pytest

from parkmap.layers.contracts import COMMON, DETERMINACIES, EXTRA, METHODS, SORTS
from parkmap.plan.catalog import Catalog, shipped_root
from parkmap.plan.elements import Basis
from parkmap.questions.check import check
from parkmap.results.plan import analyse

DOCS = Path(__file__).resolve().parents[2] / "docs"
AS_OF = dt.date(2026, 1, 1)


@pytest.fixture(name="own")
def own_folder(tmp_path):
    shutil.copytree(DOCS / "example-city", tmp_path / "mine")
    return Catalog((tmp_path / "mine", shipped_root().resolve()))


def test_the_example_has_no_fault(own):
    found, usable = check(own, "example-plan", as_of=AS_OF)
    assert usable
    assert [(f.code, f.severity) for f in found] == [("gap.undetermined", "note")]


def test_the_example_adds_up(own):
    """Priority by tier: the core gets its 80,000 m2, the park the 20,000 m2 that are left of 100,000."""
    results = analyse(own, "example-plan", as_of=AS_OF)
    given = results.quota.allocations.set_index("item")["allocated_m2"]
    assert given.to_dict() == {"core": 80_000, "east-park": 20_000}


def test_the_page_names_everything_that_a_layer_may_hold():
    page = (DOCS / "own-city.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_]+)`", page))
    extra = {name for columns in EXTRA.values() for name in columns}
    assert {*COMMON, *extra, *SORTS, *DETERMINACIES, *METHODS, *get_args(Basis)} <= named
