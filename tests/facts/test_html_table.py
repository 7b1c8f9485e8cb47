"""Facts in a notebook: heads with units, ranges under one head, numbers to the right, every text escaped."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from parkmap.facts.columns import column, named_id, ranged, table
from parkmap.facts.facts import facts
from parkmap.facts.html_table import MOST_ROWS, html_table
from parkmap.facts.units import HECTARES
from parkmap.messages import Words

EVIL = "<script>alert(1)</script>&"
PARKS = table(
    "parks",
    "title.coverage",
    "item",
    named_id("id", "园区", "park", of="item"),
    column("area_m2", "面积", "area", HECTARES, null=True),
    ranged("covered_{}_m2", "覆盖", "covered", HECTARES),
)
ROW = {"id": "evil", "area_m2": None, "covered_low_m2": 0, "covered_best_m2": 12_345_678, "covered_high_m2": 2e8}


class Cells(HTMLParser):
    """Tags with their attributes, and texts."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts.append(data)


def read(html):
    cells = Cells()
    cells.feed(html)
    return cells


def made(rows, **more):
    return facts(PARKS, rows, names={"item": {"evil": Words(EVIL, EVIL)}}, **more)


def test_heads_cells_and_notes_are_texts():
    cells = read(html_table(made([ROW], notes=[Words(EVIL, EVIL)], stamps=[Words("章", "stamp")]), "zh"))
    assert {tag for tag, _ in cells.tags} == {"table", "caption", "thead", "tbody", "tr", "th", "td", "p"}
    assert cells.texts[1:] == [
        "园区", "面积（公顷）", "覆盖（公顷）", "低", "中", "高",
        EVIL, "0.00", "1,234.57", "20,000.00", "※ 章", f"※ {EVIL}",
    ]  # fmt: skip
    spans = [attributes for tag, attributes in cells.tags if tag == "th" and attributes]
    assert spans == [{"rowspan": "2"}, {"rowspan": "2"}, {"colspan": "3"}]
    assert [bool(attributes) for tag, attributes in cells.tags if tag == "td"] == [False, False, True, True, True]


def test_a_long_table_says_how_much_more_there_is():
    cells = read(html_table(made([ROW] * (MOST_ROWS + 3)), "en"))
    assert sum(tag == "tr" for tag, _ in cells.tags) == MOST_ROWS + 2
    assert "… + 3" in cells.texts


@pytest.mark.parametrize(("lang", "word"), [("en", "covered (ha)"), ("zh", "覆盖（公顷）")])
def test_a_notebook_speaks_the_language_of_its_user(monkeypatch, lang, word):
    monkeypatch.setenv("PARKMAP_LANG", lang)
    assert word in made([ROW])._repr_html_()
