"""What belts and linkage share: how one travels between the places of a plan, and what the times rest on."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from parkmap import messages
from parkmap.defaults import SITE_PROFILE
from parkmap.facts.columns import column, in_words, record, table
from parkmap.facts.facts import Facts, facts
from parkmap.facts.units import KM_PER_HOUR, NUMBER, TEXT
from parkmap.questions.base import Answer, Document
from parkmap.questions.option import asked
from parkmap.questions.travel import ORIGIN, grounds, grounds_row, stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import geopandas as gpd

    from parkmap.analysis.linkage import Times
    from parkmap.layers.road_file import RoadFile
    from parkmap.messages import Words
    from parkmap.plan.travel import TravelProfile
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


ROADS = record(
    *("roads", "道路", "streets"),
    *ORIGIN,
    null=True,
    doc="Where the streets are from; null where every time is an estimate.",
)
TRAVEL = table(
    *("travel", "title.head", "plan"),
    column("profile", "出行方式", "profile", TEXT),
    in_words("name", "出行方式", "profile"),
    column("speed_kmh", "时速", "speed", KM_PER_HOUR, "Along the line of an estimate, and between place and street."),
    *grounds("speed", reference=False),
    column("detour_factor", "绕行系数", "detour factor", NUMBER, "Way over straight distance, for estimates."),
    *grounds("detour", reference=False),
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
        network = None if self.roads is None else self.roads.roads
        assumed = Assumed(speed_kmh=self.profile.straight.kmh, detour_factor=self.profile.detour.factor)
        area = nowhere if around is None else around
        return link_times(places, area, roads=network, profile=self.profile.id, assumed=assumed)

    def facts(self) -> Facts:
        """Return what the times rest on."""
        profile, meta = self.profile, None if self.roads is None else self.roads.meta
        row = {
            "profile": profile.id,
            "name": profile.name.words,
            "speed_kmh": profile.straight.kmh,
            "detour_factor": profile.detour.factor,
            "roads": None if meta is None else vars(meta),
            **grounds_row("speed", profile.straight),
            **grounds_row("detour", profile.detour),
        }
        return facts(TRAVEL, [row])

    def notes(self) -> Iterator[Words]:
        """Yield what the times rest on, in sentences."""
        straight, detour = self.profile.straight, self.profile.detour
        roads = self.roads
        yield messages.words("note.roads", origin=roads.meta.origin) if roads else messages.words("note.no_roads")
        yield messages.words(
            "note.estimate",
            profile=self.profile.name.words,
            factor=f"{detour.factor:g}",
            kmh=f"{straight.kmh:g}",
            detour=stated(detour),
            speed=stated(straight),
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
    from parkmap.layers.road_file import city_roads
    from parkmap.plan.travel import load_travel

    profile = load_travel(workspace.catalog).profile(request.profile)
    return Means(profile=profile, roads=city_roads(workspace.catalog, plan.plan, request.roads))


def answer_of(document: Document, plan: PlanResults, found: Iterable[Facts], *, means: Means) -> Answer:
    """Return the answer of a question about travel.

    Parameters
    ----------
    document
        Which tables it may have.
    plan
        The plan, with the user's road file among its inputs.
    found
        The tables that it has, but for what its times rest on.
    means
        How one travels.
    """
    findings = () if means.roads is None else means.roads.findings
    own = (*found, means.facts())
    return Answer(document=document, facts=own, base=plan, layers=lambda: (), findings=findings)
