"""The only module that knows HiGHS: linear and mixed-integer programs in arrays.

Reference: Huangfu, Hall (2018), Parallelizing the dual revised simplex method; https://highs.dev.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, Literal

import highspy
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    Floats = NDArray[np.float64]

Options = Mapping[str, bool | float | str]
"""Options of the solver by name."""
Status = Literal["optimal", "infeasible", "stopped"]

TOLERANCE: Final = 1e-9
"""By how much bounds and reduced costs may be wrong."""
SHORTEST: Final = 0.01
"""Least time limit in seconds; HiGHS takes none for no limit."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Solution:
    """Answer of the solver.

    Parameters
    ----------
    status
        `optimal`, `infeasible`, or `stopped` at a limit.
    feasible
        Whether `x` satisfies the program.
    x
        Values of the columns.
    row_dual, column_dual
        Dual values of a linear program: by how much the objective rises per unit of the bound; empty otherwise.
    objective
        Objective of `x`.
    bound
        What the objective of no solution can be better than, proven; infinite where nothing is proven, or where it is
        proven that there is no solution.
    """

    status: Status
    feasible: bool
    x: Floats
    row_dual: Floats
    column_dual: Floats
    objective: float
    bound: float


class Program:
    """A program ``maximise cost x, row_low <= A x <= row_high, low <= x <= high`` that can be changed and solved again.

    Every column is bounded or has a cost that bounds it: what HiGHS calls "unbounded or infeasible" is infeasible.

    Parameters
    ----------
    cost
        Shape (n,).
    matrix
        Sparse, shape (m, n).
    rows, columns
        Pairs of lower and upper bounds, each of shape (m,) and (n,); infinite for none.
    whole
        Which columns must be whole numbers, shape (n,), or None.
    minimise
        Whether the objective is minimised instead.
    options
        Further options of HiGHS, which change the time and not the answer.
    """

    def __init__(
        self,
        cost: Floats,
        matrix: sparse.sparray,
        *,
        rows: tuple[Floats, Floats],
        columns: tuple[Floats, Floats],
        whole: NDArray[np.bool_] | None = None,
        minimise: bool = False,
        options: Options | None = None,
    ) -> None:
        by_column = matrix.tocsc()
        self._mixed = whole is not None and bool(whole.any())
        self._worst = -np.inf if minimise else np.inf
        kinds = np.zeros(by_column.shape[1], dtype=np.int32) if whole is None else whole.astype(np.int32)
        self._highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        # One thread and the fixed seed of HiGHS: the same input gives the same answer on every machine.
        settings: Options = {
            "output_flag": False, "threads": 1, "primal_feasibility_tolerance": TOLERANCE,
            "dual_feasibility_tolerance": TOLERANCE, "mip_feasibility_tolerance": TOLERANCE, "mip_rel_gap": 0.0,
            "mip_abs_gap": 0.0, "presolve": "choose" if self._mixed else "off",
        }  # fmt: skip
        for option, value in {**settings, **(options or {})}.items():
            self._highs.setOptionValue(option, value)
        m, n = by_column.shape
        bounds = [np.ascontiguousarray(part, dtype=float) for part in (cost, *columns, *rows)]
        start, index = (part.astype(np.int32) for part in (by_column.indptr, by_column.indices))
        sense = highspy.ObjSense.kMinimize if minimise else highspy.ObjSense.kMaximize
        # The form that takes arrays: to fill a program field by field takes longer than to solve many of them.
        self._highs.passModel(
            n, m, by_column.nnz, int(highspy.MatrixFormat.kColwise), int(sense), 0.0,
            bounds[0], bounds[1], bounds[2], bounds[3], bounds[4],
            start, index, by_column.data.astype(float), kinds,
        )  # fmt: skip

    def limit(
        self,
        *,
        seconds: float = np.inf,
        relative_gap: float = 0.0,
        absolute_gap: float = 0.0,
        aim: float | None = None,
    ) -> None:
        """Stop the search after so many seconds, once the proven gap is small enough, or once the aim is reached."""
        self._highs.setOptionValue("time_limit", max(float(seconds), SHORTEST))
        self._highs.setOptionValue("mip_rel_gap", float(relative_gap))
        self._highs.setOptionValue("mip_abs_gap", float(absolute_gap))
        if aim is not None and np.isfinite(aim):
            self._highs.setOptionValue("objective_target", float(aim))

    def bound_columns(self, low: Floats, high: Floats) -> None:
        """Replace the bounds of all columns."""
        every = np.arange(len(low), dtype=np.int32)
        self._highs.changeColsBounds(len(low), every, np.asarray(low, dtype=float), np.asarray(high, dtype=float))

    def start_from(self, x: Floats) -> None:
        """Give the search a known solution."""
        known = highspy.HighsSolution()
        known.col_value = list(map(float, x))
        self._highs.setSolution(known)

    def solve(self) -> Solution:
        """Solve and return the answer."""
        self._highs.run()
        statuses: dict[object, Status] = {
            highspy.HighsModelStatus.kOptimal: "optimal",
            highspy.HighsModelStatus.kModelEmpty: "optimal",
            highspy.HighsModelStatus.kInfeasible: "infeasible",
            highspy.HighsModelStatus.kUnboundedOrInfeasible: "infeasible",
        }
        status = statuses.get(self._highs.getModelStatus(), "stopped")
        info, values = self._highs.getInfo(), self._highs.getSolution()
        known = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        return Solution(
            status=status,
            feasible=known or status == "optimal",
            x=np.array(values.col_value),
            row_dual=np.array(values.row_dual) if not self._mixed else np.empty(0),
            column_dual=np.array(values.col_dual) if not self._mixed else np.empty(0),
            objective=float(info.objective_function_value),
            bound=self._bound(status, info),
        )

    def _bound(self, status: Status, info: Any) -> float:  # noqa: ANN401 - highspy has no types
        if status == "infeasible":
            return -self._worst
        if self._mixed:
            return float(info.mip_dual_bound)
        return float(info.objective_function_value) if status == "optimal" else self._worst
