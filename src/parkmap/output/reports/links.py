"""Reports of `parkmap belts` and `parkmap linkage`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from parkmap.messages import text
from parkmap.output.reports.base import Head, Report, head, names_of, number, records, without
from parkmap.plan.schema import Basis

if TYPE_CHECKING:
    from parkmap.analysis.belts import Belt
    from parkmap.plan.schema import Component
    from parkmap.results.links import LinkResults, LinkSet


class RoadOrigin(Report):
    """Where a road file is from."""

    origin: str
    date: str | None
    """Day of the data in ISO form; null where the source does not state it."""
    licence: str


class TravelBasis(Report):
    """What travel times rest on."""

    profile: str
    name_zh: str
    name_en: str
    speed_kmh: float
    """Speed along the straight line of an estimate, and between a place and the street."""
    speed_basis: Basis
    speed_origin_zh: str
    speed_origin_en: str
    detour_factor: float
    """Length of the way over the straight distance, for estimates."""
    detour_basis: Basis
    detour_origin_zh: str
    detour_origin_en: str
    roads: RoadOrigin | None
    """Where the streets are from; null where every time is an estimate."""


class BeltMember(Report):
    """One member of a belt, in its order."""

    id: str
    name_zh: str
    name_en: str
    order: int
    placed: bool
    accuracy_m: float | None
    district: str | None
    """District in which it lies."""
    named: bool
    """Whether that is one of the belt's districts."""


class BeltGap(Report):
    """The gap between two consecutive members."""

    item: str
    other: str
    straight_m: float | None
    low_m: float | None
    high_m: float | None
    """Range of the straight gap within the accuracies."""
    way_m: float | None
    minutes: float | None
    """Slower direction."""
    estimate: bool
    """Whether way and minutes are straight-line estimates."""
    weakest: bool


class BeltDistrict(Report):
    """What of a belt lies in a district."""

    id: str
    name_zh: str
    name_en: str
    named: bool
    area_m2: float | None
    area_share: float | None
    axis_m: float | None
    axis_share: float | None


class BeltEntry(Report):
    """One belt or corridor."""

    id: str
    name_zh: str
    name_en: str
    role: str
    determinacy: str
    status: Literal["known", "unknown"]
    reason_zh: str | None
    reason_en: str | None
    """Why it is unknown."""
    members: list[BeltMember]
    gaps: list[BeltGap]
    weakest_sure: bool | None
    """Whether no other gap could be the longest within the accuracies."""
    continuity_low: float | None
    continuity: float | None
    continuity_high: float | None
    area_share_inside: float | None
    axis_share_low: float | None
    axis_share_inside: float | None
    axis_share_high: float | None
    districts: list[BeltDistrict]


class BeltsReport(Head):
    """Result of `parkmap belts`."""

    travel: TravelBasis
    reach_m: float
    """Reach of a member: continuity is the sum of min(gap, 2 reach) over the sum of gaps."""
    belts: list[BeltEntry]


class LinkPair(Report):
    """Travel between two places; null where only a range, or nothing, is known."""

    item: str
    other: str
    straight_m: float | None
    way_m: float | None
    minutes: float | None
    minutes_back: float | None
    minutes_low: float | None
    minutes_high: float | None
    estimate: bool
    status: Literal["known", "range", "unconnected", "unknown"]


class NewLink(Report):
    """What a new straight link between two places would change."""

    item: str
    other: str
    minutes_now: float | None
    minutes_new: float | None
    index_after: float | None
    gain: float | None
    pairs_faster: int | None
    gain_near: float | None
    """Gain if all times are at the low end of their range."""
    gain_far: float | None
    """Gain if they are at the high end."""


class LinkPlace(Report):
    """One of the linked places."""

    id: str
    name_zh: str
    name_en: str
    determinacy: str


class LinkSetEntry(Report):
    """One set of places."""

    role: str | None
    """Role that they share; null where they were named one by one."""
    places: list[LinkPlace]
    index_low: float | None
    index: float | None
    index_high: float | None
    harmonic_minutes: float | None
    """Harmonic mean of the times."""
    pairs: list[LinkPair]
    new_links: list[NewLink]
    left_out: list[str]
    """Components of the role of which not even a district is known."""


class LinkageReport(Head):
    """Result of `parkmap linkage`."""

    travel: TravelBasis
    formula: str
    source: str
    reference_minutes: float
    link_kmh: float
    """Speed over a new link."""
    sets: list[LinkSetEntry]


