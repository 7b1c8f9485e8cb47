"""The features of a page on a sheet: base, areas, lines and symbols, styled as on the page."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from shapely.geometry import shape

from parkmap.output.figure.pen import MM_PER_PX, SYMBOLS, dashes, radius_mm
from parkmap.output.figure.text import MM_PER_PT
from parkmap.output.html.anchors import anchor
from parkmap.output.html.shades import EDGE, EDGE_PX, OPACITY, shade_of, shades

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from parkmap.output.figure.ground import Ground
    from parkmap.output.figure.pen import Pen
    from parkmap.output.html.model import MapFeature, MapPage
    from parkmap.output.html.shades import Shade

COAST: Final = "#8FB0C4"
BEYOND: Final = "#EEF1F3"
"""Where the base ends the sheet claims neither land nor sea."""
SAME_PLACE: Final = 4
"""Decimals of a degree to which two symbols share a place; they then stand side by side."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Drawn:
    """A feature with its place on the sheet.

    Parameters
    ----------
    feature
        The feature.
    role
        Its entry in the style file.
    at
        Where its symbol and its label stand, millimetres; None where it has no label.
    symbol
        Name of its point symbol, or None.
    room_mm
        Distance from `at` to its nearest edge; zero for points and lines.
    shade
        Its class, where its layer is coloured by a number.
    """

    feature: MapFeature
    role: Mapping[str, Any]
    at: tuple[float, float] | None
    symbol: str | None
    room_mm: float
    shade: Shade | None = None

    @property
    def colour(self) -> str:
        """Colour of its class, or of its role."""
        return str(self.role["colour"]) if self.shade is None else self.shade.colour


def drawn_features(page: MapPage, ground: Ground, *, style: Mapping[str, Any]) -> list[Drawn]:
    """Return what the frame shows of the layers that are on at first, bottom first, with their places.

    Parameters
    ----------
    page
        What is shown.
    ground
        What the frame shows.
    style
        The style file.
    """
    found = []
    frame = shapely.box(*ground.bounds())
    for group in page.groups:
        classes = () if group.classes is None else shades(group.classes, style)
        for feature in group.features if group.shown else ():
            role = style["roles"][feature.style]
            if role["draw"] != "base" and not shape(feature.geometry).envelope.intersects(frame):
                continue  # the legend has what is on the sheet
            place = anchor(feature.geometry) if _has_place(feature) else None
            at, room = (None, 0.0) if place is None else _on_sheet(place, ground)
            shade, symbol = shade_of(feature.amount, classes), _symbol(feature, role)
            found.append(Drawn(feature=feature, role=role, at=at, symbol=symbol, room_mm=room, shade=shade))
    return _side_by_side(found)


def draw_base(pen: Pen, drawn: Sequence[Drawn], ground: Ground, *, sea: str) -> None:
    """Draw sea as far as the base reaches, then the land.

    Parameters
    ----------
    pen
        The sheet.
    drawn
        All features.
    ground
        What the frame shows.
    sea
        Colour of the sea.
    """
    frame = ground.frame
    base = [one for one in drawn if one.role["draw"] == "base"]
    pen.box(frame, facecolor=BEYOND if base else sea)
    if base:
        reach = shapely.total_bounds([shape(one.feature.geometry) for one in base])
        edge = shapely.segmentize(shapely.box(*reach), 0.02)
        pen.area(
            [ground.to_mm(shapely.get_coordinates(edge))], clip=frame, facecolor=sea, edgecolor=COAST, linewidth=0.4
        )
    for one in base:
        own = one.feature.style == "land"
        pen.area(
            list(_rings(one.feature, ground)),
            clip=frame,
            facecolor=one.role["colour"],
            edgecolor=COAST if own else "none",
            linewidth=0.4 if own else 0.0,
        )


def draw_shapes(pen: Pen, drawn: Sequence[Drawn], ground: Ground, *, certainties: Mapping[str, Any]) -> None:
    """Draw areas and lines, then symbols above all of them.

    Parameters
    ----------
    pen
        The sheet.
    drawn
        All features.
    ground
        What the frame shows.
    certainties
        ``determinacy`` of the style file.
    """
    for one in drawn:
        if one.shade is not None:
            _draw_class(pen, one, one.shade, ground)
        elif one.role["draw"] not in {"base", "theme"}:
            _draw_shape(pen, one, ground, certainties[one.feature.determinacy])
    for one in drawn:
        if one.symbol is not None and one.at is not None and _inside(one.at, ground):
            pen.symbol(one.symbol, one.at, one.colour)


