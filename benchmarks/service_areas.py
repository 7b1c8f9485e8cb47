"""Service areas of 100 sites on 100,000 junctions: parkmap against pandana, networkx and igraph, in one run.

    python benchmarks/service_areas.py [--nodes 100000] [--sites 100] [--cutoff-m 5000] [--repeat 7]

The peers answer which junctions lie within the cut-off. parkmap answers that, and also the exact part of every street,
with its length; both are timed. Preparing a network is timed apart: it is done once for any number of questions.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from typing import TYPE_CHECKING, Any, TypeVar

import igraph
import networkx as nx
import numpy as np
import pandana
import pandas as pd
from street_networks import street_grid

from parkmap.analysis.network.graph import along_a_curve
from parkmap.analysis.network.reached import reach_nodes, reached_length_m, within
from parkmap.analysis.network.routing import batches, prepare
from parkmap.analysis.network.snap import snap

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from parkmap.analysis.network.graph import Roads
    from parkmap.analysis.network.reached import Reached

SEED = 20250601
Made = TypeVar("Made")
RIM = 0.0001


def main() -> None:
    options = _options()
    roads = street_grid(options.nodes, seed=SEED)
    rng = np.random.default_rng(SEED + 1)
    largest = _largest(roads)
    chosen = rng.choice(largest, options.sites, replace=False)
    print(
        f"{len(roads.node_ids):,} junctions, {len(roads.edge_ids):,} streets, {options.sites} sites, "
        f"cut-off {options.cutoff_m:,} m, seed {SEED}, {os.cpu_count()} cores, medians of {options.repeat}"
    )
    ways, count = _contenders(roads, chosen, options.cutoff_m)
    counts = {name: count[name](run()) for name, run in ways.items()}
    own = counts["parkmap junctions only"]
    for (
        name,
        number,
    ) in counts.items():  # pandana rounds lengths to the millimetre, so a few junctions on the rim differ
        if abs(number - own) > (RIM * own if name.startswith("pandana") else 0):
            raise SystemExit(f"the contenders disagree: {counts}")
    print(f"junctions within the cut-off, all sites: {own:,} (all contenders agree, pandana to {RIM:.2%})")
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(options.repeat):
        for name, run in ways.items():
            if name.startswith("networkx") and len(times[name]) >= options.slow_repeat:
                continue
            start = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(values) for name, values in times.items()}
    own, alike = medians["parkmap service areas"], medians["parkmap junctions only"]
    print(f"{'':44}{'seconds':>10}{'to service areas':>20}{'to junctions only':>20}")
    for name, median in medians.items():
        print(f"{name:44}{median:>10.3f}{median / own:>20.1f}{median / alike:>20.1f}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--sites", type=int, default=100)
    parser.add_argument("--cutoff-m", type=int, default=5_000)
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--slow-repeat", type=int, default=3, help="repetitions of networkx")
    return parser.parse_args()


def _largest(roads: Roads) -> NDArray[np.int64]:
    router = prepare(roads, profile="walk", unit="metres")
    return np.flatnonzero(router.component == np.argmax(router.component_share))


def _contenders(
    roads: Roads, chosen: NDArray[np.int64], cutoff_m: float
) -> tuple[dict[str, Callable[[], Any]], dict[str, Any]]:
    """Return what each contender runs, and how to count the junctions in its answer; counting is not timed."""
    sites = roads.node_xy_m[chosen]
    ends, length = roads.edge_nodes, roads.length_m
    router = _timed("parkmap prepares in", lambda: prepare(along_a_curve(roads), profile="walk", unit="metres"))

    def own_nodes() -> int:
        starts = snap(router, sites)
        return sum(int((batch.cost < np.inf).sum()) for batch in batches(router, starts, limit=cutoff_m))

    def own_areas() -> Reached:
        starts = snap(router, sites)
        reached = reach_nodes(router, starts, limit=cutoff_m)
        reached_length_m(router, starts, within(router, starts, reached, cutoff=cutoff_m))
        return reached

    streets = list(zip(ends[:, 0].tolist(), ends[:, 1].tolist(), length.tolist(), strict=True))
    plain = nx.Graph()
    plain.add_weighted_edges_from(streets, weight="length")
    directed = nx.MultiDiGraph()  # as OSMnx makes it: one edge per direction, with the attributes of its way
    for way, (first, last, metres) in enumerate(streets):
        for tail, head in ((first, last), (last, first)):
            directed.add_edge(tail, head, osmid=way, highway="residential", oneway=False, reversed=False, length=metres)
    net = _timed(
        "pandana prepares in",
        lambda: pandana.Network(
            pd.Series(roads.node_xy_m[:, 0]),
            pd.Series(roads.node_xy_m[:, 1]),
            pd.Series(ends[:, 0]),
            pd.Series(ends[:, 1]),
            pd.DataFrame({"length": length}),
        ),
    )
    small = igraph.Graph(n=len(roads.node_ids), edges=ends.tolist())
    names = chosen.tolist()

    def walk(graph: nx.Graph) -> int:
        paths = nx.single_source_dijkstra_path_length
        return sum(len(paths(graph, name, cutoff=cutoff_m, weight="length")) for name in names)

    def subgraphs() -> int:
        return sum(len(nx.ego_graph(directed, name, radius=cutoff_m, distance="length")) for name in names)

    def all_distances() -> int:
        return sum(int((np.array(small.distances(source=name, weights=length)[0]) <= cutoff_m).sum()) for name in names)

    ways = {
        "parkmap service areas": own_areas,
        "parkmap junctions only": own_nodes,
        "pandana nodes_in_range": lambda: net.nodes_in_range(names, cutoff_m),
        "networkx Dijkstra, graph of OSMnx's kind": lambda: walk(directed),
        "networkx Dijkstra, plain graph": lambda: walk(plain),
        "networkx ego_graph, as OSMnx's example": subgraphs,
        "igraph distances (no cut-off)": all_distances,
    }
    count = dict.fromkeys(ways, int) | {
        "parkmap service areas": lambda reached: len(reached.node),
        "pandana nodes_in_range": len,
    }
    return ways, count


def _timed(label: str, make: Callable[[], Made]) -> Made:
    start = time.perf_counter()
    made = make()
    print(f"{label} {time.perf_counter() - start:.2f} s")
    return made


if __name__ == "__main__":
    main()
