"""The files that every question can write: CSV, workbook, Word, picture; the workbook of `build`; the coloured layer.

| asked for            | given                                                                    |
|----------------------|--------------------------------------------------------------------------|
| `--csv`, `--table`   | the first table, or that one                                             |
| `--xlsx`, `--docx`   | every table that people read, or that one                                |
| `--figure`           | the map with the coloured layer on it; another ending is refused at once |
| `-o`                 | a workbook beside the rest                                               |
| `build`              | one workbook with every table, a coloured layer that is off at first     |
"""

from __future__ import annotations

import dataclasses
import io
import json
import re

import docx
import openpyxl
import pytest

from parkmap import messages, questions
from parkmap.questions.base import FileForm, Question
from parkmap.questions.forms import FORMS, forms_of
from parkmap.questions.option import asked

DAY = ("--as-of", "2025-06-01")
FIRST = b"\x89PNG", b"<?xml", b"%PDF-"


def book(path):
    return openpyxl.load_workbook(io.BytesIO(path.read_bytes()))


def test_the_first_table_or_the_one_asked_for_as_csv(parkmap, testville):
    assert parkmap("coverage", "testville", "--csv", "a.csv", *DAY, "--lang", "en").code == 0
    assert parkmap("coverage", "testville", "-o", "out", *DAY, "--lang", "en").code == 0
    assert (testville.root / "a.csv").read_bytes() == (testville.root / "out/coverage-districts.csv").read_bytes()
    pairs = parkmap("coverage", "testville", "--table", "coverage-pairs", "--csv", "b.csv", *DAY, "--lang", "en")
    assert pairs.code == 0
    assert (testville.root / "b.csv").read_bytes() == (testville.root / "out/coverage-pairs.csv").read_bytes()
    assert parkmap("coverage", "testville", "--table", "coverage-items", "--csv", "c.csv", *DAY).code == 2


def test_a_workbook_of_all_tables_or_of_one(parkmap, testville):
    assert parkmap("coverage", "testville", "--xlsx", "a.xlsx", "-o", "out", *DAY, "--lang", "en").code == 0
    assert (testville.root / "a.xlsx").read_bytes() == (testville.root / "out/coverage.xlsx").read_bytes()
    assert len(book(testville.root / "a.xlsx").sheetnames) == len(list((testville.root / "out").glob("*.csv")))
    parkmap("coverage", "testville", "--table", "coverage-pairs", "--xlsx", "b.xlsx", *DAY, "--lang", "en")
    assert len(book(testville.root / "b.xlsx").sheetnames) == 1


def test_word_has_the_map_and_the_tables(parkmap, testville):
    assert parkmap("coverage", "testville", "--docx", "a.docx", *DAY, "--lang", "en").code == 0
    made = docx.Document(str(testville.root / "a.docx"))
    assert len(made.tables) == 2
    assert len(made.inline_shapes) == 1
    assert any("Validity" in paragraph.text for paragraph in made.paragraphs)


@pytest.mark.parametrize(("ending", "start"), [("png", FIRST[0]), ("svg", FIRST[1]), ("PDF", FIRST[2])])
def test_the_map_as_a_picture(parkmap, testville, ending, start):
    assert parkmap("coverage", "testville", "--figure", f"a.{ending}", *DAY, "--lang", "en").code == 0
    assert (testville.root / f"a.{ending}").read_bytes().startswith(start)


def test_another_ending_is_refused_before_the_work_begins(parkmap):
    ran = parkmap("coverage", "nowhere", "--figure", "a.jpg", *DAY, "--lang", "en")
    assert ran.code == 2
    assert ".png, .svg, .pdf" in ran.err


def test_a_form_of_the_question_itself_takes_the_place_of_the_shared_one():
    @dataclasses.dataclass(frozen=True, kw_only=True)
    class Request:
        figure: str = asked("", "Its own. 自有。")

    own = FileForm(key="csv", help="Its own. 自有。", make=lambda *_: b"")
    made = Question(key="x", help="x", documents=(), answer=lambda *_: None, request=Request, files=(own,))
    assert [form.key for form in forms_of(made)] == ["csv", "xlsx", "docx"]
    assert forms_of(made)[0] is own
    assert [form.key for form in forms_of(dataclasses.replace(made, plans="none", files=()))] == ["csv", "xlsx", "docx"]


@pytest.mark.parametrize("name", questions.NAMES)
def test_every_question_writes_every_form(name):
    keys = {form.key for form in forms_of(questions.question(name))}
    assert {"csv", "xlsx", "docx"} <= keys | _options(name)


def _options(name):
    request = questions.question(name).request
    return {(field.metadata["option"].flag or f"--{field.name}").lstrip("-") for field in dataclasses.fields(request)}


def test_what_is_told_where_there_is_nothing_to_write_is_a_message():
    for form in FORMS:
        assert messages.words(form.none)


def groups(path):
    found = re.search(r'id="parkmap-data">(.*?)</script>', path.read_text(encoding="utf-8"), re.DOTALL)
    return {group["id"]: group for group in json.loads(found[1])["groups"]}


def test_the_coloured_layer_is_on_where_it_is_asked_for_and_off_in_the_plan_s_own_page(parkmap, testville):
    parkmap("coverage", "testville", "-o", "out", *DAY, "--lang", "en")
    parkmap("build", "testville", "-o", "maps", *DAY, "--lang", "en")
    own, whole = groups(testville.root / "out/map.html"), groups(testville.root / "maps/testville/map.html")
    for found, shown in ((own, True), (whole, False)):
        layer = found["coverage-districts"]
        assert layer["shown"] is shown
        assert layer["parent"]["en"] == "Analyses"
        assert [one["en"] for one in layer["classes"]] == ["0", "0–10", "10–25", "25–50", "> 50"]


def test_build_has_one_workbook_with_a_sheet_for_every_table(parkmap, testville):
    for name in ("maps", "again"):
        assert parkmap("build", "testville", "-o", name, *DAY, "--lang", "zh").code == 0
    folder = testville.root / "maps/testville"
    made = book(folder / "tables.xlsx")
    tables = list(folder.glob("*.csv"))
    assert len(made.sheetnames) == len(tables) + 1
    assert made.sheetnames[0] == "目录"
    assert all("有效性" in sheet["A2"].value for sheet in made)
    again = testville.root / "again/testville"
    assert {path.name for path in folder.iterdir()} == {path.name for path in again.iterdir()}
    for path in folder.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes(), path.name
