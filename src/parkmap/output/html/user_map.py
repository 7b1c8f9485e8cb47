"""A plan as a folium map that users add their own layers to, by themselves or in a notebook."""

from __future__ import annotations

import collections
import html as markup
import json
from typing import TYPE_CHECKING, Any, Final

import folium
from branca.element import MacroElement
from folium.template import Template

from parkmap.messages import Words, joined, text
from parkmap.output.html.embed import EmbeddingFigure
from parkmap.output.html.paint import path_of, swatches
from parkmap.output.html.payload import ESCAPES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from parkmap.messages import Lang
    from parkmap.output.html.model import LayerGroup, MapFeature, MapPage

LISTED: Final = Words("；", "; ")
"""What stands between the notes at the foot of the map."""
SIDE: Final = Words(" / ", " / ")
GROUND_PANE: Final = 300
"""Our layers lie between tiles (200) and what users add (400), each on the one before it."""


def as_data(value: Any) -> str:  # noqa: ANN401  anything that JSON holds
    """Return JSON that stays data inside a script, and inside the template that branca takes a script for.

    Parameters
    ----------
    value
        The value.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(ESCAPES)
    for opening in ("{{", "{%", "{#"):  # no JSON has them outside its strings
        text = text.replace(opening, f"{{\\u{ord(opening[1]):04x}")
    return text


class PlanMap(folium.Map):
    """A plan as a folium map: layers in a control, cards as popups; add your own folium layers, then save it.

    Parameters
    ----------
    page
        What is shown.
    style
        ``config/style.yaml`` as a mapping.
    lang
        Language of names and cards.
    offline
        Whether all that the map needs stands in the file; otherwise it asks folium's public hosts.
    files
        Folder with scripts and style sheets for layers that need more than the package has.
    """

    def __init__(
        self,
        page: MapPage,
        *,
        style: Mapping[str, Any],
        lang: Lang = "zh",
        offline: bool = True,
        files: Path | None = None,
    ) -> None:
        super().__init__(tiles=None, attribution_control=False, zoom_snap=0.25, max_zoom=18, height="100%")
        self._name = "PlanMap"
        if offline:
            EmbeddingFigure(files).add_child(self)
        self.add_child(_Furniture(page, sea=style["roles"]["sea"]["colour"], lang=lang))
        titles = collections.Counter(group.title[lang] for group in page.groups)
        for number, group in enumerate(page.groups):
            pane, alike = f"parkmap-{number}", titles[group.title[lang]] > 1
            self.add_child(folium.map.CustomPane(pane, z_index=GROUND_PANE + number, pointer_events=True))
            self.add_child(PlanLayer(group, style=style, lang=lang, pane=pane, with_parent=alike))
        west, south, east, north = page.bounds
        self.fit_bounds([[south, west], [north, east]])
        self._control = folium.LayerControl(collapsed=False)

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]  # noqa: ANN401  folium's signature
        """Render the map, with a control of all layers last unless the user has added one.

        Parameters
        ----------
        **kwargs
            Passed on to folium.
        """
        own = self._control.get_name()
        root: Any = self.get_root()
        for holder in (self, root.script):  # behind the layers that were added since it was rendered last
            holder._children.pop(own, None)  # noqa: SLF001  branca has no public way to take a child away
        if not any(isinstance(child, folium.LayerControl) for child in self._children.values()):
            self.add_child(self._control)
        super().render(**kwargs)  # type: ignore[no-untyped-call]


class PlanLayer(folium.GeoJson):
    """One layer of a plan: styled by a property, names and cards as text and never as markup.

    Parameters
    ----------
    group
        The layer.
    style
        ``config/style.yaml`` as a mapping.
    lang
        Language of names and cards.
    pane
        Pane of the map in which it lies.
    with_parent
        Whether its name needs that of its heading, since another layer is called the same.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.geoJSON({{ this.embedded }}, {
            pane: {{ this.pane | tojson }},
            interactive: {{ this.interactive | tojson }},
            style: (feature) => feature.properties.style,
            pointToLayer: (feature, place) => L.circleMarker(place, { pane: {{ this.pane | tojson }} }),
            onEachFeature: parkmapCard
        });
        {% endmacro %}
        """
    )

    def __init__(
        self, group: LayerGroup, *, style: Mapping[str, Any], lang: Lang, pane: str, with_parent: bool = False
    ) -> None:
        features = [_feature(feature, group, style, lang) for feature in group.features]
        collection = {"type": "FeatureCollection", "features": features}
        title = group.title if group.parent is None or not with_parent else joined([group.title, group.parent], by=SIDE)
        super().__init__(collection, name=_label(group, title[lang], style, lang), show=group.shown)
        self._name = "PlanLayer"
        self.pane, self.interactive = pane, group.interactive

    @property
    def embedded(self) -> str:
        """Its features as they stand in the script."""
        return as_data(self.data)


def _feature(feature: MapFeature, group: LayerGroup, style: Mapping[str, Any], lang: Lang) -> dict[str, Any]:
    """Return a feature with what its card says; a layer that is only ground says nothing."""
    kind = feature.kind[lang] if feature.kind else style["roles"][feature.style][lang]
    rows = [[row.label[lang], row.value[lang]] for row in feature.rows]
    said = {"name": feature.name[lang], "kind": kind, "rows": rows} if group.interactive else {}
    properties = {"id": feature.id, **said, "style": path_of(feature, group, style)}
    return {"type": "Feature", "id": feature.id, "properties": properties, "geometry": dict(feature.geometry)}


def _label(group: LayerGroup, title: str, style: Mapping[str, Any], lang: Lang) -> str:
    """Return the name of a layer in the control, which takes markup, with its colours."""
    found = swatches(group, style, lang)
    marks = "".join(f'<i style="color:{colour}" title="{_plain(name)}">■</i>' for colour, name in found)
    return f"{marks} {_plain(title)}".strip()


def _plain(said: str) -> str:
    """Return text that is no markup, and no template to branca either."""
    return markup.escape(said).replace("{", "&#123;")


class _Furniture(MacroElement):
    """Title, what must stand on the map, a metric scale, and how cards open."""

    _template = Template(
        """
        {% macro header(this, kwargs) %}
        <style>
        .parkmap-title, .parkmap-notes { background: #fffd; padding: 3px 8px; font: 12px/1.4 sans-serif; }
        .parkmap-title { font-size: 15px; font-weight: bold; max-width: 20rem; }
        .parkmap-notes { max-width: 60vw; }
        .leaflet-right .parkmap-notes.leaflet-control { margin: 0; }
        .parkmap-card { font: 13px/1.45 sans-serif; max-height: 320px; overflow: auto; }
        .parkmap-card th { text-align: left; font-weight: normal; color: #555; vertical-align: top; }
        .leaflet-interactive:focus:not(:focus-visible) { outline: none; }
        .leaflet-control-layers i { font-style: normal; }
        </style>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        const parkmapText = (name, said) => Object.assign(document.createElement(name), { textContent: said });
        const parkmapCard = function (feature, layer) {
            const told = feature.properties;
            if (told.name === undefined) { return; }
            layer.bindTooltip(() => parkmapText("span", told.name), { sticky: true });
            layer.bindPopup(() => {
                const card = parkmapText("div", "");
                card.className = "parkmap-card";
                card.append(parkmapText("b", told.name), parkmapText("div", told.kind));
                const table = parkmapText("table", "");
                told.rows.forEach(([label, value]) => {
                    const row = table.insertRow();
                    row.append(parkmapText("th", label), parkmapText("td", value));
                });
                card.append(table);
                return card;
            }, { maxWidth: 380, autoPanPaddingBottomRight: [Math.min(330, innerWidth / 3), 20] });
        };
        {{ this._parent.get_name() }}.getContainer().style.background = {{ this.sea | tojson }};
        L.control.scale({ imperial: false }).addTo({{ this._parent.get_name() }});
        {{ this.said }}.forEach(([position, kind, said]) => {
            const control = L.control({ position });
            control.onAdd = () => Object.assign(parkmapText("div", said), { className: `parkmap-${kind}` });
            control.addTo({{ this._parent.get_name() }});
        });
        {% endmacro %}
        """
    )

    def __init__(self, page: MapPage, *, sea: str, lang: Lang) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Furniture"
        reviewed = "ui.reviewed" if page.review_number else "ui.not_reviewed"
        notes = [stamp[lang] for stamp in page.stamps] + [text(reviewed, lang, n=page.review_number)]
        said = [("topleft", "title", page.title[lang]), ("bottomright", "notes", LISTED[lang].join(notes))]
        self.sea, self.said = sea, as_data(said)
