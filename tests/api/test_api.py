"""The library says what the command says, and refuses what the command refuses."""

from __future__ import annotations

import dataclasses
import inspect
import json
import subprocess
import sys

import geopandas as gpd
import pytest

import parkmap as library
from parkmap import questions
from parkmap.api.asking import ALL_PLANS, FURTHER_PLANS, PROPERTIES
from parkmap.api.request import keyword_of, request_of, type_of, wanted_of
from parkmap.cli.main import group
from parkmap.errors import InvalidInputError
from parkmap.questions.option import Option

DAY = "2025-06-01"


@pytest.fixture
def project(testville):
    return library.open(testville.root, as_of=DAY)


@pytest.fixture
def plan(project):
    return project.plan("testville")


def test_what_there_is(project, plan):
    assert {"InvalidInputError", "Plan", "Project", "Result", "__version__", "open"} <= set(dir(library))
    assert "testville" in project.plan_ids
    assert "testville" in project.plans.index
    assert isinstance(plan.components, gpd.GeoDataFrame)
    assert plan.components.crs == plan.parks.crs == plan.districts.crs
    assert library.__version__.count(".") == 2
    with pytest.raises(AttributeError, match="nothing"):
        _ = library.nothing


def test_import_is_cheap():
    heavy = "{'pandas', 'geopandas', 'folium', 'numpy', 'shapely', 'matplotlib'}"
    code = f"import sys, parkmap; dir(parkmap); assert not {heavy} & set(sys.modules)"
    code += f"; parkmap.open().plan_ids; assert not {heavy} & set(sys.modules), sorted({heavy} & set(sys.modules))"
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603  our own interpreter


def test_a_plan_is_measured_once(plan, monkeypatch):
    first = plan.coverage().districts
    monkeypatch.setattr("parkmap.results.plan.analyse", None)  # nobody may read it again
    assert plan.coverage().districts.equals(first)
    assert plan.results is plan.results


def test_the_document_is_that_of_the_command(plan, parkmap):
    ran = parkmap("coverage", "testville", "--as-of", DAY, "--json")
    assert plan.coverage().document == ran.json
    assert plan.coverage().to_json() == ran.out


def test_files_are_those_of_the_command(plan, parkmap, tmp_path):
    parkmap("coverage", "testville", "--as-of", DAY, "--lang", "en", "-o", tmp_path / "command")
    result = plan.coverage()
    result.save(tmp_path / "library", lang="en")
    written = {path.name: path.read_bytes() for path in (tmp_path / "command").iterdir()}
    own = {path.name: path.read_bytes() for path in (tmp_path / "library").iterdir()}
    assert own.keys() == written.keys()
    assert all(own[name] == written[name] for name in written if name != "manifest.json")
    result.to_csv(tmp_path / "one.csv", lang="en")
    result.to_geojson(tmp_path / "one.geojson")
    assert (tmp_path / "one.csv").read_bytes() == written["coverage-districts.csv"]
    assert (tmp_path / "one.geojson").read_bytes() == written["coverage-districts.geojson"]
    assert result.to_csv(lang="en").encode("utf-8-sig") == written["coverage-districts.csv"]


def test_frames_hold_what_json_holds(plan):
    result = plan.coverage()
    frame, rows = result.districts, result.document["districts"]
    assert isinstance(frame, gpd.GeoDataFrame)
    assert frame.crs == plan.districts.crs
    assert list(frame.index) == [row["id"] for row in rows]
    for row in rows:
        held = frame.loc[row["id"]]
        assert {key: held[key] for key in row if key != "id"} == {k: v for k, v in row.items() if k != "id"}
    assert frame["area_m2"].dtype == "int64"
    assert result.frame("coverage-districts").equals(frame)


def test_an_unknown_table_is_told(plan):
    result = plan.coverage()
    with pytest.raises(AttributeError, match="districts"):
        _ = result.nothing
    with pytest.raises(KeyError, match="districts"):
        result.to_csv(table="nothing")
    with pytest.raises(KeyError, match="coverage-districts"):
        result.to_geojson(table="pairs")


def test_errors_carry_findings(testville, project):
    testville.append(testville.plan, "nonsense: 1\n")
    with pytest.raises(library.InvalidInputError) as caught:
        project.plan("testville")
    assert caught.value.findings
    assert all(found.code in str(caught.value) for found in caught.value.findings)
    with pytest.raises(ValueError, match=r"request\.value") as caught:
        library.open().coverage("shenzhen-beauty-valley", demand=3, weight=4)
    assert [dict(found.values)["name"] for found in caught.value.findings] == ["coverage: demand", "coverage: weight"]
    with pytest.raises(TypeError, match="weight"):
        library.open().coverage("shenzhen-beauty-valley", wight="population")


@pytest.mark.parametrize("name", [name for name in questions.NAMES if name not in PROPERTIES])
def test_every_question_is_a_method_with_the_fields_of_its_request(name):
    question = questions.question(name)
    homes = [
        home for home, plans in ((library.Plan, FURTHER_PLANS), (library.Project, ALL_PLANS)) if question.plans in plans
    ]
    assert homes
    for home in homes:
        ask = getattr(home, name.replace("-", "_"))
        fields = {keyword_of(field) for field in dataclasses.fields(question.request)}
        assert fields <= set(inspect.signature(ask).parameters)
        assert all(f"\n{field} : " in ask.__doc__ for field in fields)
        assert group.get_command(None, name).help.splitlines()[0] in ask.__doc__


