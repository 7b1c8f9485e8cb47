"""`show`, `plans`, `check` on the command line: folders, single tables, options that need each other, light imports."""

from __future__ import annotations

import pytest

DAY = ("--as-of", "2025-06-01")


@pytest.mark.parametrize(
    ("words", "named"),
    [(("show", "testville", "--sources", "sources"), "--item"), (("check", "testville", "--register"), "--sources")],
)
def test_an_option_that_says_nothing_alone_is_refused(parkmap, words, named):
    ran = parkmap(*words)
    assert (ran.code, ran.stdout) == (2, b"")
    assert named in ran.err


def test_show_writes_a_folder(parkmap, tmp_path):
    ran = parkmap("show", "testville", *DAY, "-o", tmp_path / "out")
    assert ran.code == 0
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"show.json", "components.csv", "parks.csv", "parks.geojson", "map.html", "manifest.json"} <= written
    gis = (tmp_path / "out/parks.geojson").read_bytes()
    parkmap("export", "testville", *DAY, "-o", tmp_path / "gis")
    assert (tmp_path / "gis/parks.geojson").read_bytes() == gis


def test_one_table_of_a_plan(parkmap):
    ran = parkmap("show", "testville", *DAY, "--table", "targets", "--lang", "en")
    assert ran.code == 0
    assert "growth (% a year)" in ran.out
    assert "Border River Park" not in ran.out
    wrong = parkmap("show", "testville", *DAY, "--table", "tragets", "--lang", "en")
    assert wrong.code == 2
    assert "targets" in wrong.err


def test_a_list_of_plans_imports_no_analysis(process):
    code = (
        "import sys\n"
        "sys.argv = ['parkmap', 'plans']\n"
        "from parkmap.cli.main import main\n"
        "try:\n    main()\n"
        "except SystemExit as left:\n    assert not left.code\n"
        "heavy = ('scipy', 'networkx', 'matplotlib', 'pandas', 'shapely', 'folium', 'highspy')\n"
        "loaded = [m for m in sys.modules if m in heavy]\n"
        "print('LOADED', loaded, file=sys.stderr)\n"
    )
    ran = process(python=("-c", code), PYTHONUTF8="1")
    assert ran.code == 0, ran.err
    assert ran.err.rstrip().endswith("LOADED []")
