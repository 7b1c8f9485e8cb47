"""One small table, by eye, in every plain form: heads, cells, JSON, properties, card, schema, classes.

The table has a park with every value, one with none, and their total:

| id    | area_m2          | low, best, high (m2) | kind    | districts | note  | year |
|-------|------------------|----------------------|---------|-----------|-------|------|
| north | 551,332.9951     | 0, 25,000.4, 50,000  | border  | d1, d2    | both  | 2024 |
| south | -                | -                    | -       | (none)    | -     | -    |
| total | 600,000          | 1, 1, 1              | unknown |           |       |      |
"""

from __future__ import annotations

import math

import jsonschema
import numpy as np
import pandas as pd
import pytest

from parkmap.facts import numbers
from parkmap.facts.card import Link, card, row_card
from parkmap.facts.classes import breaks, class_of
from parkmap.facts.columns import TOTAL, column, id_list, in_words, named_id, only, ranged, record, table
from parkmap.facts.document import document, schema
from parkmap.facts.facts import Bilingual, facts, stacked
from parkmap.facts.plain import properties, records
from parkmap.facts.sheet import sheet
from parkmap.facts.units import (
    COUNT,
    DEGREES,
    FLAG,
    HECTARES,
    KILOMETRES,
    MINUTES,
    SHARE,
    TEXT,
    TEXTS,
    YEAR,
    all_coded,
    coded,
    several,
)
from parkmap.messages import Words

NAMES = {
    "item": {"north": Words("北园", "North"), "south": Words("南园", "South")},
    "district": {"d1": Words("甲区", "First"), "d2": Words("乙区", "Second")},
}
PARKS = table(
    "parks",
    "title.coverage",
    "item",
    named_id("id", "园区", "park", of="item"),
    column("area_m2", "面积", "area", HECTARES, null=True),
    ranged("covered_{}_m2", "覆盖", "covered", HECTARES, "As drawn.", null=True),
    column("contact", "接触", "contact", coded("contact"), null=True),
    id_list("districts", "行政区", "districts", of="district"),
    in_words("note", "说明", "note", null=True),
    column("year", "年份", "year", YEAR, null=True),
    at="parks",
    identity=("id",),
    total_at="total",
    total_hides=("note_zh", "note_en"),
)
NORTH = {
    "id": "north",
    "area_m2": 551_332.9951,
    "covered_low_m2": 0.0,
    "covered_best_m2": 25_000.4,
    "covered_high_m2": 50_000.0,
    "contact": "border",
    "districts": ("d1", "d2"),
    "note": Words("注", "a note"),
    "year": 2024,
}
SOUTH = {**dict.fromkeys(NORTH), "id": "south", "area_m2": math.nan, "districts": ()}
SUM = {**SOUTH, "id": TOTAL, "area_m2": 600_000, "contact": "unknown"} | {
    f"covered_{end}_m2": 1 for end in ("low", "best", "high")
}


@pytest.fixture
def parks():
    return facts(PARKS, [NORTH, SOUTH, SUM], names=NAMES)


def test_heads_carry_end_and_unit(parks):
    assert sheet(parks, "zh").headers == (
        "园区", "面积（公顷）", "覆盖（低，公顷）", "覆盖（中，公顷）", "覆盖（高，公顷）",
        "接触", "行政区", "说明", "年份",
    )  # fmt: skip
    assert sheet(parks, "en").headers[1:5] == (
        "area (ha)", "covered, low (ha)", "covered, best (ha)", "covered, high (ha)",
    )  # fmt: skip


def test_cells_are_numbers_in_the_unit_of_the_head_and_names_in_the_language(parks):
    first, second, total = sheet(parks, "zh").rows
    assert first == ("北园", pytest.approx(55.1333), 0.0, pytest.approx(2.5), 5.0, "共界", "甲区、乙区", "注", "2024")
    assert second == ("南园", None, None, None, None, None, None, None, None)
    assert total[:2] == ("合计", pytest.approx(60.0))
    assert sheet(parks, "en").rows[0][5:8] == ("shared border", "First, Second", "a note")


