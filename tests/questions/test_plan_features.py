"""Items and districts, declared once: the same in tables, GIS files and cards; what a question finds joins them.

| drift of old                              | cured by                                                         |
|-------------------------------------------|------------------------------------------------------------------|
| supporting units in the table alone       | one column for card and GeoJSON, the table's words made of it     |
| `440306.0` where another code is missing  | codes are text where layers are read                             |
| micro-decimals of areas                   | whole square metres, the same in GeoJSON and JSON                 |
| `ha` and `m2` among Chinese               | units come from columns                                          |
"""

from __future__ import annotations

import json
import re
import sys
import types
from typing import Annotated

import pytest

from parkmap import questions
from parkmap.facts.card import card
from parkmap.facts.columns import column, named_id, table
from parkmap.facts.facts import facts
from parkmap.facts.plain import properties
from parkmap.facts.sheet import sheet
from parkmap.facts.units import NUMBER
from parkmap.plan.elements import Park, shown
from parkmap.questions.base import Answer, Document, Question
from parkmap.questions.features import gis_files
from parkmap.questions.page.plan import plan_page
from parkmap.questions.show import tables
from parkmap.questions.show.answer import items_of, show


def features(results, name):
    """Return the properties of a GeoJSON file by id."""
    found = json.loads(gis_files(results)[f"{name}.geojson"])["features"]
    return {feature["id"]: feature["properties"] for feature in found}


def cards(results):
    """Return label and value of each line of each card, in Chinese, by id; later lines of a label win."""
    groups = plan_page(results).groups
    return {f.id: {row.label["zh"]: row.value["zh"] for row in f.rows} for g in groups for f in g.features if f.rows}


def test_units_stand_in_table_file_and_card(testville_results):
    table_of = sheet(items_of(testville_results, "parks"), "zh")
    row = dict(zip(table_of.headers, table_of.rows[0], strict=True))
    assert row["责任单位"] == "市发展改革委；配合：西北区政府"
    park = features(testville_results, "parks")["border-park"]
    assert (park["lead_units"], park["support_units"]) == ("市发展改革委", "西北区政府")
    lines = cards(testville_results)["border-park"]
    assert (lines["牵头单位"], lines["配合单位"]) == ("市发展改革委", "西北区政府")


def test_a_code_is_text_also_where_another_is_missing(testville):
    """pandas makes floats of whole numbers as soon as one is missing."""
    for name, code in (("nw", 440306), ("ne", 440307), ("sw", 440308), ("se", None)):
        testville.feature(testville.districts, name, adcode=code, statistical_adcode=440300)
    results = testville.analyse()
    districts = features(results, "districts")
    assert [districts[name]["adcode"] for name in ("nw", "ne", "sw", "se")] == ["440306", "440307", "440308", None]
    assert {row["statistical_adcode"] for row in districts.values()} == {"440300"}
    lines = cards(results)
    assert lines["nw"]["区划代码"] == "440306"
    assert "区划代码" not in lines["se"]
    assert not any(re.search(r"\d{6}\.0", value) for card in lines.values() for value in card.values())


@pytest.mark.parametrize("plan", ["shenzhen-big-health-2022", "guangzhou-health-2017"])
def test_codes_of_shipped_districts_are_text(shipped, plan):
    codes = [row["adcode"] for row in features(shipped(plan), "districts").values()]
    assert all(code is None or re.fullmatch(r"\d{6}", code) for code in codes)
    assert sum(code is not None for code in codes) > 5


def test_areas_are_whole_and_the_same_in_file_and_document(shipped):
    results = shipped("guangzhou-health-2017")
    coverage = questions.question("coverage").of_plan(results, None).as_document()
    districts, components = features(results, "districts"), features(results, "components")
    for row in coverage["districts"]:
        assert {key: districts[row["id"]][key] for key in row if key.endswith("_m2")} == {
            key: value for key, value in row.items() if key.endswith("_m2")
        }
    for rows in (districts, components):
        areas = [value for row in rows.values() for key, value in row.items() if key.endswith("_m2")]
        assert len(areas) > 20
        assert all(value is None or isinstance(value, int) for value in areas)


