"""`parkmap roads`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from parkmap import messages
from parkmap.cli import options

if TYPE_CHECKING:
    from collections.abc import Callable

    from parkmap.layers.road_build import BuiltRoads
    from parkmap.plan.travel import TravelProfile

HALF_TURN: Final = 180.0
POLE: Final = 90.0
"""Largest longitude and latitude, degrees."""
Box = tuple[float, float, float, float]


def _making(command: Callable[..., None]) -> Callable[..., None]:
    """Add what both subcommands are told alike."""
    output = click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, path_type=Path),
        required=True,
        help="Road file to write, .npz. 要写出的道路文件，.npz。",
    )
    common = options.project_option(options.json_option(options.overwrite_option(command)))
    return output(options.lang_option(common))


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
@_making
def build(*, osm: Path, lang: str | None, **job: Any) -> None:  # noqa: ANN401  the shared options, one to one
    """Read streets from a file; no network is needed. 由本地文件生成，无需联网。"""
    from parkmap.layers.road_build import build_roads  # noqa: PLC0415

    sign = messages.words("roads.reading", file=osm.name)
    _make(sign, lambda profiles: build_roads(osm, profiles, name=osm.name), lang=lang, **job)


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
@_making
def fetch(*, place: str | None, bbox: Box | None, cache: Path | None, lang: str | None, **job: Any) -> None:  # noqa: ANN401
    """Fetch streets from OpenStreetMap; needs a network, and asks each question once. 联网获取，结果会缓存。"""
    from parkmap.layers.road_build import build_graph_roads  # noqa: PLC0415

    asked = place or bbox
    if asked is None or (place and bbox):
        raise click.UsageError("--place or --bbox 请给出其中一个")
    _check_box(bbox)
    name = place or ", ".join(f"{edge:g}" for edge in bbox or ())
    folder = cache or Path(click.get_app_dir("parkmap")) / "osm"

    def built(profiles: tuple[TravelProfile, ...]) -> BuiltRoads:
        from parkmap.layers.roads import fetch as fetch_roads  # noqa: PLC0415

        return build_graph_roads(fetch_roads(asked, cache=folder), profiles, name=name)

    _make(messages.words("roads.fetching", place=name), built, lang=lang, **job)


def _check_box(bbox: Box | None) -> None:
    """Refuse what is no box before anyone is asked: it would look like a missing network, or an empty place."""
    if bbox is None:
        return
    west, south, east, north = bbox
    if not (-HALF_TURN <= west < east <= HALF_TURN and -POLE <= south < north <= POLE):
        raise click.UsageError(
            "--bbox: west < east, south < north, in degrees 须依次为西、南、东、北，单位为度，西小于东，南小于北"
        )


def _make(
    sign: messages.Words,
    make: Callable[[tuple[TravelProfile, ...]], BuiltRoads],
    *,
    lang: str | None,
    output: Path,
    project: Path | None,
    as_json: bool,
    overwrite: bool,
) -> None:
    """Build, write and tell, with a sign of life on stderr while it lasts."""
    from rich.console import Console  # noqa: PLC0415

    from parkmap.facts.document import to_json  # noqa: PLC0415
    from parkmap.output.files import write_file  # noqa: PLC0415
    from parkmap.plan.travel import load_travel  # noqa: PLC0415
    from parkmap.questions.roads import told  # noqa: PLC0415

    language = options.detect_lang(lang)
    profiles = load_travel(options.catalog(project)).profiles
    with Console(stderr=True).status(sign[language]):
        built = make(profiles)
    write_file(output, built.content, overwrite=overwrite)
    answer = told(built, output.name, profiles)
    if as_json:
        options.write_json(to_json(answer.as_document()))
    else:
        options.write_facts(answer, language)
    click.echo(messages.text("written", language, path=output), err=True)