def _draw_class(pen: Pen, one: Drawn, shade: Shade, ground: Ground) -> None:
    """Draw what is coloured by a number as the page does: hatched where it has none."""
    rings, frame, edge = list(_rings(one.feature, ground)), ground.frame, EDGE_PX * MM_PER_PX / MM_PER_PT
    fill_class(lambda **drawn: pen.area(rings, clip=frame, **drawn), shade)
    pen.area(rings, clip=frame, facecolor="none", edgecolor=(EDGE, 0.8), linewidth=edge)
    wide = 3 * MM_PER_PX / MM_PER_PT
    for line in _lines(one.feature):
        pen.line(ground.to_mm(line), clip=frame, edgecolor=shade.colour, linewidth=wide)


def fill_class(draw: Callable[..., None], shade: Shade) -> None:
    """Fill an area or a key of the legend with a class.

    Parameters
    ----------
    draw
        Draws it, given colours and hatching as matplotlib takes them.
    shade
        The class.
    """
    if shade.missing:
        draw(facecolor=(shade.colour, 0.16))
        draw(facecolor="none", edgecolor=(shade.colour, 0.5), hatch="/////")
    else:
        draw(facecolor=(shade.colour, OPACITY))


def _draw_shape(pen: Pen, one: Drawn, ground: Ground, certainty: Mapping[str, Any]) -> None:
    colour, frame = one.role["colour"], ground.frame
    width = (one.feature.width_px or (1.1 if one.role["draw"] == "outline" else 1.6)) * MM_PER_PX / MM_PER_PT
    edge = {"linewidth": width, "linestyle": dashes(certainty["dash"], width)}
    rings = list(_rings(one.feature, ground))
    if one.role["draw"] == "outline":
        pen.area(rings, clip=frame, facecolor="none", edgecolor=colour, **edge)
    elif rings:
        hatched = bool(certainty.get("hatch"))
        pen.area(rings, clip=frame, facecolor=(colour, 0.16 if hatched else certainty["fill_opacity"]))
        if hatched:
            pen.area(rings, clip=frame, facecolor="none", edgecolor=(colour, 0.5), hatch="/////")
        pen.area(rings, clip=frame, facecolor="none", edgecolor=colour, **edge)
    for line in _lines(one.feature):
        wide = (one.feature.width_px or 2.5) * MM_PER_PX / MM_PER_PT
        style = dashes(certainty["dash"], wide)
        pen.line(ground.to_mm(line), clip=frame, edgecolor=colour, linewidth=wide, linestyle=style)


def _has_place(feature: MapFeature) -> bool:
    return feature.label_rank is not None or feature.geometry["type"].endswith("Point")


def _on_sheet(place: Sequence[float], ground: Ground) -> tuple[tuple[float, float], float]:
    lon, lat, radius = place
    (x, y), (_, above) = ground.to_mm(np.array([[lon, lat], [lon, lat + radius]]))
    return (float(x), float(y)), float(y - above)


def _symbol(feature: MapFeature, role: Mapping[str, Any]) -> str | None:
    """Return the symbol of a feature: areas have one where their role has one, points always."""
    if role["draw"] in {"base", "outline", "line"}:
        return None
    if role["symbol"] in SYMBOLS:
        return str(role["symbol"])
    return "dot" if feature.geometry["type"].endswith("Point") else None


def _side_by_side(drawn: list[Drawn]) -> list[Drawn]:
    """Set symbols that share a place side by side; the places themselves stay what they are."""
    places: dict[tuple[float, float], list[int]] = {}
    for number, one in enumerate(drawn):
        if one.symbol is not None and one.at is not None:
            lon, lat, _ = anchor(one.feature.geometry) or (0.0, 0.0, 0.0)
            places.setdefault((round(lon, SAME_PLACE), round(lat, SAME_PLACE)), []).append(number)
    for same in places.values():
        widths = [2 * radius_mm(str(drawn[number].symbol)) + MM_PER_PX for number in same]
        left = -sum(widths) / 2
        for number, width in zip(same, widths, strict=True):
            at = drawn[number].at
            if len(same) > 1 and at is not None:
                drawn[number] = dataclasses.replace(drawn[number], at=(at[0] + left + width / 2, at[1]))
            left += width
    return drawn


def _inside(at: tuple[float, float], ground: Ground) -> bool:
    frame = ground.frame
    return frame.left <= at[0] <= frame.right and frame.top <= at[1] <= frame.bottom


def _rings(feature: MapFeature, ground: Ground) -> Iterator[NDArray[np.float64]]:
    for part in _parts(shape(feature.geometry)):
        if part.geom_type == "Polygon":
            for ring in (part.exterior, *part.interiors):
                yield ground.to_mm(shapely.get_coordinates(ring))


def _lines(feature: MapFeature) -> Iterator[NDArray[np.float64]]:
    for part in _parts(shape(feature.geometry)):
        if part.geom_type == "LineString":
            yield shapely.get_coordinates(part)


def _parts(whole: shapely.Geometry) -> Iterator[shapely.Geometry]:
    for part in shapely.get_parts(whole):
        if shapely.get_num_geometries(part) > 1 or part.geom_type.startswith(("Multi", "GeometryCollection")):
            yield from _parts(part)
        else:
            yield part
