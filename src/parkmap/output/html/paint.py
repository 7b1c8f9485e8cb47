"""How Leaflet draws a feature: colour by its role or class, dash and filling by how sure its extent is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parkmap.output.html.model import LayerGroup, MapFeature

COAST: Final = "#8FB0C4"
EDGE: Final = "#6B5B4B"
"""Edge of what is coloured by a class: its colour says how much, and no edge says anything."""
Path = dict[str, Any]
"""Options of a path in Leaflet."""


def path_of(feature: MapFeature, group: LayerGroup, style: Mapping[str, Any]) -> Path:
    """Return how Leaflet draws a feature.

    Parameters
    ----------
    feature
        The feature.
    group
        Its layer.
    style
        ``config/style.yaml`` as a mapping.
    """
    role = style["roles"][feature.style]
    sure = style["determinacy"][feature.determinacy]
    if feature.geometry["type"].endswith("Point"):
        return {"color": "#FFFFFF", "weight": 1.2, "fillColor": role["colour"], "fillOpacity": 0.95, "radius": 6}
    if role["draw"] in {"theme", "share"}:
        return _class(feature, group, style)
    if role["draw"] == "base":
        own = feature.style == "land"
        return {"stroke": own, "color": COAST, "weight": 0.8, "fillColor": role["colour"], "fillOpacity": 1}
    line = role["draw"] == "line" or feature.geometry["type"].endswith("LineString")
    filled = 0 if line or role["draw"] == "outline" else sure["fill_opacity"]
    return {
        "color": role["colour"],
        "weight": feature.width_px or (2.5 if line else 1.1 if role["draw"] == "outline" else 1.6),
        "opacity": 0.95,
        "dashArray": sure["dash"],
        "fill": not line,
        "fillColor": role["colour"],
        "fillOpacity": filled,
    }


def _class(feature: MapFeature, _group: LayerGroup, style: Mapping[str, Any]) -> Path:
    """Return how a class is drawn; a feature that has none is not."""
    if style["roles"][feature.style]["draw"] == "share":
        colour = style["roles"][feature.style]["colour"]
    else:
        steps = () if feature.percent is None else style["ramp"]
        colour = next((step["colour"] for step in steps if feature.percent <= step["up_to"]), None)
    if colour is None:
        return {"stroke": False, "fillOpacity": 0}
    return {"color": EDGE, "weight": 0.6, "opacity": 0.8, "fillColor": colour, "fillOpacity": 0.72}


def swatches(group: LayerGroup, style: Mapping[str, Any], lang: str) -> list[tuple[str, str]]:
    """Return colour and name of each way in which a layer draws, for its legend.

    Parameters
    ----------
    group
        The layer.
    style
        ``config/style.yaml`` as a mapping.
    lang
        Language.
    """
    used = dict.fromkeys(feature.style for feature in group.features)
    roles = {key: role for key, role in style["roles"].items() if key in used}
    if any(role["draw"] == "theme" for role in roles.values()):
        found = {feature.percent for feature in group.features} - {None}
        return [(step["colour"], f"≤ {step['up_to']}%") for step in style["ramp"]] if found else []
    return [(role["colour"], role[lang]) for role in roles.values()]
