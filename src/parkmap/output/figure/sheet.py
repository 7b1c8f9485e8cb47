"""From a map page to the bytes of a still picture."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final, Literal

import matplotlib as mpl

from parkmap.output.figure.features import draw_base, draw_shapes, drawn_features
from parkmap.output.figure.fonts import LATIN, chinese_font, missing_signs_as_boxes
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
    from parkmap.output.figure.layout import Layout
    from parkmap.output.html.model import MapPage

Format = Literal["png", "svg", "pdf"]
FORMATS: Final[tuple[Format, ...]] = ("png", "svg", "pdf")

DPI: Final = 200
UNDATED: Final[dict[str, dict[str, None]]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
"""Metadata that would differ between two runs or two machines."""
SETTINGS: Final[dict[Any, Any]] = {
    "svg.hashsalt": "parkmap",
    "svg.fonttype": "path",
    "pdf.fonttype": 3,
    "hatch.linewidth": 0.45,
}


def picture(page: MapPage, *, crs: str, style: Mapping[str, Any], lang: Lang, layout: Layout, form: Format) -> bytes:
    """Draw a page on a sheet; the same arguments give the same bytes.

    Where no Chinese font is installed (`fonts.chinese_font`), the picture is in English.

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
    family = chinese_font()
    spoken: Lang = lang if family else "en"
    with mpl.rc_context(SETTINGS), missing_signs_as_boxes():  # the user is told once, by the command
        pen = _draw(page, crs=crs, style=style, lang=spoken, layout=layout, family=family or LATIN)
        stream = io.BytesIO()
        pen.figure.savefig(stream, format=form, dpi=DPI, metadata=UNDATED[form])
    return stream.getvalue()


def _draw(page: MapPage, *, crs: str, style: Mapping[str, Any], lang: Lang, layout: Layout, family: str) -> Pen:
    parcels = parcel_layers(page)
    bounds = parcel_bounds(parcels) or page.bounds  # as on the page, which opens where the parcels are
    (left, bottom), (right, top) = extent_m(bounds, crs)
    sheet = sheet_for(layout, tall=(top - bottom) > TALL * (right - left))
    ground = ground_for(bounds, crs=crs, frame=sheet.frame)
    pen = Pen(sheet, family=family)
    drawn = drawn_features(page, ground, style=style)
    draw_base(pen, drawn, ground, sea=style["roles"]["sea"]["colour"])
    draw_parcels(pen, parcels, ground)
    draw_shapes(pen, drawn, ground, certainties=style["determinacy"])
    blocked = (north_arrow(pen, sheet, lang), scale_bar(pen, sheet, ground), review_note(pen, sheet, page, lang))
    names = place_labels(drawn, ground, lang=lang, family=family, text_pt=sheet.text_pt, blocked=blocked)
    draw_labels(pen, names, text_pt=sheet.text_pt)
    neat_line(pen, sheet, ground)
    title_block(pen, sheet, page, lang)
    notes(pen, sheet, page, drawn, style=style, crs=crs, lang=lang)
    return pen
