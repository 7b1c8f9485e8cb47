"""Contiguity and pairs within a distance: parkmap against libpysal, STRtree and DuckDB, ratios from one run.

    python benchmarks/adjacency.py clean     [--count 100000] [--repeat 5]
    python benchmarks/adjacency.py million   [--count 1000000] [--repeat 1]
    python benchmarks/adjacency.py jittered  [--rows 400 --columns 300 --jitter-m 0.01] [--repeat 5]
    python benchmarks/adjacency.py truth     [--rows 400 --columns 300]
    python benchmarks/adjacency.py within    [--count 100000 --within-m 500] [--repeat 3]

Contenders take turns. Seconds are medians by the clock; beside them stands the processor time of all threads, which a
busy machine stretches less. Memory is what the peak of a process of its own adds to the data it was given.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import os
import pathlib
import statistics
import time
from functools import partial
from typing import TYPE_CHECKING

import adjacency_peers as peers
import geopandas as gpd
import numpy as np
from parcel_layers import bricks, clean, clean_pairs, cut_at_random, scattered

from parkmap.analysis.adjacency import contiguity
from parkmap.analysis.adjacency.distance import distance_band

if TYPE_CHECKING:
    from collections.abc import Callable

CRS = "EPSG:4547"
SEED = 20250601
MB = 1024


def main() -> None:
    options = _options()
    _warm_up()
    questions = {"clean": _clean, "million": _million, "jittered": _jittered, "truth": _truth, "within": _within}
    questions[options.question](options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("question", choices=["clean", "million", "jittered", "truth", "within"])
    parser.add_argument("--count", type=int, help="number of parcels")
    parser.add_argument("--rows", type=int, default=400)
    parser.add_argument("--columns", type=int, default=300)
    parser.add_argument("--jitter-m", type=float, default=0.01)
    parser.add_argument("--eps-m", type=float, default=0.05)
    parser.add_argument("--within-m", type=float, default=500.0)
    parser.add_argument("--repeat", type=int, help="turns of each contender")
    options = parser.parse_args()
    options.count = options.count or (1_000_000 if options.question == "million" else 100_000)
    options.repeat = options.repeat or {"million": 1, "within": 3}.get(options.question, 5)
    return options


def own(parcels: gpd.GeoSeries, *, kind: str, eps_m: float = 0.05, overlaps: bool = False):
    """Return parkmap's pairs with a shared border, and perhaps those that overlap."""
    found = contiguity(parcels, kind=kind, eps_m=eps_m)
    kept = found.shared_border_m > 0
    if overlaps:
        kept |= found.overlap_m2 > 0
    return found.first[kept], found.second[kept], found.shared_border_m[kept]


def own_within(parcels: gpd.GeoSeries, *, within_m: float, with_distance: bool):
    """Return parkmap's pairs within a distance."""
    graph = distance_band(parcels, within_m, weight="distance" if with_distance else "one")
    return graph.first, graph.second, graph.weight


def _warm_up() -> None:
    """Load what is loaded on first use, so that nobody's first turn pays for it."""
    few = gpd.GeoSeries(clean(1_000, seed=SEED), crs=CRS)
    own(few, kind="tolerant")
    peers.libpysal_rook(few, lengths=True)
    peers.strtree_within_tolerance(few, eps_m=0.05)


def _head(what: str, repeat: int) -> None:
    print(f"{what}, seed {SEED}, {os.cpu_count()} cores, medians of {repeat}")


def _take_turns(ways: dict[str, Callable[[], tuple]], repeat: int) -> tuple[dict[str, tuple], dict[str, tuple]]:
    """Return each contender's answer, and its seconds by the clock and of the processor."""
    answers: dict[str, tuple] = {}
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for _ in range(repeat):
        for name, run in ways.items():
            gc.collect()
            clock, processor = time.perf_counter(), time.process_time()
            answers[name] = run()
            times[name].append((time.perf_counter() - clock, time.process_time() - processor))
    medians = {name: tuple(statistics.median(side) for side in zip(*rows, strict=True)) for name, rows in times.items()}
    return answers, medians


def _print_times(medians: dict[str, tuple[float, float]], against: str) -> None:
    print(f"{'':46}{'seconds':>9}{'CPU s':>8}{'ratio':>8}{'CPU ratio':>11}")
    for name, (clock, processor) in medians.items():
        ratio, cpu_ratio = clock / medians[against][0], processor / medians[against][1]
        print(f"{name:46}{clock:>9.2f}{processor:>8.2f}{ratio:>8.1f}{cpu_ratio:>11.1f}")


