"""Tables as CSV that Excel opens rightly."""

from __future__ import annotations

import csv
import io
import unicodedata
from typing import TYPE_CHECKING, Any

from parkmap.facts.plain import flat_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parkmap.facts.facts import Facts
    from parkmap.facts.sheet import Sheet


def to_csv(table: Sheet) -> bytes:
    """Write a table as CSV that Excel opens rightly: UTF-8 with BOM, CRLF, no cell that runs as a formula."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([_safe(header) for header in table.headers])
    for row in table.rows:
        writer.writerow([_safe(cell) if isinstance(cell, str) else _csv_number(cell) for cell in row])
    for note in table.notes:
        writer.writerow([_safe(f"※ {note}")])
    return buffer.getvalue().encode("utf-8-sig")


def to_keyed_csv(facts: Facts) -> bytes:
    """Write facts as CSV for programs: heads are keys, values as stored; for Excel as safe as the tables for people.

    Parameters
    ----------
    facts
        The facts.
    """
    parts = flat_columns(facts)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([_safe(key) for key, _ in parts])
    writer.writerows(zip(*(_safe_values(values) for _, values in parts), strict=True))
    return buffer.getvalue().encode("utf-8-sig")


def _safe_values(values: Sequence[Any]) -> Sequence[Any]:
    """Return a column whose texts are safe, each different one looked at once."""
    safe = {text: _safe(text) for text in {value for value in values if isinstance(value, str)}}
    return [safe[value] if isinstance(value, str) else value for value in values] if safe else values


def _csv_number(cell: float | None) -> str | int:
    if cell is None:
        return ""
    return f"{round(cell, 4) + 0.0:.4f}" if isinstance(cell, float) else int(cell)  # no minus zero


def _safe(text: str) -> str:
    """Keep Excel from running a cell as a formula."""
    starts = unicodedata.normalize("NFKC", text).lstrip("\n ")[:1]  # full-width signs start a formula as well
    return f"'{text}" if starts in {"=", "+", "-", "@", "\t", "\r"} else text
