"""Which parts of the search for sites pay: parkmap whole, without each part, and HiGHS alone on the plain program.

    python benchmarks/siting_ablation.py [--seeds 2] [--seconds 60] [--only graph]

The instances are those of `siting.py`, with 500 nodes or more. "HiGHS alone" gets the plain program with its own
presolve, heuristics and tolerances, no known solution, and one thread, as parkmap does. A part stays in parkmap where
it makes the proof at least twice as quick on some family. Processor time is printed, because other work on the machine
hardly changes it; the limit is wall time. `>` says that the limit ended the search before the proof.
"""

from __future__ import annotations

import argparse
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import numpy as np
from scipy.sparse import block_array, csr_array, eye_array
from siting import MAX_COVER, graph, limited, points

from parkmap.analysis.highs import Program, Solution
from parkmap.analysis.siting import branch_and_bound, cover, interchange, lagrange, median
from parkmap.analysis.siting.centre import p_centre

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from parkmap.analysis.siting.interchange import Task
    from parkmap.analysis.siting.problem import Problem

Patches = list[tuple[Any, str, Any]]
Question = tuple[str, "Callable[[float], Any]", "Callable[[float], Solution]", dict[str, Patches]]
OWN_TOLERANCES = {
    "primal_feasibility_tolerance": 1e-7,
    "dual_feasibility_tolerance": 1e-7,
    "mip_feasibility_tolerance": 1e-6,
}
COUNTS = (5, 20, 50, 100)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=60.0, help="time limit of each run")
    parser.add_argument("--only", choices=["max_cover", "set_cover", "p_centre", "p_median", "graph"])
    options = parser.parse_args()
    kinds = {"max_cover": covers, "set_cover": sets, "p_centre": centres, "p_median": medians, "graph": graphs}
    print(f"limit {options.seconds:g} s; seeds 0 to {options.seeds - 1}; processor s of each seed")
    for name, questions in kinds.items():
        if options.only in {None, name}:
            by_seed = [list(questions(seed)) for seed in range(options.seeds)]
            for same in zip(*by_seed, strict=True):
                _print(same, options.seconds)


def _print(same: tuple[Question, ...], seconds: float) -> None:
    """Run every contender on one question with several seeds, and print one line for each contender."""
    print(same[0][0])
    values: list[float] = []
    for name in ("parkmap", *same[0][3], "HiGHS alone"):
        line = []
        for at, (_, own, plain, parts) in enumerate(same):
            started = time.process_time()
            if name == "HiGHS alone":
                found = plain(seconds)
                proven, value = found.status == "optimal", found.objective
            else:
                with ExitStack() as stack:
                    for target, attribute, replacement in parts.get(name, []):
                        stack.enter_context(patch.object(target, attribute, replacement))
                    answer = own(seconds)
                proven, value = answer.status == "optimal", answer.objective
            line.append(f"{'' if proven else '> '}{time.process_time() - started:.2f}")
            if name == "parkmap":
                values.append(value if proven else np.nan)
            elif proven and abs(value - values[at]) > 1e-6 * abs(value):
                raise SystemExit(f"{same[at][0]}: {name} finds {value:,.9g}, parkmap {values[at]:,.9g}")
        print(f"  {name:22} " + "  ".join(f"{text:>9}" for text in line), flush=True)


def covers(seed: int) -> Iterator[Question]:
    parts: dict[str, Patches] = {"with all of HiGHS": [(cover, "BRANCH_ONLY", None)]}
    base = points(800, None, seed)
    for count, reach in MAX_COVER:
        asked = limited(base, count)
        yield (
            f"maximal cover 800, p {count}, reach {reach:g} m",
            lambda seconds, asked=asked, reach=reach: cover.max_cover(asked, reach=reach, seconds=seconds),
            lambda seconds, asked=asked, reach=reach: _plain_cover(asked, reach, seconds),
            parts,
        )


def sets(seed: int) -> Iterator[Question]:
    asked = points(500, 2000, seed)
    for reach in (800.0, 1200.0):
        yield (
            f"set cover 500 x 2,000, reach {reach:g} m",
            lambda seconds, reach=reach: cover.set_cover(asked, reach=reach, seconds=seconds),
            lambda seconds, reach=reach: _plain_set(asked, reach, seconds),
            {},
        )


def centres(seed: int) -> Iterator[Question]:
    base = points(500, None, seed)
    for count in (5, 20):
        asked = limited(base, count)
        yield (
            f"p-centre 500 points, p {count}",
            lambda seconds, asked=asked: p_centre(asked, seconds=seconds),
            lambda seconds, asked=asked: _plain_centre(asked, seconds),
            {},
        )


def medians(seed: int) -> Iterator[Question]:
    yield from _medians("p-median 500 points", points(500, None, seed))


def graphs(seed: int) -> Iterator[Question]:
    yield from _medians("p-median 500 nodes of a graph", graph(500, seed))


def _medians(title: str, base: Problem) -> Iterator[Question]:
    parts: dict[str, Patches] = {
        "without interchange": [(lagrange, "interchange", _greedy)],
        "without Lagrange": [(median, "branch_and_bound", _without_lagrange)],
        "without branching": [
            (branch_and_bound, "SMALL_ROOT", base.cost.size + 1),
            (branch_and_bound, "ROOT_SHARE", 1.0),
        ],
    }
    for count in COUNTS:
        asked = limited(base, count)
        yield (
            f"{title}, p {count}",
            lambda seconds, asked=asked: median.p_median(asked, seconds=seconds),
            lambda seconds, asked=asked: _plain_median(asked, seconds),
            parts,
        )