def test_a_range_is_one_column_where_people_read_text(parks):
    shown = sheet(parks, "zh", ranges=True)
    assert shown.headers[2] == "覆盖（公顷）"
    assert [row[2] for row in shown.rows] == ["2.50（0.00–5.00）", None, "0.00"]
    assert sheet(parks, "en", ranges=True).rows[0][2] == "2.50 (0.00–5.00)"


def test_json_holds_whole_square_metres_ids_and_both_languages(parks):
    assert records(parks)[0] == {
        "id": "north",
        "name_zh": "北园",
        "name_en": "North",
        "area_m2": 551_333,
        "covered_low_m2": 0,
        "covered_best_m2": 25_000,
        "covered_high_m2": 50_000,
        "contact": "border",
        "districts": ["d1", "d2"],
        "note_zh": "注",
        "note_en": "a note",
        "year": 2024,
    }


def test_the_total_stands_at_its_own_place_and_is_no_feature(parks):
    found = document([PARKS], [parks])
    assert [row["id"] for row in found["parks"]] == ["north", "south"]
    assert found["total"]["area_m2"] == 600_000
    assert "note_zh" not in found["total"]
    assert list(found) == ["total", "parks"]
    assert [row["id"] for row in properties(parks)] == ["north", "south"]
    jsonschema.validate(found, schema("parks", [PARKS]))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**found, "more": 1}, schema("parks", [PARKS]))


def test_properties_of_features_are_flat(parks):
    first, second = properties(parks)
    assert first["districts"] == "d1,d2"
    assert second["districts"] is None
    assert not any(isinstance(value, list | dict) for value in first.values())


def test_a_card_has_a_line_per_known_fact_with_its_unit_and_links(parks):
    lines = {line.label.en: line for line in card(parks, "north", by="id")}
    assert lines["Area"].value == Words("55.13 公顷", "55.13 ha")
    assert lines["Covered"].value == Words("2.50（0.00–5.00） 公顷", "2.50 (0.00–5.00) ha")
    assert lines["Districts"].links == (
        Link(id="d1", name=NAMES["district"]["d1"]),
        Link(id="d2", name=NAMES["district"]["d2"]),
    )
    assert lines["Year"].value == Words("2024", "2024")
    assert list(card(parks, "south", by="id")) == []


def test_lists_stand_in_the_rows_whose_ids_they_name():
    belts = table("belts", "title.coverage", "item", column("id", "带", "belt", TEXT), at="belts", identity=("id",))
    members = table(
        "members",
        "title.coverage",
        "item",
        column("belt", "带", "belt", TEXT),
        column("id", "节点", "member", TEXT),
        at="belts[].members",
        under=("belt",),
        identity=("id",),
    )
    gaps = table(
        "gaps",
        "title.coverage",
        "item",
        column("belt", "带", "belt", TEXT),
        column("member", "节点", "member", TEXT),
        column("gap_m", "间隔", "gap", KILOMETRES),
        at="belts[].members[].gap",
        under=("belt", "member"),
        shape="record",
        optional=True,
    )
    answered = [
        facts(belts, [{"id": "a"}, {"id": "b"}]),
        facts(members, [{"belt": "b", "id": "x"}, {"belt": "a", "id": "y"}, {"belt": "b", "id": "z"}]),
        facts(gaps, [{"belt": "b", "member": "z", "gap_m": 1234.56789}]),
    ]
    found = document([belts, members, gaps], answered)
    assert found == {
        "belts": [
            {"id": "a", "members": [{"id": "y", "gap": None}]},
            {"id": "b", "members": [{"id": "x", "gap": None}, {"id": "z", "gap": {"gap_m": 1234.568}}]},
        ]
    }
    jsonschema.validate(found, schema("belts", [belts, members, gaps]))


def test_an_optional_section_is_null_with_all_that_stands_in_it():
    section = table(
        "s", "title.coverage", "x", column("n", "n", "n", COUNT), at="demand", shape="record", optional=True
    )
    rows = table("r", "title.coverage", "x", column("k", "k", "k", COUNT), at="demand.rows", optional=True)
    assert document([section, rows], []) == {"demand": None}
    answered = [facts(section, [{"n": 1}]), facts(rows, [{"k": 2}])]
    assert document([section, rows], answered) == {"demand": {"n": 1, "rows": [{"k": 2}]}}
    for made in ([], answered):
        jsonschema.validate(document([section, rows], made), schema("s", [section, rows]))


