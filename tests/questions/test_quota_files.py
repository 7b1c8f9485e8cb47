"""Workbook, Word report and picture of the quota, opened again by other libraries.

| file | what must hold |
|---|---|
| all | the same report gives the same bytes, seconds apart |
| workbook | first sheet lists every figure and has three slots; frozen; totals are formulas with the right value |
| workbook | names that look like formulas stay text; amounts are numbers; stamp on every sheet |
| Word | first page has stamp, slots, figures; reasons for every claim; both languages |
| picture | PNG, SVG and PDF; nothing to draw where nothing is allocated |
| CSV | every table by its key; the ledger's amounts add up |
"""

from __future__ import annotations

import csv
import dataclasses
import io
import zipfile

import docx
import openpyxl
import pytest

from parkmap.output.context import Context
from parkmap.plan.catalog import Catalog, shipped_root
from parkmap.plan.style import read_style
from parkmap.questions.files import data_files
from parkmap.questions.quota.files import WRITERS, report_files
from quota_answer import told

# openpyxl drops data bars of the 2010 kind when it reads.
pytestmark = pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning:openpyxl")


@pytest.fixture(scope="module")
def report(testville_results):
    return told(testville_results, beside={"again": testville_results.quota})


def context(lang="zh"):
    return Context(lang=lang, style=read_style(Catalog((shipped_root().resolve(),)).style_file()))


def written(report, kind, ending="", lang="zh"):
    return WRITERS[kind](report.answer, ending, context(lang))


@pytest.fixture(scope="module")
def files(report):
    return {**data_files(report.answer, context()), **report_files(report.answer, context())}


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_same_report_gives_the_same_bytes(report, files):
    assert report_files(report.answer, context()).items() <= files.items()


def test_no_file_knows_the_clock(files, report):
    for name in ("quota.xlsx", "quota.docx"):
        with zipfile.ZipFile(io.BytesIO(files[name])) as archive:
            assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    made = docx.Document(io.BytesIO(files["quota.docx"])).core_properties
    assert made.created.date() == made.modified.date() == report.answer.day


def test_the_first_sheet_lists_every_figure_with_slots_for_three_signatures(report, files):
    cover = opened(files["quota.xlsx"]).worksheets[0]
    cells = [str(cell.value) for row in cover.iter_rows() for cell in row if cell.value is not None]
    for slot in ("编制", "审核", "批准"):
        assert slot in cells
    for figure in report.figures:
        if figure.origin_zh:
            assert figure.origin_zh in cells
    assert any("示例" in cell for cell in cells)


def test_sheets_are_frozen_stamped_and_in_the_order_of_work(files):
    book = opened(files["quota.xlsx"])
    names = book.sheetnames
    assert names[:4] == ["封面与依据", "汇总", "合计", "指标池"]
    for wanted in ("按年度（用地）", "台账", "敏感性", "情景对比"):
        assert wanted in names
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes in {"B5", "B6"}  # ranges have two rows of heads
        assert "示例" in sheet["A2"].value


def test_amounts_are_numbers_and_totals_formulas(files, report):
    sheet = opened(files["quota.xlsx"])["汇总"]
    heads = [cell.value for cell in sheet[4]]
    column = heads.index("分配（平方米）") + 1
    values = [sheet.cell(row=row, column=column).value for row in range(5, 9)]
    assert values == [a.allocated_m2 for a in report.allocations]
    assert sheet.cell(row=5, column=column).number_format == "#,##0"
    years = opened(files["quota.xlsx"])["按年度（用地）"]
    assert years.cell(row=8, column=2).value == "=SUM(B5:B7)"
    cached = openpyxl.load_workbook(io.BytesIO(files["quota.xlsx"]), data_only=True)["按年度（用地）"]
    assert cached.cell(row=8, column=2).value == 120_001


def test_bars_and_charts_are_there(files):
    book = opened(files["quota.xlsx"])
    assert book["汇总"].conditional_formatting
    with zipfile.ZipFile(io.BytesIO(files["quota.xlsx"])) as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) >= 5


def test_english(report):
    book = opened(written(report, "xlsx", lang="en"))
    assert book.sheetnames[:3] == ["Cover", "Summary", "Totals"]
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(written(report, "docx", lang="en"))).paragraphs)
    assert "EXAMPLE" in text
    assert "60,000 m2 (6.0000 ha) allocated" in text


def test_a_name_that_looks_like_a_formula_stays_text(testville_results):
    plan_set = testville_results.plan_set
    evil = '=HYPERLINK("http://x","y")'
    components = tuple(
        item.model_copy(update={"name": item.name.model_copy(update={"zh": evil})}) if item.id == "core" else item
        for item in plan_set.plan.components
    )
    plan = plan_set.plan.model_copy(update={"components": components})
    prepared = dataclasses.replace(testville_results.prepared, plan_set=dataclasses.replace(plan_set, plan=plan))
    results = dataclasses.replace(testville_results, prepared=prepared)
    found = told(results)
    assert found.allocations[0].name_zh == evil
    sheet = opened(written(found, "xlsx"))["汇总"]
    assert sheet["A5"].value == evil
    assert sheet["A5"].data_type == "s"


def test_the_word_report_tells_why(files, report):
    document = docx.Document(io.BytesIO(files["quota.docx"]))
    text = "\n".join(p.text for p in document.paragraphs)
    for entry in report.allocations:
        assert f"分得 {entry.allocated_m2:,} 平方米" in text
    slots = [row.cells[0].text for row in document.tables[0].rows]
    assert slots == ["编制", "审核", "批准"]
    figures = document.tables[1]
    assert len(figures.rows) == len(report.figures) + 1


def test_pictures(report):
    assert written(report, "figure", "png")[:8] == b"\x89PNG\r\n\x1a\n"
    assert b"<svg" in written(report, "figure", "svg")
    assert written(report, "figure", "pdf", "en")[:5] == b"%PDF-"


def test_nothing_is_drawn_where_nothing_is_allocated(testville_results):
    pools = tuple(
        p.model_copy(update={"supply": p.supply.model_copy(update={"m2": 0})}) for p in testville_results.scenario.pools
    )
    scenario = testville_results.scenario.model_copy(update={"pools": pools})
    found = told(testville_results, scenario)
    assert found.status == "infeasible"
    assert written(found, "figure", "png") is None
    assert opened(written(found, "xlsx")).sheetnames[1] == "约束冲突"
    assert written(found, "docx")


def test_every_table_is_a_csv_and_the_ledger_adds_up(files, report):
    keys = set(report.tables())
    assert {f"{key}.csv" for key in keys} <= files.keys()
    rows = list(csv.reader(io.StringIO(files["quota-ledger.csv"].decode("utf-8-sig"))))
    column = rows[0].index("平方米")
    amounts = [int(row[column]) for row in rows[1:] if len(row) > column]
    assert sum(amounts) == sum(a.allocated_m2 for a in report.allocations)
