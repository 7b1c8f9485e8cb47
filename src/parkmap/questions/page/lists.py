"""The lists beside the map: stamps, what is not drawn, what can be read in more than one way, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap import messages
from parkmap.messages import Words
from parkmap.output.html.model import OpenItem, OpenQuestion
from parkmap.plan.links import plan_items
from parkmap.questions.show.answer import both
from parkmap.questions.show.wording import clause, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.plan.schema import Item, Statement
    from parkmap.results.plan import PlanResults


def stamps(results: PlanResults, *, with_readings: bool = True) -> Iterator[Words]:
    """Yield the statements that must stand on every output of a plan.

    Parameters
    ----------
    results
        The results of one plan.
    with_readings
        Whether the readings are told.
    """
    yield messages.words(f"validity.stamp.{results.validity}", day=results.as_of)
    if results.readings and with_readings:
        names = messages.joined(reading.name.words for reading in results.readings)
        yield messages.words("stamp.readings", names=names)
    yield messages.words("stamp.indicative")
    if results.rests_on_assumptions:
        yield messages.words("stamp.example")


def open_items(results: PlanResults) -> Iterator[OpenItem]:
    """Yield what the plan names and nobody can place.

    Parameters
    ----------
    results
        The results of one plan.
    """
    for item in plan_items(results.plan):
        if results.items.geometry[item.id] is None:
            yield OpenItem(
                id=item.id,
                name=item.name.words,
                role=kind_of(item).capitalised(),
                reason=_reason(results, item),
                source=clause(results.plan_set.documents, item.source),
            )


def open_questions(results: PlanResults) -> Iterator[OpenQuestion]:
    """Yield where the document can be read in more than one way.

    Parameters
    ----------
    results
        The results of one plan.
    """
    chosen = {reading.id for reading in results.readings}
    for conflict in results.plan.conflicts:
        readings = {reading.id: reading.name.words for reading in conflict.readings}
        current = next(iter(chosen & readings.keys()), conflict.in_use)
        yield OpenQuestion(
            topic=conflict.topic.words,
            in_use=readings[current],
            others=tuple(name for key, name in readings.items() if key != current),
            says=tuple(_passage(results, said) for said in conflict.says),
            reason=None if conflict.reason is None else conflict.reason.words,
        )


def sources(results: PlanResults) -> Iterator[Words]:
    """Yield the documents, then the origin of the base, each under its heading.

    Parameters
    ----------
    results
        The results of one plan.
    """
    cited = {results.plan.document, *(policy.document for policy in results.plan_set.policies.values())}
    for name in sorted(cited, key=lambda n: n != results.plan.document):
        title = results.plan_set.documents[name].title
        yield Words(f"《{title.zh}》", title.en)
    layers = {"layer.districts": results.geography.districts, "layer.land": results.geography.land}
    for key, frame in layers.items():
        for origin in dict.fromkeys(frame["origin"]):
            yield messages.words("page.data_of", layer=messages.words(key), origin=origin)


def _reason(results: PlanResults, item: Item) -> Words:
    if item.undetermined is not None:
        return item.undetermined.words
    if item.place is not None:
        return both(results.geography.places.loc[item.place], "note") or messages.words("reason.no_place")
    return messages.words("reason.no_place")


def _passage(results: PlanResults, said: Statement) -> Words:
    where = clause(results.plan_set.documents, said.source)
    meaning = messages.NONE if said.meaning is None else said.meaning.words
    gloss = Words(f"（{meaning.zh}）", f" ({meaning.en})") if meaning else messages.NONE
    return messages.each(lambda lang: f"“{said.written}”{gloss[lang]} {where[lang]}")
