"""A user's table of claims, by file, sheet, row and column.

| table | what must come out |
|---|---|
| Chinese heads, hectares, names of parks | the same claims as English heads, m², ids |
| CSV in UTF-8 with mark, in GBK, with semicolons; XLSX | the same claims |
| unknown park, negative, NaN, half a square metre, floor above claim or cap | one finding each, at the cell |
| repeated park, year without pool | the same; all of them at once |
| indivisible with a part as floor | finding |
| no unit in the head, unknown head, repeated head, missing head | finding at the head |
| two rows of heads, a unit above several columns; a name merged over several rows | as if each were written out |
| dashes and strokes in optional cells; 合计 rows | nothing; held against the claims |
| heads without rows | finding at the file |
| no table at all, broken XLSX, missing file | finding, no traceback |
"""

from __future__ import annotations

import openpyxl
import pytest

from parkmap.errors import InvalidInputError
from parkmap.intake.claims import read_claims, with_claims

ENGLISH = """item,commodity,year,claim_m2,floor_m2,cap_m2,tier,weight
core,land,2025,50000,10000,,1,
border-park,land,2025,30000,,20000,2,2
clinic,floor_space,2026,1500,,,1,
"""
CHINESE = """园区,类别,年份,需求（公顷）,下限（公顷）,上限（公顷）,等级,权重
试城核心区,用地,2025,5,1,,1,
界河科技园,用地,2025,3,,2,2,2
clinic,产业用房,2026,0.15,,,1,
"""


@pytest.fixture
def read(testville, tmp_path):
    """Write a table and read it as claims of the tiny plan."""
    plan_set = testville.load()
    scenario = plan_set.scenarios["base"]
    names = {item.id: item.name.zh for item in (*plan_set.plan.components, *plan_set.plan.parks)}

    def run(text: str, *, name: str = "claims.csv", encoding: str = "utf-8-sig"):
        path = tmp_path / name
        filled = text.replace("试城核心区", names["core"]).replace("界河科技园", names["border-park"])
        path.write_bytes(filled.encode(encoding))
        return read_claims(path, plan_set, scenario)

    return run


@pytest.fixture
def findings(read):
    """Return the findings of a table that cannot be used, as (code, key)."""

    def run(text: str, **keywords):
        with pytest.raises(InvalidInputError) as caught:
            read(text, **keywords)
        for found in caught.value.findings:
            assert found.text("zh")
            assert found.advice("en")
            assert found.file == keywords.get("name", "claims.csv")
        return [(found.code, found.key) for found in caught.value.findings]

    return run


def numbers(table):
    return [
        (c.item, c.commodity, c.year, c.claim.m2, c.floor and c.floor.m2, c.cap and c.cap.m2, c.tier, c.weight)
        for c in table.claims
    ]


EXPECTED = [
    ("core", "land", 2025, 50_000, 10_000, None, 1, 1.0),
    ("border-park", "land", 2025, 30_000, None, 20_000, 2, 2.0),
    ("clinic", "floor_space", 2026, 1_500, None, None, 1, 1.0),
]


def test_english_heads(read):
    assert numbers(read(ENGLISH)) == EXPECTED


def test_chinese_heads_names_and_hectares(read):
    assert numbers(read(CHINESE)) == EXPECTED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(read, encoding):
    assert numbers(read(CHINESE, encoding=encoding)) == EXPECTED


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_delimiters(read, delimiter):
    assert numbers(read(ENGLISH.replace(",", delimiter))) == EXPECTED


def test_a_workbook_may_begin_with_a_title_and_hide_sheets(testville, tmp_path):
    book = openpyxl.Workbook()
    hidden = book.active
    hidden.title, hidden.sheet_state = "旧表", "hidden"
    hidden.append(["item", "year", "claim_m2"])
    hidden.append(["nobody", 2025, -5])
    sheet = book.create_sheet("需求")
    sheet.append(["2025年需求申报表"])
    sheet.append([])
    sheet.append(["园区", "年份", "需求（平方米）", "整块"])
    sheet.append(["core", 2025, 50_000, "是"])
    path = tmp_path / "申报.xlsx"
    book.save(path)
    plan_set = testville.load()
    table = read_claims(path, plan_set, plan_set.scenarios["base"])
    (claim,) = table.claims
    assert (claim.item, claim.claim.m2, claim.indivisible) == ("core", 50_000, True)
    assert table.places == (("申报.xlsx", "需求", 4),)


PRINTED = """园区,年份,面积（公顷）,,
,,需求,下限,上限
试城核心区,2025年,5,1,—
界河科技园,2025年,3,/,-
合计,,8,1,
"""


def test_two_rows_of_heads_dashes_and_a_total(read):
    land = [("core", 50_000, 10_000, None), ("border-park", 30_000, None, None)]
    assert [(c.item, c.claim.m2, c.floor and c.floor.m2, c.cap) for c in read(PRINTED).claims] == land


