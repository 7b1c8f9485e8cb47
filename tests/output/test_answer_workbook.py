"""Any table of facts as a worksheet and in Word, opened again by other libraries.

| cell            | must be                                                                             |
|-----------------|-------------------------------------------------------------------------------------|
| number          | a number in the unit of its head, with the digits that people see                   |
| year, day       | a number without separators; a day                                                  |
| id, code        | text, also where it looks like a number or begins like a formula                    |
| low, best, high | three columns under one head; one text in Word                                      |
| total           | a formula where it is the sum of what stands above it, else its own value           |
| stamp           | on every worksheet and every printed page; the notes under their table              |
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import zipfile

import docx
import openpyxl
import pytest

from parkmap.facts.columns import TOTAL, column, named_id, ranged, table
from parkmap.facts.facts import facts
from parkmap.facts.sheet import sheet
from parkmap.facts.units import COUNT, DAY, HECTARES, SHARE, TEXT, YEAR
from parkmap.messages import LANGS, Words
from parkmap.output import answer_workbook as module
from parkmap.output.answer_document import answer_document
from parkmap.output.answer_workbook import answer_workbook, tables_workbook, worksheet_names
from parkmap.output.context import Context

PARKS = table(
    "parks",
    "title.coverage",
    "item",
    named_id("id", "园区", "park", of="item"),
    column("code", "代码", "code", TEXT),
    column("area_m2", "面积", "area", HECTARES, null=True),
    ranged("covered_{}_m2", "覆盖", "covered", HECTARES),
    column("share", "比例", "share", SHARE),
    column("count", "数", "count", COUNT),
    column("year", "年份", "year", YEAR),
    column("day", "日期", "day", DAY),
    identity=("id",),
    total_at="total",
)
NAMES = {"item": {"north": Words("=1+1", "=1+1"), "south": Words("南园", "South")}}
NORTH = {
    "id": "north", "code": "440306", "area_m2": 413_124_416, "covered_low_m2": 0, "covered_best_m2": 25_000,
    "covered_high_m2": 50_000, "share": 0.125, "count": 3, "year": 2024, "day": dt.date(2024, 5, 1),
}  # fmt: skip
SOUTH = {**NORTH, "id": "south", "code": "+86", "area_m2": None, "count": 4, "day": "不详"}
SUM = {
    **NORTH, "id": TOTAL, "code": None, "area_m2": 413_124_416, "covered_best_m2": 50_000, "covered_high_m2": 99_000,
    "share": 0.125, "count": 7, "day": None,
}  # fmt: skip
STAMP, NOTE = Words("有效性：已到期", "expired"), Words("注 R&D", "note R&D")


@pytest.fixture
def told():
    return facts(PARKS, [NORTH, SOUTH, SUM], names=NAMES, stamps=[STAMP], notes=[NOTE])


@pytest.fixture
def plain():
    return facts(table("plain", "title.coverage_pairs", "x", column("name", "名称", "name", TEXT)), [{"name": "=2"}])


def context(lang="zh"):
    return Context(lang=lang, style={})


def opened(content, **more):
    return openpyxl.load_workbook(io.BytesIO(content), **more)


def test_each_cell_is_of_its_kind(told):
    sheet = opened(answer_workbook([told], context())).worksheets[0]
    assert [cell.value for cell in sheet[6]] == [
        "=1+1", "440306", 41312.4416, 0, 2.5, 5, 12.5, 3, 2024, dt.datetime(2024, 5, 1),  # noqa: DTZ001  Excel knows no zones
    ]  # fmt: skip
    assert [cell.data_type for cell in sheet[6]] == [*"ssnnnnnnnd"]
    assert [cell.number_format for cell in sheet[6]] == [
        "@", "@", *["#,##0.00"] * 5, "#,##0", "0", "yyyy-mm-dd",
    ]  # fmt: skip
    assert [bool(sheet["A6"].quotePrefix), bool(sheet["B6"].quotePrefix)] == [True, False]
    assert [sheet["B7"].value, sheet["C7"].value, sheet["J7"].value] == ["+86", None, "不详"]


def test_a_range_stands_in_three_columns_under_one_head(told):
    sheet = opened(answer_workbook([told], context())).worksheets[0]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"D4:F4", "A4:A5", "C4:C5"} <= merged
    assert [sheet["D4"].value, *(sheet.cell(5, k).value for k in (4, 5, 6))] == ["覆盖（公顷）", "低", "中", "高"]
    assert sheet.freeze_panes == "B6"
    assert sheet.auto_filter.ref == "A5:J7"
    assert sheet.print_title_rows == "$4:$5"


def test_a_total_is_a_formula_where_it_is_the_sum(told):
    content = answer_workbook([told], context())
    sheet, cached = opened(content).worksheets[0], opened(content, data_only=True).worksheets[0]
    # Not the high end, which counts less than the parts; nor the share, which never adds up.
    assert [cell.value for cell in sheet[8]] == [
        "合计", None, "=SUM(C6:C7)", "=SUM(D6:D7)", "=SUM(E6:E7)", 9.9, 12.5, "=SUM(H6:H7)", 2024, None,
    ]  # fmt: skip
    assert [cached[at].value for at in ("C8", "E8", "H8")] == [41312.4416, 5, 7]
    assert sheet["C8"].font.b


def test_stamps_stand_on_every_worksheet_and_notes_under_their_table(told, plain):
    book = opened(answer_workbook([told, plain], context()))
    assert [sheet["A2"].value for sheet in book] == ["有效性：已到期"] * 2
    assert all("有效性：已到期" in sheet.oddFooter.left.text for sheet in book)
    assert book.worksheets[0]["A10"].value == "※ 注 R&D"
    assert book.worksheets[1]["A5"].value == "=2"
    assert book.worksheets[1]["A5"].data_type == "s"


def test_a_sheet_says_the_same_as_the_table_that_people_read(told):
    for lang in LANGS:
        cells = opened(answer_workbook([told], context(lang)), data_only=True).worksheets[0]
        for number, row in enumerate(sheet(told, lang).rows, start=6):
            assert [_as_read(cell.value) for cell in cells[number]] == list(row)


def _as_read(value):
    return value.date().isoformat() if isinstance(value, dt.datetime) else str(value) if value == 2024 else value


def test_widths_know_that_chinese_is_wide(told, plain):
    widths = opened(answer_workbook([plain], context("zh"))).worksheets[0].column_dimensions
    assert widths["A"].width >= len("名称") * 2
    sheet = opened(answer_workbook([told], context("zh"))).worksheets[0]
    assert sheet.column_dimensions["C"].width >= len("41,312.44") + 1
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_names_of_worksheets_are_such_as_excel_takes(told):
    one = sheet(told, "en")

    evil = [dataclasses.replace(one, key=f"k{number}", name=name) for number, name in enumerate(
        ["a/b:c[d]", "x" * 40, "X" * 40, "'quoted'", ""], start=1)]  # fmt: skip
    names = worksheet_names(evil, context("en"))
    assert names[:2] == ["a b c d", "x" * 30 + "…"]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not name.startswith("'") for name in names)
    assert opened(tables_workbook(evil, context("en"), title="t")).sheetnames == names


def test_a_list_of_contents_leads_to_every_table(told, plain):
    sheets = [sheet(told, "zh"), sheet(plain, "zh")]
    book = opened(tables_workbook(sheets, context(), title="规划", contents=True))
    first = book.worksheets[0]
    assert book.sheetnames[0] == "目录"
    assert [(first.cell(row, 1).value, first.cell(row, 2).value) for row in (5, 6)] == [
        (sheets[0].title, 3),
        (sheets[1].title, 1),
    ]
    assert [first.cell(row, 1).hyperlink.location.split("!")[0].strip("'") for row in (5, 6)] == book.sheetnames[1:]


def test_what_excel_has_no_room_for_is_told(told, monkeypatch):
    monkeypatch.setattr(module, "MOST_ROWS", 2)
    sheet = opened(answer_workbook([told], context("en"))).worksheets[0]
    texts = [cell.value for row in sheet.iter_rows(min_row=8) for cell in row if cell.value]
    assert any("3 rows are more than a worksheet holds: the first 2 are here" in str(text) for text in texts)


def test_no_file_knows_the_clock(told, plain):
    for make in (answer_workbook, answer_document):
        content = make([told, plain], context())
        assert content == make([told, plain], context())
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    assert docx.Document(io.BytesIO(content)).core_properties.created.year == 1980
    dated = opened(answer_workbook([told], context(), day=dt.date(2025, 6, 1)))
    assert dated.properties.created.date() == dt.date(2025, 6, 1)


def test_a_word_document_has_title_stamp_tables_and_notes(told, plain):
    made = docx.Document(io.BytesIO(answer_document([told, plain], context("zh"))))
    texts = [paragraph.text for paragraph in made.paragraphs]
    assert texts[:2] == [told.title.zh, "有效性：已到期"]
    assert "※ 注 R&D" in texts
    assert plain.title.zh in texts
    first, second = made.tables
    assert [cell.text for cell in first.rows[0].cells][:5] == [
        "园区",
        "代码",
        "面积（公顷）",
        "覆盖（公顷）",
        "比例（%）",
    ]
    assert [cell.text for cell in first.rows[1].cells][2:4] == ["41,312.44", "2.50（0.00–5.00）"]
    assert first.rows[3].cells[0].paragraphs[0].runs[0].bold
    assert second.rows[1].cells[0].text == "=2"


def test_a_wide_table_stands_on_a_page_on_its_side(plain):
    wide = table(
        "wide", "title.coverage", "x", *(column(f"c{k}", f"第{k}列的名称", f"column {k}", HECTARES) for k in range(14))
    )
    many = facts(wide, [{f"c{k}": 10_000_000_000 for k in range(14)}])
    made = docx.Document(io.BytesIO(answer_document([plain, many, plain], context("zh"))))
    assert [section.page_width > section.page_height for section in made.sections] == [False, True, False]
