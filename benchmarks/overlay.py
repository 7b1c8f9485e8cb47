"""Overlays of zones, districts, parcels and points: parkmap against geopandas, DuckDB and SedonaDB, in one run.

    python benchmarks/overlay.py [--zones 5000] [--parcels 100000] [--points 1000000] [--repeat 5] [--slow-repeat 2]
                                 [--limit-s 120] [--only points]

All data are made from seeds: a city of 60 km with 20 districts of detailed borders, overlapping round zones, parcels on
a shaken grid, and points anywhere. Every contender answers the same question, and the answers are compared before any
ratio is printed. Wall time and processor time stand side by side: parkmap uses all cores, and on a busy machine only
processor time can be compared. Contenders take turns. Making the frames and tables of the peers is not timed.

One peer does not end in reasonable time: the overlay of many parcels with one dissolved union. It runs in a process of
its own, once, and is stopped at the limit; then only a lower bound of its time is known, printed as `> 120 s`.
"""

from __future__ import annotations

import argparse
import dataclasses
import multiprocessing
import os
import pathlib
import statistics
import time
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from parkmap.analysis.overlay import covered_parts, overlay_pairs
from parkmap.analysis.point_in_polygon import points_in_polygons

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Shapes = NDArray[Any]

SIDE_M = 60_000.0
SEED = 20251122
SAME = 1e-9
"""Relative difference of areas up to which two answers are the same."""
CRS = "EPSG:4547"


def main() -> None:
    options = _options()
    land, zones = districts(20), round_zones(options.zones)
    lots = parcels(options.parcels)
    x, y = np.random.default_rng(SEED + 3).random((2, options.points)) * SIDE_M
    print(
        f"seed {SEED}, {os.cpu_count()} cores, shapely {shapely.__version__} (GEOS {shapely.geos_version_string}), "
        f"geopandas {gpd.__version__}; medians of {options.repeat}, of {options.slow_repeat} for what takes over "
        f"{options.slow_s:g} s"
    )
    print(
        f"20 districts ({shapely.get_num_coordinates(land).sum():,} vertices), {len(zones):,} zones, {len(lots):,} "
        f"parcels, {len(x):,} points"
    )
    questions: dict[str, Callable[[], None]] = {
        "shares": lambda: shares(land, zones, lots, options),
        "pairs": lambda: pairs(land, zones, lots, options),
        "parcels": lambda: parcels_covered(land, zones, lots, options),
        "points": lambda: points(x, y, zones, options),
    }
    for name, ask in questions.items():
        if options.only in {None, name}:
            ask()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--zones", type=int, default=5_000)
    parser.add_argument("--parcels", type=int, default=100_000)
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--slow-repeat", type=int, default=2)
    parser.add_argument("--slow-s", type=float, default=3.0, help="seconds from which a contender is slow")
    parser.add_argument(
        "--limit-s", type=float, default=120.0, help="seconds after which a peer that may not end is stopped"
    )
    parser.add_argument("--only", choices=["shares", "pairs", "parcels", "points"])
    return parser.parse_args()


def districts(count: int) -> Shapes:
    """Return districts that fill the city, with a vertex about every 60 m of their borders."""
    seeds = np.random.default_rng(SEED).random((count, 2)) * SIDE_M
    city = shapely.box(0, 0, SIDE_M, SIDE_M)
    cells = shapely.voronoi_polygons(shapely.MultiPoint(seeds), extend_to=city)
    return shapely.segmentize(shapely.intersection(np.array(list(cells.geoms)), city), 60.0)


def round_zones(count: int) -> Shapes:
    """Return overlapping zones with radii of 100 m to 800 m."""
    rng = np.random.default_rng(SEED + 1)
    return shapely.buffer(shapely.points(rng.random((count, 2)) * SIDE_M), rng.uniform(100, 800, count))


def parcels(count: int) -> Shapes:
    """Return parcels with streets between them, none quite on the grid."""
    rows = int(np.sqrt(count))
    step = SIDE_M / rows
    x, y = (axis.ravel() for axis in np.meshgrid(*[np.arange(rows) * step] * 2))
    x, y = (
        x + (rng := np.random.default_rng(SEED + 2)).uniform(0, 0.2 * step, x.size),
        y + rng.uniform(0, 0.2 * step, x.size),
    )
    return shapely.box(x, y, x + 0.78 * step, y + 0.78 * step)


def frame(shapes: Shapes, name: str) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({name: np.arange(len(shapes))}, geometry=shapes, crs=CRS)


def by_position(found: gpd.GeoDataFrame, name: str, size: int) -> NDArray[np.float64]:
    return np.bincount(found[name], found.area, minlength=size)


