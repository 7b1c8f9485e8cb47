"""`parkmap belts` and `parkmap linkage` on the tiny project and on shipped plans.

belts     | table and JSON in both languages, reach, with a street and without, members not placed, no belt at all
linkage   | by role, by items, nothing to link, index and new link by hand, with a street and without
shipped   | the three linked valleys as ranges, the belt on streets that do not reach it
refused   | unknown items, one item, a role with one, values that are none, no road file
"""

from __future__ import annotations

import json

import jsonschema
import pytest

from parkmap.facts.document import schema
from parkmap.questions import belts, linkage

DAY = ("--as-of", "2025-06-01")
RESIDENTIAL_M_PER_MINUTE = 20_000 / 60
"""Shipped driving speed on residential streets."""


@pytest.fixture
def street(parkmap, testville):
    """A street north and south through the core and the corner point, at 114.01 E, made into the city's road file."""
    nodes = "".join(f'<node id="{i}" lon="114.01" lat="{22.60 + i * 0.01}"/>' for i in range(5))
    refs = "".join(f'<nd ref="{i}"/>' for i in range(5))
    way = f'<way id="1">{refs}<tag k="highway" v="residential"/></way>'
    source = testville.root / "street.osm"
    source.write_text(f"<osm>{nodes}{way}</osm>", encoding="utf-8")
    path = testville.root / "street.npz"
    assert parkmap("roads", "build", "--osm", source, "-o", path).code == 0
    return path


# Belts


def test_the_belt_of_the_tiny_plan(parkmap):
    ran = parkmap("belts", "testville", *DAY, "--json")
    assert ran.code == 0
    jsonschema.validate(ran.json, schema("belts", belts.DOCUMENT.tables))
    (belt,) = ran.json["belts"]
    (gap,) = belt["gaps"]
    assert [m["id"] for m in belt["members"]] == ["core-zone", "corner-point"]
    assert gap["straight_m"] == pytest.approx(1661, abs=2)  # 0.015 degrees from the core's edge
    assert (gap["low_m"], gap["high_m"]) == pytest.approx((gap["straight_m"] - 100, gap["straight_m"] + 100))
    assert (gap["estimate"], gap["weakest"]) == (True, True)
    assert gap["way_m"] == pytest.approx(
        1.4 * 2215, rel=0.001
    )  # from the centre of the core, 0.02 degrees, by the detour factor
    assert gap["minutes"] == pytest.approx(gap["way_m"] / 500, abs=0.001)
    assert (belt["continuity"], belt["area_share_inside"], belt["axis_share_inside"]) == (1, 1, 1)
    assert [d["id"] for d in belt["districts"]] == ["nw", "sw"]


def test_a_shorter_reach_opens_the_belt(parkmap):
    (belt,) = parkmap("belts", "testville", *DAY, "--reach-m", "400", "--json").json["belts"]
    assert belt["continuity"] == pytest.approx(800 / belt["gaps"][0]["straight_m"])


def test_on_a_street_the_way_is_measured(parkmap, street):
    report = parkmap("belts", "testville", *DAY, "--roads", street, "--json").json
    (gap,) = report["belts"][0]["gaps"]
    assert gap["estimate"] is False
    assert gap["way_m"] == pytest.approx(2215, rel=0.001)
    assert report["travel"]["roads"]["origin"]


@pytest.mark.parametrize(
    ("lang", "words", "without"),
    [
        ("zh", ("节点间隔", "估算", "没有道路文件"), "路网"),
        ("en", ("Gaps", "estimate", "There is no road file"), "streets  "),
    ],
)
def test_the_tables_of_belts(parkmap, lang, words, without):
    ran = parkmap("belts", "testville", *DAY, "--lang", lang)
    assert ran.code == 0
    for word in words:
        assert word in ran.out
    assert without not in ran.out


@pytest.mark.parametrize(("lang", "word"), [("zh", "路网"), ("en", "streets")])
def test_the_tables_say_where_a_time_is_from(parkmap, street, lang, word):
    ran = parkmap("belts", "testville", *DAY, "--roads", street, "--lang", lang)
    assert word in ran.out


@pytest.mark.parametrize(("lang", "word"), [("zh", "未知"), ("en", "unknown")])
def test_a_belt_without_members_is_unknown(parkmap, testville, lang, word):
    testville.replace(testville.plan, "    members: [core-zone, corner-point]\n", "")
    ran = parkmap("belts", "testville", *DAY, "--lang", lang)
    assert word in ran.out
    (belt,) = parkmap("belts", "testville", *DAY, "--json").json["belts"]
    assert (belt["status"], belt["continuity"], belt["gaps"]) == ("unknown", None, [])
    assert belt[f"reason_{lang}"]


@pytest.mark.parametrize(("lang", "word"), [("zh", "没有带"), ("en", "no belt")])
def test_a_plan_without_belts_says_so(parkmap, lang, word):
    ran = parkmap("belts", "shenzhen-life-health-2013", "--lang", lang)
    assert ran.code == 0
    assert word in ran.out
    assert parkmap("belts", "shenzhen-life-health-2013", "--json").json["reach_m"] == 1000


def test_belts_as_files(parkmap, tmp_path):
    folder = tmp_path / "out"
    assert parkmap("belts", "testville", *DAY, "--lang", "zh", "-o", folder).code == 0
    names = {path.name for path in folder.iterdir()}
    tables = {"belts.csv", "belt-members.csv", "belt-gaps.csv", "belt-districts.csv"}
    assert names == tables | {"belts.json", "belts.geojson", "belts.xlsx", "map.html", "manifest.json"}
    (feature,) = json.loads((folder / "belts.geojson").read_text(encoding="utf-8"))["features"]
    (belt,) = json.loads((folder / "belts.json").read_text(encoding="utf-8"))["belts"]
    properties = feature["properties"]
    assert {key: properties[key] for key in ("continuity", "status", "axis_share_low")} == {
        key: belt[key] for key in ("continuity", "status", "axis_share_low")
    }
    assert properties["chain"] == "core-zone,corner-point"


