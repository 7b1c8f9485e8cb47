"""Users' own parcels on a still picture.

| what                            | known from                                                                  |
|---------------------------------|-----------------------------------------------------------------------------|
| colour of a parcel and its hole | the pixel where the grid of the sheet puts it; a hole shows the ground below |
| the frame                       | opens on the parcels, as the page does                                       |
| legend                          | classes, and of the plan only what is in the frame                           |
| two parts, windings             | both drawn; a ring that turns the other way is no hole                       |
| many                            | a picture inside the file: no larger than twice that of a few                |
| the same bytes                  | drawn twice                                                                  |
"""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely
from PIL import Image

from parkmap.messages import Words
from parkmap.output.figure import sheet as figure
from parkmap.output.figure.fonts import DPI
from parkmap.output.figure.ground import extent_m, ground_for
from parkmap.output.figure.layout import TALL, sheet_for
from parkmap.output.figure.parcels import MOST_AS_LINES, parcel_bounds
from parkmap.output.html.dense.model import DenseLayer
from parkmap.output.html.model import LayerGroup, MapFeature, MapPage
from parkmap.output.html.shades import Shade
from parkmap.plan.style import read_style

if TYPE_CHECKING:
    from parkmap.output.figure.ground import Ground

STYLE: dict[str, Any] = read_style(Path(__file__).resolve().parents[2] / "config" / "style.yaml")
CRS = "EPSG:4547"
RED, BLUE = "#CC0000", "#0000CC"
OPACITY = 0.72


def words(zh: str, en: str | None = None) -> dict[str, str]:
    return Words(zh, zh if en is None else en)


def layer(shapes: list[shapely.Geometry], classes: list[int] | None = None) -> DenseLayer:
    return DenseLayer(
        id="parcels",
        title=words("地块", "Parcels"),
        parent=None,
        shapes=np.array(shapes, dtype=object),
        names=[str(i) for i in range(len(shapes))],
        classes=(Shade(name=words("工业", "Industry"), colour=RED), Shade(name=words("居住"), colour=BLUE)),
        class_of=np.array(classes or [0] * len(shapes), dtype=np.uint8),
        origin=words("自有"),
        by=words("用途"),
    )


def page(*layers: DenseLayer) -> MapPage:
    land = shapely.box(113.5, 22.3, 114.5, 23.0)
    far = MapFeature(
        id="far", name=words("远处"), geometry=shapely.Point(114.45, 22.95).__geo_interface__, style="core",
        determinacy="published", rows=(), label_rank=0,
    )  # fmt: skip
    ground = MapFeature(
        id="land", name=words("陆地"), geometry=land.__geo_interface__, style="land", determinacy="published",
        rows=(), label_rank=None,
    )  # fmt: skip
    groups = (
        LayerGroup(id="land", title=words("陆地"), parent=None, features=(ground,), interactive=False),
        LayerGroup(id="core", title=words("核"), parent=None, features=(far,)),
    )
    return MapPage(
        title=words("规划"), subtitle=words("一核"), stamps=(), groups=groups, open_items=(), sources=(),
        bounds=(113.5, 22.3, 114.5, 23.0), dense=layers,
    )  # fmt: skip


def drawn(shown: MapPage, form: str = "png") -> bytes:
    return figure.picture(shown, crs=CRS, style=STYLE, lang="zh", layout="a4", form=form)  # type: ignore[arg-type]


def colour_at(picture: bytes, ground: Ground, lon: float, lat: float) -> tuple[int, int, int]:
    (x, y) = ground.to_mm(np.array([[lon, lat]]))[0] * DPI / 25.4
    found: Any = Image.open(io.BytesIO(picture)).convert("RGB").getpixel((round(x), round(y)))
    return found


def ground_of(own: DenseLayer) -> Ground:
    bounds = parcel_bounds([own])
    assert bounds is not None
    (left, bottom), (right, top) = extent_m(bounds, CRS)
    return ground_for(bounds, crs=CRS, frame=sheet_for("a4", tall=(top - bottom) > TALL * (right - left)).frame)


def over(colour: str, below: str) -> tuple[float, ...]:
    parts = [[int(text[k : k + 2], 16) for k in (1, 3, 5)] for text in (colour, below)]
    return tuple(OPACITY * a + (1 - OPACITY) * b for a, b in zip(*parts, strict=True))


@pytest.mark.parametrize("turn", [False, True])
def test_parcels_have_their_colours_and_holes_show_the_ground(turn: bool) -> None:  # noqa: FBT001
    ring = shapely.box(114.0, 22.6, 114.01, 22.61, ccw=turn)
    hole = shapely.box(114.004, 22.604, 114.006, 22.606, ccw=turn)  # turns as the outer ring does: still a hole
    with_hole = shapely.Polygon(ring.exterior, [hole.exterior])
    two = shapely.MultiPolygon([shapely.box(114.02, 22.6, 114.023, 22.61), shapely.box(114.027, 22.6, 114.03, 22.61)])
    own = layer([with_hole, two], [0, 1])
    picture, ground = drawn(page(own)), ground_of(own)
    land = STYLE["roles"]["land"]["colour"]
    for (lon, lat), wanted in {
        (114.002, 22.605): over(RED, land),
        (114.0215, 22.605): over(BLUE, land),
        (114.0285, 22.605): over(BLUE, land),
        (114.005, 22.605): over(land, land),
        (114.025, 22.605): over(land, land),
    }.items():
        assert colour_at(picture, ground, lon, lat) == pytest.approx(wanted, abs=2), (lon, lat)


def test_the_legend_names_the_classes_and_only_what_is_in_the_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    monkeypatch.setattr(
        "parkmap.output.figure.pen.Pen.lines",
        lambda _pen, at, lines, **_: (written.extend(lines), at[1])[1],
    )
    drawn(page(layer([shapely.box(114.0, 22.6, 114.01, 22.61)])))
    assert {"地块 · 用途", "工业", "居住"} <= set(written)
    assert STYLE["roles"]["core"]["zh"] not in written
    written.clear()
    drawn(page())
    assert STYLE["roles"]["core"]["zh"] in written
    assert "工业" not in written


def test_a_layer_that_is_off_is_not_drawn() -> None:
    own = layer([shapely.box(114.0, 22.6, 114.01, 22.61)])
    assert drawn(page(dataclasses.replace(own, shown=False))) == drawn(page())


def test_many_parcels_make_no_large_file_and_the_same_bytes() -> None:
    side = 150
    step = 0.0004
    many = [
        shapely.box(114 + step * i, 22.6 + step * j, 114 + step * (i + 0.9), 22.6 + step * (j + 0.9))
        for i in range(side)
        for j in range(side)
    ]
    assert len(many) > MOST_AS_LINES
    few, all_ = drawn(page(layer(many[:5000])), "pdf"), drawn(page(layer(many)), "pdf")
    assert len(all_) < 2 * len(few)
    assert drawn(page(layer(many)), "pdf") == all_
