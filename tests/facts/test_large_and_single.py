"""Facts of very many rows, of one row, and as CSV for programs.

lazy     | nothing is made before it is asked for, and once only; keys are known without it
arrays   | columns of a million values stand as they are given
order    | people read rows in an order of their own, at most so many, and are told how many more there are
record   | one row is read as a line a fact, in both languages
for whom | a table without rows is left out where it says so
CSV      | heads are keys, values as stored; texts are guarded, numbers are not; no total
units    | a scale keeps nine decimals, a slit of a square metre is not rounded away, pairs of ids, few values
"""

from __future__ import annotations

import csv
import io

import jsonschema
import numpy as np
import pandas as pd
import pytest

from parkmap.facts.columns import TOTAL, column, named_id, table
from parkmap.facts.document import document, schema
from parkmap.facts.facts import Lazy, facts
from parkmap.facts.plain import records
from parkmap.facts.sheet import sheet
from parkmap.facts.units import COUNT, HECTARES, ID_PAIRS, MEASURED_M2, METRES, SCALE, TEXT, one_of
from parkmap.messages import Words
from parkmap.output.tables.csv_file import to_keyed_csv
from parkmap.questions.base import Answer, Document

ROWS = table(
    "rows",
    "title.coverage",
    "item",
    column("id", "编号", "id", TEXT),
    column("length_m", "长度", "length", METRES, null=True),
    at="rows",
    most=2,
)
ONE = table(
    "one",
    "title.coverage",
    "layer",
    column("count", "个数", "count", COUNT),
    column("area_m2", "面积", "area", MEASURED_M2),
    column("scale", "比例", "scale", SCALE, hide=("table",)),
    column("kind", "种类", "kind", one_of("rook", "queen"), hide=("table",)),
    column("bridges", "桥", "bridges", ID_PAIRS, hide=("table",)),
    at="one",
    shape="record",
)
VALUES = {"count": 1234, "area_m2": 0.4567, "scale": 1.000123456789, "kind": "queen", "bridges": [("a", 7)]}


def test_lazy_values_are_made_once_and_only_when_asked_for():
    made = []

    def make():
        made.append(1)
        return {"a": 1, "b": 2}

    lazy = Lazy(("a", "b"), make)
    assert list(lazy) == ["a", "b"]
    assert "a" in lazy
    assert "c" not in lazy
    assert len(lazy) == 2
    assert made == []
    assert (lazy["a"], lazy["b"]) == (1, 2)
    assert made == [1]
    with pytest.raises(KeyError):
        lazy["c"]


def test_facts_are_not_made_before_they_are_read():
    made = []
    lazy = facts(ROWS, lambda: made.append(1) or {"id": ["x"], "length_m": [1.0]})
    assert made == []
    assert len(lazy) == 1
    assert records(lazy) == [{"id": "x", "length_m": 1.0}]
    assert made == [1]


def test_arrays_stand_as_they_are():
    lengths = np.arange(1_000_000.0)
    held = facts(ROWS, {"id": np.array(["x"] * 1_000_000, dtype=object), "length_m": lengths})
    assert held.values["length_m"] is lengths  # noqa: PD011  no frame
    assert len(held) == 1_000_000


def test_people_read_rows_in_their_own_order_and_are_told_how_many_more_there_are():
    held = facts(ROWS, pd.DataFrame({"id": list("abc"), "length_m": [1.0, 3.0, 2.0]}), ranked=lambda: [1, 2, 0])
    assert [row[0] for row in sheet(held, "en").rows] == ["b", "c", "a"]
    short = sheet(held, "en", most=2)
    assert [row[0] for row in short.rows] == ["b", "c"]
    assert short.notes[-1].startswith("1 more rows")
    assert sheet(held, "en").notes == ()
    assert [row["id"] for row in records(held)] == list("abc")


@pytest.mark.parametrize(
    ("lang", "headers", "first"),
    [
        ("zh", ("内容", "数值"), (("个数", 1234), ("面积（平方米）", 0.4567))),
        ("en", ("what", "value"), (("count", 1234), ("area (m2)", 0.4567))),
    ],
)
def test_a_record_is_read_line_by_line(lang, headers, first):
    shown = sheet(facts(ONE, [VALUES]), lang)
    assert (shown.headers, shown.rows) == (headers, first)
    assert [shown.text(cell, 1) for _, cell in shown.rows] == ["1,234", "0.46"]


def test_scale_slit_pairs_and_few_values_in_json():
    found = document([ONE], [facts(ONE, [VALUES])])
    assert found["one"] == {**VALUES, "scale": 1.000123457, "bridges": [["a", "7"]]}
    jsonschema.validate(found, schema("one", [ONE]))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"one": {**found["one"], "kind": "bishop"}}, schema("one", [ONE]))


@pytest.mark.parametrize(("if_empty", "shown"), [(False, []), (True, ["rows"])])
def test_a_table_without_rows_is_left_out_where_it_says_so(if_empty, shown):
    own = table("rows", "title.coverage", "item", *ROWS.columns, at="rows", if_empty=if_empty)
    answer = Answer(document=Document(key="x", tables=(own,)), facts=(facts(own, []),))
    assert [one.key for one in answer.for_people()] == shown


def test_csv_for_programs_has_keys_stored_values_and_no_total():
    places = table(
        "places",
        "title.coverage",
        "item",
        named_id("id", "园区", "park", of="item"),
        column("area_m2", "面积", "area", HECTARES, null=True),
        column("length_m", "长度", "length", METRES),
        at="places",
        identity=("id",),
        total_at="total",
    )
    rows = [
        {"id": "=1", "area_m2": 25_000.4, "length_m": -0.123456},
        {"id": "b", "area_m2": None, "length_m": 1234.56789},
        {"id": TOTAL, "area_m2": 1, "length_m": 1.0},
    ]
    written = to_keyed_csv(facts(places, rows, names={"item": {"=1": Words("＝园", "Park"), "b": Words("乙", "B")}}))
    assert written.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert read == [
        ["id", "name_zh", "name_en", "area_m2", "length_m"],
        ["'=1", "'＝园", "Park", "25000", "-0.123456"],
        ["b", "乙", "B", "", "1234.568"],
    ]