def test_cells_merged_in_a_workbook(testville, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["用地需求表", None, None, None],
        ["园区", "年份", "面积（亩）", None],
        [None, None, "需求", "下限"],
        ["core", 2025, 15, 3],
        ["border-park", 2025, 30, None],
        [None, 2026, 1.5, None],
    ):
        sheet.append(row)
    for merged in ("A1:D1", "A2:A3", "B2:B3", "C2:D2", "A5:A6"):
        sheet.merge_cells(merged)
    path = tmp_path / "merged.xlsx"
    book.save(path)
    plan_set = testville.load()
    with pytest.raises(InvalidInputError) as caught:  # only the year without a pool is wrong, and its row has the name
        read_claims(path, plan_set, plan_set.scenarios["base"])
    assert [(f.code, f.key) for f in caught.value.findings] == [("scenario.no_pool", "Sheet!B6 年份")]


@pytest.mark.parametrize("total", ["8.0001", "-8", "8,0"])
def test_a_total_that_is_not_the_sum(findings, total):
    ((code, key),) = findings(PRINTED.replace("合计,,8", f'合计,,"{total}"'))
    assert code in {"intake.wrong_total", "intake.negative", "intake.separators"}
    assert key == "C5 需求（公顷）"


def test_totals_of_parts(read):
    parts = "item,year,claim_m2\ncore,2025,50\n小计,,50\nborder-park,2025,30\n小计,,30\n总计,,80\n"
    assert [c.claim.m2 for c in read(parts).claims] == [50, 30]


def test_heads_without_rows(findings):
    assert findings("item,year,claim_m2\n") == [("intake.no_rows", None)]


def test_a_claim_without_a_basis_is_an_assumption_that_names_its_row(read):
    claim = read(ENGLISH).claims[1]
    assert claim.claim.basis == "assumption"
    assert "claims.csv" in claim.claim.origin.zh
    assert "3" in claim.claim.origin.zh


def test_every_fault_at_once_by_cell(findings):
    table = """item,commodity,year,claim_m2,floor_m2,cap_m2,tier
nobody,land,2025,100,,,1
core,land,2025,-5,,,1
border-park,land,2025,100,200,,1
corner-park,land,2025,nan,,,0
corner-park,land,2025,1.5,,,1
core,land,2031,100,,,1
core,sand,2025,100,,,1
"""
    assert findings(table) == [
        ("intake.not_listed", "A2 item"),
        ("intake.negative", "D3 claim_m2"),
        ("scenario.floor", "E4 floor_m2"),
        ("intake.not_a_number", "D5 claim_m2"),
        ("intake.not_between", "G5 tier"),
        ("intake.not_whole", "D6 claim_m2"),
        ("scenario.no_pool", "C7 year"),
        ("intake.not_listed", "B8 commodity"),
    ]


def test_a_park_that_claims_twice_is_told_at_its_second_row(findings):
    table = "item,year,claim_m2\ncore,2025,5\ncore,2025,6\n"
    assert findings(table) == [("scenario.repeated", "3")]


def test_a_floor_above_the_cap(findings):
    assert findings("item,year,claim_m2,floor_m2,cap_m2\ncore,2025,50,30,20\n") == [("scenario.floor", "D2 floor_m2")]


def test_a_part_of_an_indivisible_claim_is_no_floor(findings):
    table = "item,year,claim_m2,floor_m2,indivisible\ncore,2025,50,30,yes\n"
    assert findings(table) == [("intake.indivisible_floor", "D2 floor_m2")]


def test_empty_cells_of_needed_columns(findings):
    assert findings("item,year,claim_m2\ncore,,50\n,2025,50\n") == [
        ("intake.empty", "B2 year"),
        ("intake.empty", "A3 item"),
    ]


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        ("item,year,claim", [("intake.no_unit", "C claim")]),
        ("item,year,claim_m2,colour", [("intake.unknown_head", "D colour")]),
        ("item,year,claim_m2,园区", [("intake.repeated_head", "D 园区")]),
        ("item,claim_m2", [("intake.missing_head", None)]),
    ],
)
def test_heads(findings, heads, expected):
    assert findings(f"{heads}\ncore,2025,50\n") == expected


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "\n\n\n"])
def test_no_table(findings, text):
    assert findings(text) == [("intake.no_heads", None)]


def test_a_workbook_that_is_none(findings):
    assert findings("no zip at all", name="claims.xlsx") == [("intake.not_a_table", None)]


def test_a_file_that_is_not_there(testville, tmp_path):
    plan_set = testville.load()
    with pytest.raises(InvalidInputError) as caught:
        read_claims(tmp_path / "nowhere.csv", plan_set, plan_set.scenarios["base"])
    assert [f.code for f in caught.value.findings] == ["file.unreadable"]


def test_claims_take_the_place_of_the_scenarios_own(read, testville):
    scenario = testville.load().scenarios["base"]
    changed = with_claims(scenario, read(ENGLISH), "claims.csv")
    assert {claim.item for claim in changed.claims} == {"core", "border-park", "clinic"}
    assert changed.pools == scenario.pools
    assert "claims.csv" in changed.note.zh
