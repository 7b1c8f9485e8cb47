"""Land quota against general solvers, in one run.

    python benchmarks/quota.py [--claims 100000] [--repeat 5] [--slow-repeat 1]

1. Linear benefit under caps and floors of two crossing partitions (20 districts x 10 land uses), whole square metres.
2. Every method under nested groups (20 districts of 50 parks).
3. Weighted proportional fairness, one supply, 10,000 claims.
4. Indivisible projects under crossing caps, 10,000 claims.
5. Largest remainders (10,000 shares) and Sainte-Lague (1,000: the peer's table has a cell for each share and unit)
   against `apportionment`, which knows no bounds. Where remainders tie at the edge it serves the first of them even
   before a larger remainder, so that two shares differ.

Each line tells wall time, CPU time of all threads, and the ratio of both to parkmap's in the same run: where other work
runs on the machine, the ratio of CPU times is the one to read.

parkmap is timed from the arrays of its region to whole square metres (`share_out`); `solve` also draws on the pools and
writes the ledger. The peers get the same problem as sparse arrays; building their models is not timed.
"""

from __future__ import annotations

import argparse
import functools
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING, NamedTuple

import clarabel
import highspy
import numpy as np
import pyscipopt
from apportionment import methods as apportionment
from quota_cases import Case, case
from scipy import sparse

from parkmap.analysis.quota.methods.catalogue import METHODS
from parkmap.analysis.quota.methods.ideal import ideal
from parkmap.analysis.quota.model.region import region_of
from parkmap.analysis.quota.rounding.apportion import largest_remainder, sainte_lague
from parkmap.analysis.quota.sharing import Options, share_out
from parkmap.analysis.quota.solve import solve

if TYPE_CHECKING:
    from collections.abc import Callable

SEED = 20250601
SECONDS = 120.0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--slow-repeat", type=int, default=1)
    parser.add_argument("--only", type=int, choices=range(1, 6))
    given = parser.parse_args()
    print(f"seed {SEED}, {os.cpu_count()} cores, medians of {given.repeat}, of solvers over 1 s {given.slow_repeat}")
    for number, part in enumerate((linear, nested, fair, indivisible, rounding), start=1):
        if given.only in (None, number):
            part(given)


class Times(NamedTuple):
    """Median wall and CPU seconds."""

    wall: float
    cpu: float


def timed(run: Callable[[], object], repeat: int) -> tuple[Times, object]:
    """Return the median times and the last answer; what takes more than a second is repeated less."""
    walls, cpus, answer = [], [], None
    for _ in range(max(repeat, 1)):
        wall, cpu = time.perf_counter(), time.process_time()
        answer = run()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
        if walls[-1] > 1.0:
            break
    return Times(statistics.median(walls), statistics.median(cpus)), answer


def show(name: str, taken: Times, own: Times, note: object = "") -> None:
    ratios = f"x{taken.wall / own.wall:8.1f}   x{taken.cpu / own.cpu:8.1f}"
    print(f"  {name:34s} {taken.wall:9.4f} s  CPU {taken.cpu:9.4f} s   {ratios}   {note}")


def alone(name: str, taken: Times, note: object = "") -> None:
    print(f"  {name:34s} {taken.wall:9.4f} s  CPU {taken.cpu:9.4f} s   {note}")


def linear(given: argparse.Namespace) -> None:
    data = case(given.claims, shape="crossing", seed=SEED)
    print(f"1. linear benefit, {given.claims:,} claims, two crossing partitions")
    start = time.perf_counter()
    region = region_of(data.problem)
    print(f"  cells and rows from the tables: {time.perf_counter() - start:.3f} s, {region.structure}")
    options = Options(method="max-benefit")
    own, shared = timed(lambda: share_out(data.problem, region, options), given.repeat)
    best = float(data.weight @ shared.m2)
    show("parkmap share_out", own, own, f"{best:.3f}")
    whole, _ = timed(lambda: solve(data.problem, options=options), given.slow_repeat)
    show("parkmap solve, with ledger", whole, own)
    for name, prepare in LINEAR_PEERS.items():
        run = prepare(data)
        seconds, value = timed(run, given.slow_repeat)
        seconds, value = (Times(*value[:2]), value[2]) if isinstance(value, tuple) else (seconds, value)
        show(name, seconds, own, f"{value:.3f}, differs by {value - best:+.3f}")


def matrix_of(data: Case) -> sparse.csc_matrix:
    count = len(data.weight)
    rows = np.concatenate(data.member)
    columns = np.tile(np.arange(count), len(data.member))
    return sparse.csc_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(data.row_low), count))


