"""Siting to a proven optimum: parkmap against spopt, which hands its program to HiGHS or CBC through PuLP, in one run.

    python benchmarks/siting.py [--seeds 3] [--seconds 120] [--only max_cover]

Instances are made from seeds: points anywhere in a square of 10 km, whole weights from 1 to 100, straight distances.
Every point of maximal cover, p-median and p-centre is demand and candidate; set cover has 200 demands and 2,000
candidates. Contenders take turns, the optima are compared, and processor time stands beside wall time, because both
count every core and a busy machine stretches wall time only. Solvers of PuLP run as a process of their own (CBC) or in
this one (HiGHS); the time of children is counted. At the end stand the median and the longest time of each question
over the seeds; `>` says that a contender was stopped at the limit at least once.

The instances of OR-Library (pmed1 to pmed40) are not used: their data cannot be made again by a generator, and this
project does not ship them. The graphs `--only graph` are drawn in the way that Beasley (1985) describes for them.
"""

from __future__ import annotations

import argparse
import os
import time
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import shortest_path

from parkmap.analysis.siting.cover import max_cover, set_cover
from parkmap.analysis.siting.median import p_median
from parkmap.analysis.siting.problem import Problem

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pulp
    from spopt.locate import LSCP, MCLP, PMedian

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

SIDE_M = 10_000.0
SAME = 1e-6
MAX_COVER = ((10, 1000.0), (20, 800.0), (10, 1500.0), (20, 1200.0))
SET_COVER = (800.0, 1500.0)
MEDIANS = (5, 10, 20, 40)
TIMES: dict[str, dict[str, list[tuple[float, float, bool]]]] = {}


def main() -> None:
    options = _options()
    print(f"{os.cpu_count()} cores; wall s / processor s; limit {options.seconds:g} s; seeds 0 to {options.seeds - 1}")
    kinds = {"max_cover": maximal, "set_cover": sets, "p_median": medians, "graph": graphs}
    for name, run in kinds.items():
        if options.only in {None, name}:
            for seed in range(options.seeds):
                run(seed, options)
    summary()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=120.0, help="time limit of each contender")
    parser.add_argument("--only", choices=["max_cover", "set_cover", "p_median", "graph"])
    parser.add_argument("--without-peers", action="store_true")
    return parser.parse_args()


def points(demand: int, sites: int | None, seed: int) -> Problem:
    """Return demand anywhere in the square, and sites at the same places or at others."""
    rng = np.random.default_rng(seed)
    at = rng.random((demand, 2)) * SIDE_M
    ends = at if sites is None else rng.random((sites, 2)) * SIDE_M
    ways = np.hypot(*(at[:, None] - ends[None]).transpose(2, 0, 1))
    return question(ways, rng.integers(1, 101, demand).astype(float))


