"""Reports keep to their own JSON schema, and hostile names do no harm in any output."""

from __future__ import annotations

import csv
import io
import json
import re

import jsonschema
import pytest
from click.testing import CliRunner

from parkmap import questions
from parkmap.cli.main import group
from parkmap.facts.document import schema as document_schema
from parkmap.plan.catalog import shipped_root

PLAN = "config/plans/testville.yaml"
WORDS = {
    "plans": [],
    "check": ["testville"],
    "show": ["testville"],
    "conflicts": ["testville"],
    "coverage": ["testville"],
    "belts": ["testville"],
    "linkage": ["testville", "--item", "core", "--item", "corner", "--item", "border-park"],
    "adjacency": ["testville"],
    "quota": ["testville"],
}


def schema_of(command):
    """Return the JSON schema of a command's document."""
    document = questions.question(command).documents[0]
    return document_schema(document.key, document.tables)


def report(project, command, *more):
    words = [command, *WORDS[command], "--json", "--project", str(project.root), "--as-of", "2025-06-01", *more]
    result = CliRunner().invoke(group, words, catch_exceptions=False)
    assert result.exit_code == 0
    return json.loads(result.stdout)


def complaints(schema, value):
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    return [f"{error.json_path}: {error.message[:200]}" for error in validator(schema).iter_errors(value)]


@pytest.mark.parametrize("command", WORDS)
def test_a_report_keeps_to_its_schema(testville, command):
    schema = schema_of(command)
    assert complaints(schema, report(testville, command)) == []


@pytest.mark.parametrize("command", WORDS)
def test_a_report_keeps_to_the_committed_schema(testville, command):
    path = shipped_root() / "config/schema" / f"report-{command}.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    assert complaints(schema, report(testville, command)) == []


@pytest.mark.parametrize("command", WORDS)
def test_a_schema_refuses_what_is_not_a_report(testville, command):
    """Guards the tests above: the schemas are closed and name what must be there."""
    schema = schema_of(command)
    good = report(testville, command)
    assert complaints(schema, {**good, "surplus": 1})
    assert complaints(schema, {key: value for key, value in good.items() if key != "as_of"})
    assert complaints(schema, [good])


def test_numbers_that_do_not_exist_are_null_and_not_nan(testville):
    for command in ("coverage", "adjacency", "show", "quota"):
        words = [command, "testville", "--json", "--project", str(testville.root)]
        text = CliRunner().invoke(group, words, catch_exceptions=False).stdout
        assert not re.search(r"\b(NaN|Infinity)\b", text)
    corner = next(i for i in report(testville, "coverage")["items"] if i["id"] == "corner")
    assert (corner["status"], corner["area_m2"], corner["inside_m2"]) == ("unknown", None, None)


def test_a_zone_outside_of_all_districts_is_known_to_cover_nothing(testville):
    """Null means unknown; this one is known, and it is zero."""
    square = [[114.05, 22.61], [114.055, 22.61], [114.055, 22.615], [114.05, 22.615], [114.05, 22.61]]
    testville.feature(testville.places, "corner-park", geometry={"type": "Polygon", "coordinates": [square]})
    park = next(i for i in report(testville, "coverage")["items"] if i["id"] == "corner-park")
    assert park["status"] == "known"
    assert park["area_m2"] > 250_000
    assert park["inside_m2"] == 0


# Hostile names

HOSTILE = {
    "formula": "=HYPERLINK(A1)",
    "markup": "</script><script>alert(1)</script>",
    "entity": "&lt;b&gt; & <b>",
    "brackets": "[/red] [bold]x",
    "quotes": "\"'`${x}`",
    "percent": "%s {0} {name}",
    "right to left": "abc\u202ecba",
    "astral": "𠮷野家 🏭",
}


def rename(project, name):
    quoted = json.dumps(name, ensure_ascii=False)
    project.replace(PLAN, "zh: 界河产业园", f"zh: {quoted}")
    project.replace(PLAN, "en: Border River Park", f"en: {quoted}")
    project.replace(PLAN, "en: Testville Action Plan", f"en: {quoted}")


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_name_goes_through_every_table(testville, case):
    name = HOSTILE[case]
    rename(testville, name)
    runner = CliRunner()
    for command in ("plans", "show", "coverage", "adjacency", "quota"):
        words = [command, *WORDS[command], "--lang", "en", "--project", str(testville.root)]
        result = runner.invoke(group, words, catch_exceptions=False)
        assert result.exit_code == 0
        assert name in result.stdout, command


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_name_goes_through_every_file(testville, tmp_path, case):
    name = HOSTILE[case]
    rename(testville, name)
    words = ["build", "testville", "-o", str(tmp_path), "--lang", "en", "--project", str(testville.root)]
    assert CliRunner().invoke(group, words, catch_exceptions=False).exit_code == 0
    folder = tmp_path / "testville"
    parks = json.loads((folder / "parks.geojson").read_text(encoding="utf-8"))
    assert parks["features"][0]["properties"]["name_zh"] == name
    for path in folder.glob("*.csv"):
        for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")):
            for cell in row:
                assert cell[:1] not in {"=", "+", "@"}
                assert cell[:1] != "-" or re.fullmatch(r"-[\d.]+", cell)
    page = (folder / "map.html").read_text(encoding="utf-8")
    assert "<script>alert(1)</script>" not in page
    opened = len(re.findall(r"<script\b", page))
    assert opened == len(re.findall(r"</script>", page)) > 0


def test_a_pipe_gets_long_texts_unbroken(testville):
    """A line of a table that goes to a file or to grep is one line, however long."""
    long = "words " * 150 + "end"
    testville.replace("config/policies/testville-land.yaml", "en: A capped share of the investment.", f"en: {long}")
    words = ["show", "testville", "--lang", "en", "--project", str(testville.root)]
    assert long in CliRunner().invoke(group, words, catch_exceptions=False).stdout