def _greedy(task: Task, opened: NDArray[np.int_]) -> NDArray[np.int_]:
    """Add columns while they help, and exchange none."""
    return interchange._filled(interchange._finite(task), opened)  # noqa: SLF001


def _without_lagrange(task: Task, *, seconds: float, start: NDArray[np.int_] | None = None) -> branch_and_bound.Found:
    """Give the whole strong program to HiGHS, with the solution of interchange to start from."""
    opened = interchange.interchange(task, np.empty(0, dtype=int) if start is None else start)
    columns, used = task.cost.shape[1], np.isfinite(task.cost)
    scale = branch_and_bound.SCALE / task.value(opened)
    row, column = np.nonzero(used)
    nearest = opened[task.cost[:, opened].argmin(axis=1)]
    program = branch_and_bound.reduced_program(task, np.zeros(columns, dtype=np.int8), used, scale)
    program.limit(seconds=seconds, absolute_gap=1e-6)
    program.start_from(np.concatenate([np.isin(np.arange(columns), opened), nearest[row] == column]).astype(float))
    found = program.solve()
    best = np.flatnonzero(found.x[:columns] > 0.5) if found.feasible else opened
    return branch_and_bound.Found(
        opened=best, value=task.value(best), bound=min(task.value(best), found.bound / scale + 1e-6)
    )


def _solve(program: Program, seconds: float, gap: float) -> Solution:
    program.limit(seconds=seconds, absolute_gap=gap)
    return program.solve()


def _plain_cover(asked: Problem, reach: float, seconds: float) -> Solution:
    near = csr_array((asked.cost <= reach).astype(float))
    rows, sites = near.shape
    count = csr_array(np.ones((1, sites)))
    program = Program(
        np.concatenate([np.zeros(sites), asked.weights]),
        block_array([[near, -eye_array(rows)], [count, None]]),
        rows=(np.append(np.zeros(rows), -np.inf), np.append(np.full(rows, np.inf), asked.count)),
        columns=(np.zeros(sites + rows), np.ones(sites + rows)),
        whole=np.arange(sites + rows) < sites,
        options=OWN_TOLERANCES,
    )
    return _solve(program, seconds, 0.999)  # weights are whole


def _plain_set(asked: Problem, reach: float, seconds: float) -> Solution:
    near = asked.cost <= reach
    near = near[near.any(axis=1)].astype(float)
    rows, sites = near.shape
    program = Program(
        np.ones(sites),
        csr_array(near),
        rows=(np.ones(rows), np.full(rows, np.inf)),
        columns=(np.zeros(sites), np.ones(sites)),
        whole=np.ones(sites, dtype=bool),
        minimise=True,
        options=OWN_TOLERANCES,
    )
    return _solve(program, seconds, 0.999)


def _assignment(asked: Problem) -> tuple[csr_array, NDArray[np.float64], NDArray[np.float64]]:
    """Return the rows of the strong assignment program: sites first, then all pairs of demand and site."""
    rows, sites = asked.cost.shape
    pairs = rows * sites
    place = np.arange(pairs)
    serve = csr_array((np.ones(pairs), (place // sites, place)), shape=(rows, pairs))
    link = csr_array((-np.ones(pairs), (place, place % sites)), shape=(pairs, sites))
    matrix = block_array([[None, serve], [link, eye_array(pairs)], [csr_array(np.ones((1, sites))), None]])
    low = np.concatenate([np.ones(rows), np.full(pairs + 1, -np.inf)])
    return csr_array(matrix), low, np.concatenate([np.ones(rows), np.zeros(pairs), [asked.count]])


def _plain_median(asked: Problem, seconds: float) -> Solution:
    matrix, low, high = _assignment(asked)
    sites, size = asked.cost.shape[1], matrix.shape[1]
    program = Program(
        np.concatenate([np.zeros(sites), (asked.cost * asked.weights[:, None]).ravel()]),
        matrix,
        rows=(low, high),
        columns=(np.zeros(size), np.ones(size)),
        whole=np.arange(size) < sites,
        minimise=True,
        options=OWN_TOLERANCES,
    )
    return _solve(program, seconds, 1e-6)


def _plain_centre(asked: Problem, seconds: float) -> Solution:
    matrix, low, high = _assignment(asked)
    rows, sites = asked.cost.shape
    size = matrix.shape[1]
    place = np.arange(rows * sites)
    ways = csr_array((asked.cost.ravel(), (place // sites, sites + place)), shape=(rows, size))
    program = Program(
        np.append(np.zeros(size), 1.0),
        block_array([[matrix, None], [ways, csr_array(-np.ones((rows, 1)))]]),
        rows=(np.append(low, np.full(rows, -np.inf)), np.append(high, np.zeros(rows))),
        columns=(np.zeros(size + 1), np.append(np.ones(size), np.inf)),
        whole=np.append(np.arange(size) < sites, False),
        minimise=True,
        options=OWN_TOLERANCES,
    )
    return _solve(program, seconds, 1e-6)


if __name__ == "__main__":
    main()