def test_a_table_that_must_be_there_is_missed():
    with pytest.raises(KeyError, match="parks"):
        document([PARKS], [])


def test_records_inside_a_value_are_nested_in_json_and_read_by_people():
    rule = record(
        "rule",
        "规则",
        "rule",
        column("id", "编号", "id", TEXT),
        in_words("title", "名称", "name", named="name"),
        null=True,
        read=lambda value, _names, lang: None if value is None else value["title"][lang],
    )
    one = table("one", "title.coverage", "x", rule, at="rows")
    rows = facts(one, [{"rule": {"id": "r", "title": Words("规则一", "Rule 1")}}, {"rule": None}])
    assert records(rows) == [{"rule": {"id": "r", "name_zh": "规则一", "name_en": "Rule 1"}}, {"rule": None}]
    assert sheet(rows, "zh").rows == (("规则一",), (None,))
    jsonschema.validate(document([one], [rows]), schema("one", [one]))


def test_an_index_counts_as_columns():
    pairs = table(
        "pairs", "title.coverage", "pair", column("a", "a", "a", TEXT), column("b", "b", "b", TEXT),
        column("n", "n", "n", COUNT), at="pairs",
    )  # fmt: skip
    frame = pd.DataFrame({"n": [1.0, 2.0]}, index=pd.MultiIndex.from_tuples([("x", "y"), ("x", "z")], names=["a", "b"]))
    assert records(facts(pairs, frame)) == [{"a": "x", "b": "y", "n": 1}, {"a": "x", "b": "z", "n": 2}]


def test_codes_and_ids_are_never_numbers():
    codes = table(
        "codes", "title.coverage", "x", column("adcode", "代码", "code", TEXT), column("f", "f", "f", FLAG),
        column("t", "t", "t", TEXTS), at="rows",
    )  # fmt: skip
    rows = facts(codes, [{"adcode": "0440306", "f": True, "t": ("a", "b")}])
    assert records(rows) == [{"adcode": "0440306", "f": True, "t": ["a", "b"]}]
    assert sheet(rows, "en").rows == (("0440306", "yes", "a, b"),)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (551_332.4999, HECTARES, 551_332),
        (0.5, HECTARES, 1),
        (-0.0, SHARE, 0.0),
        (0.123_456_789_44, SHARE, 0.123_456_789),
        (1234.56789, KILOMETRES, 1234.568),
        (math.nan, KILOMETRES, None),
        (None, HECTARES, None),
        (math.inf, KILOMETRES, None),
        (-math.inf, COUNT, None),
        (pd.NA, COUNT, None),
    ],
)
def test_what_is_stored(value, unit, expected):
    stored = numbers.stored(value, unit)
    assert stored == expected
    assert math.copysign(1, stored or 0.0) == 1


@pytest.mark.parametrize(
    ("value", "shown", "signed"),
    [(-0.004, "0.00", "0.00"), (0.004, "0.00", "0.00"), (-0.006, "-0.01", "-0.01"), (1234.5, "1,234.50", "+1,234.50")],
)
def test_what_rounds_to_nothing_has_no_sign(value, shown, signed):
    assert (numbers.shown(value, 2), numbers.signed(value, 2)) == (shown, signed)


def test_several_codes_are_read_as_words_and_an_empty_list_as_its_own():
    contacts = table(
        "contacts",
        "title.coverage",
        "x",
        column("kinds", "接触", "contacts", all_coded("contact"), missing=Words("无", "none")),
        at="rows",
    )
    rows = facts(contacts, [{"kinds": ("border", "point")}, {"kinds": ()}])
    assert records(rows) == [{"kinds": ["border", "point"]}, {"kinds": []}]
    assert sheet(rows, "en").rows == (("shared border, point contact",), ("none",))
    jsonschema.validate(document([contacts], [rows]), schema("contacts", [contacts]))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"rows": [{"kinds": ["near"]}]}, schema("contacts", [contacts]))


