"""What the plan's own rules must know of the ground: names of districts and places, and extents with their periods."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from parkmap.plan.elements import Name


@dataclasses.dataclass(frozen=True, kw_only=True)
class Extent:
    """One published extent of a place.

    Parameters
    ----------
    place
        Id of the layer feature.
    name
        Its name.
    published_ha
        Published area, hectares.
    first, last
        First and last day of the extent; None where not known.
    drawn
        Whether the layer has a geometry for it.
    """

    place: str
    name: Name
    published_ha: float
    first: dt.date | None
    last: dt.date | None
    drawn: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class GroundFacts:
    """Facts of the layers, without geometry.

    Parameters
    ----------
    districts
        Name of each administrative district.
    extents
        Published extents with the name of a place, the place itself among them, in order of their first day.
    """

    districts: Mapping[str, Name]
    extents: Mapping[str, tuple[Extent, ...]]
