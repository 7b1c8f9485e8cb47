"""The one door to the HiGHS solver: linear and mixed-integer programs in arrays."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Literal

import highspy
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    Floats = NDArray[np.float64]

Status = Literal["optimal", "infeasible", "stopped"]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Solution:
    """Answer of the solver.

    Parameters
    ----------
    status
        `optimal`, `infeasible`, or `stopped` at a limit.
    x
        Values of the columns; empty when there are none.
    row_dual, column_dual
        Dual values of a linear program: by how much the objective rises per unit of the bound; empty otherwise.
    objective
        Objective of `x`.
    bound
        Proven upper bound of the objective; equal to it for linear programs.
    """

    status: Status
    x: Floats
    row_dual: Floats
    column_dual: Floats
    objective: float
    bound: float


class Program:
    """A program ``maximise cost x, row_low <= A x <= row_high, low <= x <= high`` that can be changed and solved again.

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
    """

    def __init__(
        self,
        cost: Floats,
        matrix: sparse.sparray,
        *,
        rows: tuple[Floats, Floats],
        columns: tuple[Floats, Floats],
        whole: NDArray[np.bool_] | None = None,
    ) -> None:
        by_column = matrix.tocsc()
        self._mixed = whole is not None and bool(whole.any())
        kinds = np.zeros(by_column.shape[1], dtype=np.int32) if whole is None else whole.astype(np.int32)
        self._highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        # One thread and the fixed seed of HiGHS: the same input gives the same answer on every machine.
        for option, value in (
            ("output_flag", False), ("threads", 1), ("primal_feasibility_tolerance", 1e-9),
            ("dual_feasibility_tolerance", 1e-9), ("mip_feasibility_tolerance", 1e-9), ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 0.0), ("presolve", "choose" if self._mixed else "off"),
        ):  # fmt: skip
            self._highs.setOptionValue(option, value)
        m, n = by_column.shape
        bounds = [np.ascontiguousarray(part, dtype=float) for part in (cost, *columns, *rows)]
        start, index = (part.astype(np.int32) for part in (by_column.indptr, by_column.indices))
        # The form that takes arrays: to fill a program field by field takes longer than to solve many of them.
        self._highs.passModel(
            n, m, by_column.nnz, int(highspy.MatrixFormat.kColwise), int(highspy.ObjSense.kMaximize), 0.0,
            bounds[0], bounds[1], bounds[2], bounds[3], bounds[4],
            start, index, by_column.data.astype(float), kinds,
        )  # fmt: skip

    def limit(self, *, seconds: float = np.inf, relative_gap: float = 0.0, aim: float = np.inf) -> None:
        """Stop the search after so many seconds, once the proven gap is small enough, or once the aim is reached."""
        self._highs.setOptionValue("time_limit", float(seconds))
        self._highs.setOptionValue("mip_rel_gap", float(relative_gap))
        if np.isfinite(aim):
            self._highs.setOptionValue("objective_target", float(aim))

    def bound_columns(self, low: Floats, high: Floats) -> None:
        """Replace the bounds of all columns."""
        every = np.arange(len(low), dtype=np.int32)
        self._highs.changeColsBounds(len(low), every, np.asarray(low, dtype=float), np.asarray(high, dtype=float))

    def bound_rows(self, low: Floats, high: Floats) -> None:
        """Replace the bounds of all rows."""
        every = np.arange(len(low), dtype=np.int32)
        self._highs.changeRowsBounds(len(low), every, np.asarray(low, dtype=float), np.asarray(high, dtype=float))

    def start_from(self, x: Floats) -> None:
        """Give the search a known solution."""
        known = highspy.HighsSolution()
        known.col_value = list(map(float, x))
        self._highs.setSolution(known)

    def solve(self) -> Solution:
        """Solve and return the answer."""
        self._highs.run()
        state = self._highs.getModelStatus()
        info, found = self._highs.getInfo(), self._highs.getSolution()
        statuses: dict[object, Status] = {
            highspy.HighsModelStatus.kOptimal: "optimal",
            highspy.HighsModelStatus.kModelEmpty: "optimal",
            highspy.HighsModelStatus.kInfeasible: "infeasible",
        }
        bound = info.mip_dual_bound if self._mixed else info.objective_function_value
        return Solution(
            status=statuses.get(state, "stopped"),
            x=np.array(found.col_value),
            row_dual=np.array(found.row_dual) if not self._mixed else np.empty(0),
            column_dual=np.array(found.col_dual) if not self._mixed else np.empty(0),
            objective=float(info.objective_function_value),
            bound=float(bound),
        )
