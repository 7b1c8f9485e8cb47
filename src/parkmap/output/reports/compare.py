"""Report of `parkmap compare`: two plans of one city, or one plan under two readings or two scenarios."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final, Literal

import pandas as pd
import shapely

from parkmap.analysis.coverage import SLIVER_M2
from parkmap.analysis.transition import transition
from parkmap.output.reports.base import ReadingEntry, Report, head, number
from parkmap.output.reports.changes import Changes, Years, changes
from parkmap.plan.diff import Aspect, Fate, ItemDiff, item_diffs, plan_districts, role_of_entry, target_diffs
from parkmap.plan.targets import growth_percent
from parkmap.plan.validity import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parkmap.plan.schema import Target
    from parkmap.results.plan import PlanResults

SHARED_LETTERS: Final = 2
"""Characters at the beginning of two names that must be equal before parkmap suggests that they may be one place."""


class Side(Report):
    """One of the two that are compared."""

    plan: str
    name_zh: str
    name_en: str
    structure_zh: str
    structure_en: str
    as_of: dt.date
    validity: Status
    readings: list[ReadingEntry]
    scenario: str | None
    year: int | None
    """Year whose quota is compared; null where every year is compared with itself."""


class ItemChange(Report):
    """A component or park of either side; distances in m between the drawn places, low and high by their accuracies."""

    id: str
    fate: Fate
    aspects: list[Aspect]
    before_name_zh: str | None
    before_name_en: str | None
    after_name_zh: str | None
    after_name_en: str | None
    before_role: str | None
    after_role: str | None
    before_place: str | None
    after_place: str | None
    moved_m: float | None
    """Distance between the centres of the two places; null where either has no geometry or they are one."""
    moved_low_m: float | None
    moved_high_m: float | None


class PossiblyOne(Report):
    """A dropped and an added entry whose names begin alike and whose places may touch: perhaps one thing."""

    before: str
    before_name_zh: str
    before_name_en: str
    after: str
    after_name_zh: str
    after_name_en: str
    distance_m: float
    accuracy_m: float
    """Sum of both accuracies; within it the two cannot be told apart."""


class TransferCell(Report):
    """Land under certain zones before and certain zones after; empty lists are land under no zone."""

    district: str
    name_zh: str
    name_en: str
    before: list[str]
    after: list[str]
    area_m2: float


class RoleTransfer(Report):
    """Land by role before and role after, all districts together; `none` is land under no zone."""

    before: str
    after: str
    area_m2: float


class TargetChange(Report):
    """A target of either side."""

    id: str
    fate: Literal["added", "dropped", "changed", "same"]
    indicator_zh: str
    indicator_en: str
    unit_zh: str
    unit_en: str
    before_comparator: str | None
    before_value: float | None
    before_value_to: float | None
    before_year: int | None
    before_growth_percent: float | None
    after_comparator: str | None
    after_value: float | None
    after_value_to: float | None
    after_year: int | None
    after_growth_percent: float | None


class DistrictChange(Report):
    """A district that is named on one side only."""

    district: str
    name_zh: str
    name_en: str
    fate: Literal["in", "out"]


class CompareReport(Report):
    """Result of `parkmap compare`."""

    before: Side
    after: Side
    items: list[ItemChange]
    possibly_one: list[PossiblyOne]
    districts: list[DistrictChange]
    transfer: list[TransferCell]
    transfer_by_role: list[RoleTransfer]
    before_unknown: list[str]
    """Zones of the first side without a known extent, which take no part in the transfer."""
    after_unknown: list[str]
    targets: list[TargetChange]
    changes: Changes


def compare_report(before: PlanResults, after: PlanResults, *, years: Years | None = None) -> CompareReport:
    """Return what differs between two results over the same districts.

    Parameters
    ----------
    before, after
        Results of two plans of one city, or of one plan under two readings or scenarios.
    years
        Years whose quota is held against each other; None compares every year with itself.
    """
    diffs = item_diffs(before.plan, after.plan)
    moved = transition(before.geography.districts, _zones(before), _zones(after))
    cells = moved.cells[moved.cells["area_m2"] >= SLIVER_M2]
    return CompareReport(
        before=_side(before, None if years is None else years[0]),
        after=_side(after, None if years is None else years[1]),
        items=[_item(diff, before, after) for diff in diffs],
        possibly_one=list(_possibly_one(diffs, before, after)),
        districts=list(_districts(before, after)),
        transfer=[_cell(row, before) for row in cells.itertuples()],
        transfer_by_role=_by_role(cells, before, after),
        before_unknown=list(moved.unknown_before),
        after_unknown=list(moved.unknown_after),
        targets=[
            _target(diff.id, diff.fate, diff.before, diff.after) for diff in target_diffs(before.plan, after.plan)
        ],
        changes=changes(before, after, years=years),
    )


def _zones(results: PlanResults) -> Any:  # noqa: ANN401 - geopandas is untyped
    return results.items[results.items["section"] != "projects"]


def _side(results: PlanResults, year: int | None) -> Side:
    formula = results.plan.structure.name
    scenario = results.scenario.id if results.scenario else None
    return Side(**head(results), structure_zh=formula.zh, structure_en=formula.en, scenario=scenario, year=year)


def _item(diff: ItemDiff, before: PlanResults, after: PlanResults) -> ItemChange:
    values: dict[str, Any] = {}
    for when, item in (("before", diff.before), ("after", diff.after)):
        values[f"{when}_name_zh"] = item.name.zh if item else None
        values[f"{when}_name_en"] = item.name.en if item else None
        values[f"{when}_role"] = role_of_entry(item)
        values[f"{when}_place"] = item.place if item else None
    distance = _moved(diff, before, after) if "moved" in diff.aspects else (None, None, None)
    return ItemChange(
        id=diff.id,
        fate=diff.fate,
        aspects=list(diff.aspects),
        **values,
        moved_m=distance[0],
        moved_low_m=distance[1],
        moved_high_m=distance[2],
    )


def _moved(diff: ItemDiff, before: PlanResults, after: PlanResults) -> tuple[float | None, float | None, float | None]:
    """Return the distance between the centres of two places, with what the accuracies leave open."""
    one, two = before.items.loc[diff.id], after.items.loc[diff.id]
    if one.geometry is None or two.geometry is None:
        return None, None, None
    distance = shapely.distance(one.geometry.centroid, two.geometry.centroid)
    slack = float(one["accuracy_m"]) + float(two["accuracy_m"])
    return number(distance), number(max(distance - slack, 0.0)), number(distance + slack)


def _possibly_one(diffs: Sequence[ItemDiff], before: PlanResults, after: PlanResults) -> Iterator[PossiblyOne]:
    for gone in (diff for diff in diffs if diff.fate == "dropped"):
        for new in (diff for diff in diffs if diff.fate == "added"):
            one, two = before.items.loc[gone.id], after.items.loc[new.id]
            alike = one["name_zh"][:SHARED_LETTERS] == two["name_zh"][:SHARED_LETTERS]
            if not alike or one.geometry is None or two.geometry is None:
                continue
            distance = shapely.distance(one.geometry, two.geometry)
            slack = float(one["accuracy_m"]) + float(two["accuracy_m"])
            if distance <= slack:
                yield PossiblyOne(
                    before=gone.id,
                    before_name_zh=one["name_zh"],
                    before_name_en=one["name_en"],
                    after=new.id,
                    after_name_zh=two["name_zh"],
                    after_name_en=two["name_en"],
                    distance_m=round(distance, 3),
                    accuracy_m=slack,
                )


def _districts(before: PlanResults, after: PlanResults) -> Iterator[DistrictChange]:
    one, two = plan_districts(before.plan), plan_districts(after.plan)
    frame = before.geography.districts
    for name in sorted(one ^ two):
        yield DistrictChange(
            district=name,
            name_zh=frame.at[name, "name_zh"],
            name_en=frame.at[name, "name_en"],
            fate="in" if name in two else "out",
        )


def _cell(row: Any, results: PlanResults) -> TransferCell:  # noqa: ANN401 - a row of a frame
    frame = results.geography.districts
    return TransferCell(
        district=row.district,
        name_zh=frame.at[row.district, "name_zh"],
        name_en=frame.at[row.district, "name_en"],
        before=list(row.before),
        after=list(row.after),
        area_m2=round(row.area_m2, 3),
    )


def _by_role(cells: pd.DataFrame, before: PlanResults, after: PlanResults) -> list[RoleTransfer]:
    def roles(results: PlanResults, ids: tuple[str, ...]) -> str:
        named = dict.fromkeys(str(results.items.at[name, "role"]) for name in ids)
        return " + ".join(sorted(named)) or "none"

    frame = pd.DataFrame(
        {
            "before": [roles(before, ids) for ids in cells["before"]],
            "after": [roles(after, ids) for ids in cells["after"]],
            "area_m2": cells["area_m2"].to_numpy(),
        }
    )
    summed = frame.groupby(["before", "after"], as_index=False)["area_m2"].sum()
    return [RoleTransfer(before=r.before, after=r.after, area_m2=round(r.area_m2, 3)) for r in summed.itertuples()]


def _target(
    name: str, fate: Literal["added", "dropped", "changed", "same"], before: Target | None, after: Target | None
) -> TargetChange:
    shown = after or before
    if shown is None:
        raise ValueError(name)
    values: dict[str, Any] = {}
    for when, target in (("before", before), ("after", after)):
        growth = growth_percent(target) if target else None
        values[f"{when}_comparator"] = target.comparator if target else None
        values[f"{when}_value"] = target.value if target else None
        values[f"{when}_value_to"] = target.value_to if target else None
        values[f"{when}_year"] = target.year if target else None
        values[f"{when}_growth_percent"] = round(growth[0], 2) if growth else None
    return TargetChange(
        id=name,
        fate=fate,
        indicator_zh=shown.indicator.zh,
        indicator_en=shown.indicator.en,
        unit_zh=shown.unit.zh,
        unit_en=shown.unit.en,
        **values,
    )