def shares(land: Shapes, zones: Shapes, _: Shapes, options: argparse.Namespace) -> None:
    focal, cover = frame(land, "district"), frame(zones, "zone")[["geometry"]]

    def dissolved_after() -> NDArray[np.float64]:
        pieces = gpd.overlay(focal, cover).dissolve("district").reset_index()
        return by_position(pieces, "district", len(land))

    def dissolved_before() -> NDArray[np.float64]:
        union = gpd.GeoDataFrame(geometry=[cover.union_all()], crs=CRS)
        return by_position(gpd.overlay(focal, union), "district", len(land))

    race(
        f"area of 20 districts under {len(zones):,} overlapping zones",
        {
            "parkmap": lambda: shapely.area(covered_parts(land, zones)),
            "geopandas overlay, then dissolve": dissolved_after,
            "geopandas overlay with the union": dissolved_before,
        },
        same_areas,
        options,
    )


def pairs(land: Shapes, _: Shapes, lots: Shapes, options: argparse.Namespace) -> None:
    focal, other = frame(lots, "parcel"), frame(land, "district")

    def peer() -> NDArray[np.float64]:
        found = gpd.overlay(focal, other)
        return table(found["parcel"], found["district"], found.area)

    def own() -> NDArray[np.float64]:
        found = overlay_pairs(lots, land)
        return table(found["focal"], found["other"], found["area_m2"])

    race(
        f"{len(lots):,} parcels x 20 districts, area of each pair",
        {"parkmap": own, "geopandas overlay": peer},
        same_areas,
        options,
    )


def table(focal: Any, other: Any, area: Any) -> NDArray[np.float64]:
    """Return pairs with their area, in one order."""
    rows = np.column_stack([focal, other, area])
    return rows[np.lexsort((rows[:, 1], rows[:, 0]))]


def parcels_covered(_: Shapes, zones: Shapes, lots: Shapes, options: argparse.Namespace) -> None:
    focal, cover = frame(lots, "parcel"), frame(zones, "zone")[["geometry"]]

    def union() -> NDArray[np.float64]:
        whole = gpd.GeoDataFrame(geometry=[cover.union_all()], crs=CRS)
        return by_position(gpd.overlay(focal, whole), "parcel", len(lots))

    def exploded() -> NDArray[np.float64]:
        parts = gpd.GeoDataFrame(geometry=[cover.union_all()], crs=CRS).explode(ignore_index=True)
        return by_position(gpd.overlay(focal, parts), "parcel", len(lots))

    def pieces() -> NDArray[np.float64]:
        found = gpd.overlay(focal, cover).dissolve("parcel").reset_index()
        return by_position(found, "parcel", len(lots))

    contenders: dict[str, Callable[[], Any]] = {
        "parkmap": lambda: shapely.area(covered_parts(lots, zones)),
        "geopandas overlay, union exploded": exploded,
        "geopandas overlay of zones, then dissolve": pieces,
    }
    if (duck := duckdb_areas(zones, lots)) is not None:
        contenders["DuckDB, union of each parcel"] = duck
    race(
        f"area of {len(lots):,} parcels under {len(zones):,} overlapping zones",
        contenders,
        same_areas,
        options,
        endless={"geopandas overlay with the union": union},
    )


def duckdb_areas(zones: Shapes, lots: Shapes) -> Callable[[], NDArray[np.float64]] | None:
    """Return the question in SQL; None where DuckDB is not installed."""
    try:
        import duckdb  # noqa: PLC0415  a peer that may be absent
        import duckdb_extension_spatial  # noqa: PLC0415
    except ImportError:
        print("DuckDB is not installed and takes no part")
        return None
    connection = duckdb.connect()
    extension = next(pathlib.Path(duckdb_extension_spatial.__path__[0]).rglob("*.duckdb_extension"))
    connection.execute(f"load '{extension}'")
    for name, shapes in {"lots": lots, "zones": zones}.items():
        connection.register("held", pd.DataFrame({"id": np.arange(len(shapes)), "wkb": list(shapely.to_wkb(shapes))}))
        connection.execute(f"create table {name} as select id, ST_GeomFromWKB(wkb) as shape from held")

    def areas() -> NDArray[np.float64]:
        rows = connection.execute(
            "select l.id, ST_Area(ST_Intersection(any_value(l.shape), ST_Union_Agg(z.shape))) as area "
            "from lots l join zones z on ST_Intersects(l.shape, z.shape) group by l.id"
        ).fetchnumpy()
        return np.bincount(rows["id"], rows["area"], minlength=len(lots))

    return areas


