"""How Leaflet draws a feature: colour by its role or class, dash and filling by how sure its extent is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from parkmap.output.html.shades import EDGE, EDGE_PX, OPACITY, shade_of, shades

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parkmap.messages import Lang
    from parkmap.output.html.model import LayerGroup, MapFeature

COAST: Final = "#8FB0C4"
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
    if group.classes is not None or role["draw"] in {"theme", "share"}:
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


def _class(feature: MapFeature, group: LayerGroup, style: Mapping[str, Any]) -> Path:
    """Return how a class is drawn; a feature that has none is not."""
    role = style["roles"][feature.style]
    shade = None if group.classes is None else shade_of(feature.amount, shades(group.classes, style))
    if shade is None and role["draw"] == "theme":
        return {"stroke": False, "fillOpacity": 0}
    colour, missing = (role["colour"], False) if shade is None else (shade.colour, shade.missing)
    edge = {"color": EDGE, "weight": EDGE_PX, "opacity": 0.8}
    return {
        **edge,
        "fillColor": colour,
        "fillOpacity": 0.15 if missing else OPACITY,
        "dashArray": "2 3" if missing else None,
    }


def swatches(group: LayerGroup, style: Mapping[str, Any], lang: Lang) -> list[tuple[str, str]]:
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
    if group.classes is not None:
        return [(shade.colour, shade.name[lang]) for shade in shades(group.classes, style)]
    used = {feature.style for feature in group.features}
    return [(role["colour"], role[lang]) for key, role in style["roles"].items() if key in used]
