"""What adjoins each component and park, for GIS files and cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from parkmap.facts.columns import Column, column, id_list, named_id, table
from parkmap.facts.facts import Facts, facts
from parkmap.facts.units import COUNT
from parkmap.messages import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.results.plan import PlanResults

CONTACTS: Final = ("border", "overlap", "point", "undecidable")
"""Contacts that a card names; what is apart or unknown would fill it."""
ID: Final = named_id("id", "名称", "name", of="item")


def _beside(contact: str) -> Column:
    how = words(f"contact.{contact}")
    return id_list(f"near_{contact}", f"相邻（{how.zh}）", f"beside it ({how.en})", of="item", hide=["table", "gis"])


NEIGHBOURS: Final = table(
    "item-neighbours",
    "title.adjacency",
    "item",
    ID,
    column("cluster", "连片编号", "cluster", COUNT, null=True, hide=["card"]),
    column("neighbours", "相邻数", "neighbours", COUNT, null=True, hide=["card"]),
    *map(_beside, CONTACTS),
    gis=True,
)


def neighbours(results: PlanResults) -> Iterator[Facts]:
    """Yield cluster and neighbours of components and parks, one row each."""
    yield facts(NEIGHBOURS, (_neighbours(results, name) for name in results.zones.index), names=results.names)


def _neighbours(results: PlanResults, name: str) -> dict[str, Any]:
    items, pairs = results.adjacency.items, results.adjacency.pairs["contact"]
    own = items.loc[name] if name in items.index else {"cluster": None, "neighbours": None}
    near = {contact: [pair for pair in pairs.index[pairs == contact] if name in pair] for contact in CONTACTS}
    others = {contact: tuple(b if a == name else a for a, b in found) for contact, found in near.items()}
    return {"id": name, **own, **{f"near_{contact}": ids for contact, ids in others.items()}}
