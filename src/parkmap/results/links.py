"""The frozen bundles on belts and linkage of a plan, read by reports and tables."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from parkmap.analysis.belts import Belt
    from parkmap.analysis.linkage import Linkage
    from parkmap.finding import Finding
    from parkmap.layers.road_file import RoadMeta
    from parkmap.plan.travel import TravelProfile
    from parkmap.results.plan import PlanResults


@dataclasses.dataclass(frozen=True, kw_only=True)
class LinkSet:
    """A set of components whose linkage was measured.

    Parameters
    ----------
    role
        The role that they share, or None where the user chose them.
    linkage
        The result.
    """

    role: str | None
    linkage: Linkage


@dataclasses.dataclass(frozen=True, kw_only=True)
class LinkResults:
    """Belts and linkage of one plan.

    Parameters
    ----------
    base
        The plan, analysed.
    profile
        The travel profile with what its speeds and its detour factor rest on.
    roads
        Where the road file is from, or None where there is none and all times are estimates.
    reach_m
        Reach of a member of a belt.
    belts
        Every belt and corridor of the plan, by id of its component.
    member_names
        Index place; name_zh, name_en of the members of belts.
    sets
        The sets of components that were linked.
    findings
        What was found on the way; no error among them.
    """

    base: PlanResults
    profile: TravelProfile
    roads: RoadMeta | None
    reach_m: float
    belts: dict[str, Belt]
    member_names: pd.DataFrame
    sets: tuple[LinkSet, ...]
    findings: tuple[Finding, ...]
