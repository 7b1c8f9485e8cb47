"""Each value is the same in terminal, CSV, XLSX, JSON, GeoJSON, card and API, within the digits it shows.

All questions, all plans, both languages: what was written is read back and compared, value by value. Facts made up
of hostile values go through the same outputs.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import math
import re
import sys
from pathlib import Path

import geopandas as gpd
import hypothesis
import pytest
import shapely
from hypothesis import strategies as st
from read_back import (
    Read,
    book_cells,
    csv_cells,
    geojson_rows,
    guarded,
    json_rows,
    people_columns,
    plain,
    same_number,
    shown_pattern,
    squeezed,
    terminal_lines,
    unguarded,
    written_keys,
)

import parkmap
from parkmap import questions
from parkmap.api.request import keyword_of, request_of
from parkmap.errors import InvalidInputError
from parkmap.facts import units
from parkmap.facts.card import card
from parkmap.facts.columns import Table, column, named_id, ranged
from parkmap.facts.facts import facts as made_facts
from parkmap.facts.plain import LISTED
from parkmap.messages import LANGS, TEXTS, Words
from parkmap.output.context import Context
from parkmap.plan.style import read_style
from parkmap.questions.base import Answer, Document
from parkmap.questions.files import data_files, workbook_of

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))
from smoke import prepare

DAY = "2024-01-01"
PLANS = tuple(parkmap.open().plan_ids)
TESTVILLE = "testville"
SAME_CITY = ("shenzhen-big-health-2022", "shenzhen-biopharma-2020")


def held_to_itself(answer: Answer, context_of) -> int:
    """Compare everything that an answer is written as; returns how many values were compared."""
    files = {lang: written(answer, context_of(lang)) for lang in LANGS}
    document = json.loads(files["zh"][f"{answer.file_name}.json"])
    tables = {table.at: table for table in answer.document.tables if table.at is not None}
    frames = {facts.key: rows_of(facts) for facts in answer.facts}
    told = answer.for_people()
    books = {lang: book_cells(files[lang]["book.xlsx"], told) if told else {} for lang in LANGS}
    read, count = Read(document, tables, frames), 0
    for facts in answer.facts:
        rows = frames[facts.key]
        texts_and_codes(facts, rows)
        if facts.table.at is not None:
            count += json_is_the_frame(read, facts, rows)
        for lang in LANGS:
            count += people_read_the_frame(facts, rows, files[lang], books[lang].get(facts.key, {}), lang)
            count += cards_say_the_same(facts, rows, lang)
        layer = files["zh"].get(f"{facts.table.layer or facts.key}.geojson")
        if layer is not None and facts.table.gis:
            count += features_are_the_frame(facts, rows, geojson_rows(layer))
    return count


def rows_of(facts) -> list[dict]:
    """Return the rows of the frame that users get."""
    return [{key: plain(value) for key, value in row.items()} for row in facts.frame().to_dict("records")]


def written(answer: Answer, context: Context) -> dict[str, bytes]:
    """Return document, tables and GIS files as a folder has them, and the workbook."""
    book = workbook_of(answer, context)
    return {**data_files(answer, context), **({} if book is None else {"book.xlsx": book})}


def texts_and_codes(facts, rows) -> None:
    """Ids, codes and texts are text; a code that was a number once is not `440306.0`."""
    for one in facts.all_columns():
        if one.unit.key not in {"id", "code", "text", "day"}:
            continue
        for row in rows:
            value = row[one.key]
            assert value is None or type(value) is str, (one.key, value)
            assert one.unit.key not in {"id", "code"} or not re.fullmatch(r"\d+\.0", value or ""), (one.key, value)


def json_is_the_frame(read, facts, rows) -> int:
    table, found = facts.table, {}
    for key, row in json_rows(read, table):
        found.setdefault(key, []).append(row)
    count = 0
    for number, row in enumerate(rows):
        key = tuple(str(row[name]) for name in table.under)
        total = facts.is_total(number) and not table.under
        own = found[(*key, "total")][0] if total else found[key].pop(0)
        hidden = {*table.under, *(table.total_hides if total else ())}
        hidden |= {key for one in facts.all_columns() if not one.shown_in("json") for key in written_keys(one)}
        for name in row.keys() - hidden:
            assert own[name] == row[name], (table.key, name)
            count += 1
    assert not any(rest for key, rest in found.items() if key[-1:] != ("total",)), "JSON has rows that nobody else has"
    return count


def features_are_the_frame(facts, rows, features) -> int:
    own = [row for number, row in enumerate(rows) if not facts.is_total(number)]
    assert len(own) == len(features)
    for row, properties in zip(own, features, strict=True):
        for one in facts.all_columns():
            for key in one.keys:
                if key not in properties or one.unit.json == "object" or one.unit.key == "records":
                    continue
                value = row[key]
                if isinstance(value, list | tuple):
                    value = ("," if one.unit.key in {"ids", "codes"} else LISTED).join(map(str, value)) or None
                assert properties[key] == value, key
    return len(own)


def people_read_the_frame(facts, rows, files, book, lang) -> int:
    """Hold CSV, workbook and terminal to the frame, cell by cell."""
    content = files.get(f"{facts.key}.csv")
    if content is None:
        assert not facts.table.people or not len(facts)
        return 0
    order = facts.in_reading_order()
    cells, lines = csv_cells(content, facts, lang), terminal_lines(facts, lang)
    for place, number in enumerate(order):
        row = rows[number]
        read = {
            key: in_the_csv(one, row, key, cells[place, key], facts.names, lang)
            for one, key, _ in people_columns(facts)
        }
        on_the_terminal(facts, row, read, lines[place], lang)
        for one, key, _ in people_columns(facts):
            in_the_workbook(one, row.get(key), read[key], book[place, key])
    return len(rows) * len(list(people_columns(facts)))


def as_people_read(one, row, key, names, lang) -> str | None:
    """Return what people read of a value that is no number, by a reading of its own; None is nothing."""
    unit, value = one.unit, row[f"{one.named or key}_{lang}" if one.unit.key == "words" else key]
    known = names.get(one.of or "", {})
    if value is None or value == []:
        return one.missing[lang] if one.missing else None
    readings = {
        "code": lambda: TEXTS[f"{unit.vocabulary}.{value}"][lang],
        "codes": lambda: ("、" if lang == "zh" else ", ").join(TEXTS[f"{unit.vocabulary}.{v}"][lang] for v in value),
        "id": lambda: known[value][lang] if value in known else value,
        "flag": lambda: TEXTS[f"yes.{value}"][lang],
        "ids": lambda: ("、" if lang == "zh" else ", ").join(known[v][lang] if v in known else v for v in value),
        "texts": lambda: ("、" if lang == "zh" else ", ").join(value),
        **dict.fromkeys(("text", "day", "words", "year"), lambda: str(value)),
    }
    told = readings[unit.key]()
    return told if unit.json == "string" or told else None  # a list of nothing is nothing


def in_the_csv(one, row, key, cell, names, lang) -> str | None:
    """Hold a cell of a CSV to the stored value; returns the cell without what keeps it from being a formula."""
    value = row.get(key)
    if one.read is None and one.unit.is_number and value is not None:
        whole = one.unit.json == "integer" and one.unit.factor == 1
        same_number(cell, value * one.unit.factor, None if whole else 4)
        return cell
    if one.read is None and one.unit.each is not None and value:
        for part, exact in zip(cell.split(" / "), value, strict=True):
            same_number(part, exact * one.unit.each.factor)
        return cell
    if one.read is not None:  # how it is read stands in the column alone; the outputs are held to each other
        return unguarded(cell) or None
    text = as_people_read(one, row, key, names, lang)
    assert cell == guarded(text or ""), (key, cell, text)
    return text


def in_the_workbook(one, value, text, cell) -> None:
    """Hold a cell of a workbook to the stored number, or to what people read elsewhere; ids and codes are text."""
    if one.read is None and one.unit.is_number and value is not None:
        assert type(cell) in {int, float}
        exact = math.floor(value + 0.5) if one.unit.json == "integer" else value
        assert cell == pytest.approx(exact * one.unit.factor, rel=1e-12, abs=1e-9), one.key
    elif isinstance(cell, dt.datetime):
        assert one.unit.key == "day"
        assert cell.date().isoformat() == text
    elif one.unit.key == "year" and cell is not None and type(cell) is not str:
        assert (type(cell), str(cell)) == (int, text)
    elif one.read is not None and type(cell) is not str and cell is not None:
        same_number(text, cell)
    else:
        assert cell is None or type(cell) is str, (one.key, cell)
        assert squeezed(cell or "") == squeezed(text or ""), one.key


def on_the_terminal(facts, row, cells, line, lang) -> None:
    shown, numbers = [], []
    for one in facts.for_people():
        texts = [cells[key] for key in one.keys]
        shown.append(shown_pattern(one, texts, lang))
        order = one.keys if one.ends is None else (one.keys[1], one.keys[0], one.keys[2])
        numbers += [(one, key) for key in order]
    pattern = "".join(piece if piece == "()" else f" {piece}" for piece in shown)
    read = re.fullmatch(pattern, f" {squeezed(line)}")
    assert read, (squeezed(line), pattern)
    for (one, key), text in zip(numbers, read.groups(), strict=True):
        if text is None:  # a range without ends, or of one number
            low, best, high = (row[end] for end in one.keys)
            assert low is high is None or low == best == high, (key, line)
        elif one.unit.is_number and one.read is None and row[key] is not None:
            same_number(text, row[key] * one.unit.factor, one.unit.digits)


def cards_say_the_same(facts, rows, lang) -> int:
    """Hold the lines of a card to the frame; the ones that may be missing are missing for a reason."""
    by = facts.all_columns()[0].key
    if facts.all_columns()[0].unit.key != "id":
        return 0
    count = 0
    for row in rows:
        lines = list(card(facts, row[by], by=by))
        for one in facts.all_columns():
            if one.key == by or not one.shown_in("card") or one.read is not None or not one.unit.is_number:
                continue
            low, best, high = (row[key] for key in one.keys) if one.ends else (None, row[one.key], None)
            texts = [line.value[lang] for line in lines if line.label == one.name.capitalised()]
            if best is None:
                continue
            unit = "" if one.unit.shown is None else f" {one.unit.shown[lang]}"
            assert any(_says(text, best, low, high, one.unit, unit) for text in texts), (one.key, texts, best)
            count += 1
    return count


def _says(text, best, low, high, unit, suffix) -> bool:
    """Return whether a line says a number, or a range; where an end is missing it says no number there."""
    found = re.fullmatch(r"(-?[\d,.]+)(?:[（ ]\(?([^–]+)–([^–]+?)[)）])?" + re.escape(suffix), text)
    if not found:
        return False
    try:
        for part, value in zip(found.groups(), (best, low, high), strict=True):
            if part is not None and value is not None:
                same_number(part, value * unit.factor, unit.digits)
    except (AssertionError, ArithmeticError):
        return False
    return True


@pytest.fixture(scope="module")
def workplace(tmp_path_factory):
    """A folder with everything that any question reads."""
    folder = tmp_path_factory.mktemp("one-value")
    prepare(folder)
    project = parkmap.open(folder, as_of=DAY)
    held = {plan: project.workspace.plan(plan) for plan in project.plan_ids}
    return dataclasses.replace(project, workspace=dataclasses.replace(project.workspace, held=held))


def contexts(project):
    style = read_style(project.workspace.catalog.style_file())
    return lambda lang: Context(lang=lang, style=style)


GIVEN: dict[str, dict] = {"site": {"count": 1, "reach": 60, "cell_m": 5000}}
"""What a question cannot be asked without, by question: fields of the request."""
OWN_FILES: dict[str, dict] = {"site": {"demand": "demand.csv"}, "reach": {"demand": "demand.csv"}}
"""What it is given of the tiny plan beside, as `prepare` has written it."""


def ask(project, name, plans, **values):
    """Return the answer to a question, with what it cannot be asked without."""
    question = questions.question(name)
    given = dict(GIVEN.get(name, {}))
    if name == "why":
        said = project.workspace.plan(plans[0]).plan
        given["park"] = [*said.parks, *said.components][0].id
    needed = {keyword_of(field) for field in dataclasses.fields(question.request) if field.metadata["option"].argument}
    assert needed <= given.keys(), f"{name}: say here what it is to be asked"
    if plans[0] == TESTVILLE:
        root = project.workspace.catalog.roots[0]
        given |= {field: root / file for field, file in OWN_FILES.get(name, {}).items()}
    references = {"none": (), "two": (plans * 2)[:2], "some": plans}.get(question.plans, plans[:1])
    return question.answer(project.workspace, references, request_of(question, {**given, **values}))


@pytest.mark.parametrize("plan", [*PLANS, TESTVILLE])
@pytest.mark.parametrize("name", questions.NAMES)
def test_every_question_of_every_plan(workplace, name, plan):
    assert held_to_itself(ask(workplace, name, (plan,)), contexts(workplace)) > 0


@st.composite
def requests(draw):
    """Return a question, and values for some fields of its request: any choice, any flag."""
    name = draw(st.sampled_from(questions.NAMES))
    options = [(keyword_of(f), f.metadata["option"]) for f in dataclasses.fields(questions.question(name).request)]
    flags = {key: st.booleans() for key, option in options if option.kind == "flag"}
    choices = {key: st.sampled_from(one.choices) for key, one in options if one.kind == "choice" and not one.many}
    return name, draw(st.fixed_dictionaries({}, optional={**flags, **choices}))


@hypothesis.settings(max_examples=12)
@hypothesis.given(asked=requests())
def test_any_request(workplace, asked):
    name, values = asked
    try:
        answer = ask(workplace, name, (TESTVILLE,), **values)
    except InvalidInputError:  # not every choice goes with every other
        hypothesis.reject()
    held_to_itself(answer, contexts(workplace))


HOSTILE = (
    "=1+1", "＝1+1", "+86", "-", "@x", "'=x", "\t=1", " =1", "a\nb", "\r", "\x07\x1b[31m", "\x00", "\u200f\u202eمرحبا",
    "440306.0", "440306", "1e5", "007", "<script>alert(1)</script>", "{{ 1 }}", "${1}", "[red]x[/red]", "%s", "{0}",
    "一，二", '"', "",
)  # fmt: skip
TEXT = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
MISSING = st.sampled_from([None, float("nan")])
WHOLE = st.integers(-(10**20), 10**20) | st.integers(-9, 9) | st.floats(-1e20, 1e20) | st.just(-0.0)
REAL = st.floats(allow_nan=False) | st.floats(-2, 2) | st.integers(-9, 9) | st.sampled_from([-0.0, 1e-9, 0.005, 2.5])
IDS = tuple(f"id{n}" for n in range(9))
NAMES = {
    "thing": {name: Words(zh, en) for name, zh, en in zip(IDS, HOSTILE, HOSTILE[::-1], strict=False) if name != "id3"}
}
NUMBERS = tuple(one for one in vars(units).values() if isinstance(one, units.Unit) and one.is_number)
VALUES = {
    "text": (units.TEXT, TEXT | MISSING),
    "day": (units.DAY, st.dates() | MISSING),
    "year": (units.YEAR, st.integers(1900, 2100) | MISSING),
    "flag": (units.FLAG, st.booleans() | MISSING),
    "code": (units.coded("severity"), st.sampled_from(["error", "warning", "note", None])),
    "texts": (units.TEXTS, st.lists(TEXT, max_size=3)),
    "ids": (units.IDS, st.lists(st.sampled_from(IDS), max_size=3)),
    "words": (units.WORDS, st.builds(Words, TEXT, TEXT) | st.none()),
}


@st.composite
def a_column(draw, number):
    """Return a column of any kind, and what its values are drawn from."""
    key, kind = f"k{number}", draw(st.sampled_from([*VALUES, "range", "number", "number"]))
    missing = draw(st.sampled_from([None, Words("未知", "unknown")]))
    zh, en = draw(st.sampled_from([("面积", "area"), ("=头", "=head"), ("[red]", "{0}")]))
    zh, en = f"{zh}{number}", f"{en}{number}"
    if kind not in {"range", "number"}:
        unit, values = VALUES[kind]
        missing = None if unit.json == "array" else missing
        return column(key, zh, en, unit, of="thing", null=True, missing=missing), values
    unit = draw(st.sampled_from(NUMBERS))
    values = (WHOLE if unit.json == "integer" else REAL) | MISSING | st.just(float("inf"))
    make = ranged if kind == "range" else column
    return make(f"{key}_{{}}" if kind == "range" else key, zh, en, unit, null=True, missing=missing), values


@st.composite
def hostile_answers(draw):
    """Return an answer with one table of any columns and hostile values, with geometry, perhaps with a total."""
    columns = [draw(a_column(number)) for number in range(draw(st.integers(1, 5)))]
    total = draw(st.booleans())
    ids = [*draw(st.lists(st.sampled_from(IDS), unique=True, max_size=4)), *(["total"] if total else [])]
    declared = Table(
        key="made",
        title=Words("标题", "title"),
        about="thing",
        columns=(named_id("id", "编号", "id", of="thing"), *(one for one, _ in columns)),
        at="rows",
        identity=("id",),
        total_at="total" if total else None,
        gis=True,
    )
    rows = [{"id": name, **{key: draw(values) for one, values in columns for key in one.keys}} for name in ids]
    shapes = gpd.GeoSeries([shapely.Point(114, 22)] * (len(ids) - total), crs="EPSG:4326")
    found = made_facts(declared, rows, names=NAMES, notes=[Words("=注", "=note")])
    return Answer(document=Document(key="made", tables=(declared,)), facts=(found,), shapes={"made": shapes})


@hypothesis.settings(max_examples=80, report_multiple_bugs=False)
@hypothesis.given(hostile_answers())
def test_hostile_values(answer):
    held_to_itself(answer, contexts(parkmap.open()))