def _quality(true: tuple, found: tuple) -> str:
    """Tell how many true pairs were found, how many are not true, and how far lengths are off."""
    size = 1 + max(int(side.max()) for side in (*true[:2], *found[:2]))
    expected = dict(zip((true[0] * size + true[1]).tolist(), true[2].tolist(), strict=True))
    keys = (found[0].astype(np.int64) * size + found[1]).tolist()
    got = dict(zip(keys, found[2].tolist(), strict=True))
    both = expected.keys() & got.keys()
    off = np.abs([got[key] / expected[key] - 1 for key in both])
    total = sum(got[key] for key in both) / sum(expected[key] for key in both) - 1
    shares = f"{len(both) / len(expected):.2%} of the pairs, {len(got.keys() - expected.keys())} false"
    return f"{shares}; lengths off by {abs(total):.4%} in sum, {np.median(off):.3%} in the median"


def _clean(options: argparse.Namespace) -> None:
    parcels = gpd.GeoSeries(clean(options.count, seed=SEED), crs=CRS)
    _head(f"{len(parcels):,} clean parcels, border lengths", options.repeat)
    ways = {
        "parkmap rook": partial(own, parcels, kind="rook"),
        "parkmap tolerant, point contacts too": partial(own, parcels, kind="tolerant"),
        "libpysal build_contiguity(by_perimeter=True)": partial(peers.libpysal_rook, parcels, lengths=True),
        "STRtree, intersection of polygons": partial(peers.strtree_intersections, parcels),
        "STRtree, intersection of outlines": partial(peers.strtree_outlines, parcels),
    }
    answers, medians = _take_turns(ways, options.repeat)
    reference = answers["libpysal build_contiguity(by_perimeter=True)"]
    for name, answer in answers.items():
        print(f"{name:46}{len(answer[0]):>10,} pairs, {answer[2].sum():,.1f} m; {_quality(reference, answer)}")
    _print_times(medians, "parkmap rook")


def _jittered(options: argparse.Namespace) -> None:
    shapes, *true = bricks(options.rows, options.columns, jitter_m=options.jitter_m, seed=SEED)
    parcels = gpd.GeoSeries(shapes, crs=CRS)
    _head(f"{len(parcels):,} parcels with T-junctions, each vertex off by up to {options.jitter_m} m", options.repeat)
    ways = {
        f"parkmap tolerant, {options.eps_m} m": partial(own, parcels, kind="tolerant", eps_m=options.eps_m),
        "parkmap rook, overlaps in m2 too": partial(own, parcels, kind="rook", overlaps=True),
        "STRtree, intersection of polygons": partial(peers.strtree_intersections, parcels),
        f"STRtree within {options.eps_m} m, outlines in buffers": partial(
            peers.strtree_within_tolerance, parcels, eps_m=options.eps_m
        ),
        "libpysal build_contiguity(by_perimeter=True)": partial(peers.libpysal_rook, parcels, lengths=True),
    }
    print(f"true pairs: {len(true[0]):,}")
    answers, medians = _take_turns(ways, options.repeat)
    for name, answer in answers.items():
        print(f"{name:46}{_quality(true, answer) if len(answer[0]) else 'no pair found'}")
    _print_times(medians, next(iter(ways)))


def _truth(options: argparse.Namespace) -> None:
    """Tell how much of what is known by construction is found: other layers, other faults, other seeds."""
    print(f"{options.rows * options.columns:,} parcels, what parkmap tolerant finds of the pairs known by construction")
    faults = [(0.0, 0.0, 0.05), (0.001, 0.0, 0.02), (0.01, 0.0, 0.02), (0.01, 0.0, 0.05), (0.05, 0.0, 0.1)]
    drawn = [("bricks", bricks, fault) for fault in faults]
    drawn += [("cut at random", cut_at_random, fault) for fault in [*faults, (0.003, 0.02, 0.05), (0.003, -0.02, 0.05)]]
    for seed in (SEED, SEED + 1):
        for name, layer, (jitter_m, inset_m, eps_m) in drawn:
            extra = {"inset_m": inset_m} if inset_m else {}
            shapes, *true = layer(options.rows, options.columns, jitter_m=jitter_m, seed=seed, **extra)
            found = contiguity(gpd.GeoSeries(shapes, crs=CRS), eps_m=eps_m)
            kept = found.shared_border_m > 0
            borders = (found.first[kept], found.second[kept], found.shared_border_m[kept])
            touching = _share(true, (found.first, found.second))
            off = f"{jitter_m * 1000:g} mm off, drawn {inset_m * 100:+g} cm smaller, tolerance {eps_m * 100:g} cm"
            print(f"{name}, seed {seed}, {off}\n    {touching:.2%} in contact; as borders {_quality(true, borders)}")


