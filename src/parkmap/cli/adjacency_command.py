"""`parkmap adjacency`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from parkmap import messages
from parkmap.cli import options

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from parkmap.messages import Lang
    from parkmap.output.bundles.adjacency import GraphView
    from parkmap.results.links import GraphRule

FILE = click.Path(dir_okay=False, path_type=Path)
POSITIVE = click.FloatRange(min=0, min_open=True)
FORMS = ("csv", "gal", "gwt", "geojson", "matrix", "map")


def _file(form: str, text: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(f"--{form}", f"{form}_file", type=FILE, help=text)


OF_LAYER: Final = ("id_field", "crs", "kind", "eps_m", "betweenness")
OF_PLAN: Final = ("of", "roads", "profile")
OF_GRAPH: Final = {
    "band": ("within_m",),
    "nearest": ("nearest",),
    "time": ("within_minutes", "roads", "profile"),
}
"""Options that belong to a layer, to a plan, to one kind of graph."""


@click.command("adjacency")
@options.optional_plan_argument
@click.option("--layer", type=FILE, help="Own polygons instead of a plan. 自有面图层，代替规划。")
@click.option("--id", "id_field", help="Field with the ids of the layer. 图层的编号字段。 [id, or 1, 2, …]")
@click.option(
    "--crs", help="Metric system to measure the layer in. 量算坐标系，例如 EPSG:4547。 [of the file 文件自身的]"
)
@click.option(
    "--kind",
    type=click.Choice(["rook", "queen", "tolerant"]),
    default="tolerant",
    show_default=True,
    help="Lines; lines and points; lines within --eps. 共边；共边或共点；容差内共边。",
)
@click.option("--eps", "eps_m", type=POSITIVE, default=0.05, show_default=True, help="Tolerance, m. 容差（米）。")
@click.option(
    "--of",
    type=click.Choice(["items", "districts"]),
    default="items",
    show_default=True,
    help="Components and parks, or districts, of a plan. 规划的要素与园区，或行政区。",
)
@click.option(
    "--graph",
    type=click.Choice(["contact", "possible", "band", "nearest", "time"]),
    default="contact",
    show_default=True,
    help="Neighbours by contact, distance, nearest, travel time. 按接触、可能接触、距离、最近、时间确定邻居。",
)
@click.option("--within-m", type=click.FloatRange(min=0), default=1000.0, show_default=True, help="For band. 距离。")
@click.option("--nearest", type=click.IntRange(min=1), default=3, show_default=True, help="For nearest. 最近几个。")
@click.option("--within-minutes", type=POSITIVE, default=30.0, show_default=True, help="For time. 出行时间。")
@options.roads_option
@options.drive_option
@click.option("--betweenness", is_flag=True, help="For a layer: betweenness too, slow. 图层另算中介性（较慢）。")
@_file("csv", "Pairs as CSV. 地块对表。")
@_file("gal", "Graph as GAL. 图（GAL）。")
@_file("gwt", "Graph as GWT, with weights. 带权图（GWT）。")
@_file("geojson", "Shared borders as GeoJSON lines. 共界线（GeoJSON）。")
@_file("matrix", "Picture of the matrix, .png or .svg. 邻接矩阵图（.png 或 .svg）。")
@_file("map", "Offline map with lines as wide as the borders are long. 离线地图，连线粗细表示共界长度。")
@options.common
@options.json_option
@options.basemap_option
@options.overwrite_option
def command(*, plan: str | None, layer: Path | None, lang: str | None, overwrite: bool, **asked: Any) -> None:  # noqa: ANN401
    """Show what adjoins what: contact, shared border, distance, clusters, industries of neighbours.

    邻接关系：接触类型、共界长度、距离、组团、相邻产业；也可用于自有地块图层（--layer）。
    """
    from parkmap.output.bundles.adjacency import graph_files  # noqa: PLC0415
    from parkmap.output.files import write_file  # noqa: PLC0415

    if (plan is None) == (layer is None):
        raise click.UsageError("give a plan, or --layer 请给出规划编号，或用 --layer 给出图层")
    _refuse_idle(of_plan=layer is None, graph=asked["graph"])
    language = options.detect_lang(lang)
    wanted = {form: asked[f"{form}_file"] for form in FORMS if asked[f"{form}_file"] is not None}
    show = not wanted or asked["as_json"]
    view = _layer(layer, asked, language, show=show) if layer else _plan(plan or "", asked, language, show=show)
    style = options.catalog(asked["project"]).style_file()
    tiles = options.open_basemap(asked["basemap"], language) if "map" in wanted else None
    for path, content in graph_files(view, wanted, lang=language, style_file=style, basemap=tiles).items():
        write_file(path, content, overwrite=overwrite)
        click.echo(messages.text("written", language, path=path), err=True)


def _refuse_idle(*, of_plan: bool, graph: str) -> None:
    """Refuse what was given and would change nothing: its user would take the answer for another one."""
    context = click.get_current_context()
    given = {
        parameter.name: parameter.opts[0]
        for parameter in context.command.params
        if parameter.name and context.get_parameter_source(parameter.name) is click.core.ParameterSource.COMMANDLINE
    }
    homes = dict.fromkeys(OF_LAYER, "--layer") if of_plan else dict.fromkeys(OF_PLAN, "PLAN")
    homes |= {name: f"--graph {kind}" for kind, names in OF_GRAPH.items() if kind != graph for name in names}
    idle = [f"{given[name]} ({home})" for name, home in homes.items() if name in given]
    if idle:
        raise click.UsageError(f"without effect here, goes with 此处不起作用，须与括号内的一起使用: {', '.join(idle)}")


def _rule(asked: dict[str, Any]) -> GraphRule:
    from parkmap.results.links import GraphRule  # noqa: PLC0415

    return GraphRule(
        kind=asked["graph"],
        within_m=asked["within_m"],
        nearest=asked["nearest"],
        within_minutes=asked["within_minutes"],
    )


def _plan(plan: str, asked: dict[str, Any], language: Lang, *, show: bool) -> GraphView:
    from parkmap.output.bundles.adjacency import plan_view  # noqa: PLC0415
    from parkmap.output.reports.adjacency import adjacency_report  # noqa: PLC0415
    from parkmap.output.reports.base import to_json  # noqa: PLC0415
    from parkmap.output.tables.adjacency import adjacency_tables  # noqa: PLC0415
    from parkmap.pipeline.links import LinkRequest, plan_graph  # noqa: PLC0415

    as_of: dt.date = asked["as_of"]
    request = LinkRequest(profile=asked["profile"], roads=asked["roads"])
    districts = asked["of"] == "districts"
    results, neighbours = plan_graph(
        options.catalog(asked["project"]), plan, _rule(asked), request, districts=districts, as_of=as_of
    )
    report = adjacency_report(results, of=asked["of"], neighbours=neighbours)
    if asked["as_json"]:
        options.write_json(to_json(report))
    elif show:
        options.write_tables(adjacency_tables(report, language))
    return plan_view(results, neighbours, of=asked["of"])


def _layer(layer: Path, asked: dict[str, Any], language: Lang, *, show: bool) -> GraphView:
    from parkmap.cli.progress import StepBar  # noqa: PLC0415
    from parkmap.output.bundles.adjacency import parcel_view  # noqa: PLC0415
    from parkmap.output.reports.adjacency import graph_entry  # noqa: PLC0415
    from parkmap.output.reports.base import to_json  # noqa: PLC0415
    from parkmap.output.reports.parcels import parcel_summary, parcels_report  # noqa: PLC0415
    from parkmap.output.tables.parcels import parcel_tables  # noqa: PLC0415
    from parkmap.pipeline.parcels import STEPS, ParcelRequest, compare_parcels  # noqa: PLC0415

    request = ParcelRequest(
        path=layer,
        rule=_rule(asked),
        **{name: asked[name] for name in ("id_field", "crs", "kind", "eps_m", "betweenness")},
    )
    with StepBar(STEPS, language) as bar:
        results = compare_parcels(request, bar)
    if asked["as_json"]:
        options.write_json(to_json(parcels_report(results)))
    else:
        graph, described = results.neighbours.graph, results.neighbours.structure
        entry = graph_entry(
            results.neighbours, pairs=len(graph.first), unit=graph.unit, betweenness=described.betweenness
        )
        options.write_tables(parcel_tables(results, parcel_summary(results), entry, language, brief=not show))
    return parcel_view(results)