FORMULA = "index = mean over ordered pairs of T / max(T, t), T = reference_minutes"
SOURCE = "Latora and Marchiori (2001), Efficient behavior of small-world networks, Phys. Rev. Lett. 87, 198701, eq. 1"


def belts_report(results: LinkResults) -> BeltsReport:
    """Return the belts of a plan as a report.

    Parameters
    ----------
    results
        The results.
    """
    components = {component.id: component for component in results.base.plan.components}
    return BeltsReport(
        **head(results.base),
        travel=_travel(results),
        reach_m=results.reach_m,
        belts=[_belt(results, components[name], belt) for name, belt in results.belts.items()],
    )


def _travel(results: LinkResults) -> TravelBasis:
    profile = results.profile
    return TravelBasis(
        profile=profile.id,
        name_zh=profile.name.zh,
        name_en=profile.name.en,
        speed_kmh=profile.straight.kmh,
        speed_basis=profile.straight.basis,
        speed_origin_zh=profile.straight.origin.zh,
        speed_origin_en=profile.straight.origin.en,
        detour_factor=profile.detour.factor,
        detour_basis=profile.detour.basis,
        detour_origin_zh=profile.detour.origin.zh,
        detour_origin_en=profile.detour.origin.en,
        roads=None
        if results.roads is None
        else RoadOrigin(origin=results.roads.origin, date=results.roads.date, licence=results.roads.licence),
    )


def _belt(results: LinkResults, component: Component, belt: Belt) -> BeltEntry:
    places, districts = names_of(results.member_names), names_of(results.base.geography.districts)
    reason = _reason(results, component, belt)
    numbers = ("continuity_low", "continuity", "continuity_high", "area_share_inside")
    shares = ("axis_share_low", "axis_share_inside", "axis_share_high")
    return BeltEntry(
        id=component.id,
        name_zh=component.name.zh,
        name_en=component.name.en,
        role=component.role,
        determinacy=results.base.items.at[component.id, "determinacy"],
        status=belt.status,
        reason_zh=None if reason is None else reason[0],
        reason_en=None if reason is None else reason[1],
        members=[BeltMember(**places[row["item"]], **without(row, "item")) for row in records(belt.members)],
        gaps=[BeltGap(**row) for row in records(belt.gaps)],
        weakest_sure=belt.weakest_sure,
        districts=[
            BeltDistrict(**districts[row["district"]], **without(row, "district")) for row in records(belt.districts)
        ],
        **{name: number(getattr(belt, name)) for name in (*numbers, *shares)},
    )


def _reason(results: LinkResults, component: Component, belt: Belt) -> tuple[str, str] | None:
    """Return in both languages why a belt is unknown."""
    if belt.status == "known":
        return None
    if component.undetermined is not None:
        return component.undetermined.zh, component.undetermined.en
    places = results.base.geography.places
    note = places.loc[component.place] if component.place is not None else None
    if len(belt.members) == 0 and note is not None and isinstance(note["note_zh"], str):
        return str(note["note_zh"]), str(note["note_en"])
    missing = [name for name, placed in belt.members["placed"].items() if not placed]
    key = "belt.members_not_placed" if missing else "belt.no_members"
    return text(key, "zh", names="、".join(missing)), text(key, "en", names=", ".join(missing))


def linkage_report(results: LinkResults) -> LinkageReport:
    """Return the linkage of components as a report.

    Parameters
    ----------
    results
        The results.
    """
    first = results.sets[0].linkage if results.sets else None
    return LinkageReport(
        **head(results.base),
        travel=_travel(results),
        formula=FORMULA,
        source=SOURCE,
        reference_minutes=0.0 if first is None else first.reference_minutes,
        link_kmh=0.0 if first is None else first.link_kmh,
        sets=[_set(results, chosen) for chosen in results.sets],
    )


def _set(results: LinkResults, chosen: LinkSet) -> LinkSetEntry:
    linkage, items = chosen.linkage, results.base.items
    names = names_of(items)
    same_role = items.index[(items["role"] == chosen.role) & (items["section"] == "components")]
    places = [LinkPlace(**names[name], determinacy=items.at[name, "determinacy"]) for name in linkage.ids]
    values: dict[str, Any] = {
        name: number(getattr(linkage, name)) for name in ("index_low", "index", "index_high", "harmonic_minutes")
    }
    return LinkSetEntry(
        role=chosen.role,
        places=places,
        pairs=[LinkPair(**row) for row in records(linkage.pairs)],
        new_links=[NewLink(**row) for row in records(linkage.new_links)],
        left_out=[str(name) for name in same_role if name not in linkage.ids],
        **values,
    )
