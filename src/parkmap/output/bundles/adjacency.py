"""Files of `parkmap adjacency`: pairs as CSV, graphs as GAL and GWT, borders as GeoJSON, the matrix, the map."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from parkmap import messages
from parkmap.analysis.adjacency.exchange import to_gal, to_gwt
from parkmap.errors import InvalidInputError
from parkmap.finding import finding
from parkmap.messages import Words, text
from parkmap.output.vector import feature_collection

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

    from parkmap.analysis.adjacency import Graph
    from parkmap.messages import Lang
    from parkmap.output.html.basemap import Basemap
    from parkmap.output.html.model import MapPage
    from parkmap.results.links import Neighbours, ParcelResults
    from parkmap.results.plan import PlanResults

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What Excel would run as a formula."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class GraphView:
    """What the files of one question show.

    Parameters
    ----------
    title
        What was compared.
    graph
        The graph.
    names
        Name of each of its places, in focal order.
    pairs
        Index (item, other): what is known of each pair.
    borders
        Index (item, other): where borders run.
    page
        Makes the map page.
    """

    title: Words
    graph: Graph
    names: tuple[Words, ...]
    pairs: pd.DataFrame
    borders: gpd.GeoSeries
    page: Callable[[], MapPage]


def plan_view(results: PlanResults, neighbours: Neighbours, *, of: Literal["items", "districts"]) -> GraphView:
    """Return what the files show of a plan.

    Parameters
    ----------
    results
        The results of the plan.
    neighbours
        The graph that was asked for.
    of
        What was compared.
    """
    districts = of == "districts"
    adjacency = results.district_adjacency if districts else results.adjacency
    frame = results.geography.districts.set_geometry("outline") if districts else results.items
    graph = neighbours.graph
    names: tuple[Words, ...] = tuple(Words(frame.at[i, "name_zh"], frame.at[i, "name_en"]) for i in graph.ids)
    plan_name = results.plan.name

    def page() -> MapPage:
        from parkmap.output.html.layers.adjacency import link_layer  # noqa: PLC0415
        from parkmap.questions.page.plan import plan_page  # noqa: PLC0415

        named = dict(zip(graph.ids, names, strict=True))
        links = link_layer(neighbours, frame.geometry, named, title=messages.words("layer.links"))
        return plan_page(results, extra=() if links is None else (links,))

    return GraphView(
        title=Words(plan_name.zh, plan_name.en),
        graph=graph,
        names=names,
        pairs=adjacency.pairs.join(graph.pairs),
        borders=adjacency.borders,
        page=page,
    )


def parcel_view(results: ParcelResults) -> GraphView:
    """Return what the files show of a user's own polygons.

    Parameters
    ----------
    results
        Their adjacency.
    """
    graph, found = results.neighbours.graph, results.contiguity
    name = results.file.rsplit("/", 1)[-1]  # a picture goes to others, who have no use for our folders
    joined = found.pairs if results.neighbours.rule.kind == "contact" else found.pairs.join(graph.pairs, how="outer")

    def page() -> MapPage:
        from parkmap.output.html.layers.adjacency import parcel_page  # noqa: PLC0415  heavy, only when a map is drawn

        return parcel_page(results)

    return GraphView(
        title=Words(name, name),
        graph=graph,
        names=tuple(Words(str(item), str(item)) for item in graph.ids),
        pairs=joined,
        borders=found.border_lines(results.parcels),
        page=page,
    )


def graph_files(
    view: GraphView, wanted: Mapping[str, Path], *, lang: Lang, style_file: Path, basemap: Basemap | None = None
) -> dict[Path, bytes]:
    """Return the files that were asked for, by path.

    Parameters
    ----------
    view
        What they show.
    wanted
        Path by form: csv, gal, gwt, geojson, matrix, map.
    lang
        Language of pictures and of the map when it opens.
    style_file
        Colours and symbols of the map.
    basemap
        Online basemap of the map, or None.

    Raises
    ------
    InvalidInputError
        When a graph cannot be written in a form, or a picture has an unknown ending.
    """
    makers: dict[str, Callable[[Path], bytes]] = {
        "csv": lambda _path: pairs_csv(view.pairs),
        "gal": lambda _path: to_gal(view.graph).encode(),
        "gwt": lambda _path: to_gwt(view.graph).encode(),
        "geojson": lambda _path: borders_geojson(view.borders, view.pairs),
        "matrix": lambda path: _matrix(view, path, lang),
        "map": lambda _path: _map(dataclasses.replace(view.page(), basemap=basemap), style_file, lang),
    }
    return {path: makers[form](path) for form, path in wanted.items()}


def _matrix(view: GraphView, path: Path, lang: Lang) -> bytes:
    from parkmap.output.figure.matrix import matrix_picture  # noqa: PLC0415  heavy, only when a picture is drawn

    form = path.suffix.lower().removeprefix(".")
    if form not in {"png", "svg"}:
        raise InvalidInputError([finding("matrix.form", "error", file=path.as_posix(), form=form or "-")])
    title = text("matrix.title", lang, name=view.title[lang])
    names = [name[lang] for name in view.names]
    return matrix_picture(view.graph, names, title=title, lang=lang, form="png" if form == "png" else "svg")


def _map(page: MapPage, style_file: Path, lang: Lang) -> bytes:
    from parkmap.output.html.page import render  # noqa: PLC0415  heavy, only when a map is drawn
    from parkmap.output.style import read_style  # noqa: PLC0415

    return render(page, style=read_style(style_file), lang=lang).encode()


def pairs_csv(pairs: pd.DataFrame) -> bytes:
    """Return one row per pair as CSV that Excel opens rightly: UTF-8 with BOM, CRLF, no cell that runs as a formula.

    Parameters
    ----------
    pairs
        Index (item, other); numbers are written to the millimetre.
    """
    plain = pairs.reset_index()
    for column in plain.columns:
        if plain[column].dtype.kind == "f":
            plain[column] = plain[column].round(3)
        elif plain[column].dtype.kind not in "iub":
            plain[column] = plain[column].map(_safe)
    written: str = plain.to_csv(index=False, lineterminator="\r\n")
    return written.encode("utf-8-sig")


def _safe(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def borders_geojson(borders: gpd.GeoSeries, pairs: pd.DataFrame) -> bytes:
    """Return shared borders as RFC 7946 GeoJSON, one feature per pair, with what is known of the pair.

    Parameters
    ----------
    borders
        Lines; index (item, other).
    pairs
        Same index or more: the properties.
    """
    rows = pairs.reindex(borders.index).reset_index().to_dict("records")
    plain = [{str(key): _plain(value) for key, value in row.items()} for row in rows]
    return feature_collection(borders, plain).encode()


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, float | np.floating):
        return None if np.isnan(value) else round(float(value), 3)
    return value.item() if isinstance(value, np.generic) else value
