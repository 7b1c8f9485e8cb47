"""Quota of components and parks as facts, until the question about it tells them (`features`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from parkmap import messages
from parkmap.facts.columns import Column, column, in_words, named_id, table
from parkmap.facts.facts import Facts, facts
from parkmap.facts.reading import measured
from parkmap.facts.units import FLAG, HECTARES
from parkmap.messages import Words, each, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from parkmap.results.plan import PlanResults

COMMODITIES: Final = ("land", "floor_space")
AMOUNTS: Final = {"claim_m2": ("需求", "claimed"), "allocated_m2": ("分配", "allocated"), "unmet_m2": ("缺口", "unmet")}
ID: Final = named_id("id", "名称", "name", of="item")


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
    """Yield the quota of components and parks, where there is one."""
    if results.quota is None:
        return
    shares = results.quota.allocations
    years = list(dict.fromkeys(zip(shares["commodity"], shares["year"], strict=True)))
    rows = (_quota(results, shares[shares["item"] == name], name, years) for name in results.zones.index)
    yield facts(QUOTA, rows, names=results.names, columns=(*QUOTA.columns, *(_of_year(*one) for one in years)))


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
