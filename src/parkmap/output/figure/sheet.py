"""From a map page to the bytes of a still picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parkmap.output.figure.features import draw_base, draw_shapes, drawn_features
from parkmap.output.figure.fonts import settings, written
from parkmap.output.figure.furniture import neat_line, north_arrow, review_note, scale_bar, title_block
from parkmap.output.figure.ground import extent_m, ground_for
from parkmap.output.figure.labels import draw_labels, place_labels
from parkmap.output.figure.layout import TALL, sheet_for
from parkmap.output.figure.notes import notes
from parkmap.output.figure.parcels import draw_parcels, parcel_bounds, parcel_layers
from parkmap.output.figure.pen import Pen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parkmap.messages import Lang
    from parkmap.output.figure.fonts import Format
    from parkmap.output.figure.layout import Layout
    from parkmap.output.html.model import MapPage


def picture(page: MapPage, *, crs: str, style: Mapping[str, Any], lang: Lang, layout: Layout, form: Format) -> bytes:
    """Draw a page on a sheet; the same arguments give the same bytes.

    Parameters
    ----------
    page
        What is shown: the layers that are on at first, and parcels that stand in it.
    crs
        Metric system in which it is drawn.
    style
        ``config/style.yaml`` as a mapping.
    lang
        Language.
    layout
        Sheet: `a4`, `a3`, or `report`.
    form
        File format.

    Returns
    -------
    bytes
        The file.
    """
    with settings():
        pen = _draw(page, crs=crs, style=style, lang=lang, layout=layout)
        return written(pen.figure, form, lang=lang)


def _draw(page: MapPage, *, crs: str, style: Mapping[str, Any], lang: Lang, layout: Layout) -> Pen:
    parcels = parcel_layers(page)
    bounds = parcel_bounds(parcels) or page.bounds  # as on the page, which opens where the parcels are
    (left, bottom), (right, top) = extent_m(bounds, crs)
    sheet = sheet_for(layout, tall=(top - bottom) > TALL * (right - left))
    ground = ground_for(bounds, crs=crs, frame=sheet.frame)
    pen = Pen(sheet)
    drawn = drawn_features(page, ground, style=style)
    draw_base(pen, drawn, ground, sea=style["roles"]["sea"]["colour"])
    draw_parcels(pen, parcels, ground)
    draw_shapes(pen, drawn, ground, certainties=style["determinacy"])
    blocked = (north_arrow(pen, sheet, lang), scale_bar(pen, sheet, ground), review_note(pen, sheet, page, lang))
    names = place_labels(drawn, ground, lang=lang, text_pt=sheet.text_pt, blocked=blocked)
    draw_labels(pen, names, text_pt=sheet.text_pt)
    neat_line(pen, sheet, ground)
    title_block(pen, sheet, page, lang)
    notes(pen, sheet, page, drawn, style=style, crs=crs, lang=lang)
    return pen
