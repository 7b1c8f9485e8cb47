"""What is known of each district and item, from all questions that are asked of a plan: for cards and GIS files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parkmap import questions
from parkmap.facts.plain import properties
from parkmap.output.vector import feature_collection
from parkmap.questions.show.answer import districts_of, items_of
from parkmap.questions.show.tables import ITEMS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from parkmap.facts.facts import Facts
    from parkmap.facts.plain import Plain
    from parkmap.questions.base import Question
    from parkmap.results.plan import PlanResults

KINDS: Final = frozenset({"district", "item"})
"""What the features of a plan are."""


def features(results: PlanResults) -> tuple[Facts, ...]:
    """Return every table about districts or items that a registered question adds to their features.

    GIS files have those that are written as features, one row each; cards have all of them.

    Parameters
    ----------
    results
        The plan.
    """
    asked = (questions.question(name) for name in questions.NAMES)
    return tuple(facts for question in asked if _adds(question) for facts in _told(question, results))


def _adds(question: Question) -> bool:
    told = (one for document in question.documents for one in document.tables)
    return question.features is not None or any(one.gis and one.about in KINDS for one in told)


def _told(question: Question, results: PlanResults) -> Iterator[Facts]:
    if question.features is not None:
        yield from question.features(results)
    elif question.of_plan is not None:
        answer = question.of_plan(results, question.request())
        told = () if answer is None else answer.facts
        yield from (facts for facts in told if facts.table.gis and facts.table.about in KINDS)


def gis_files(results: PlanResults) -> dict[str, str]:
    """Return the GeoJSON text of each layer of a plan, with the results of every question joined.

    Parameters
    ----------
    results
        The plan.

    Returns
    -------
    dict of str to str
        File name to content: districts, components, parks, projects; null geometry where a place is undetermined.
    """
    added, districts = features(results), districts_of(results)
    outlines = results.geography.districts["outline"]
    texts = {"districts.geojson": feature_collection(outlines, joined(districts, added, districts.values["id"]))}
    items = {section: items_of(results, section) for section in ITEMS}
    zones = [name for section in ("components", "parks") for name in items[section].values["id"]]
    for section, own in items.items():
        names = list(own.values["id"])
        rows = joined(own, added, names if section == "projects" else zones)
        texts[f"{section}.geojson"] = feature_collection(results.items.geometry.loc[names], rows)
    return texts


def joined(own: Facts, further: Sequence[Facts], kin: Collection[str]) -> list[Plain]:
    """Return the properties of features with those of further tables about the same kind of thing behind them.

    Parameters
    ----------
    own
        One row per feature, column `id`.
    further
        Further tables; their first column holds the id.
    kin
        Features that have the same properties: a table about none of them adds nothing.
    """
    rows = properties(own)
    for facts in (one for one in further if one.table.gis and one.table.about == own.table.about):
        key = facts.all_columns()[0].key
        told = {row[key]: row for row in properties(facts)}
        if not told.keys().isdisjoint(kin):
            empty = dict.fromkeys(next(iter(told.values())))
            rows = [{**row, **_new(told.get(row["id"], empty), row)} for row in rows]
    return rows


def _new(told: Plain, row: Plain) -> Plain:
    return {key: value for key, value in told.items() if key not in row}
