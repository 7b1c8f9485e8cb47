"""Transition of land between two sets of zones over the same districts: area by zones before and after.

Every district is cut along the edges of all zones of both sets. Each piece lies under certain zones before and certain
zones after; the areas of the pieces sum to the area of the district, so that nothing is lost or counted twice.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from parkmap.analysis.coverage import SLIVER_M2
from parkmap.crs import ellipsoidal_area_m2

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

SPLINTER_M2: Final = 50.0
"""Pieces of less than this are left out where people read them: what two drawings of one edge leave."""
NO_ZONE: Final = "none"
"""Kind of land under no zone."""
SUM: Final = "sum"
"""Name of the row and the column that sum up the others."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Transition:
    """Result of `transition`.

    Parameters
    ----------
    cells
        Columns district, before, after (tuples of zone ids in order, empty where no zone lies) and area_m2; each
        triple once, in order.
    unknown_before, unknown_after
        Ids of zones without a known extent, which take no part.
    """

    cells: pd.DataFrame
    unknown_before: tuple[str, ...]
    unknown_after: tuple[str, ...]

    def noticeable(self) -> pd.DataFrame:
        """Return the cells of 1 m² or more."""
        return self.cells[self.cells["area_m2"] >= SLIVER_M2]

    def telling(self) -> pd.DataFrame:
        """Return the cells that people read: under a zone on either side, and no splinters."""
        under = self.cells["before"].map(bool) | self.cells["after"].map(bool)
        return self.cells[under & (self.cells["area_m2"] >= SPLINTER_M2)]

    def by_kind(self, before: Mapping[str, str], after: Mapping[str, str]) -> pd.DataFrame:
        """Return the noticeable land by the kinds of zones over it, all districts together.

        Parameters
        ----------
        before, after
            Kind of each zone by its id; several over one piece are joined by a plus, no zone is `NO_ZONE`.

        Returns
        -------
        DataFrame
            Columns before, after, area_m2; each pair of kinds once, in order.
        """
        cells = self.noticeable()
        kinds = {
            "before": [_kinds(ids, before) for ids in cells["before"]],
            "after": [_kinds(ids, after) for ids in cells["after"]],
        }
        return cells.assign(**kinds).groupby(["before", "after"], as_index=False)["area_m2"].sum()


def _kinds(ids: Sequence[str], kinds: Mapping[str, str]) -> str:
    return " + ".join(sorted({kinds[name] for name in ids})) or NO_ZONE


def matrix(by_kind: pd.DataFrame) -> pd.DataFrame:
    """Return land from kind to kind as a matrix with its sums.

    Parameters
    ----------
    by_kind
        Columns before, after, area_m2.

    Returns
    -------
    DataFrame
        Index and columns are the kinds before and after in order, then `SUM`; m², NaN where no land goes that way.
    """
    cells = by_kind.pivot_table(index="before", columns="after", values="area_m2", aggfunc="sum", sort=True)
    cells[SUM] = cells.sum(axis=1)
    cells.loc[SUM] = cells.sum(axis=0)
    return cells


def transition(districts: gpd.GeoDataFrame, before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> Transition:
    """Cut districts by two sets of zones and sum what lies under which; areas are ellipsoidal.

    Parameters
    ----------
    districts
        Index district; polygons in a metric system. Focal frame: rows are independent of each other.
    before, after
        Index item; columns extent_known and geometry in the same system.

    Returns
    -------
    Transition
        Areas in m², between the drawn shapes.
    """
    sides = [zones[zones["extent_known"].astype(bool)] for zones in (before, after)]
    rows = [row for name in districts.index for row in _district(str(name), districts.geometry[name], sides)]
    frame = pd.DataFrame(rows, columns=["district", "before", "after", "piece"])
    frame["area_m2"] = ellipsoidal_area_m2(gpd.GeoSeries(frame.pop("piece"), crs=districts.crs))
    cells = frame.groupby(["district", "before", "after"], as_index=False, sort=True)["area_m2"].sum()
    return Transition(
        cells=cells,
        unknown_before=tuple(before.index[~before["extent_known"].astype(bool)]),
        unknown_after=tuple(after.index[~after["extent_known"].astype(bool)]),
    )


def _district(
    name: str, ground: shapely.Geometry, sides: Sequence[gpd.GeoDataFrame]
) -> list[tuple[str, tuple[str, ...], tuple[str, ...], shapely.Geometry]]:
    """Return the pieces of one district with the zones over each, before and after."""
    reaching = [zones[zones.geometry.intersects(ground)] for zones in sides]
    pieces = _pieces(ground, [shape for zones in reaching for shape in zones.geometry])
    over = [_over(pieces, zones) for zones in reaching]
    return [(name, before, after, piece) for before, after, piece in zip(*over, pieces, strict=True)]


def _pieces(ground: shapely.Geometry, shapes: Sequence[shapely.Geometry]) -> NDArray[Any]:
    """Return the parts of the ground that no edge crosses."""
    lines = shapely.union_all([ground.boundary, *(shape.boundary for shape in shapes)])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    inside: NDArray[Any] = faces[shapely.contains_properly(ground, shapely.point_on_surface(faces))]
    return inside


def _over(pieces: NDArray[Any], zones: gpd.GeoDataFrame) -> list[tuple[str, ...]]:
    """Return, for each piece, the ids of the zones that it lies under."""
    points = shapely.point_on_surface(pieces)
    held = np.array([shapely.contains_properly(shape, points) for shape in zones.geometry], dtype=bool)
    names = np.array([str(name) for name in zones.index])
    return [tuple(sorted(names[held[:, i]])) if len(names) else () for i in range(len(pieces))]
