"""Published extents of places: which features are versions of one place, from when to when, and which hold on a day."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from parkmap.finding import Finding, finding
from parkmap.plan.conflicts.ground_facts import Extent, GroundFacts
from parkmap.plan.elements import Name
from parkmap.units import M2_PER_HA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import geopandas as gpd

    from parkmap.layers.read import Geography
    from parkmap.plan.schema import Plan


def ground_facts(geography: Geography) -> GroundFacts:
    """Return the names of districts and the extents of places.

    Two features are versions of one place where they share a name, brackets at its end aside, or another name, and
    both have a published area.

    Parameters
    ----------
    geography
        Layers of a plan.
    """
    districts = {
        str(row.Index): Name(zh=row.name_zh, en=row.name_en)
        for row in geography.districts[["name_zh", "name_en"]].itertuples()
    }
    return GroundFacts(districts=districts, extents=_versions(geography.places))


def published_areas_m2(geography: Geography) -> dict[str, float]:
    """Return the areas that the layers take from a document, by the id of the feature.

    Parameters
    ----------
    geography
        Layers of a plan.
    """
    places = geography.places
    stated = places[(places["area_basis"] == "document") & places["area_published_ha"].notna()]
    return {str(name): float(area) * M2_PER_HA for name, area in stated["area_published_ha"].items()}


def _versions(places: gpd.GeoDataFrame) -> dict[str, tuple[Extent, ...]]:
    known = places[places["area_published_ha"].notna()]
    extents = {str(name): _extent(str(name), known.loc[name]) for name in known.index}
    names = {name: _names(known.loc[name]) for name in extents}
    return {
        name: tuple(sorted((e for other, e in extents.items() if names[name] & names[other]), key=_begins))
        for name in extents
    }


def _extent(name: str, row: pd.Series) -> Extent:
    return Extent(
        place=name,
        name=Name(zh=row["name_zh"], en=row["name_en"]),
        published_ha=float(row["area_published_ha"]),
        first=_day(row["area_valid_from"]),
        last=_day(row["area_valid_to"]),
        drawn=row.geometry is not None,
    )


def _names(row: pd.Series) -> set[str]:
    listed = row["aliases_zh"] if isinstance(row["aliases_zh"], str) else ""
    return {re.sub(r"[（(][^（）()]*[）)]$", "", row["name_zh"]), *filter(None, listed.split("；"))}


def _begins(extent: Extent) -> tuple[dt.date, float]:
    return extent.first or dt.date.max, extent.published_ha


def _day(value: Any) -> dt.date | None:  # noqa: ANN401
    if value is None or pd.isna(value):
        return None
    day: dt.date = pd.Timestamp(value).date()
    return day


def period_findings(geography: Geography, files: Sequence[str]) -> Iterator[Finding]:
    """Yield extents that end before they begin, and extents of one place that hold on the same day.

    Parameters
    ----------
    geography
        Layers of a plan.
    files
        Names of the layer files, for the findings.
    """
    file = ", ".join(files)
    told: set[frozenset[str]] = set()
    for name, extents in _versions(geography.places).items():
        own = next(extent for extent in extents if extent.place == name)
        if own.first and own.last and own.last < own.first:
            yield finding("period.reversed", "error", file=file, key=name, ids=(name,), first=own.first, last=own.last)
        for other in extents:
            pair = frozenset((name, other.place))
            if len(pair) == 1 or pair in told or not _overlap(own, other):
                continue
            told.add(pair)
            yield finding(
                "period.overlap",
                "error",
                file=file,
                key=", ".join(sorted(pair)),
                ids=tuple(sorted(pair)),
                name=own.place,
                other=other.place,
            )


def _overlap(one: Extent, other: Extent) -> bool:
    """Tell whether two extents surely share a day; what is not dated cannot be told to overlap."""
    if one.first is None or other.first is None:
        return False
    first, second = sorted((one, other), key=_begins)
    if second.first is None or first.first == second.first:
        return True
    return first.last is not None and first.last >= second.first


def extent_findings(plan: Plan, facts: GroundFacts, as_of: dt.date) -> Iterator[Finding]:
    """Yield entries whose extent in use does not hold on a day, with the extent that does.

    Parameters
    ----------
    plan
        The plan under the readings in use.
    facts
        Extents of its places.
    as_of
        The day.
    """
    for section in ("components", "parks"):
        for item in getattr(plan, section):
            extents = facts.extents.get(item.place or "", ())
            own = next((extent for extent in extents if extent.place == item.place), None)
            if own is None or extent_state(own, extents, as_of) not in {"superseded", "not_yet"}:
                continue
            valid = [extent for extent in extents if extent_state(extent, extents, as_of) == "in_force"]
            instead = valid[0].name if valid else Name(zh="-", en="-")
            yield finding(
                "validity.extent",
                "note",
                key=f"{section}.{item.id}",
                ids=(item.id,),
                name=own.name.zh,
                name_en=own.name.en,
                first=own.first or "-",
                last=own.last or "-",
                day=as_of,
                instead=instead.zh,
                instead_en=instead.en,
            )


def extent_state(extent: Extent, extents: Sequence[Extent], as_of: dt.date) -> str:
    """Return whether an extent holds on a day: `not_yet`, `in_force`, `superseded` or `open`.

    Parameters
    ----------
    extent
        The extent.
    extents
        All extents of its place.
    as_of
        The day.
    """
    if extent.first is not None and as_of < extent.first:
        return "not_yet"
    later = [e.first for e in extents if e.first and extent.first and e.first > extent.first]
    if (extent.last is not None and as_of > extent.last) or any(day <= as_of for day in later):
        return "superseded"
    undated = any(e.first is None and e.place != extent.place for e in extents)
    return "open" if extent.first is None or (extent.last is None and undated) else "in_force"
