"""Sites on the map page, from the tiny project with the populations of its districts.

layer  | demand, shut, open; none of demand that is not there
card   | of an open site, of a shut one, of demand: the same numbers as in the tables
"""

from __future__ import annotations

import datetime as dt

import pytest

from parkmap.questions.base import Workspace
from parkmap.questions.site import QUESTION, SiteRequest


@pytest.fixture
def answer(testville):
    path = testville.root / "layers/testville/population.csv"
    path.write_text("district,population\nnw,10\nse,4\n", encoding="utf-8")
    workspace = Workspace(catalog=testville.catalog, as_of=dt.date(2025, 6, 1))
    return QUESTION.answer(workspace, ("testville",), SiteRequest(model="p-median", count=1))


def cards(group):
    return {
        feature.id: {row.label["en"].lower(): row.value["en"] for row in feature.rows} for feature in group.features
    }


def test_open_sites_are_shown_and_on_top(answer):
    groups = answer.layers()
    assert [(group.id, group.shown) for group in groups] == [
        ("site-demand", False), ("site-shut", False), ("site-open", True),
    ]  # fmt: skip
    (chosen,) = groups[-1].features
    (opened,) = answer.as_document()["new_sites"]
    assert (chosen.id, chosen.label_rank) == (f"site-{opened}", 0)


def test_cards_say_what_the_tables_say(answer):
    demand, shut, chosen = answer.layers()
    rows = {row["id"]: row for row in answer.as_document()["sites"]}
    ((name, card),) = cards(chosen).items()
    own = rows[name.removeprefix("site-")]
    assert (card["state"], card["served"]) == ("new", "14.00")
    assert card["marginal gain"] == f"{own['marginal']:,.2f}" if own["marginal"] is not None else True
    assert card["ways"].startswith("straight line")
    assert {card["state"] for card in cards(shut).values()} == {"not chosen"}
    some = next(iter(cards(demand).values()))
    assert some["way"].endswith(" minutes")
    assert some["site"] == answer.table("site-sites").names["site"][own["id"]]["en"]


def test_the_page_says_that_ways_are_estimates(answer):
    assert any("straight-line" in stamp["en"] for stamp in answer.page(answer).stamps)


def test_no_object_per_row_of_demand(answer):
    """A million points are columns of plain values."""
    values = answer.table("site-demand").values
    assert {type(one) for key in ("id", "weight", "way", "site", "served_share") for one in values[key]} <= {str, float}
    assert not isinstance(values["name"], list)