def points(x: NDArray[np.float64], y: NDArray[np.float64], zones: Shapes, options: argparse.Namespace) -> None:
    cover = frame(zones, "zone")
    spots = gpd.GeoDataFrame({"point": np.arange(len(x))}, geometry=gpd.points_from_xy(x, y), crs=CRS)

    def own() -> NDArray[np.int64]:
        found = points_in_polygons(x, y, zones)
        return found["area"].to_numpy() * len(x) + found["point"].to_numpy()

    def peer() -> NDArray[np.int64]:
        found = gpd.sjoin(spots, cover, predicate="intersects")
        return found["index_right"].to_numpy() * len(x) + found["point"].to_numpy()

    contenders: dict[str, Callable[[], Any]] = {"parkmap": own, "geopandas sjoin": peer}
    try:
        import sedona.db  # noqa: PLC0415  a peer that may be absent
    except ImportError:
        print("SedonaDB is not installed and takes no part")
    else:
        session = sedona.db.connect()
        session.create_data_frame(spots.to_crs(CRS)).to_view("spots")
        session.create_data_frame(cover).to_view("cover")
        for name in ("spots", "cover"):  # held in memory, as the frames of the others are
            session.sql(f"SELECT * FROM {name}").to_memtable().to_view(name, overwrite=True)
        query = "SELECT s.point, c.zone FROM spots s JOIN cover c ON ST_Intersects(s.geometry, c.geometry)"

        def sedona_pairs() -> NDArray[np.int64]:
            found = session.sql(query).to_arrow_table()
            return found["zone"].to_numpy() * len(x) + found["point"].to_numpy()

        contenders["SedonaDB"] = sedona_pairs
    race(f"{len(x):,} points in {len(zones):,} zones, all pairs", contenders, same_pairs, options)


def same_areas(one: NDArray[np.float64], two: NDArray[np.float64]) -> bool:
    return one.shape == two.shape and bool(np.allclose(one, two, rtol=SAME, atol=1e-6))


def same_pairs(one: NDArray[np.int64], two: NDArray[np.int64]) -> bool:
    return bool(np.array_equal(np.sort(one), np.sort(two)))


@dataclasses.dataclass
class Times:
    wall: list[float] = dataclasses.field(default_factory=list)
    processor: list[float] = dataclasses.field(default_factory=list)


def race(
    title: str,
    contenders: dict[str, Callable[[], Any]],
    same: Callable[[Any, Any], bool],
    options: argparse.Namespace,
    *,
    endless: dict[str, Callable[[], Any]] | None = None,
) -> None:
    """Run contenders in turn, check that they agree, and print medians and ratios to the first.

    Those that may not end run once, after the others, and are stopped at the limit.
    """
    times = {name: Times() for name in contenders}
    answers: dict[str, Any] = {}
    for turn in range(options.repeat):
        for name, run in contenders.items():
            spent = times[name]
            if turn >= options.slow_repeat and statistics.median(spent.wall) > options.slow_s:
                continue
            answers[name] = timed(run, spent)
    stopped = {}
    for name, run in (endless or {}).items():
        answer, stopped[name] = until(run, options.limit_s)
        if answer is not None:
            answers[name] = answer
    own, *others = answers.values()
    if not all(same(own, other) for other in others):
        raise SystemExit(f"{title}: the contenders disagree")
    first = next(iter(times.values()))
    print(f"\n{title}: all contenders that ended agree" if stopped else f"\n{title}: all contenders agree")
    print(f"{'':44}{'wall s':>10}{'ratio':>9}{'processor s':>14}{'ratio':>9}")
    for name, spent in (times | stopped).items():
        sign = "" if name in answers else "> "
        wall, processor = statistics.median(spent.wall), statistics.median(spent.processor)
        ratios = wall / statistics.median(first.wall), processor / statistics.median(first.processor)
        cells = (f"{wall:.3f}", f"{ratios[0]:.1f}", f"{processor:.3f}", f"{ratios[1]:.1f}")
        wide = zip(cells, (10, 9, 14, 9), strict=True)
        print(f"{name:44}" + "".join(f"{sign + cell:>{width}}" for cell, width in wide))


def timed(run: Callable[[], Any], spent: Times) -> Any:
    wall, processor = time.perf_counter(), time.process_time()
    answer = run()
    spent.wall.append(time.perf_counter() - wall)
    spent.processor.append(time.process_time() - processor)
    return answer


def until(run: Callable[[], Any], limit_s: float) -> tuple[Any, Times]:
    """Run in a process of its own; past the limit there is no answer, and the times are those until it was stopped."""
    context = multiprocessing.get_context("fork")  # the child sees the frames as they are
    ours, theirs = context.Pipe(duplex=False)

    def child() -> None:
        spent = Times()
        theirs.send((timed(run, spent), spent))

    started, wall = sum(os.times()[2:4]), time.perf_counter()
    worker = context.Process(target=child)
    worker.start()
    theirs.close()
    answer = ours.recv() if ours.poll(limit_s) else None
    if answer is None:
        worker.kill()
    worker.join()
    if answer is not None:
        return answer
    return None, Times(wall=[time.perf_counter() - wall], processor=[sum(os.times()[2:4]) - started])


if __name__ == "__main__":
    main()