@pytest.mark.parametrize("plan", ["shenzhen-big-health-2022", "guangzhou-health-2017"])
def test_chinese_lines_have_chinese_units(shipped, plan):
    """Numbers of ours, not texts of the plan: they end in their unit."""
    groups = {group.id: group for group in plan_page(shipped(plan)).groups}
    own = [groups[key] for key in groups if key in {"districts", "parks", "projects"} or key.startswith("role-")]
    values = [row.value for group in own for feature in group.features for row in feature.rows]
    measured = [value for value in values if re.fullmatch(r"[\d.,]+(（[\d.,–]+）)? \S+", value["zh"])]
    assert len(measured) > 30
    assert {value["zh"].rsplit(" ", 1)[1] for value in measured} == {"公顷", "米", "%"}
    assert {value["en"].rsplit(" ", 1)[1] for value in measured} == {"ha", "m", "%"}


def test_the_district_of_an_item_is_the_same_everywhere(shipped):
    """Its place tells it where the plan does not."""
    results = shipped("guangzhou-health-2017")
    names = results.names["district"]
    for section in tables.ITEMS:
        told = items_of(results, section)
        file = features(results, section)
        shown_in_table = sheet(told, "en")
        at = shown_in_table.headers.index("district")
        for row in shown_in_table.rows:
            ids = (file[row[0]]["districts"] or "").split(",") if file[row[0]]["districts"] else []
            assert (row[at] or "") == ", ".join(names[one].en for one in ids)


def test_links_of_a_card_lead_to_what_it_names(testville_results):
    rows = {f.id: f.rows for group in plan_page(testville_results).groups for f in group.features if f.rows}
    links = {row.label["en"]: [link.id for link in row.links] for row in rows["incubator"]}
    assert links["Part of"] == ["core"]
    assert "nw" in links["District"]
    assert [link.id for row in rows["core"] if row.label["en"] == "Parts" for link in row.links] == [
        "incubator",
        "border-park",
    ]
    assert [row.label["en"] for row in rows["core"]][-1] == "Clause"  # provenance last


# What somebody adds


class Built(Park):
    """A park with one attribute more, declared where it stands."""

    floor_area_ratio: Annotated[float | None, shown("容积率", "floor-area ratio", NUMBER)] = None
    """Floor area by land area."""


def test_an_attribute_that_declares_its_column_is_shown_everywhere():
    said = tables._items("parks", Built)
    row = dict.fromkeys(one.key for one in said.columns) | {"id": "a", "floor_area_ratio": 2.5}
    row |= dict.fromkeys(("aliases_zh", "parts", "districts", "industries", "lead_units", "support_units"), ())
    built = facts(said, [row])
    assert dict(zip(sheet(built, "zh").headers, sheet(built, "zh").rows[0], strict=True))["容积率"] == 2.5
    assert properties(built)[0]["floor_area_ratio"] == 2.5
    (line,) = card(built, "a", by="id")
    assert (line.label.en, line.value.zh) == ("Floor-area ratio", "2.50")
    written = {one.key: one for one in tables._written("parks", Built).columns}
    assert written["floor_area_ratio"].schema()["description"] == "Floor area by land area."


LENGTHS = table(
    "lengths",
    "title.coverage",
    "district",
    named_id("id", "行政区", "district", of="district"),
    column("letters", "字数", "letters", NUMBER),
    at="lengths",
    gis=True,
)
DOCUMENT = Document(key="lengths", tables=(LENGTHS,))


def of_plan(results, _request):
    rows = [{"id": name, "letters": len(words.en)} for name, words in results.names["district"].items()]
    return Answer(document=DOCUMENT, facts=(facts(LENGTHS, rows, names=results.names),), base=results)


def test_what_a_further_question_tells_of_districts_joins_files_and_cards(testville_results, monkeypatch):
    module = types.ModuleType("parkmap.questions.lengths")
    module.QUESTION = Question(
        key="lengths", help="", documents=(DOCUMENT,), request=dict, answer=of_plan, of_plan=of_plan
    )
    monkeypatch.setitem(sys.modules, module.__name__, module)
    before = features(testville_results, "districts")["nw"]
    monkeypatch.setattr(questions, "NAMES", (*questions.NAMES, "lengths"))
    after = features(testville_results, "districts")["nw"]
    assert after == {**before, "letters": len("North-West")}
    assert list(after)[:-1] == list(before)
    assert cards(testville_results)["nw"]["字数"] == "10.00"
    assert "letters" not in features(testville_results, "parks")["border-park"]


def test_the_answer_keeps_every_item(testville_results):
    answer = show(testville_results)
    plan = testville_results.plan
    for section in tables.ITEMS:
        ids = [item.id for item in getattr(plan, section)]
        assert answer.table(section).values["id"] == ids
        assert list(answer.shapes[section].index) == ids
        assert [row["id"] for row in answer.as_document()[section]] == ids
