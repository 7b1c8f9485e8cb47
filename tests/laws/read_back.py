"""What an answer is written as, read back from the bytes, one value per table, row and key.

Nothing here looks at the facts' values: only at declarations (which column stands where) and at the written outputs.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import math
import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
from rich.console import Console

from parkmap.facts.sheet import sheet
from parkmap.output.tables.terminal import to_terminal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parkmap.facts.columns import Column, Table
    from parkmap.facts.facts import Facts
    from parkmap.messages import Lang

FORMULA = tuple("=+-@\t\r")
HEADS_ROW = 4
NUMBER = r"-?[\d,]+(?:\.\d+)?"


def people_columns(facts: Facts) -> Iterator[tuple[Column, str, str | None]]:
    """Yield column, key and end of a range, as CSV and workbooks have them side by side."""
    for column in facts.for_people():
        ends = (None,) if column.ends is None else ("low", "best", "high")
        for key, end in zip(column.keys, ends, strict=True):
            yield column, key, end


def written_keys(column: Column) -> tuple[str, ...]:
    """Return the keys that a fact takes up in JSON, GeoJSON and frames."""
    langs = ("zh", "en")
    if column.unit.key == "words":
        return tuple(f"{column.named or column.key}_{lang}" for lang in langs)
    if column.unit.key == "id" and column.named is not None:
        return (column.key, *(f"{column.named}_{lang}" for lang in langs))
    return column.keys


def csv_cells(content: bytes, facts: Facts, lang: Lang) -> dict[tuple[int, str], str]:
    """Return the cells of a CSV by row in reading order and key, after its heads were held to the declaration."""
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    columns = list(people_columns(facts))
    assert head == [guarded(column.head(lang, end)) for column, _, end in columns]
    return {
        (number, key): cell
        for number, row in enumerate(rows[: len(facts)])
        for (_, key, _), cell in zip(columns, row, strict=True)
    }


def guarded(text: str) -> str:
    """Return a text as a CSV has to hold it, so that no program runs it as a formula."""
    runs = unicodedata.normalize("NFKC", text).lstrip("\n ").startswith(FORMULA)
    return f"'{text}" if runs else text


def unguarded(cell: str) -> str:
    """Return the text behind a cell of a CSV that was put together by a column's own reader."""
    return cell[1:] if cell.startswith("'") and guarded(cell[1:]) == cell else cell


def book_cells(content: bytes, tables: Sequence[Facts]) -> dict[str, dict[tuple[int, str], Any]]:
    """Return the cells of each worksheet of a workbook by row in reading order and key."""
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    assert len(book.worksheets) == len(tables)
    found = {}
    for page, facts in zip(book.worksheets, tables, strict=True):
        columns = list(people_columns(facts))
        first = HEADS_ROW + 1 + any(end is not None for _, _, end in columns)
        rows = page.iter_rows(min_row=first, max_row=first + len(facts) - 1, max_col=len(columns), values_only=True)
        rows = list(rows) if len(facts) else []
        assert len(rows) == len(facts)
        found[facts.key] = {
            (number, key): decoded(cell)
            for number, row in enumerate(rows)
            for (_, key, _), cell in zip(columns, row, strict=True)
        }
    return found


def decoded(cell: Any) -> Any:
    """Return a cell with the signs that XML cannot hold, which the format writes as `_x000D_`."""
    return re.sub(r"_x([0-9A-F]{4})_", lambda match: chr(int(match[1], 16)), cell) if isinstance(cell, str) else cell


@dataclasses.dataclass(frozen=True)
class Read:
    """A document, its tables by place, and the frames of those that it has, by key."""

    document: dict[str, Any]
    tables: dict[str, Table]
    frames: dict[str, list[dict[str, Any]]]


