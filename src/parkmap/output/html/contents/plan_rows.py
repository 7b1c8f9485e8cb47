"""The lines of the cards: what is known of a district or an item, how sure it is, and the clause that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from parkmap import messages
from parkmap.facts.card import Link, Row
from parkmap.messages import Words
from parkmap.output.html import words
from parkmap.plan.schema import Component, Item, Park, Project, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parkmap.results.plan import PlanResults

NEAR_CONTACTS: Final = ("border", "overlap", "point", "undecidable")
"""Contacts that a card names; what is apart or unknown would fill it."""
M2_PER_HA: Final = 10_000


def district_rows(results: PlanResults, name: str) -> Iterator[Row]:
    """Yield what is known of an administrative district.

    Parameters
    ----------
    results
        The results of one plan.
    name
        Id of the district.
    """
    own = results.geography.districts.loc[name]
    covered = results.coverage.districts.loc[name]
    yield words.row(
        "adcode", messages.plain(own["adcode"] if pd.notna(own["adcode"]) else f"({own['statistical_adcode']})")
    )
    yield words.row("area", _hectares(covered["area_m2"]))
    if pd.notna(own["area_published_ha"]):
        yield words.row("area_published", messages.words("amount.hectares", n=f"{own['area_published_ha']:,.0f}"))
    if isinstance(own["area_note_zh"], str):
        yield words.row("area_note", Words(own["area_note_zh"], own["area_note_en"]))
    yield words.row("covered", _covered(covered))
    if covered["unknown_items"]:
        yield words.linked("unknown_items", _links(results, covered["unknown_items"]))
    for position in results.plan.positions:
        if position.district == name:
            yield words.row("position", position.position.words)
            if position.places:
                yield words.linked("named_places", _links(results, position.places))
            yield words.row("clause", clause(results, position.source))
    here = [item for item, ids in results.items["district_ids"].items() if name in ids]
    if here:
        yield words.linked("items_here", _links(results, here))
    yield words.row("origin", messages.plain(own["origin"]))


def item_rows(results: PlanResults, item: Item) -> Iterator[Row]:
    """Yield what is known of a component, park or project that has a place.

    Parameters
    ----------
    results
        The results of one plan.
    item
        The item.
    """
    place = results.geography.places.loc[item.place]
    if item.aliases:
        yield words.row("aliases", messages.plain("；".join(item.aliases)))
    yield from _relations(results, item)
    if item.industries:
        names = {industry.id: industry.name.words for industry in results.plan.industries}
        yield words.row("industries", messages.joined([names[name] for name in item.industries]))
    if item.lead_units:
        yield words.row("lead_units", messages.plain("；".join(item.lead_units)))
    yield from _area_rows(results, item, place)
    yield from _quota_rows(results, item)
    if item.note:
        yield words.row("note", item.note.words)
    yield from _evidence(results, item, place)


def kind(item: Item) -> Words:
    """Return what an item is, with a mark where the role was read from its name.

    Parameters
    ----------
    item
        The item.
    """
    if isinstance(item, Component):
        word = messages.words(f"role.{item.role}").capitalised()
        mark = messages.words("inferred") if item.role_basis == "inferred" else messages.NONE
        return Words(word["zh"] + mark["zh"], word["en"] + mark["en"])
    return messages.words(f"kind.{item.kind}" if isinstance(item, Project) else "kind.park").capitalised()


def clause(results: PlanResults, source: Source) -> Words:
    """Return a citation.

    Parameters
    ----------
    results
        The results of one plan.
    source
        What is cited.
    """
    title = results.plan_set.documents[source.document].title
    return Words(f"《{title.zh}》 {source.clause}", f"{title.en}, {source.clause}")


def _relations(results: PlanResults, item: Item) -> Iterator[Row]:
    located = results.items.loc[item.id]
    if located["district_ids"]:
        yield words.linked("district", _district_links(results, located["district_ids"]))
    above = _above(item)
    if above is not None:
        yield words.linked("part_of", _links(results, [above]))
    below = [other.id for other in _all_items(results) if _above(other) == item.id]
    if below:
        yield words.linked("parts", _links(results, below))
    beside = list(_neighbours(results, item.id))
    if beside:
        yield words.linked("neighbours", beside)


def _above(item: Item) -> str | None:
    if isinstance(item, Component):
        return item.part_of
    return item.component if isinstance(item, Park | Project) else None


def _all_items(results: PlanResults) -> tuple[Item, ...]:
    plan = results.plan
    return (*plan.components, *plan.parks, *plan.projects)


def _neighbours(results: PlanResults, name: str) -> Iterator[Link]:
    pairs = results.adjacency.pairs
    near = pairs[pairs["contact"].isin(NEAR_CONTACTS)]
    for pair, contact in near["contact"].items():
        if name in pair:
            other = item_name(results, pair[0] if pair[1] == name else pair[1])
            how = messages.words(f"contact.{contact}")
            yield Link(
                id=pair[0] if pair[1] == name else pair[1],
                name=Words(f"{other['zh']}（{how['zh']}）", f"{other['en']} ({how['en']})"),
            )


def _area_rows(results: PlanResults, item: Item, place: pd.Series) -> Iterator[Row]:
    if isinstance(item, Project):
        return
    area = results.coverage.items.at[item.id, "area_m2"]
    yield words.row("area", messages.words("unknown_extent") if pd.isna(area) else _hectares(area))
    if pd.notna(place["area_published_ha"]):
        basis = messages.words(f"basis.{place['area_basis']}")
        published = messages.words("amount.hectares", n=f"{place['area_published_ha']:,.0f}")
        value: Words = Words(f"{published['zh']}（{basis['zh']}）", f"{published['en']} ({basis['en']})")
        yield words.row("area_published", value)


def _quota_rows(results: PlanResults, item: Item) -> Iterator[Row]:
    if results.quota is None:
        return
    own = results.quota.allocations[results.quota.allocations["item"] == item.id]
    stamp = messages.words("page.example") if results.rests_on_assumptions else messages.NONE
    for row in own.itertuples():
        value = messages.words(
            "page.quota",
            year=row.year,
            allocated=f"{row.allocated_m2 / M2_PER_HA:,.2f}",
            claim=f"{row.claim_m2 / M2_PER_HA:,.2f}",
            stamp=stamp,
        )
        yield words.row(f"quota_{row.commodity}", value)


def _evidence(results: PlanResults, item: Item, place: pd.Series) -> Iterator[Row]:
    """Yield how the place was drawn, how sure it is, and every clause."""
    located = results.items.loc[item.id]
    sort = messages.words(f"determinacy.{located['determinacy']}")
    yield words.row("determinacy", messages.words("sure", sort=sort, accuracy=f"{located['accuracy_m']:,.0f}"))
    yield words.row("method", messages.words(f"method.{located['method']}"))
    if isinstance(place["note_zh"], str):
        yield words.row("geometry_note", Words(place["note_zh"], place["note_en"]))
    yield words.row("origin", messages.plain(place["origin"]))
    if item.also:
        yield words.row("also", messages.joined([clause(results, source) for source in item.also]))
    yield words.row("clause", clause(results, item.source))


def _links(results: PlanResults, names: Sequence[str]) -> list[Link]:
    return [Link(id=name, name=item_name(results, name)) for name in names if name in results.items.index]


def _district_links(results: PlanResults, names: Sequence[str]) -> list[Link]:
    frame = results.geography.districts
    return [Link(id=name, name=Words(frame.at[name, "name_zh"], frame.at[name, "name_en"])) for name in names]


def item_name(results: PlanResults, name: str) -> Words:
    """Return the name of an item.

    Parameters
    ----------
    results
        The results of one plan.
    name
        Its id.
    """
    row = results.items.loc[name]
    return Words(row["name_zh"], row["name_en"])


def _covered(values: pd.Series) -> Words:
    low, best, high = (values[f"covered_{end}_m2"] / M2_PER_HA for end in ("low", "best", "high"))
    area, share = (
        messages.words("amount.hectares", n=f"{best:,.0f} ({low:,.0f}–{high:,.0f})"),
        f"{values['share_best'] * 100:.1f} %",
    )
    return Words(f"{area['zh']}，{share}", f"{area['en']}, {share}")


def _hectares(area_m2: float) -> Words:
    return messages.words("amount.hectares", n=f"{area_m2 / M2_PER_HA:,.1f}")
