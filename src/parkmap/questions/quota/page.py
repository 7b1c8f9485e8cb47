"""The land quota as the page shows it: a bar per claim, a colour per district, year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from parkmap import messages
from parkmap.facts import numbers
from parkmap.facts.columns import column, in_words, named_id, table
from parkmap.facts.facts import Facts, facts
from parkmap.facts.units import FLAG, HECTARES
from parkmap.output.html.model import LayerGroup, MapFeature, QuotaBoard, Share
from parkmap.output.html.places import drawn
from parkmap.output.html.shades import OF_RAMP
from parkmap.questions.quota.tables import COMMODITIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from parkmap.messages import Words
    from parkmap.plan.schema import Scenario
    from parkmap.results.plan import PlanResults

QUOTA_LAYER: Final = "quota"
"""Id of the layer, and style of its features, that the page colours by the share of claims met."""
AMOUNTS: Final = {
    "claim_m2": ("需求", "claimed"),
    "allocated_m2": ("分配", "allocated"),
    "unmet_m2": ("未满足", "unmet"),
}
OF_ITEMS: Final = table(
    "item-quota",
    "title.quota",
    "item",
    named_id("id", "名称", "name", of="item"),
    *(
        column(f"quota_{commodity}_{amount}", f"{words.zh}：{zh}", f"{words.en}, {en}", unit, null=True, hide=["card"])
        for commodity, unit in COMMODITIES.items()
        for words in [messages.words(f"commodity.{commodity}")]
        for amount, (zh, en) in AMOUNTS.items()
    ),
    column("quota_example", "示例数据", "example", FLAG, "Whether it rests on assumptions.", hide=["card"]),
    gis=True,
    people=False,
    doc="What an item gets of each commodity, over all years.",
)
CARD: Final = table(
    "quota-card",
    "title.quota",
    "item",
    named_id("id", "名称", "name", of="item"),
    in_words("land", "用地指标", "Land quota", null=True),
    in_words("floor_space", "产业用房", "Floor space", null=True),
    people=False,
    doc="What an item gets of one commodity in one year.",
)


def quota_board(results: PlanResults) -> QuotaBoard | None:
    """Return the quota of a plan, or None where there is no scenario.

    A district's share is that of the allocation (`Quota.sums`): what spreads over several districts is in none, because
    no clause says how it would be divided.

    Parameters
    ----------
    results
        The results of one plan.
    """
    if results.quota is None or results.scenario is None:
        return None
    quota = results.quota
    sums = quota.sums[quota.sums["partition"] == "district"]
    placed = sums[sums["key"] != ""].sort_values(["key", "commodity", "year"])
    left_out = quota.claims.loc[quota.claims["district"] == "", "item"].nunique()
    return QuotaBoard(
        commodities=tuple(
            (key, messages.words(f"commodity.{key}").capitalised()) for key in _commodities(results.scenario)
        ),
        items=tuple(_shares(quota.allocations, "item", results.names["item"])),
        districts=tuple(_shares(placed, "key", results.names["district"])),
        stamp=messages.words("stamp.example") if results.rests_on_assumptions else None,
        note=messages.words("page.quota_left_out", count=left_out) if left_out else None,
    )


def quota_layer(results: PlanResults, board: QuotaBoard) -> LayerGroup:
    """Return the land of the districts that have a share, to be coloured by the page; off at first.

    Parameters
    ----------
    results
        The results of one plan.
    board
        Its quota.
    """
    names = sorted({share.id for share in board.districts})
    frame = results.geography.districts_on_land().loc[names]
    features = tuple(
        MapFeature(
            id=place,
            name=name,
            geometry=shape,
            style=QUOTA_LAYER,
            determinacy=frame.at[place, "determinacy"],
        )
        for place, name, shape in drawn(frame)
    )
    return LayerGroup(
        id=QUOTA_LAYER,
        title=messages.words("layer.quota"),
        parent=messages.words("layer.analysis"),
        features=features,
        shown=False,
        interactive=False,
        classes=OF_RAMP,
    )


def item_facts(results: PlanResults) -> Iterator[Facts]:
    """Yield what GIS files, then what cards say of the quota of components and parks; nothing without a scenario.

    Parameters
    ----------
    results
        The results of one plan.

    Yields
    ------
    Facts
        Sums over the years, one row per item; then one row per claim.
    """
    if results.quota is None:
        return
    example, sums = results.rests_on_assumptions, results.quota.by_item.to_dict("index")
    rows = ({"id": name, "quota_example": example, **_sums(sums, name)} for name in results.zones.index)
    yield facts(OF_ITEMS, rows, names=results.names)
    stamp = messages.words("page.example") if example else messages.NONE
    claims = [
        {"id": row["item"], "land": None, "floor_space": None, row["commodity"]: _amounts(row, stamp)}
        for row in results.quota.allocations.to_dict("records")
    ]
    yield facts(CARD, claims, names=results.names)


def _sums(sums: Mapping[Any, Mapping[str, int]], name: str) -> dict[str, Any]:
    return {
        f"quota_{commodity}_{amount}": sums.get((name, commodity), {}).get(amount)
        for commodity in COMMODITIES
        for amount in AMOUNTS
    }


def _amounts(row: Mapping[str, Any], stamp: Words) -> Words:
    shown = {
        key: numbers.shown(numbers.read(row[f"{key}_m2"], HECTARES), HECTARES.digits) for key in ("allocated", "claim")
    }
    return messages.words("page.quota", year=row["year"], stamp=stamp, **shown)


def _commodities(scenario: Scenario) -> tuple[str, ...]:
    """Return the commodities in the order of the pools."""
    return tuple(dict.fromkeys(pool.commodity for pool in scenario.pools))


def _shares(rows: pd.DataFrame, key: str, names: Mapping[str, Words]) -> Iterator[Share]:
    for row in rows.to_dict("records"):
        yield Share(
            id=row[key],
            name=names[row[key]],
            commodity=row["commodity"],
            year=int(row["year"]),
            claim_m2=int(row["claim_m2"]),
            allocated_m2=int(row["allocated_m2"]),
        )
