"""A user's folium map on a plan: opened without a network, with layers of the user's own on it."""

from __future__ import annotations

import dataclasses
import html
import re
from typing import TYPE_CHECKING, Any

import branca.element
import folium
import pytest
from folium.plugins import MarkerCluster

from parkmap.facts.card import Row
from parkmap.output.html.assets import RemoteResourceError
from parkmap.output.html.embed import POLICY
from parkmap.output.html.user_map import PlanMap
from parkmap.plan.catalog import shipped_root
from parkmap.plan.style import read_style
from parkmap.questions.page.plan import plan_page

from .conftest import STYLE, feature, group, point, sample_page, square, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

HOSTILE = "</script><script>document.title='ran'</script>{{ 1/0 }}{% for %}{# ${document.title='ran'} <b>x</b>"
SEEN = "() => document.querySelectorAll('.leaflet-interactive').length"


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Save a map and open it; at the end the console was silent and nothing but the file was asked for."""
    asked: list[str] = []
    trouble: list[str] = []

    def visitor(made: Any, page: str | None = None) -> Page:
        file = tmp_path / f"map-{len(asked)}.html"
        if page is None:
            made.save(str(file))
        else:
            file.write_text(page, encoding="utf-8")
        context = browser.new_context(viewport={"width": 1100, "height": 750}, offline=True)
        opened = context.new_page()
        opened.on("request", lambda request: asked.append(request.url) if request.url != file.as_uri() else None)
        opened.on("console", lambda message: trouble.append(f"{message.type}: {message.text}"))
        opened.on("pageerror", lambda error: trouble.append(str(error)))
        opened.goto(file.as_uri())
        opened.wait_for_function(SEEN)
        return opened

    yield visitor
    assert trouble == []
    assert [url for url in asked if not url.startswith(("data:", "about:"))] == []


def plan_map(**changes: Any) -> PlanMap:
    return PlanMap(sample_page(**changes), style=STYLE, lang="zh")


def a_layer(**more: Any) -> folium.GeoJson:
    """A user's own layer, made as folium's manual does."""
    own = {"type": "Feature", "properties": {"name": "我的地块"}, "geometry": square(114.1, 22.6, 0.1)}
    return folium.GeoJson(
        {"type": "FeatureCollection", "features": [own]},
        name="我的图层",
        style_function=lambda _: {"color": "#D00000", "fillOpacity": 0.3},
        tooltip=folium.GeoJsonTooltip(["name"]),
        popup=folium.GeoJsonPopup(["name"]),
        **more,
    )


def test_a_plan_beside_what_folium_has_by_default(visit) -> None:
    made = plan_map()
    a_layer().add_to(made)
    folium.Marker([22.6, 114.1], popup="a popup", tooltip="a tooltip").add_to(made)
    folium.Marker([22.7, 114.2], icon=folium.Icon(color="red", icon="info-sign")).add_to(made)
    folium.Marker([22.8, 114.3], icon=folium.Icon(color="green", icon="leaf", prefix="fa", angle=45)).add_to(made)
    folium.CircleMarker([22.65, 114.05], radius=9).add_to(made)
    page = visit(made)
    listed = page.locator(".leaflet-control-layers-overlays label").all_text_contents()
    assert [text.strip(" ■") for text in listed][-2:] == ["项目", "我的图层"]
    assert page.evaluate("() => [...document.images].every((image) => image.complete && image.naturalWidth > 0)")
    fonts = page.evaluate("async () => { await document.fonts.ready; return [...document.fonts].map((f) => f.status) }")
    assert fonts
    assert set(fonts) == {"loaded"}
    page.locator("img.leaflet-marker-icon").click()
    assert page.locator(".leaflet-popup-content").text_content() == "a popup"


def test_only_what_a_map_needs_stands_in_it() -> None:
    bare, marked = plan_map(), plan_map()
    folium.Marker([22.6, 114.1], popup="a popup").add_to(marked)
    page, more = bare.get_root().render(), marked.get_root().render()
    assert len(page) < 220_000
    assert "jQuery" not in page
    assert "jQuery" in more
    assert "Font Awesome" not in more
    for whole in (page, more):
        assert f'content="{POLICY}"' in whole


def test_names_are_text(visit) -> None:
    hostile = feature(
        "x", words(HOSTILE), square(114.1, 22.6, 0.2), "base", rows=(Row(label=words(HOSTILE), value=words(HOSTILE)),)
    )
    made = plan_map(title=words(HOSTILE), groups=(group("g", words(HOSTILE), None, hostile),), stamps=(words(HOSTILE),))
    page = visit(made)
    assert page.title() != "ran"
    assert page.locator(".parkmap-title").text_content() == HOSTILE
    assert HOSTILE in (page.locator(".parkmap-notes").text_content() or "")
    assert HOSTILE in (page.locator(".leaflet-control-layers-overlays").text_content() or "")
    page.locator("path.leaflet-interactive").click()
    assert page.locator(".parkmap-card b").text_content() == HOSTILE
    assert page.locator(".parkmap-card td").all_text_contents() == [HOSTILE]
    assert page.title() != "ran"


def test_a_map_is_saved_again_after_more_was_added(visit) -> None:
    made = plan_map()
    first = visit(made).locator(".leaflet-control-layers-overlays label").count()
    a_layer().add_to(made)
    assert visit(made).locator(".leaflet-control-layers-overlays label").count() == first + 1


def test_a_notebook_shows_it(visit) -> None:
    made = plan_map()
    a_layer().add_to(made)
    shown = re.search(r'srcdoc="([^"]*)"', made._repr_html_())
    assert shown
    visit(made, html.unescape(shown[1]))


def test_what_nobody_has_is_named_with_what_to_do(visit, tmp_path: Path) -> None:
    made = plan_map()
    MarkerCluster(name="cluster").add_to(made)
    with pytest.raises(RemoteResourceError, match=r"leaflet\.markercluster\.js.*explore\(files=") as caught:
        made.get_root().render()
    names = re.findall(r"https\S+/([\w.]+)[,.]", str(caught.value))
    assert "MarkerCluster.css" in names
    for name in names:
        (tmp_path / name).write_text(
            "L.markerClusterGroup = () => L.featureGroup();" if name.endswith("js") else ".x { background: url(x.png) }"
        )
    own = PlanMap(sample_page(), style=STYLE, files=tmp_path)
    MarkerCluster(name="cluster").add_to(own)
    with pytest.raises(RemoteResourceError, match=r"x\.png"):
        own.get_root().render()
    (tmp_path / "x.png").write_bytes(b"\x89PNG")
    visit(own)


@pytest.mark.parametrize(
    "extra",
    [
        folium.TileLayer("OpenStreetMap"),
        folium.WmsTileLayer("https://example.org/wms", layers="x", fmt="image/png"),
        branca.element.Element('<img src="https://example.org/x.png">'),
        branca.element.Element('<script src="https://example.org/x.js"></script>'),
    ],
)
def test_what_would_ask_the_network_is_refused(extra: Any) -> None:
    made = plan_map()
    (made if isinstance(extra, folium.map.Layer) else made.get_root().html).add_child(extra)
    with pytest.raises(RemoteResourceError, match=r"example\.org|openstreetmap\.org"):
        made.get_root().render()


def test_a_link_to_click_on_is_no_request(visit) -> None:
    made = plan_map()
    made.get_root().html.add_child(branca.element.Element('<a href="https://example.org/">source</a>'))
    visit(made)


def test_with_a_network_it_is_folium_as_everybody_knows_it() -> None:
    page = PlanMap(sample_page(), style=STYLE, offline=False).get_root().render()
    assert 'src="https://cdn.jsdelivr.net/npm/leaflet@' in page
    assert POLICY not in page


def test_layers_are_folium_layers_with_the_data_of_the_page() -> None:
    made, page = plan_map(), sample_page()
    layers = [child for child in made._children.values() if isinstance(child, folium.GeoJson)]
    assert [len(layer.data["features"]) for layer in layers] == [len(one.features) for one in page.groups]
    assert [layer.show for layer in layers] == [one.shown for one in page.groups]
    placed = group("points", words("点"), None, feature("p", words("点"), point(114.2, 22.7), "base"))
    drawn = PlanMap(dataclasses.replace(page, groups=(placed,)), style=STYLE)
    (layer,) = [child for child in drawn._children.values() if isinstance(child, folium.GeoJson)]
    assert layer.data["features"][0]["properties"]["style"]["fillColor"] == STYLE["roles"]["base"]["colour"]


def test_a_shipped_plan_and_its_answers(visit, shipped) -> None:
    style = read_style(shipped_root() / "config" / "style.yaml")
    page = visit(PlanMap(plan_page(shipped("shenzhen-big-health-2022")), style=style, lang="en"))
    assert "Qianhai" in page.evaluate("() => JSON.stringify([...document.scripts].map((one) => one.text))")
