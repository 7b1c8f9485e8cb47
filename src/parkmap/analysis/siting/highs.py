"""One mixed-integer program, given to HiGHS as arrays; the only module that knows the solver.

Reference: Huangfu, Hall (2018), Parallelizing the dual revised simplex method; https://highs.dev.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import highspy
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

Options = Mapping[str, bool | float | str]
"""Options of the solver by name."""

INF: Final = float(highspy.kHighsInf)
ABSOLUTE_GAP: Final = 1e-6
"""Distance of bound and value at which HiGHS may stop; the programs are scaled so that it is a small share of them."""

MANY_SMALL_NODES: Final[Options] = {
    "mip_allow_restart": False,
    "mip_allow_cut_separation_at_nodes": False,
    "mip_detect_symmetry": False,
    "mip_heuristic_effort": 0.02,
    "mip_pscost_minreliable": 0,
}
"""For programs whose relaxation is tight: many nodes, little work at each."""

BRANCH_ONLY: Final[Options] = {
    **MANY_SMALL_NODES,
    "presolve": "off",
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
}
"""The same where a very good solution is known and nothing is left to reduce: only the proof is asked."""

_SOLVED: Final = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kObjectiveTarget)
_NO_POINT: Final = (
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
    highspy.HighsModelStatus.kObjectiveBound,
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Mip:
    """Minimise cost @ x, subject to row_lower <= rows @ x <= row_upper and lower <= x <= upper.

    Parameters
    ----------
    cost, lower, upper
        One value per variable.
    integer
        Whether a variable is whole; one bool per variable.
    rows
        Coefficients, rows by variables.
    row_lower, row_upper
        One value per row.
    """

    cost: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    integer: NDArray[np.bool_]
    rows: csr_array
    row_lower: NDArray[np.float64]
    row_upper: NDArray[np.float64]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Solved:
    """What the solver found.

    Parameters
    ----------
    x
        Values of the variables; None where no point was found.
    bound
        Proven lower bound of the cost; infinite where there provably is no point.
    infeasible
        Whether it is proven that there is no point.
    reduced
        Reduced costs of the variables of a linear program; None for others and where there is no optimum.
    """

    x: NDArray[np.float64] | None
    bound: float
    infeasible: bool
    reduced: NDArray[np.float64] | None = None


def solve(
    mip: Mip,
    *,
    seconds: float,
    start: NDArray[np.float64] | None = None,
    enough: float | None = None,
    tuned: Options | None = None,
    gap: float = ABSOLUTE_GAP,
) -> Solved:
    """Solve to proven optimality, or for as long as allowed.

    Parameters
    ----------
    mip
        The program.
    seconds
        Time limit.
    start
        A feasible point to start from.
    enough
        Stop at the first point that costs no more than this.
    tuned
        Options of the solver, which change the time and not the answer.
    gap
        Distance of bound and value at which the solver may stop.

    Returns
    -------
    Solved
        Best point and proven bound.
    """
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)  # noqa: FBT003 - the solver's own signature
    highs.setOptionValue("time_limit", max(float(seconds), 0.01))
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", float(gap))
    for name, value in (tuned or {}).items():
        highs.setOptionValue(name, value)
    if enough is not None:
        highs.setOptionValue("objective_target", float(enough))
    highs.passModel(_model(mip))
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = list(start)
        highs.setSolution(solution)
    highs.run()
    return _answer(highs, mip)


def _model(mip: Mip) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(mip.cost), len(mip.row_lower)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = mip.cost, mip.lower, mip.upper
    lp.row_lower_, lp.row_upper_ = mip.row_lower, mip.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = mip.rows.indptr.astype(np.int32)
    lp.a_matrix_.index_ = mip.rows.indices.astype(np.int32)
    lp.a_matrix_.value_ = mip.rows.data.astype(np.float64)
    if mip.integer.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[int(whole)] for whole in mip.integer]
    return lp


def _answer(highs: highspy.Highs, mip: Mip) -> Solved:
    status, info = highs.getModelStatus(), highs.getInfo()
    if status in _NO_POINT:
        return Solved(x=None, bound=INF, infeasible=True)
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    x = np.asarray(highs.getSolution().col_value, dtype=np.float64) if found else None
    if mip.integer.any():
        return Solved(x=x, bound=float(info.mip_dual_bound), infeasible=False)
    if status not in _SOLVED:
        return Solved(x=x, bound=-INF, infeasible=False)
    reduced = np.asarray(highs.getSolution().col_dual, dtype=np.float64)
    return Solved(x=x, bound=float(info.objective_function_value), infeasible=False, reduced=reduced)
