"""The user's folder wins by id, and the shipped plans stay."""

from __future__ import annotations

import shutil

import pytest

from parkmap.plan.catalog import Catalog, open_catalog, shipped_root
from parkmap.plan.load import load_plan

SHIPPED = {
    "guangzhou-health-2017",
    "shenzhen-beauty-valley",
    "shenzhen-big-health-2022",
    "shenzhen-biopharma-2020",
    "shenzhen-life-health-2013",
}


def test_the_five_documents_are_shipped(tmp_path):
    assert set(open_catalog(tmp_path).plan_files()) == SHIPPED


def test_own_plans_stand_beside_the_shipped_ones(testville):
    catalog = open_catalog(testville.root)
    assert set(catalog.plan_files()) == SHIPPED | {"testville"}
    assert list(catalog.plan_files()) == sorted(catalog.plan_files())
    assert "testville-land" in catalog.policy_files()
    assert "shenzhen-big-health-measures" in catalog.policy_files()


def test_own_plan_of_a_shipped_id_is_taken_instead(testville):
    own = testville.root / "config/plans/shenzhen-beauty-valley.yaml"
    text = (shipped_root() / "config/plans/shenzhen-beauty-valley.yaml").read_text(encoding="utf-8")
    assert text.count("role: core\n") == 1
    own.write_text(text.replace("role: core\n", "role: base\n"), encoding="utf-8")
    catalog = open_catalog(testville.root)
    assert catalog.plan_files()["shenzhen-beauty-valley"] == own.resolve()
    assert set(catalog.plan_files()) == SHIPPED | {"testville"}
    loaded = load_plan(catalog, "shenzhen-beauty-valley")
    assert loaded.plan.components[0].role == "base"
    assert list(loaded.policies) == ["shenzhen-big-health-measures"]  # taken from the shipped folder


def test_own_entry_overrides_one_document_and_leaves_the_others(testville):
    testville.append(
        "config/documents.yaml",
        "shenzhen-big-health-measures:\n  title: {zh: 若干措施, en: Measures}\n  text_file: own.txt\n"
        "  issued: 2022-07-01\n  term_years: 5\n",
    )
    documents = load_plan(open_catalog(testville.root), "shenzhen-beauty-valley").documents
    assert documents["shenzhen-big-health-measures"].text_file == "own.txt"
    assert documents["shenzhen-big-health-2022"].text_file == "shenzhen-big-health-2022.txt"


def test_own_layer_is_taken_instead_of_the_shipped_one(testville):
    catalog = open_catalog(testville.root)
    name = "layers/shenzhen/land.geojson"
    assert catalog.resolve(name) == (shipped_root() / name).resolve()
    own = testville.root / name
    own.parent.mkdir(parents=True)
    shutil.copy(testville.root / "layers/testville/land.geojson", own)
    assert catalog.resolve(name) == own.resolve()


def test_what_is_nowhere_is_none(testville):
    assert open_catalog(testville.root).resolve("layers/nowhere.geojson") is None


def test_own_style_is_taken(testville):
    assert open_catalog(testville.root).style_file() == (shipped_root() / "config/style.yaml").resolve()
    own = testville.root / "config/style.yaml"
    shutil.copy(shipped_root() / "config/style.yaml", own)
    assert open_catalog(testville.root).style_file() == own.resolve()


def test_scenarios_belong_to_their_plan(testville):
    catalog = open_catalog(testville.root)
    assert list(catalog.scenario_files("testville")) == ["base"]
    assert "base" in catalog.scenario_files("shenzhen-beauty-valley")
    assert catalog.scenario_files("no-such-plan") == {}


def test_a_second_scenario_is_found_and_the_base_stays(testville):
    text = (testville.root / testville.scenario).read_text(encoding="utf-8")
    (testville.root / "config/scenarios/testville/lean.yaml").write_text(
        text.replace("id: base", "id: lean").replace("m2: 100000", "m2: 1000"), encoding="utf-8"
    )
    assert list(testville.load().scenarios) == ["base", "lean"]


def test_without_a_folder_the_current_one_is_taken(testville, monkeypatch):
    monkeypatch.chdir(testville.root)
    assert "testville" in open_catalog().plan_files()


def test_the_shipped_folder_is_not_searched_twice(monkeypatch):
    monkeypatch.chdir(shipped_root())
    assert open_catalog().roots == (shipped_root().resolve(),)


@pytest.mark.parametrize("name", ["config/plans/testville.yaml", "layers/testville/land.geojson"])
def test_paths_are_shown_as_the_user_knows_them(testville, name):
    assert testville.catalog.display(testville.root / name) == name


def test_a_path_outside_is_shown_whole(tmp_path):
    assert Catalog((tmp_path / "one",)).display(tmp_path / "two.yaml") == (tmp_path / "two.yaml").as_posix()