def graph(nodes: int, seed: int) -> Problem:
    """Return shortest ways on a connected random graph with nodes² / 50 edges of whole lengths from 1 to 100."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(nodes)
    ends = np.vstack([np.column_stack([order[:-1], order[1:]]), rng.integers(0, nodes, (nodes * nodes // 50, 2))])
    ends = np.unique(np.sort(ends[ends[:, 0] != ends[:, 1]], axis=1), axis=0)
    lengths = rng.integers(1, 101, len(ends)).astype(float)
    ways = shortest_path(coo_array((lengths, ends.T), shape=(nodes, nodes)).tocsr(), directed=False)
    return question(ways, np.ones(nodes))


def question(ways: NDArray[np.float64], weights: NDArray[np.float64], count: int | None = None) -> Problem:
    names = [f"s{k}" for k in range(ways.shape[1])]
    return Problem(
        demand=pd.Series(weights, index=[f"d{k}" for k in range(len(weights))]),
        sites=pd.DataFrame({"status": "candidate", "capacity": np.nan, "price_yuan": np.nan}, index=names),
        cost=ways,
        count=count,
    )


def limited(problem: Problem, count: int) -> Problem:
    return question(problem.cost, problem.weights, count)


def maximal(seed: int, options: argparse.Namespace) -> None:
    base = points(800, None, seed)
    for count, reach in MAX_COVER:
        asked = limited(base, count)
        compare(
            seed,
            f"maximal cover 800, p {count}, reach {reach:g} m",
            lambda asked=asked, reach=reach: max_cover(asked, reach=reach, seconds=options.seconds),
            lambda asked=asked, reach=reach, count=count: MCLP.from_cost_matrix(
                asked.cost, asked.weights, reach, p_facilities=count
            ),
            options,
        )


def sets(seed: int, options: argparse.Namespace) -> None:
    asked = points(200, 2000, seed)
    for reach in SET_COVER:
        compare(
            seed,
            f"set cover 200 x 2,000, reach {reach:g} m",
            lambda reach=reach: set_cover(asked, reach=reach, seconds=options.seconds),
            lambda reach=reach: LSCP.from_cost_matrix(asked.cost, reach),
            options,
            reachable=bool((asked.cost <= reach).any(axis=1).all()),
        )


def medians(seed: int, options: argparse.Namespace) -> None:
    base = points(400, None, seed)
    for count in MEDIANS:
        median(seed, f"p-median 400 points, p {count}", limited(base, count), options)


def graphs(seed: int, options: argparse.Namespace) -> None:
    base = graph(400, seed)
    for count in (5, 10, 40, 80, 133):
        median(seed, f"p-median 400 nodes of a graph, p {count}", limited(base, count), options)


def median(seed: int, title: str, asked: Problem, options: argparse.Namespace) -> None:
    compare(
        seed,
        title,
        lambda: p_median(asked, seconds=options.seconds),
        lambda: PMedian.from_cost_matrix(asked.cost, asked.weights, p_facilities=asked.count),
        options,
    )


def compare(
    seed: int,
    title: str,
    own: Callable[[], Any],
    peer: Callable[[], Any],
    options: argparse.Namespace,
    *,
    reachable: bool = True,
) -> None:
    """Run the contenders on one question and print one line."""
    answer, wall, processor = timed(own)
    spent(title, "parkmap", wall, processor, proven=answer.status == "optimal")
    parts = [f"{title}, seed {seed}: {answer.objective:,.6g} ({answer.status}) parkmap {wall:.2f} / {processor:.2f}"]
    if not reachable:
        parts.append("spopt has no answer where somebody has no site within reach")
    elif not options.without_peers:
        for name, solver in solvers(options.seconds).items():
            value, wall, processor = timed(lambda solver=solver: solved(peer(), solver))
            spent(title, name, wall, processor, proven=value is not None)
            parts.append(f"{name} {wall:.2f} / {processor:.2f}")
            if value is None:
                parts[-1] += " (not proven)"
            elif abs(value - answer.objective) > SAME * abs(value):
                parts[-1] += f" ({value:,.6g})"
                if answer.status == "optimal":
                    raise SystemExit(f"{title}: the contenders disagree: {parts}")
    print("; ".join(parts), flush=True)


def spent(title: str, name: str, wall: float, processor: float, *, proven: bool) -> None:
    TIMES.setdefault(title, {}).setdefault(name, []).append((wall, processor, proven))


def summary() -> None:
    """Print median and longest time of each question and contender."""
    print("\nmedian and longest time over the seeds, wall s / processor s")
    for title, contenders in TIMES.items():
        print(title)
        for name, runs in contenders.items():
            walls, processors, proven = zip(*runs, strict=True)
            sign = "" if all(proven) else "> "
            print(
                f"  {name:18} median {np.median(walls):7.2f} / {np.median(processors):7.2f}"
                f"   longest {sign}{max(walls):7.2f} / {sign}{max(processors):7.2f}"
            )


def solvers(seconds: float) -> dict[str, Any]:
    return {
        "spopt with HiGHS": pulp.HiGHS(msg=False, timeLimit=seconds, gapRel=0.0),
        "spopt with CBC": pulp.PULP_CBC_CMD(msg=False, timeLimit=seconds, gapRel=0.0),
    }


def solved(model: Any, solver: Any) -> float | None:
    """Return the proven optimum; what stops at the limit proves nothing."""
    try:
        model.problem.solve(solver)
    except (RuntimeError, pulp.PulpSolverError):
        return None
    proven = model.problem.sol_status == pulp.LpSolutionOptimal
    return float(pulp.value(model.problem.objective)) if proven else None


def timed(run: Callable[[], Any]) -> tuple[Any, float, float]:
    """Return the answer, wall time and processor time, that of children included."""
    wall, processor = time.perf_counter(), sum(os.times()[:4])
    answer = run()
    return answer, time.perf_counter() - wall, sum(os.times()[:4]) - processor


if __name__ == "__main__":
    main()
