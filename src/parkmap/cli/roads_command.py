"""`parkmap roads`."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from parkmap import messages
from parkmap.cli import options

if TYPE_CHECKING:
    from collections.abc import Callable

    from parkmap.layers.road_build import BuiltRoads
    from parkmap.messages import Lang
    from parkmap.plan.travel import TravelProfile

HALF_TURN: Final = 180.0
POLE: Final = 90.0
"""Largest longitude and latitude, degrees."""

output_option = click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="Road file to write, .npz. 要写出的道路文件，.npz。",
)


@click.group("roads")
def command() -> None:
    """Make a road file for `reach`, `site` and travel times. 生成供服务范围、选址与通行时间使用的道路文件。

    A file at layers/<city>/roads.npz of your own folder is found by itself.
    放在自有文件夹的 layers/<city>/roads.npz 即可自动使用。
    """


@command.command("build")
@click.option(
    "--osm",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="File of streets: .osm, .osm.pbf, .graphml. 道路数据文件。",
)
@output_option
@options.lang_option
@options.project_option
@options.json_option
@options.overwrite_option
def build(*, osm: Path, output: Path, lang: str | None, project: Path | None, as_json: bool, overwrite: bool) -> None:
    """Read streets from a file; no network is needed. 由本地文件生成，无需联网。"""
    from parkmap.layers.road_build import build_roads  # noqa: PLC0415

    language = options.detect_lang(lang)
    words = messages.text("roads.reading", language, file=osm.name)
    job = _Job(output=output, language=language, project=project, as_json=as_json, overwrite=overwrite)
    _make(words, lambda profiles: build_roads(osm, profiles, name=osm.name), job)


@command.command("fetch")
@click.option("--place", help="Place as OpenStreetMap knows it. OpenStreetMap 中的地名，如“福田区, 深圳市, 中国”。")
@click.option(
    "--bbox",
    type=(float, float, float, float),
    metavar="W S E N",
    help="West, south, east, north in degrees instead. 改用经纬度范围（西 南 东 北）。",
)
@click.option(
    "--cache",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for answers already fetched. 缓存文件夹。 [user cache 用户缓存]",
)
@output_option
@options.lang_option
@options.project_option
@options.json_option
@options.overwrite_option
def fetch(
    *,
    place: str | None,
    bbox: tuple[float, float, float, float] | None,
    cache: Path | None,
    output: Path,
    lang: str | None,
    project: Path | None,
    as_json: bool,
    overwrite: bool,
) -> None:
    """Fetch streets from OpenStreetMap; needs a network, and asks each question once. 联网获取，结果会缓存。"""
    from parkmap.layers.road_build import build_graph_roads  # noqa: PLC0415

    asked = place or bbox
    if asked is None or (place and bbox):
        raise click.UsageError("--place or --bbox 请给出其中一个")
    _check_box(bbox)
    name = place or ", ".join(f"{edge:g}" for edge in bbox or ())
    language = options.detect_lang(lang)
    words = messages.text("roads.fetching", language, place=name)
    folder = cache or Path(click.get_app_dir("parkmap")) / "osm"

    def built(profiles: tuple[TravelProfile, ...]) -> BuiltRoads:
        from parkmap.layers.roads import fetch as fetch_roads  # noqa: PLC0415

        return build_graph_roads(fetch_roads(asked, cache=folder), profiles, name=name)

    job = _Job(output=output, language=language, project=project, as_json=as_json, overwrite=overwrite)
    _make(words, built, job)


def _check_box(bbox: tuple[float, float, float, float] | None) -> None:
    """Refuse what is no box before anyone is asked: it would look like a missing network, or an empty place."""
    if bbox is None:
        return
    west, south, east, north = bbox
    if not (-HALF_TURN <= west < east <= HALF_TURN and -POLE <= south < north <= POLE):
        raise click.UsageError(
            "--bbox: west < east, south < north, in degrees 须依次为西、南、东、北，单位为度，西小于东，南小于北"
        )


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Job:
    """What both subcommands are told alike."""

    output: Path
    language: Lang
    project: Path | None
    as_json: bool
    overwrite: bool


def _make(words: str, make: Callable[[tuple[TravelProfile, ...]], BuiltRoads], job: _Job) -> None:
    """Build, write and tell, with a sign of life on stderr while it lasts."""
    from rich.console import Console  # noqa: PLC0415

    from parkmap.output.files import write_file  # noqa: PLC0415
    from parkmap.output.reports.base import to_json  # noqa: PLC0415
    from parkmap.output.reports.roads import roads_report  # noqa: PLC0415
    from parkmap.output.tables.roads import roads_tables  # noqa: PLC0415
    from parkmap.plan.travel import load_travel  # noqa: PLC0415

    profiles = load_travel(options.catalog(job.project)).profiles
    with Console(stderr=True).status(words):
        built = make(profiles)
    write_file(job.output, built.content, overwrite=job.overwrite)
    report = roads_report(built, job.output.name)
    if job.as_json:
        options.write_json(to_json(report))
    else:
        options.write_tables(roads_tables(report, job.language))
    click.echo(messages.text("written", job.language, path=job.output), err=True)
