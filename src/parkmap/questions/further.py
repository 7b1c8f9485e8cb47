"""Neighbours and quota of components and parks as facts, until the questions about them tell them (`features`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from parkmap import messages
from parkmap.facts.columns import Column, column, id_list, in_words, named_id, table
from parkmap.facts.facts import Facts, facts
from parkmap.facts.reading import measured
from parkmap.facts.units import COUNT, FLAG, HECTARES
from parkmap.messages import Words, each, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from parkmap.results.plan import PlanResults

CONTACTS: Final = ("border", "overlap", "point", "undecidable")
"""Contacts that a card names; what is apart or unknown would fill it."""
COMMODITIES: Final = ("land", "floor_space")
AMOUNTS: Final = {"claim_m2": ("需求", "claimed"), "allocated_m2": ("分配", "allocated"), "unmet_m2": ("缺口", "unmet")}
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
QUOTA: Final = table(
    "item-quota",
    "title.quota",
    "item",
    ID,
    *(
        column(f"quota_{commodity}_{amount}", zh, en, HECTARES, "Over all years.", null=True, hide=["card"])
        for commodity in COMMODITIES
        for amount, (zh, en) in AMOUNTS.items()
    ),
    column("quota_example", "示例数据", "example", FLAG, "Whether it rests on assumptions.", hide=["card"]),
    gis=True,
)


def further(results: PlanResults) -> Iterator[Facts]:
    """Yield neighbours of components and parks, then their quota where there is one."""
    names = results.names
    yield facts(NEIGHBOURS, (_neighbours(results, name) for name in results.zones.index), names=names)
    if results.quota is None:
        return
    shares = results.quota.allocations
    years = list(dict.fromkeys(zip(shares["commodity"], shares["year"], strict=True)))
    rows = (_quota(results, shares[shares["item"] == name], name, years) for name in results.zones.index)
    yield facts(QUOTA, rows, names=names, columns=(*QUOTA.columns, *(_of_year(*one) for one in years)))


def _neighbours(results: PlanResults, name: str) -> dict[str, Any]:
    items, pairs = results.adjacency.items, results.adjacency.pairs["contact"]
    own = items.loc[name] if name in items.index else {"cluster": None, "neighbours": None}
    near = {contact: [pair for pair in pairs.index[pairs == contact] if name in pair] for contact in CONTACTS}
    others = {contact: tuple(b if a == name else a for a, b in found) for contact, found in near.items()}
    return {"id": name, **own, **{f"near_{contact}": ids for contact, ids in others.items()}}


def _quota(results: PlanResults, own: pd.DataFrame, name: str, years: list[tuple[str, int]]) -> dict[str, Any]:
    row: dict[str, Any] = {"id": name, "quota_example": results.rests_on_assumptions}
    for commodity in COMMODITIES:
        asked = own[own["commodity"] == commodity]
        row |= {f"quota_{commodity}_{amount}": asked[amount].sum() if len(asked) else None for amount in AMOUNTS}
    stamp = words("page.example") if results.rests_on_assumptions else messages.NONE
    told = {(one.commodity, one.year): one for one in own.itertuples()}
    return row | {_key(*when): _said(told[when], stamp) if when in told else None for when in years}


def _key(commodity: str, year: int) -> str:
    return f"quota_{commodity}_{year}"


def _of_year(commodity: str, year: int) -> Column:
    name = words(f"label.quota_{commodity}")
    zh, en = f"{name.zh} {year}（分配 / 需求）", f"{name.en} {year} (allocated / claimed)"
    return in_words(_key(commodity, year), zh, en, null=True, hide=["table", "gis"])


def _said(share: Any, stamp: Words) -> Words:  # noqa: ANN401  a row of a frame
    got, asked = measured(share.allocated_m2, HECTARES), measured(share.claim_m2, HECTARES)
    return each(lambda lang: f"{got[lang]} / {asked[lang]}{stamp[lang]}")