@pytest.mark.parametrize(
    ("option", "good", "held", "bad"),
    [
        (Option(help="", kind="int", least=1, most=9), [1, 9.0], [1, 9], [0, 10, 1.5, "1", True]),
        (Option(help="", kind="float", least=0, above=True), [0.1, 2], [0.1, 2.0], [0, -1, float("nan"), "1"]),
        (Option(help="", kind="choice", choices=("a", "b")), ["a"], ["a"], ["c", 1]),
        (Option(help="", kind="flag"), [True], [True], [1, "yes"]),
        (Option(help="", kind="numbers"), [[5, 10]], [(5.0, 10.0)], [5, ["a"]]),
        (Option(help="", kind="counts", least=1), [range(1, 3)], [(1, 2)], [[0], [1.5]]),
        (Option(help="", many=True), ["a", ["a", "b"]], [("a",), ("a", "b")], [[1]]),
        (Option(help="", kind="file", must_exist=True), [], [], ["no such file"]),
    ],
)
def test_values_are_checked_as_options_are(option, good, held, bad):
    request = dataclasses.make_dataclass(
        "Request", [("it", object, dataclasses.field(default=0, metadata={"option": option}))]
    )
    question = dataclasses.replace(questions.question("coverage"), request=request)
    assert [request_of(question, {"it": value}).it for value in good] == held
    for value in bad:
        with pytest.raises(InvalidInputError):
            request_of(question, {"it": value})
    assert wanted_of(option).startswith(type_of(option).split(" ")[0].split("[")[0]) or option.kind == "choice"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"nearest": 2}, "graph='nearest'"),
        ({"graph": "band", "within_minutes": 5}, "graph='time'"),
        ({"eps": 1}, "layer=…"),
    ],
)
def test_a_value_without_effect_is_refused_with_what_it_goes_with(given, told):
    with pytest.raises(InvalidInputError) as caught:
        request_of(questions.question("adjacency"), given)
    (found,) = caught.value.findings
    assert told in found.text("en")


def test_a_value_that_goes_with_what_was_asked_for_is_taken():
    request = request_of(questions.question("adjacency"), {"graph": "nearest", "nearest": 2})
    assert (request.graph, request.nearest) == ("nearest", 2)


def test_several_plans(project):
    result = project.coverage("shenzhen-big-health-2022", "shenzhen-biopharma-2020")
    assert set(result.set_land.columns) >= {"any_best", "all_best"}
    assert json.loads(result.to_json()) == result.document


def test_reasons_of_a_quota_are_those_of_the_command(plan, parkmap):
    quota = plan.quota(scenario="base", method="proportional")
    ran = parkmap("quota", "testville", "--scenario", "base", "--method", "proportional", "--as-of", DAY, "--json")
    assert quota.document == ran.json
    ran = parkmap(
        "why", "testville", "core", "--scenario", "base", "--method", "proportional", "--as-of", DAY, "--json"
    )
    assert quota.why("core").document == ran.json
    assert "why" in dir(quota)
    with pytest.raises(library.InvalidInputError, match="nobody"):
        quota.why("nobody")


def test_a_graph_goes_where_others_work(plan):
    result = plan.adjacency(of="districts")
    graph, pairs = result.graph, result.graph.pairs
    assert len(pairs) > 0
    other = graph.to_networkx()
    assert {(a, b): data["weight"] for a, b, data in other.edges(data=True)} == pairs["weight"].to_dict()
    assert set(other.nodes) == set(plan.districts.index)
    assert graph.to_libpysal().n == len(plan.districts)
    assert "graph" in dir(result)


def test_a_keyword_that_would_say_nothing_is_refused(plan):
    with pytest.raises(library.InvalidInputError, match="graph='band'") as caught:
        plan.adjacency(within_m=500)
    assert len(caught.value.findings) == 1
    assert plan.adjacency(graph="band", within_m=500).graph.unit == "m"


def test_workbook_document_and_picture(plan, tmp_path):
    result = plan.coverage()
    for name, write in (("a.xlsx", result.to_excel), ("a.docx", result.to_word), ("a.png", result.to_figure)):
        write(tmp_path / name, lang="en")
        assert (tmp_path / name).stat().st_size > 1000
    with pytest.raises(ValueError, match=r"a\.gif"):
        result.to_figure(tmp_path / "a.gif")


def test_codes_are_text():
    assert {type(code) for code in library.open().plan("shenzhen-big-health-2022").districts["adcode"]} <= {
        str,
        type(None),
    }


def test_maps_to_build_on(plan, tmp_path):
    for made in (plan.explore(lang="en"), plan.coverage().explore(lang="en")):
        made.save(tmp_path / "map.html")
        assert "cdn" not in (tmp_path / "map.html").read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="map"):
        plan.check().explore()