def highs_model(data: Case, *, unit: np.ndarray | None = None, whole: bool = False) -> highspy.Highs:
    unit = np.ones(len(data.weight)) if unit is None else unit
    matrix = (matrix_of(data) @ sparse.diags(unit)).tocsc()
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = data.weight * unit
    model.col_lower_, model.col_upper_ = data.low / unit, data.high / unit
    model.row_lower_, model.row_upper_ = data.row_low.astype(float), data.row_high.astype(float)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
    model.a_matrix_.value_ = matrix.data
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(unit)
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("time_limit", SECONDS)
    highs.passModel(model)
    return highs


def highs_with(solver: str) -> Callable[[Case], Callable[[], float]]:
    def prepare(data: Case) -> Callable[[], float]:
        def run() -> float:
            highs.clearSolver()
            highs.run()
            return highs.getInfo().objective_function_value

        highs = highs_model(data)
        highs.setOptionValue("solver", solver)
        return run

    return prepare


def scip(data: Case) -> Callable[[], float]:
    model = pyscipopt.Model()
    model.hideOutput()
    x = [
        model.addVar(lb=low, ub=high, vtype="I")
        for low, high in zip(data.low.tolist(), data.high.tolist(), strict=True)
    ]
    rows = [[] for _ in data.row_low]
    for member in data.member:
        for claim, row in enumerate(member.tolist()):
            rows[row].append(x[claim])
    for row, own in enumerate(rows):
        total = pyscipopt.quicksum(own)
        model.addCons(total <= int(data.row_high[row]))
        model.addCons(total >= int(data.row_low[row]))
    model.setObjective(pyscipopt.quicksum(w * v for w, v in zip(data.weight.tolist(), x, strict=True)), "maximize")
    model.setParam("limits/time", SECONDS)

    def run() -> float:
        model.optimize()
        return model.getObjVal()

    return run


def clarabel_linear(data: Case) -> Callable[[], float]:
    matrix, count = matrix_of(data), len(data.weight)
    eye = sparse.eye(count, format="csc")
    whole = sparse.vstack([matrix, -matrix, eye, -eye], format="csc")
    bound = np.concatenate([data.row_high, -data.row_low, data.high, -data.low]).astype(float)
    settings = clarabel.DefaultSettings()
    settings.verbose = False

    def run() -> float:
        solver = clarabel.DefaultSolver(
            sparse.csc_matrix((count, count)),
            -data.weight,
            whole,
            bound,
            [clarabel.NonnegativeConeT(len(bound))],
            settings,
        )
        return -solver.solve().obj_val

    return run


def ortools(name: str) -> Callable[[Case], Callable[[], float]]:
    """Return a peer in a process of its own: OR-Tools and highspy carry two HiGHS that do not load together."""

    def prepare(data: Case) -> Callable[[], float]:
        folder = tempfile.mkdtemp()
        path = f"{folder}/case.npz"
        fields = {f"member_{k}": member for k, member in enumerate(data.member)}
        np.savez(
            path,
            weight=data.weight,
            low=data.low,
            high=data.high,
            row_low=data.row_low,
            row_high=data.row_high,
            **fields,
        )

        def run() -> tuple[float, float, float]:
            script = str(pathlib.Path(__file__).with_name("quota_ortools.py"))
            told = subprocess.run([sys.executable, script, name, path], check=True, capture_output=True, text=True)
            wall, cpu, value = map(float, told.stdout.split())
            return wall, cpu, value

        return run

    return prepare


LINEAR_PEERS = {
    "OR-Tools min-cost flow": ortools("flow"),
    "OR-Tools PDLP (1e-9, 2 threads)": ortools("pdlp"),
    "Clarabel": clarabel_linear,
    "HiGHS IPM": highs_with("ipm"),
    "HiGHS simplex": highs_with("simplex"),
    "SCIP, whole numbers": scip,
}


def nested(given: argparse.Namespace) -> None:
    data = case(given.claims, shape="nested", seed=SEED)
    region = region_of(data.problem)
    print(f"2. nested groups, {given.claims:,} claims, {len(region.rows):,} rows, {region.structure}")
    for name in METHODS:
        if name != "indivisible":
            options = Options(method=name, fairness=0.5)
            seconds, _ = timed(lambda chosen=options: share_out(data.problem, region, chosen), given.repeat)
            alone(name, seconds)
    lumpy = case(given.claims, shape="districts", seed=SEED, indivisible=True, floors=False)
    lumpy_region = region_of(lumpy.problem)
    seconds, shared = timed(
        lambda: share_out(lumpy.problem, lumpy_region, Options(method="indivisible", relative_gap=1e-4)), given.repeat
    )
    alone("indivisible, districts only", seconds, f"proven gap {shared.gap:.2e}")
    seconds, _ = timed(lambda: solve(data.problem), given.repeat)
    alone("solve (priority), with ledger", seconds)


