"""Travel between the places of a plan: what is asked, how long it takes, and what the times rest on."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from parkmap import messages
from parkmap.defaults import SITE_PROFILE
from parkmap.facts.columns import Column, column, in_words, record, table
from parkmap.facts.facts import Facts, facts
from parkmap.facts.units import KM_PER_HOUR, NUMBER, TEXT, Unit, coded
from parkmap.questions.base import asked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import geopandas as gpd

    from parkmap.analysis.linkage import Times
    from parkmap.layers.road_file import RoadFile
    from parkmap.messages import Words
    from parkmap.plan.travel import Grounded, TravelProfile
    from parkmap.questions.base import Workspace
    from parkmap.results.plan import PlanResults


@dataclasses.dataclass(frozen=True, kw_only=True)
class TravelRequest:
    """How one travels.

    Parameters
    ----------
    roads
        Road file; None looks for `layers/<city>/roads.npz`.
    profile
        Travel profile of config/travel.yaml.
    """

    roads: Path | None = asked(None, "Road file of `parkmap roads`. 道路文件。 [layers/<city>/roads.npz]", "file")
    profile: str = asked(SITE_PROFILE, "Travel profile, see config/travel.yaml. 出行方式。", show=True)


def _grounded(name: str, key: str, zh: str, en: str, unit: Unit, doc: str) -> tuple[Column, ...]:
    """Return the columns of a number with what it rests on."""
    return (
        column(key, zh, en, unit, doc),
        column(f"{name}_basis", "依据", "basis", coded("basis")),
        in_words(f"{name}_origin", "出处", "origin", "Standard, study or reasoning."),
    )


ROADS = record(
    "roads",
    "道路",
    "streets",
    column("origin", "来源", "origin", TEXT),
    column(
        "date", "日期", "day", TEXT, "Day of the data in ISO form; null where the source does not state it.", null=True
    ),
    column("licence", "许可", "licence", TEXT),
    null=True,
    doc="Where the streets are from; null where every time is an estimate.",
)
TRAVEL = table(
    "travel",
    "title.head",
    "plan",
    column("profile", "出行方式", "profile", TEXT),
    in_words("name", "出行方式", "profile"),
    *_grounded(
        "speed",
        "speed_kmh",
        "时速",
        "speed",
        KM_PER_HOUR,
        "Speed along the straight line of an estimate, and between a place and the street.",
    ),
    *_grounded(
        "detour",
        "detour_factor",
        "绕行系数",
        "detour factor",
        NUMBER,
        "Length of the way over the straight distance, for estimates.",
    ),
    ROADS,
    at="travel",
    shape="record",
    doc="What travel times rest on.",
    people=False,
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Means:
    """How one travels, ready for use.

    Parameters
    ----------
    profile
        The travel profile with what its speeds and its detour factor rest on.
    roads
        The streets, or None where there are none and all times are estimates.
    """

    profile: TravelProfile
    roads: RoadFile | None

    def times(self, places: gpd.GeoDataFrame, around: gpd.GeoSeries | None = None) -> Times:
        """Return the travel times between places.

        Parameters
        ----------
        places
            Index item; accuracy_m and geometry, None where there is no place.
        around
            Same index: the area in which a place without geometry lies; None where not even that is known.
        """
        import geopandas as gpd

        from parkmap.analysis.link_times import link_times
        from parkmap.analysis.network.travel import Assumed

        nowhere = gpd.GeoSeries([None] * len(places), index=places.index, crs=places.crs)
        assumed = Assumed(speed_kmh=self.profile.straight.kmh, detour_factor=self.profile.detour.factor)
        return link_times(
            places,
            nowhere if around is None else around,
            roads=None if self.roads is None else self.roads.roads,
            profile=self.profile.id,
            assumed=assumed,
        )

    def facts(self) -> Facts:
        """Return what the times rest on."""
        profile, meta = self.profile, None if self.roads is None else self.roads.meta
        row: dict[str, Any] = {
            "profile": profile.id,
            "name": profile.name.words,
            "speed_kmh": profile.straight.kmh,
            "speed_basis": profile.straight.basis,
            "speed_origin": profile.straight.origin.words,
            "detour_factor": profile.detour.factor,
            "detour_basis": profile.detour.basis,
            "detour_origin": profile.detour.origin.words,
            "roads": None if meta is None else {"origin": meta.origin, "date": meta.date, "licence": meta.licence},
        }
        return facts(TRAVEL, [row])

    def notes(self) -> Iterator[Words]:
        """Yield what the times rest on, in sentences."""
        roads, profile = self.roads, self.profile
        yield (
            messages.words("note.no_roads") if roads is None else messages.words("note.roads", origin=roads.meta.origin)
        )
        yield messages.words(
            "note.estimate",
            profile=profile.name.words,
            factor=f"{profile.detour.factor:g}",
            kmh=f"{profile.straight.kmh:g}",
            detour=stated(profile.detour),
            speed=stated(profile.straight),
        )


def means_of(workspace: Workspace, plan: PlanResults, request: TravelRequest) -> Means:
    """Return how one travels in the city of a plan.

    Parameters
    ----------
    workspace
        Where travel profiles and road files lie.
    plan
        The plan.
    request
        What is asked.

    Raises
    ------
    InvalidInputError
        When there is no such profile, or the road file cannot be used.
    """
    from parkmap.pipeline.reach import city_roads
    from parkmap.plan.travel import load_travel

    profile = load_travel(workspace.catalog).profile(request.profile)
    return Means(profile=profile, roads=city_roads(workspace.catalog, plan.plan, request.roads))


def stated(number: Grounded) -> Words:
    """Return what a number rests on, with the kind of it in front, so that an assumption is called one.

    Parameters
    ----------
    number
        The number.
    """
    return messages.words("basis.stated", basis=messages.words(f"basis.{number.basis}"), origin=number.origin.words)