# Linkage


def test_two_chosen_places(parkmap):
    """2215 m by 1.4 at 30 km/h are 6.2 minutes; a straight link at 60 km/h takes 2.2."""
    ran = parkmap(
        "linkage", "testville", *DAY, "--item", "core", "--item", "corner", "--reference-minutes", 3, "--json"
    )
    assert ran.code == 0
    jsonschema.validate(ran.json, schema("linkage", linkage.DOCUMENT.tables))
    (found,) = ran.json["sets"]
    (pair,), (link,) = found["pairs"], found["new_links"]
    assert pair["minutes"] == pair["minutes_back"] == pytest.approx(2215 * 1.4 / 500, rel=0.001)
    assert found["index"] == pytest.approx(3 / pair["minutes"], rel=0.001)
    assert link["minutes_new"] == pytest.approx(2.215, rel=0.001)
    assert (link["index_after"], link["pairs_faster"]) == (1, 1)
    assert link["gain"] == pytest.approx(1 - found["index"])
    assert found["role"] is None
    off = 100 * 1.4 / 500  # the corner's accuracy
    assert (pair["minutes_low"], pair["minutes_high"]) == pytest.approx((pair["minutes"] - off, pair["minutes"] + off))


def test_on_a_street_the_time_is_no_estimate(parkmap, street):
    words = ("linkage", "testville", *DAY, "--item", "core", "--item", "corner", "--roads", street)
    (found,) = parkmap(*words, "--json").json["sets"]
    assert found["pairs"][0]["estimate"] is False
    assert found["pairs"][0]["minutes"] == pytest.approx(2215 / RESIDENTIAL_M_PER_MINUTE, rel=0.001)
    assert "~" not in parkmap(*words, "--lang", "en").out


def test_a_slower_link_changes_less(parkmap):
    words = ("linkage", "testville", *DAY, "--item", "core", "--item", "corner", "--reference-minutes", 3, "--json")
    slow = parkmap(*words, "--link-kmh", "30").json
    assert slow["link_kmh"] == 30
    assert slow["sets"][0]["new_links"][0]["minutes_new"] == pytest.approx(2215 / 500, rel=0.001)


def test_linkage_as_files(parkmap, tmp_path):
    folder = tmp_path / "out"
    words = ("linkage", "testville", *DAY, "--item", "core", "--item", "corner")
    assert parkmap(*words, "--lang", "en", "-o", folder).code == 0
    names = {path.name for path in folder.glob("*.csv")}
    assert names == {"linkage.csv", "linkage-times-chosen.csv", "linkage-pairs.csv", "best-links.csv", "new-links.csv"}
    (pair,) = parkmap(*words, "--json").json["sets"][0]["pairs"]
    assert f"~{pair['minutes']:.0f}" in (folder / "linkage-times-chosen.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(("lang", "word"), [("zh", "可用 --item"), ("en", "--item")])
def test_nothing_to_link_is_said(parkmap, lang, word):
    ran = parkmap("linkage", "testville", *DAY, "--lang", lang)
    assert ran.code == 0
    assert word in ran.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--item", "ghost", "--item", "core"), ("ghost", "corner")),
        (("--item", "core"), ("1",)),
        (("--item", "core", "--item", "core"), ("1",)),
        (("--role", "node"), ("node", "--item")),
        (("--link-kmh", "0"), ("--link-kmh",)),
        (("--reference-minutes", "-1"), ("--reference-minutes",)),
        (("--roads", "none.npz"), ("none.npz",)),
        (("--profile", "fly"), ("fly", "drive")),
    ],
)
def test_what_cannot_be_linked(parkmap, words, told):
    ran = parkmap("linkage", "testville", *DAY, *words, "--lang", "en")
    assert ran.code == 2
    assert "Traceback" not in ran.err
    for word in told:
        assert word in ran.err


# Shipped plans


def test_the_three_linked_valleys(parkmap):
    """三谷联动: one valley has a place, two are known by their district; so all times are ranges."""
    ran = parkmap("linkage", "shenzhen-big-health-2022", "--role", "valley", "--json")
    (found,) = ran.json["sets"]
    assert len(found["places"]) == 3
    assert [pair["status"] for pair in found["pairs"]] == ["range"] * 3
    assert found["index"] is None
    assert 0 < found["index_low"] < found["index_high"] <= 1
    for pair in found["pairs"]:
        assert 0 <= pair["minutes_low"] < pair["minutes_high"]
    for link in found["new_links"]:
        assert link["gain"] is None
        assert min(link["gain_near"], link["gain_far"]) >= 0


def test_shipped_belts_have_their_members_in_order(parkmap):
    belts = {b["name_zh"]: b for b in parkmap("belts", "shenzhen-big-health-2022", "--json").json["belts"]}
    beauty = next(b for name, b in belts.items() if "医疗美容带" in name)
    assert [m["name_zh"] for m in beauty["members"]][::4] == ["华强北", "沙头角口岸"]
    assert len(beauty["gaps"]) == 4
    assert all(gap["estimate"] for gap in beauty["gaps"])
    assert 0 <= beauty["continuity_low"] <= beauty["continuity"] <= beauty["continuity_high"] <= 1
