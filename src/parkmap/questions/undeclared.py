"""Neighbours and quota of an item, until the questions about them tell them as facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from parkmap import messages
from parkmap.facts.card import Link, Row
from parkmap.messages import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.results.plan import PlanResults

NEAR: Final = ("border", "overlap", "point", "undecidable")
"""Contacts that a card names; what is apart or unknown would fill it."""
M2_PER_HA: Final = 10_000


def undeclared(results: PlanResults) -> dict[str, dict[str, Any]]:
    """Return cluster, number of neighbours and sums of the quota of each component and park, by id.

    Parameters
    ----------
    results
        The plan.
    """
    return {name: _of(results, name) for name in results.zones.index}


def _of(results: PlanResults, name: str) -> dict[str, Any]:
    beside, row = results.adjacency.items, {}
    for column in ("cluster", "neighbours"):
        row[column] = int(beside.at[name, column]) if name in beside.index else None
    quota = results.quota
    if quota is not None:
        own = quota.allocations[quota.allocations["item"] == name]
        for commodity in ("land", "floor_space"):
            asked = own[own["commodity"] == commodity]
            for column in ("claim_m2", "allocated_m2", "unmet_m2"):
                row[f"quota_{commodity}_{column}"] = int(asked[column].sum()) if len(asked) else None
        row["quota_example"] = results.rests_on_assumptions
    return row


def undeclared_rows(results: PlanResults, name: str) -> Iterator[Row]:
    """Yield the neighbours and the quota of an item as lines of its card.

    Parameters
    ----------
    results
        The plan.
    name
        Id of the item.
    """
    links = tuple(_neighbours(results, name))
    if links:
        value = messages.joined(link.name for link in links)
        yield Row(label=messages.words("label.neighbours"), value=value, links=links)
    if results.quota is None:
        return
    own = results.quota.allocations[results.quota.allocations["item"] == name]
    stamp = messages.words("page.example") if results.rests_on_assumptions else messages.NONE
    for row in own.itertuples():
        allocated, claim = (f"{value / M2_PER_HA:,.2f}" for value in (row.allocated_m2, row.claim_m2))
        value = messages.words("page.quota", year=row.year, allocated=allocated, claim=claim, stamp=stamp)
        yield Row(label=messages.words(f"label.quota_{row.commodity}"), value=value)


def _neighbours(results: PlanResults, name: str) -> Iterator[Link]:
    pairs = results.adjacency.pairs
    near = pairs[pairs["contact"].isin(NEAR)]
    for pair, contact in near["contact"].items():
        if name in pair:
            other = pair[0] if pair[1] == name else pair[1]
            named, how = results.names["item"][other], messages.words(f"contact.{contact}")
            yield Link(id=other, name=Words(f"{named.zh}（{how.zh}）", f"{named.en} ({how.en})"))