def json_rows(read: Read, table: Table) -> list[tuple[tuple[str, ...], dict]]:
    """Return the objects at the place of a table, each with the ids of the rows in which it stands; the total last."""
    where, _, name = (table.at or "").rpartition(".")
    found, totals = [], []
    for key, holder in _holders(read, where):
        single = table.shape == "record"
        entries = [holder if name == "" else holder[name]] if single else holder[name] or []
        found += [(key, entry) for entry in entries if entry is not None]
        total = None if table.total_at is None else holder[table.total_at.rpartition(".")[2]]
        totals += [] if total is None else [((*key, "total"), total)]
    return [*found, *totals]


def _holders(read: Read, where: str) -> list[tuple[tuple[str, ...], dict]]:
    """Return the objects in which a table stands; what a row leaves out of its ids is read in the frame beside it."""
    if where == "":
        return [((), read.document)]
    if where.endswith("[]"):
        table = read.tables[where.removesuffix("[]")]
        left = [row for row in read.frames.get(table.key, []) if row[table.identity[0]] != "total"]
        found = []
        for key, row in json_rows(read, table):
            if key[-1:] == ("total",):
                found.append((key, row))
                continue
            own = next(one for one in left if tuple(str(one[name]) for name in table.under) == key)
            left.remove(own)
            found.append(((*key, *(str(own[name]) for name in table.identity)), row))
        return found
    outer, _, name = where.rpartition(".")
    return [(key, holder[name]) for key, holder in _holders(read, outer) if holder[name] is not None]


def terminal_lines(facts: Facts, lang: Lang) -> list[str]:
    """Return the lines of a table on the terminal, title and heads left out."""
    stream = io.StringIO()
    shown = sheet(facts, lang, ranges=True)
    to_terminal([shown], Console(file=stream, width=1_000_000, highlight=False, soft_wrap=False))
    lines = stream.getvalue().split("\n")
    heads = [column.head(lang) for column in facts.for_people()]
    at = next(i for i, line in enumerate(lines) if squeezed(line) == squeezed(" ".join(heads)))
    return lines[at + 1 : at + 1 + len(facts)]


def squeezed(text: str) -> str:
    """Return a text with one space where anything stands that is not printed, and none at its ends."""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text).strip()


def shown_pattern(column: Column, cells: list[str | None], lang: Lang) -> str:
    """Return what a fact looks like where people read it as one text, its numbers in groups.

    Words are the same as in the cells of the CSV, numbers are not. What is empty has a sign, unless it is a text.
    """
    numeric = column.unit.is_number and column.read is None
    pieces = [f"({NUMBER})" if numeric and text and is_number(text) else _words(text) for text in cells]
    if column.ends is None:
        return pieces[0]
    low, best, high = pieces
    left, right = ("（", "）") if lang == "zh" else (r" \(", r"\)")
    return f"{best}(?:{left}{low}–{high}{right})?"


def _words(text: str | None) -> str:
    """Return the pattern of a text; None is no value."""
    return "(-)" if text is None else f"({re.escape(squeezed(text))})"


def is_number(text: str) -> bool:
    """Return whether a cell of a CSV is a number and not a word for one that is missing."""
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None


def same_number(text: str, exact: float, least_decimals: int | None = None) -> None:
    """Hold a written number to the exact one, within the digits that it shows."""
    plain = text.replace(",", "")
    decimals = len(plain.partition(".")[2])
    assert least_decimals is None or decimals == least_decimals or decimals == 0 == exact % 1, (text, exact)
    half = Decimal(5) / 10 ** (decimals + 1)
    room = half + abs(Decimal(exact)) * Decimal("1e-12")
    assert abs(Decimal(plain) - Decimal(exact)) <= room, (text, exact)
    assert not re.fullmatch(r"-0(\.0*)?", plain), f"minus zero: {text}"


def plain(value: Any) -> Any:
    """Return a value of a frame as JSON has it."""
    if value is None or type(value).__name__ == "NAType" or (isinstance(value, float) and math.isnan(value)):
        return None
    return value.item() if hasattr(value, "item") else value


def geojson_rows(content: bytes) -> list[dict[str, Any]]:
    """Return the properties of the features of a file."""
    return [feature["properties"] for feature in json.loads(content)["features"]]
