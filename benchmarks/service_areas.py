"""Service areas of 100 sites on 100,000 junctions: parkmap against pandana and networkx, in one run.

    python benchmarks/service_areas.py [--nodes 100000] [--sites 100] [--cutoffs-m 1000 5000 10000] [--repeat 5]

The peers answer which junctions lie within the cut-off; that they and parkmap find the same ones, site by site, is
checked first. parkmap's service areas give, besides, the exact part of every street and its length. Preparing a network
is timed apart: it is done once for any number of questions. All take turns; medians. CPU time counts all threads, wall
time also what else the machine does; pandana is the only one with several threads.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import statistics
import time
from typing import TYPE_CHECKING, Any, TypeVar

import networkx as nx
import numpy as np
import pandana
import pandas as pd
from street_networks import street_grid

from parkmap.analysis.network.graph import along_a_curve
from parkmap.analysis.network.isochrones import reachable_nodes, reached_length_m, within_cutoff
from parkmap.analysis.network.routing import prepare_router
from parkmap.analysis.network.snap import snap

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from parkmap.analysis.network.graph import Roads
    from parkmap.analysis.network.routing import Router

SEED = 20250601
ROUNDED_M = 0.2
"""pandana counts whole millimetres of each street: on some hundred streets a junction may be off by so much."""
OWN = "parkmap service areas, with lengths"
ALIKE = "parkmap junctions"
PANDANA = "pandana nodes_in_range"
OSMNX = "networkx Dijkstra, graph of OSMnx's kind"
PLAIN = "networkx Dijkstra, plain graph"
Made = TypeVar("Made")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Prepared:
    """The same network in every form, and the sites as junctions of it."""

    router: Router
    sites_xy_m: NDArray[np.float64]
    sites: list[int]
    osmnx: nx.MultiDiGraph
    plain: nx.Graph
    pandana: Any


def main() -> None:
    options = _options()
    roads = street_grid(options.nodes, seed=SEED)
    print(
        f"{len(roads.node_ids):,} junctions, {len(roads.edge_ids):,} streets, {options.sites} sites, seed {SEED}, "
        f"{os.cpu_count()} cores, medians of {options.repeat} (networkx {options.slow_repeat})"
    )
    prepared = _prepared(roads, options.sites)
    for cutoff_m in options.cutoffs_m:
        count = _checked(prepared, cutoff_m)
        wall, cpu = _measured(_contenders(prepared, cutoff_m), options)
        print(f"\ncut-off {cutoff_m:,} m: {count:,} junctions within it, the same for all")
        print(f"{'':44}{'wall s':>9}{'CPU s':>9}{'to areas, wall':>16}{'CPU':>8}{'to junctions, wall':>20}{'CPU':>8}")
        for name in wall:
            ratios = [f"{times[name] / times[to]:.1f}" for to in (OWN, ALIKE) for times in (wall, cpu)]
            print(
                f"{name:44}{wall[name]:>9.4f}{cpu[name]:>9.4f}"
                f"{ratios[0]:>16}{ratios[1]:>8}{ratios[2]:>20}{ratios[3]:>8}"
            )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--sites", type=int, default=100)
    parser.add_argument("--cutoffs-m", type=int, nargs="+", default=[1_000, 5_000, 10_000])
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--slow-repeat", type=int, default=2, help="repetitions of networkx")
    return parser.parse_args()


def _prepared(roads: Roads, count: int) -> Prepared:
    ends, length = roads.edge_nodes, roads.length_m
    router = _timed("parkmap", lambda: prepare_router(along_a_curve(roads), profile="walk", unit="metres"))
    largest = router.roads.node_ids[router.component == np.argmax(router.component_share)]
    sites = np.random.default_rng(SEED + 1).choice(largest, count, replace=False)
    streets = list(zip(ends[:, 0].tolist(), ends[:, 1].tolist(), length.tolist(), strict=True))
    plain = nx.Graph()
    _timed("networkx, plain graph,", lambda: plain.add_weighted_edges_from(streets, weight="length"))
    directed = nx.MultiDiGraph()  # as OSMnx makes it: one edge per direction, with the attributes of its way

    def fill() -> None:
        for way, (first, last, metres) in enumerate(streets):
            for tail, head in ((first, last), (last, first)):
                directed.add_edge(
                    tail, head, osmid=way, highway="residential", oneway=False, reversed=False, length=metres
                )

    _timed("networkx, graph of OSMnx's kind,", fill)
    x, y = (pd.Series(column) for column in roads.node_xy_m.T)
    first, last = (pd.Series(column) for column in ends.T)
    net = _timed("pandana", lambda: pandana.Network(x, y, first, last, pd.DataFrame({"length": length})))
    return Prepared(
        router=router,
        sites_xy_m=roads.node_xy_m[sites],
        sites=sites.tolist(),
        osmnx=directed,
        plain=plain,
        pandana=net,
    )


def _timed(label: str, make: Callable[[], Made]) -> Made:
    start = time.perf_counter()
    made = make()
    print(f"{label} is prepared in {time.perf_counter() - start:.2f} s", flush=True)
    return made


def _contenders(prepared: Prepared, cutoff_m: float) -> dict[str, Callable[[], Any]]:
    router = prepared.router

    def areas() -> NDArray[np.float64]:
        starts = snap(router, prepared.sites_xy_m)
        reached = reachable_nodes(router, starts, limit=cutoff_m)
        return reached_length_m(router, starts, within_cutoff(router, starts, reached, cutoff=cutoff_m))

    return {
        OWN: areas,
        ALIKE: lambda: reachable_nodes(router, snap(router, prepared.sites_xy_m), limit=cutoff_m),
        PANDANA: lambda: prepared.pandana.nodes_in_range(prepared.sites, cutoff_m),
        OSMNX: lambda: _walked(prepared.osmnx, prepared.sites, cutoff_m),
        PLAIN: lambda: _walked(prepared.plain, prepared.sites, cutoff_m),
    }


def _walked(graph: nx.Graph, sites: list[int], cutoff_m: float) -> list[dict[int, float]]:
    paths = nx.single_source_dijkstra_path_length
    return [paths(graph, site, cutoff=cutoff_m, weight="length") for site in sites]


def _checked(prepared: Prepared, cutoff_m: float) -> int:
    """Return how many pairs of site and junction lie within the cut-off, after finding that all have the same."""
    own, near, far = (_pairs(prepared, cutoff_m + more) for more in (0.0, -ROUNDED_M, ROUNDED_M))
    for graph in (prepared.osmnx, prepared.plain):
        walked = zip(prepared.sites, _walked(graph, prepared.sites, cutoff_m), strict=True)
        if own != {(site, node) for site, found in walked for node in found}:
            raise SystemExit(f"networkx finds other junctions within {cutoff_m} m")
    table = prepared.pandana.nodes_in_range(prepared.sites, cutoff_m)
    ranged = set(zip(table["source"].tolist(), table["destination"].tolist(), strict=True))
    if not near <= ranged <= far:
        raise SystemExit(f"pandana finds other junctions within {cutoff_m} m")
    return len(own)


def _pairs(prepared: Prepared, cutoff_m: float) -> set[tuple[int, int]]:
    router = prepared.router
    found = reachable_nodes(router, snap(router, prepared.sites_xy_m), limit=cutoff_m)
    sites = np.array(prepared.sites)[found.starts[found.rank]]
    return set(zip(sites.tolist(), router.roads.node_ids[found.node].tolist(), strict=True))


def _measured(
    ways: dict[str, Callable[[], Any]], options: argparse.Namespace
) -> tuple[dict[str, float], dict[str, float]]:
    wall: dict[str, list[float]] = {name: [] for name in ways}
    cpu: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(options.repeat):
        for name, run in ways.items():
            if name in (OSMNX, PLAIN) and turn >= options.slow_repeat:
                continue
            start, used = time.perf_counter(), time.process_time()
            run()
            wall[name].append(time.perf_counter() - start)
            cpu[name].append(time.process_time() - used)
    middle = ({name: statistics.median(values) for name, values in times.items()} for times in (wall, cpu))
    return next(middle), next(middle)


if __name__ == "__main__":
    main()