def fair(given: argparse.Namespace) -> None:
    data = case(10_000, shape="flat", seed=SEED, floors=False)
    print("3. weighted proportional fairness, 10,000 claims, one supply")
    region = region_of(data.problem)
    options = Options(method="proportional-fair")
    own, shared = timed(lambda: share_out(data.problem, region, options), 5 * given.repeat)
    real, _ = timed(lambda: ideal("proportional-fair", data.problem.claims, region), 5 * given.repeat)
    show("parkmap ideal, before rounding", real, real)
    show("parkmap share_out, whole m2", own, real)
    run = clarabel_fair(data)
    seconds, x = timed(run, given.slow_repeat)
    show("Clarabel, exponential cones", seconds, real, f"largest difference {np.abs(x - shared.ideal).max():.4f} m2")


def clarabel_fair(data: Case) -> Callable[[], np.ndarray]:
    count = len(data.weight)
    matrix, none = matrix_of(data), sparse.csc_matrix((len(data.row_low), count))
    eye, empty = sparse.eye(count, format="csc"), sparse.csc_matrix((count, count))
    scale = 1000.0  # in 1,000 m2: the cones are better conditioned
    rows, columns = np.arange(count), np.arange(count)
    cones = sparse.csc_matrix(
        (
            np.concatenate([-np.ones(count), -np.ones(count)]),
            (np.concatenate([3 * rows, 3 * rows + 2]), np.concatenate([count + columns, columns])),
        ),
        shape=(3 * count, 2 * count),
    )
    whole = sparse.vstack([sparse.hstack([matrix, none]), sparse.hstack([eye, empty]), cones], format="csc")
    ones = np.zeros(3 * count)
    ones[1::3] = 1.0
    bound = np.concatenate([data.row_high / scale, data.high / scale, ones])
    kinds = [clarabel.NonnegativeConeT(len(data.row_low) + count), *[clarabel.ExponentialConeT()] * count]
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    cost = np.concatenate([np.zeros(count), -data.weight])

    def run() -> np.ndarray:
        solver = clarabel.DefaultSolver(sparse.csc_matrix((2 * count, 2 * count)), cost, whole, bound, kinds, settings)
        return np.array(solver.solve().x)[:count] * scale

    return run


def indivisible(given: argparse.Namespace) -> None:
    for shape, gap in (("districts", 1e-4), ("crossing", 1e-3), ("crossing", 2e-4)):
        data = case(10_000, shape=shape, seed=SEED, indivisible=True, floors=False)
        print(f"4. indivisible projects, 10,000 claims, {shape}, stopped at a proven gap of {gap:g}")
        region = region_of(data.problem)
        options = Options(method="indivisible", relative_gap=gap, seconds=SECONDS)
        own, shared = timed(functools.partial(share_out, data.problem, region, options), given.repeat)
        show("parkmap share_out", own, own, f"{float(data.weight @ shared.m2):.3f}, gap {shared.gap:.2e}")
        model = highs_model(data, unit=data.high.astype(float), whole=True)
        model.setOptionValue("mip_rel_gap", gap)

        def run(model: highspy.Highs = model) -> float:
            model.clearSolver()
            model.run()
            return model.getInfo().objective_function_value

        seconds, value = timed(run, given.repeat)
        show("HiGHS as it is", seconds, own, f"{value:.3f}, gap {model.getInfo().mip_gap:.2e}")


def rounding(given: argparse.Namespace) -> None:
    print("5. rounding of shares to a total (apportionment knows no bounds)")
    cases = ((largest_remainder, "largest_remainder", 10_000, 1_000_000), (sainte_lague, "saintelague", 1_000, 10_000))
    for rule, name, count, seats in cases:
        votes = np.random.default_rng(SEED).integers(1, 10_000, count)
        total, part = np.array([seats]), np.zeros(count, dtype=np.int64)
        shares, low, high = votes * (seats / votes.sum()), np.zeros(count, dtype=np.int64), np.full(count, seats)
        own, rounded = timed(functools.partial(rule, shares, total, part, low=low, high=high), given.repeat)
        compute = functools.partial(apportionment.compute, name, votes.tolist(), seats)
        peer, theirs = timed(functools.partial(compute, parties=list(map(str, range(count)))), given.slow_repeat)
        show(f"parkmap {name}", own, own, f"{count:,} shares, total {seats:,}")
        show(f"apportionment {name}", peer, own, f"{int((rounded.m2 != np.array(theirs)).sum())} differ")


if __name__ == "__main__":
    main()
