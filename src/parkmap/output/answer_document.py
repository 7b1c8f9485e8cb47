"""Any tables of facts as a Word document: title, stamps, map, tables, notes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from docx.shared import Cm

from parkmap.facts.sheet import sheet
from parkmap.output.answer_workbook import UNDATED
from parkmap.output.docx_parts import (
    add_page_numbers,
    add_stamp,
    add_table,
    fits_upright,
    new_document,
    to_bytes,
    turn,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from parkmap.facts.facts import Facts
    from parkmap.output.context import Context

PICTURE_CM = 16.4


def answer_document(
    facts: Sequence[Facts], context: Context, *, day: dt.date | None = None, map_png: bytes | None = None
) -> bytes:
    """Return tables of facts as a Word document; wide tables stand on pages on their side.

    Parameters
    ----------
    facts
        The tables that people read, in their order; a range stands in one column, best (low–high).
    context
        What writers need.
    day
        Day in the properties; None is a fixed one.
    map_png
        Picture of the map; None leaves it out.

    Returns
    -------
    bytes
        A DOCX file; the same facts give the same bytes.
    """
    sheets = [sheet(one, context.lang, ranges=True, most=one.table.most) for one in facts]
    stamps = list(dict.fromkeys(stamp for one in sheets for stamp in one.stamps))
    title = sheets[0].title if sheets else ""
    document = new_document(context.lang, title=title, day=day or UNDATED)
    add_page_numbers(document, "  ".join(stamps))
    document.add_heading(title, level=0)
    for stamp in stamps:
        add_stamp(document, stamp)
    if map_png is not None:
        document.add_picture(io.BytesIO(map_png), width=Cm(PICTURE_CM))
    for number, one in enumerate(sheets):
        turn(document, upright=fits_upright(one))
        if number:
            document.add_heading(one.title, level=2)
        add_table(document, one)
    return to_bytes(document)