def test_frames_are_stacked_under_their_ids():
    frames = {
        "a": pd.DataFrame({"n": [1, 2]}, index=pd.Index(["x", "y"], name="id")),
        "b": pd.DataFrame({"n": []}, index=pd.Index([], name="id")),
    }
    assert list(stacked("of", frames)) == [{"of": "a", "id": "x", "n": 1}, {"of": "a", "id": "y", "n": 2}]


def test_rows_hold_the_stored_values(parks):
    assert [row["id"] for row in parks.rows()] == ["north", "south", TOTAL]
    assert parks.rows()[0] == NORTH


def test_breaks_are_in_the_unit_that_people_read_and_hold_about_as_many_rows_each():
    areas = table("a", "title.coverage", "x", column("area_m2", "面积", "area", HECTARES, null=True))
    rows = facts(areas, [{"area_m2": n * 10_000} for n in range(1, 101)] + [{"area_m2": None}])
    cuts = breaks(rows, "area_m2")
    assert cuts == (21.0, 41.0, 60.0, 80.0)  # two digits of 20.8, 40.6, 60.4, 80.2
    assert [class_of(value, cuts) for value in (1.0, 21.0, 21.1, 100.0, None)] == [0, 0, 1, 4, None]


def test_few_values_have_few_classes():
    areas = table("a", "title.coverage", "x", column("area_m2", "面积", "area", HECTARES))
    assert breaks(facts(areas, [{"area_m2": 10_000}] * 5), "area_m2") == ()
    assert breaks(facts(areas, []), "area_m2") == ()


COSTS = table(
    "costs",
    "title.coverage",
    "demand",
    column("id", "编号", "id", TEXT, hide=only("json", "gis")),
    in_words("name", "名称", "name"),
    column("costs", "距离", "costs", several(MINUTES)),
    column("counts", "个数", "counts", several(COUNT)),
    column("weights", "权重", "weights", several(MINUTES), null=True),
    column("lon", "经度", "longitude", DEGREES, null=True, hide=only("json")),
    named_id("site", "设施点", "site", of="site", named=None),
    at="rows",
)


@pytest.fixture
def costs():
    """As of a million points: columns, a matrix with gaps, names that are put together when looked at."""
    return facts(
        COSTS,
        {
            "id": ["a", "b"],
            "name": Bilingual(np.array(["甲", "乙"]), ["A", "B"]),
            "costs": np.array([[1.5421, 21.5884], [np.nan, np.nan]]),
            "counts": [(1, 2000), (0, 0)],
            "weights": [None, (1.0, 0.68)],
            "lon": [114.12345678, math.inf],
            "site": ["s", "s"],
        },
        names={"site": {"s": Words("站", "Stop")}},
        ranked=lambda: [1, 0],
    )


def test_several_numbers_stand_in_one_value(costs):
    first, second = document([COSTS], [costs])["rows"]
    assert first == {
        "id": "a", "name_zh": "甲", "name_en": "A", "costs": [1.542, 21.588], "counts": [1, 2000], "weights": None,
        "lon": 114.1234568, "site": "s",
    }  # fmt: skip
    assert (second["costs"], second["weights"], second["lon"]) == ([], [1.0, 0.68], None)
    jsonschema.validate(document([COSTS], [costs]), schema("costs", [COSTS]))
    assert properties(costs)[0]["costs"] == "1.542；21.588"


def test_people_may_read_rows_in_another_order(costs):
    shown = sheet(costs, "zh")
    assert shown.headers == ("名称", "距离（分钟）", "个数", "权重（分钟）", "设施点")
    assert shown.rows == (
        ("乙", None, "0 / 0", "1 / 0.68", "站"),
        ("甲", "1.542 / 21.588", "1 / 2,000", None, "站"),
    )


def test_a_row_has_a_card_without_links_to_what_is_not_on_the_page(costs):
    rows = list(row_card(costs, 0, by="id"))
    assert [row.label["en"] for row in rows] == ["Name", "Costs", "Counts", "Site"]
    assert [row.links for row in rows] == [()] * 4


def test_texts_of_two_columns_are_cut_like_a_list():
    texts = Bilingual(["甲", "乙", "丙"], ["a", "b", "c"])
    assert list(texts[1:]) == [Words("乙", "b"), Words("丙", "c")]
    assert (len(texts), texts[-1]) == (3, Words("丙", "c"))
