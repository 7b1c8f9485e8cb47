"""Pieces of a Word report: styles with Chinese fonts, tables, stamps, and bytes that do not depend on the clock."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any, Final

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from parkmap.output.room import column_of, shown, widths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parkmap.facts.sheet import Sheet
    from parkmap.messages import Lang

BODY: Final = {"zh": "宋体", "en": "Times New Roman"}
HEADING: Final = {"zh": "黑体", "en": "Arial"}
HEAD_FILL: Final = "DDEBF7"
STAMP: Final = RGBColor(0xC0, 0x00, 0x00)
UPRIGHT_CM: Final = 21.0
MARGIN_CM: Final = 2.2
SHORT: Final = 20.0
"""Columns up to so many characters are never broken."""
ZIP_DAY: Final = (1980, 1, 1, 0, 0, 0)


def new_document(lang: Lang, *, title: str, day: dt.date) -> Any:  # noqa: ANN401  python-docx is untyped
    """Return an empty A4 document with the fonts of the language.

    Parameters
    ----------
    lang
        Language.
    title
        Title in the properties.
    day
        Day in the properties.
    """
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(UPRIGHT_CM), Cm(29.7)
    section.left_margin = section.right_margin = Cm(MARGIN_CM)
    section.top_margin = section.bottom_margin = Cm(MARGIN_CM)
    _font(document.styles["Normal"], BODY[lang], lang, size=10.5)
    for level, size in ((1, 15), (2, 12.5)):
        style = document.styles[f"Heading {level}"]
        _font(style, HEADING[lang], lang, size=size)
        style.font.color.rgb = RGBColor(0x1F, 0x4E, 0x79)
    _font(document.styles["Title"], HEADING[lang], lang, size=20)
    properties = document.core_properties
    moment = dt.datetime.combine(day, dt.time())
    properties.title, properties.author, properties.last_modified_by = title, "parkmap", "parkmap"
    properties.created = properties.modified = moment
    properties.revision = 1
    return document


def _font(style: Any, name: str, lang: Lang, *, size: float) -> None:  # noqa: ANN401
    style.font.name = name if lang == "en" else "Times New Roman"
    style.font.size = Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), name if lang == "zh" else BODY["zh"])
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    language.set(qn("w:eastAsia"), "zh-CN")
    style.element.get_or_add_rPr().append(language)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        if fonts.get(qn(theme)) is not None:
            del fonts.attrib[qn(theme)]


def add_stamp(document: Any, text: str) -> None:  # noqa: ANN401
    """Add a line in red.

    Parameters
    ----------
    document
        The document.
    text
        The stamp.
    """
    run = document.add_paragraph().add_run(text)
    run.bold = True
    run.font.color.rgb = STAMP


def add_table(document: Any, table: Sheet, *, columns: Sequence[int] | None = None, size: float = 8.0) -> None:  # noqa: ANN401
    """Add a table as wide as the page, with repeated heads and its notes; numbers are set to the right.

    Parameters
    ----------
    document
        The document.
    table
        The table.
    columns
        Positions of the columns to show; None is all.
    size
        Size of the text in points.
    """
    chosen = list(range(len(table.headers)) if columns is None else columns)
    grid = document.add_table(rows=1, cols=len(chosen))
    grid.style = "Table Grid"
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    natural = widths(table)
    wide = _divided([natural[column] for column in chosen], room=_room(document), size=size)
    for cell, column in zip(grid.rows[0].cells, chosen, strict=True):
        _fill(cell, table.headers[column], size=size, bold=True, right=False)
        _shade(cell)
    _set_row(grid.rows[0], "tblHeader")
    for number, line in enumerate(table.rows, start=1):
        row = grid.add_row()
        _set_row(row, "cantSplit")
        strong = table.total and number == len(table.rows)
        for cell, column in zip(row.cells, chosen, strict=True):
            value = line[column]
            right = isinstance(value, int | float) or column_of(table, column).kind == "number"
            _fill(cell, shown(table, value, column), size=size, bold=strong, right=right)
    _set_widths(grid, wide)
    for note in table.notes:
        if note not in table.stamps:
            _add_note(document, note, size=size)


def _add_note(document: Any, note: str, *, size: float) -> None:  # noqa: ANN401
    paragraph = document.add_paragraph()
    paragraph.add_run(f"※ {note}").font.size = Pt(size)
    paragraph.paragraph_format.space_after = Pt(2)


def _room(document: Any) -> int:  # noqa: ANN401
    section = document.sections[-1]
    return int(section.page_width - section.left_margin - section.right_margin)


def _needed(natural: Sequence[float], size: float) -> list[int]:
    """Return what columns need on paper, less the air that a sheet leaves."""
    return [int(Pt(size * (own - 2) * 0.52) + Cm(0.5)) for own in natural]


def fits_upright(table: Sheet, *, size: float = 8.0) -> bool:
    """Return whether a table can be read on an upright page without breaking most of its columns.

    Parameters
    ----------
    table
        The table.
    size
        Size of the text in points.
    """
    return sum(_needed([min(own, SHORT) for own in widths(table)], size)) <= Cm(UPRIGHT_CM - 2 * MARGIN_CM)


def _divided(natural: Sequence[float], *, room: int, size: float) -> list[int]:
    """Give columns of numbers and short words what they need; the others share the rest."""
    needed = _needed(natural, size)
    short = [need if own <= SHORT else 0 for own, need in zip(natural, needed, strict=True)]
    left = room - sum(short)
    long = sum(own for own in natural if own > SHORT)
    if not long or left < room / 5:
        return [int(room * need / sum(needed)) for need in needed]
    return [need or int(left * own / long) for own, need in zip(natural, short, strict=True)]


def _set_widths(grid: Any, wide: Sequence[int]) -> None:  # noqa: ANN401
    """Set the widths twice: Word reads those of the cells, LibreOffice those of the grid."""
    for column, width in zip(grid.columns, wide, strict=True):
        column.width = width
    for row in grid.rows:
        for cell, width in zip(row.cells, wide, strict=True):
            cell.width = width


def add_grid(document: Any, rows: Sequence[Sequence[str]], *, widths_cm: Sequence[float]) -> None:  # noqa: ANN401
    """Add a plain grid, every second column a label.

    Parameters
    ----------
    document
        The document.
    rows
        Texts.
    widths_cm
        Width of each column.
    """
    grid = document.add_table(rows=0, cols=len(widths_cm))
    grid.style = "Table Grid"
    grid.autofit = False
    for texts in rows:
        row = grid.add_row()
        row.height = Cm(0.9)
        for position, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            _fill(cell, text, size=10.5, bold=position % 2 == 0, right=False)
            if position % 2 == 0:
                _shade(cell)
    _set_widths(grid, [Cm(width) for width in widths_cm])


def turn(document: Any, *, upright: bool) -> None:  # noqa: ANN401
    """Begin a new section where the page must be turned, on its side for wide tables.

    Parameters
    ----------
    document
        The document.
    upright
        Whether the page stands upright.
    """
    wanted = WD_ORIENT.PORTRAIT if upright else WD_ORIENT.LANDSCAPE
    if document.sections[-1].orientation == wanted:
        return
    section, short, long = document.add_section(), Cm(UPRIGHT_CM), Cm(29.7)
    section.orientation = wanted
    section.page_width, section.page_height = (short, long) if upright else (long, short)


def add_page_numbers(document: Any, text: str) -> None:  # noqa: ANN401
    """Put a text and the page number at the foot of every page.

    Parameters
    ----------
    document
        The document.
    text
        Text before the number.
    """
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(f"{text}  ").font.size = Pt(8)
    run = paragraph.add_run()
    for kind, content in (("begin", None), (None, "PAGE"), ("end", None)):
        if kind is None:
            element = OxmlElement("w:instrText")
            element.text = content
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)  # noqa: SLF001  python-docx has no door for fields


def to_bytes(document: Any) -> bytes:  # noqa: ANN401
    """Return the file; equal documents give equal bytes.

    Parameters
    ----------
    document
        The document.
    """
    buffer = io.BytesIO()
    document.save(buffer)
    fixed = io.BytesIO()
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            info = zipfile.ZipInfo(entry.filename, ZIP_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(entry))
    return fixed.getvalue()


def _fill(cell: Any, text: str, *, size: float, bold: bool, right: bool) -> None:  # noqa: ANN401
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = 1.0
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.bold = bold


def _shade(cell: Any) -> None:  # noqa: ANN401
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), HEAD_FILL)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001  python-docx has no door for shading


def _set_row(row: Any, flag: str) -> None:  # noqa: ANN401
    """Repeat a row on every page (`tblHeader`) or keep it on one (`cantSplit`)."""
    found = OxmlElement(f"w:{flag}")
    found.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(found)  # noqa: SLF001  python-docx has no door for either