def _share(true: tuple, found: tuple) -> float:
    """Return the share of true pairs that were found."""
    size = 1 + max(int(side.max()) for side in (*true[:2], *found))
    return float(np.isin(true[0] * size + true[1], found[0].astype(np.int64) * size + found[1]).mean())


def _within(options: argparse.Namespace) -> None:
    for width_m, note in ((100_000.0, "sparse"), (60_000.0, "dense")):
        shapes = scattered(options.count, width_m=width_m, seed=SEED)
        parcels = gpd.GeoSeries(shapes, crs=CRS)
        connection = peers.duckdb_table(shapes)
        _head(f"\n{note}: {len(parcels):,} parcels in a square of {width_m / 1000:.0f} km", options.repeat)
        for with_distance in (False, True):
            asked = {"within_m": options.within_m, "with_distance": with_distance}
            ways = {
                "parkmap distance_band": partial(own_within, parcels, **asked),
                "DuckDB spatial join on ST_DWithin": partial(peers.duckdb_pairs_within, connection, **asked),
                "STRtree dwithin": partial(peers.strtree_pairs_within, shapes, **asked),
            }
            answers, medians = _take_turns(ways, options.repeat)
            counts = {name: len(answer[0]) for name, answer in answers.items()}
            if len(set(counts.values())) > 1:
                raise SystemExit(f"the contenders disagree: {counts}")
            what = "pairs and distances" if with_distance else "pairs"
            print(f"{what} within {options.within_m:.0f} m: {counts.popitem()[1]:,}, all contenders agree")
            _print_times(medians, "parkmap distance_band")


def _million(options: argparse.Namespace) -> None:
    _head(f"{options.count:,} clean parcels, each contender in a process of its own", options.repeat)
    ways = {
        "parkmap rook, with lengths": partial(own, kind="rook"),
        "parkmap tolerant, with lengths and points": partial(own, kind="tolerant"),
        "libpysal build_contiguity, without lengths": partial(peers.libpysal_rook, lengths=False),
        "STRtree, intersection of polygons": peers.strtree_intersections,
    }
    rows = {name: [_apart(run, options.count) for _ in range(options.repeat)] for name, run in ways.items()}
    if len({row[0] for several in rows.values() for row in several}) > 1:
        raise SystemExit(f"the contenders disagree: {rows}")
    first = next(iter(rows.values()))[0][0]
    print(f"pairs: {first:,}" + (f", by construction {clean_pairs(options.count):,}" if _square(options.count) else ""))
    medians = {
        name: tuple(map(statistics.median, list(zip(*several, strict=True))[1:])) for name, several in rows.items()
    }
    base = medians["parkmap rook, with lengths"]
    print(f"{'':46}{'seconds':>9}{'CPU s':>8}{'ratio':>8}{'CPU ratio':>11}{'added MB':>10}{'memory':>8}")
    for name, (clock, processor, added) in medians.items():
        ratios = f"{clock / base[0]:>8.1f}{processor / base[1]:>11.1f}{added:>10,.0f}{added / base[2]:>8.1f}"
        print(f"{name:46}{clock:>9.2f}{processor:>8.2f}{ratios}")


def _square(count: int) -> bool:
    return int(count**0.5) ** 2 == count


def _apart(run: Callable[[gpd.GeoSeries], tuple], count: int) -> tuple[int, float, float, float]:
    """Run in a process of its own; return pairs, seconds, processor seconds, and megabytes added at the peak."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_measure, args=(run, count, sender))
    process.start()
    answer = receiver.recv()
    process.join()
    return answer


def _measure(run: Callable[[gpd.GeoSeries], tuple], count: int, sender) -> None:
    run(gpd.GeoSeries(clean(1_000, seed=SEED), crs=CRS))  # everything imported and compiled
    parcels = gpd.GeoSeries(clean(count, seed=SEED), crs=CRS)
    gc.collect()
    pathlib.Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here
    before = _status("VmRSS")
    clock, processor = time.perf_counter(), time.process_time()
    answer = run(parcels)
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    sender.send((len(answer[0]), clock, processor, (_status("VmHWM") - before) / MB))


def _status(name: str) -> float:
    lines = pathlib.Path("/proc/self/status").read_text().splitlines()
    return float(next(line.split()[1] for line in lines if line.startswith(name)))


if __name__ == "__main__":
    main()
