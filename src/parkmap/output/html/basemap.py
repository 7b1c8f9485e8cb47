"""Online basemaps that a page may be asked to carry: where their tiles are, whose they are, and in which datum."""

from __future__ import annotations

import dataclasses
from typing import Final, Literal, get_args

from parkmap.errors import InvalidInputError
from parkmap.finding import finding
from parkmap.messages import Words

Name = Literal["tianditu", "osm", "amap", "none"]
NAMES: Final[tuple[Name, ...]] = get_args(Name)

KEY_VARIABLE: Final = "PARKMAP_TIANDITU_KEY"
"""Environment variable that holds the key for Tianditu's tiles."""

TIANDITU: Final = (
    "/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={layer}&STYLE=default"
    "&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={{key}}"
)
"""A tile of Tianditu in Web Mercator; its datum CGCS2000 equals WGS 84 at the scale of a map."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Basemap:
    """Tiles in Web Mercator from one provider.

    Parameters
    ----------
    name
        Title in the layer tree.
    attribution
        What its provider wants to stand on the map.
    hosts
        Every address that the page may ask, with scheme, without path.
    paths
        Path of a tile below a host, with ``{x}``, ``{y}``, ``{z}`` and ``{key}``; one an overlaid set, bottom first.
    datum
        `wgs84`, or `gcj02` for tiles that must be shifted under the data.
    key
        What stands in the page for ``{key}``.
    max_zoom
        Finest level of the tiles.
    """

    name: Words
    attribution: Words
    hosts: tuple[str, ...]
    paths: tuple[str, ...]
    datum: Literal["wgs84", "gcj02"] = "wgs84"
    key: str | None = None
    max_zoom: int = 18


def online_basemap(name: Name, *, key: str | None = None) -> Basemap | None:
    """Return a basemap by its name; None for `none`.

    Parameters
    ----------
    name
        One of `NAMES`.
    key
        The user's key for Tianditu; the others need none.

    Raises
    ------
    InvalidInputError
        When Tianditu is asked for without a key, or with one that is not plain letters and digits.
    """
    if name == "none":
        return None
    return {"tianditu": lambda: _tianditu(key), "osm": _osm, "amap": _amap}[name]()


def _tianditu(key: str | None) -> Basemap:
    if not key or not key.isascii() or not key.isalnum():
        problem = "basemap.no_key" if not key else "basemap.odd_key"
        raise InvalidInputError([finding(problem, "error", variable=KEY_VARIABLE)])
    return Basemap(
        name=Words("天地图", "Tianditu"),
        attribution=Words("底图：天地图", "Basemap: Tianditu"),
        hosts=tuple(f"https://t{number}.tianditu.gov.cn" for number in range(8)),
        paths=tuple(TIANDITU.format(layer=layer) for layer in ("vec", "cva")),
        key=key,
    )


def _osm() -> Basemap:
    return Basemap(
        name=Words("开放街图（OSM）", "OpenStreetMap"),
        attribution=Words("底图：© OpenStreetMap 贡献者", "Basemap: © OpenStreetMap contributors"),
        hosts=("https://tile.openstreetmap.org",),
        paths=("/{z}/{x}/{y}.png",),
        max_zoom=19,
    )


def _amap() -> Basemap:
    return Basemap(
        name=Words("高德地图", "AMap"),
        attribution=Words(
            "底图：© 高德地图（GCJ-02，瓦片已移至 WGS 84）", "Basemap: © AMap (GCJ-02, tiles moved to WGS 84)"
        ),
        hosts=tuple(f"https://webrd0{number}.is.autonavi.com" for number in range(1, 5)),
        paths=("/appmaptile?lang=zh_cn&size=1&scale=1&style=8&x={x}&y={y}&z={z}",),
        datum="gcj02",
    )
