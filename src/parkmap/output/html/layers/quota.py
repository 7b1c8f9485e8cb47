"""The land quota as the page shows it: a bar per claim, a colour per district, year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parkmap import messages
from parkmap.messages import Words
from parkmap.output.html.model import LayerGroup, MapFeature, QuotaBoard, Share
from parkmap.output.html.places import drawn
from parkmap.output.html.shades import OF_RAMP

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from parkmap.plan.schema import Scenario
    from parkmap.results.plan import PlanResults

QUOTA_LAYER: Final = "quota"
"""Id of the layer, and style of its features, that the page colours by the share of claims met."""
AMOUNTS = ["claim_m2", "allocated_m2"]
GROUP = ["commodity", "year"]


def quota_board(results: PlanResults) -> QuotaBoard | None:
    """Return the quota of a plan, or None where there is no scenario.

    A district's share is the sum over the items that lie in it alone: what spreads over several districts is in none,
    because no clause says how it would be divided.

    Parameters
    ----------
    results
        The results of one plan.
    """
    if results.quota is None or results.scenario is None:
        return None
    rows = results.quota.allocations
    ids = results.items["district_ids"].reindex(rows["item"])
    alone = [names[0] if isinstance(names, tuple) and len(names) == 1 else None for names in ids]
    by_district = rows.assign(district=alone).dropna(subset=["district"]).groupby(["district", *GROUP])[AMOUNTS].sum()
    left_out = sorted({item for item, district in zip(rows["item"], alone, strict=True) if district is None})
    return QuotaBoard(
        commodities=tuple(
            (key, messages.words(f"commodity.{key}").capitalised()) for key in _commodities(results.scenario)
        ),
        items=tuple(_shares(rows, "item", results.items)),
        districts=tuple(_shares(by_district.reset_index(), "district", results.geography.districts)),
        stamp=messages.words("stamp.example") if results.rests_on_assumptions else None,
        note=messages.words("page.quota_left_out", count=len(left_out)) if left_out else None,
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
    ground = results.geography.land
    land = ground[~ground.index.str.endswith("around")].union_all()
    districts = results.geography.districts.loc[names]
    frame = districts.set_geometry(districts["outline"].intersection(land))
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


def _commodities(scenario: Scenario) -> tuple[str, ...]:
    """Return the commodities in the order of the pools."""
    return tuple(dict.fromkeys(pool.commodity for pool in scenario.pools))


def _shares(rows: pd.DataFrame, key: str, names: pd.DataFrame) -> Iterator[Share]:
    for row in rows.to_dict("records"):
        named = names.loc[row[key]]
        yield Share(
            id=row[key],
            name=Words(named["name_zh"], named["name_en"]),
            commodity=row["commodity"],
            year=int(row["year"]),
            claim_m2=int(row["claim_m2"]),
            allocated_m2=int(row["allocated_m2"]),
        )
