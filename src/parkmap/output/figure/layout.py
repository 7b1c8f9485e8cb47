"""Where things stand on a sheet, in millimetres from its upper left corner."""

from __future__ import annotations

import dataclasses
from typing import Final, Literal

Layout = Literal["a4", "a3", "report"]
LAYOUTS: Final[tuple[Layout, ...]] = ("a4", "a3", "report")

TALL: Final = 1.05
"""Height through width of the data from which a sheet stands upright."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Box:
    """A rectangle, millimetres from the upper left corner of the sheet."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height


@dataclasses.dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet.

    Parameters
    ----------
    width_mm, height_mm
        Size of the whole.
    title, frame, notes
        Title block; the map inside its neat line; legend, stamps and sources.
    columns
        Number of columns in which the notes are set.
    text_pt
        Size of running text.
    title_pt
        Size of the title.
    """

    width_mm: float
    height_mm: float
    title: Box
    frame: Box
    notes: Box
    columns: int
    text_pt: float
    title_pt: float


def sheet_for(layout: Layout, *, tall: bool) -> Sheet:
    """Return the sheet of a layout.

    Parameters
    ----------
    layout
        `a4`, `a3`, or `report`: a picture as wide as the text of an A4 page.
    tall
        Whether the data is higher than wide; sheets then stand upright.
    """
    if layout == "report":
        return _report(tall=tall)
    return _upright(layout) if tall else _across(layout)


def _across(layout: Layout) -> Sheet:
    width, height, margin = (297.0, 210.0, 10.0) if layout == "a4" else (420.0, 297.0, 13.0)
    scale = 1.0 if layout == "a4" else 1.3
    head, column, gap, ticks = 18 * scale, 62 * scale, 5 * scale, 4 * scale
    frame = Box(
        left=margin + ticks,
        top=margin + head,
        width=width - 2 * margin - column - gap - ticks,
        height=height - 2 * margin - head - ticks,
    )
    return Sheet(
        width_mm=width,
        height_mm=height,
        title=Box(left=margin, top=margin, width=width - 2 * margin, height=head),
        frame=frame,
        notes=Box(left=frame.right + gap, top=frame.top, width=column, height=frame.height + ticks),
        columns=1,
        text_pt=7.5 * scale,
        title_pt=17 * scale,
    )


def _upright(layout: Layout) -> Sheet:
    width, height, margin = (210.0, 297.0, 10.0) if layout == "a4" else (297.0, 420.0, 13.0)
    scale = 1.0 if layout == "a4" else 1.3
    head, foot, gap, ticks = 20 * scale, 64 * scale, 4 * scale, 4 * scale
    frame = Box(
        left=margin + ticks,
        top=margin + head,
        width=width - 2 * margin - ticks,
        height=height - 2 * margin - head - foot - gap - ticks,
    )
    return Sheet(
        width_mm=width,
        height_mm=height,
        title=Box(left=margin, top=margin, width=width - 2 * margin, height=head),
        frame=frame,
        notes=Box(left=margin, top=frame.bottom + ticks + gap, width=width - 2 * margin, height=foot),
        columns=3,
        text_pt=7.5 * scale,
        title_pt=17 * scale,
    )


def _report(*, tall: bool) -> Sheet:
    width, head, foot, ticks = 160.0, 12.0, 46.0, 3.5
    frame = Box(left=ticks, top=head, width=width - ticks - 0.5, height=150.0 if tall else 106.0)
    notes = Box(left=0.5, top=frame.bottom + ticks + 3, width=width - 1, height=foot)
    return Sheet(
        width_mm=width,
        height_mm=notes.bottom,
        title=Box(left=0.5, top=0.0, width=width - 1, height=head),
        frame=frame,
        notes=notes,
        columns=3,
        text_pt=6.5,
        title_pt=11,
    )
