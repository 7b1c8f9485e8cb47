"""The part of the ground that a sheet shows: projection, scale, and the way from degrees to the frame."""

from __future__ import annotations

import dataclasses
import functools
import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyproj

from parkmap.crs import WGS84

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.output.figure.layout import Box

NICE: Final = (1.0, 1.2, 1.5, 1.8, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0)
"""Leading figures of scales that people say."""
MARGIN: Final = 0.03
"""Room around the data, as a share of its width and height."""
EDGE_POINTS: Final = 33
"""Points along an edge of the bounds: a parallel is no straight line in the projection."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Ground:
    """What the frame shows.

    Parameters
    ----------
    crs
        Metric system of the drawing.
    frame
        The frame on the sheet.
    denominator
        Scale 1 : denominator on paper.
    west_m, north_m
        Coordinates of the frame's upper left corner.
    """

    crs: str
    frame: Box
    denominator: float
    west_m: float
    north_m: float

    def to_mm(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return places on the sheet.

        Parameters
        ----------
        lonlat
            Shape (n, 2), degrees.

        Returns
        -------
        ndarray
            Shape (n, 2), millimetres from the upper left corner of the sheet.
        """
        to_metres = _transformer(WGS84, self.crs)
        x, y = to_metres.transform(lonlat[:, 0], lonlat[:, 1])
        mm_per_m = 1000 / self.denominator
        return np.column_stack(
            [self.frame.left + (x - self.west_m) * mm_per_m, self.frame.top + (self.north_m - y) * mm_per_m]
        )

    def bounds(self) -> tuple[float, float, float, float]:
        """Return a box around what the frame shows: west, south, east, north, degrees."""
        along = np.linspace(0.0, 1.0, EDGE_POINTS)
        frame = self.frame
        x, y = frame.left + along * frame.width, frame.top + along * frame.height
        edges = [(x, np.full_like(x, end)) for end in (frame.top, frame.bottom)]
        edges += [(np.full_like(y, end), y) for end in (frame.left, frame.right)]
        degrees = self.to_degrees(np.vstack([np.column_stack(edge) for edge in edges]))
        (west, south), (east, north) = degrees.min(axis=0), degrees.max(axis=0)
        return float(west), float(south), float(east), float(north)

    def to_degrees(self, mm: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return longitude and latitude of places on the sheet.

        Parameters
        ----------
        mm
            Shape (n, 2), millimetres from the upper left corner of the sheet.
        """
        to_degrees = _transformer(self.crs, WGS84)
        m_per_mm = self.denominator / 1000
        x = self.west_m + (mm[:, 0] - self.frame.left) * m_per_mm
        y = self.north_m - (mm[:, 1] - self.frame.top) * m_per_mm
        return np.column_stack(to_degrees.transform(x, y))


def ground_for(bounds: tuple[float, float, float, float], *, crs: str, frame: Box) -> Ground:
    """Return the largest speakable scale at which bounds fit into a frame, centred.

    Parameters
    ----------
    bounds
        West, south, east, north, degrees.
    crs
        Metric system of the drawing.
    frame
        The frame on the sheet.
    """
    (low_x, low_y), (high_x, high_y) = extent_m(bounds, crs)
    needed = max((high_x - low_x) / frame.width, (high_y - low_y) / frame.height) * 1000 * (1 + 2 * MARGIN)
    denominator = speakable(needed)
    half_wide, half_high = frame.width * denominator / 2000, frame.height * denominator / 2000
    return Ground(
        crs=crs,
        frame=frame,
        denominator=denominator,
        west_m=(low_x + high_x) / 2 - half_wide,
        north_m=(low_y + high_y) / 2 + half_high,
    )


def extent_m(bounds: tuple[float, float, float, float], crs: str) -> tuple[Any, Any]:
    """Return the lower left and the upper right corner of bounds in a metric system.

    Parameters
    ----------
    bounds
        West, south, east, north, degrees.
    crs
        The metric system.
    """
    west, south, east, north = bounds
    to_metres = _transformer(WGS84, crs)
    left, bottom, right, top = to_metres.transform_bounds(west, south, east, north, densify_pts=EDGE_POINTS)
    return (left, bottom), (right, top)


@functools.lru_cache
def _transformer(source: str, target: str) -> Any:  # noqa: ANN401  looking a system up takes longer than the drawing
    return pyproj.Transformer.from_crs(source, target, always_xy=True)


def speakable(denominator: float) -> float:
    """Return the next larger scale number that people say.

    Parameters
    ----------
    denominator
        The smallest that would do.
    """
    power = 10.0 ** math.floor(math.log10(denominator))
    return next(figure * power for figure in NICE if figure * power >= denominator * (1 - 1e-9))
