"""Tables for people: CSV that Excel opens rightly, and columns that line up on a terminal, Chinese too."""

from __future__ import annotations

import csv
import io
import unicodedata

import pytest
from rich.console import Console

from parkmap.facts.sheet import Sheet
from parkmap.output.tables.csv_file import to_csv
from parkmap.output.tables.terminal import to_terminal


def table(*rows, headers=("name", "value"), notes=(), title="title"):
    return Sheet(key="t", title=title, headers=headers, rows=rows, notes=notes)


def read_back(data):
    """Read a CSV as a program would that knows the format."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def width(text):
    """Columns that a text takes on a terminal: East Asian wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def printed(*tables, columns=200):
    console = Console(file=io.StringIO(), width=columns, color_system=None, legacy_windows=False)
    to_terminal(tables, console)
    return console.file.getvalue()


# CSV


def test_csv_has_a_byte_order_mark_and_crlf():
    data = to_csv(table(("试城", 1), ("a\nb", 2)))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    assert data.count(b"\xef\xbb\xbf") == 1
    assert data.replace(b"a\nb", b"").count(b"\n") == data.count(b"\r\n") == 3


def test_csv_values_come_back():
    rows = read_back(
        to_csv(table(("甲，乙", 12345), ('say "x", y', -3), ("two\nlines", None), ("f", 0.25), ("z", -1.5)))
    )
    assert rows == [
        ["name", "value"],
        ["甲，乙", "12345"],
        ['say "x", y', "-3"],
        ["two\nlines", ""],
        ["f", "0.2500"],
        ["z", "-1.5000"],
    ]


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "\n=1", "＝1+1", "＋1", "－1", "＠x"]
)
def test_no_cell_runs_as_a_formula(cell):
    _, (name, _) = read_back(to_csv(table((cell, 1))))
    assert name == f"'{cell}"


def test_heads_and_notes_do_not_run_as_formulas_either():
    rows = read_back(to_csv(table(("a", 1), headers=("=x", "y"), notes=("=note",))))
    assert rows[0][0].startswith("'")
    assert not rows[-1][0].startswith("=")
    assert "=note" in rows[-1][0]


def test_an_ordinary_name_is_not_touched():
    assert read_back(to_csv(table(("坪山-大鹏", 1))))[1][0] == "坪山-大鹏"


# Terminal


def test_columns_line_up():
    text = printed(
        table(
            ("坪山深圳美丽谷", "坪山", 1),
            ("GE生物科技园", "Huangpu", 1234567),
            ("a", "“一核”、（带）", 22),
            headers=("名称", "区", "数"),
        )
    )
    lines = text.splitlines()[1:5]
    seconds = [line[: line.index(word)] for line, word in zip(lines, ("区", "坪山 ", "Huangpu", "“一核"), strict=True)]
    assert len({width(before) for before in seconds}) == 1
    assert len({width(line.rstrip()) for line in lines}) == 1  # numbers end in the same column
    assert [line.rstrip()[-1] for line in lines] == ["数", "1", "7", "2"]


def test_numbers_are_written_for_people():
    text = printed(table(("a", 1234567), ("b", None)), table(("c", 1234.5), ("d", -0.125)))
    for number in ("1,234,567", "1,234.50", "-0.1"):
        assert number in text
    assert [line.split()[-1] for line in text.splitlines() if line.startswith("b")] == ["-"]


@pytest.mark.parametrize(
    "name",
    ["[b]", "[/b]", "[red]x[/red]", "a [/] b", "\\[b]", "\\\\[b]", "[link=x]", "end\\", "[[x]]", ":smile:", "{x}"],
)
def test_markup_in_a_name_is_only_text(name):
    text = printed(table((name, 1), headers=("name", "value"), notes=(f"note {name}",), title=f"title {name}"))
    title, _, row, note = [line for line in text.splitlines() if line]
    assert row.split("  ")[0] == name
    assert title.rstrip() == f"title {name}"
    assert note.rstrip() == f"* note {name}"


def test_markup_in_a_head_is_only_text():
    assert "[ha]" in printed(table(("a", 1), headers=("[ha]", "value")))


def test_a_table_without_rows_has_its_heads():
    text = printed(table())
    assert "name" in text
    assert "value" in text


def test_a_narrow_terminal_breaks_lines_and_loses_nothing():
    words = "一二三四五六七八九十" * 8
    text = printed(table((words, 1)), columns=40)
    assert words in "".join(line.split("  ")[0].strip() for line in text.splitlines()).replace(" ", "")
    assert all(width(line) <= 40 for line in text.splitlines())
