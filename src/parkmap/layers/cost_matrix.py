"""Ways between demand and sites that the user worked out elsewhere: a table with one row per pair."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

ENDS: Final = ("demand", "site")
COSTS: Final = {"minutes": "minutes", "m": "metres"}
"""Column of the way, and its unit."""


def read_matrix(path: Path, *, demand: pd.Index, sites: pd.Index) -> tuple[NDArray[np.float64], str]:
    """Read the ways between demand and sites.

    Parameters
    ----------
    path
        CSV with the columns demand, site, and minutes or m. Pairs that it lacks have no way.
    demand, sites
        Ids of rows and columns.

    Returns
    -------
    tuple of ndarray of float, shape (demand, sites), and str
        Ways, infinite where there is none; and their unit, `minutes` or `metres`.

    Raises
    ------
    InvalidInputError
        With every problem of the file.
    """
    file = path.as_posix()
    if not path.is_file():
        raise InvalidInputError([finding("features.not_found", "error", file=file)])
    table = _table(path, file)
    unit = next((column for column in COSTS if column in table.columns), None)
    if unit is None or not set(ENDS) <= set(table.columns):
        known = ", ".join(str(column) for column in table.columns)
        raise InvalidInputError([finding("site.matrix_columns", "error", file=file, known=known)])
    rows, columns = demand.astype(str).get_indexer(table["demand"]), sites.astype(str).get_indexer(table["site"])
    values = pd.to_numeric(table[unit], errors="coerce").to_numpy(dtype=np.float64)
    problems = list(_findings(table, rows, columns, values, file))
    if problems:
        raise InvalidInputError(problems)
    matrix = np.full((len(demand), len(sites)), np.inf)
    matrix[rows, columns] = values
    return matrix, COSTS[unit]


def _table(path: Path, file: str) -> pd.DataFrame:
    try:
        return pd.read_csv(path, encoding="utf-8-sig", dtype=dict.fromkeys(ENDS, str))
    except UnicodeDecodeError:
        raise InvalidInputError([finding("file.not_utf8", "error", file=file)]) from None
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise InvalidInputError([finding("layer.unreadable", "error", file=file, why=error)]) from None


def _findings(
    table: pd.DataFrame, rows: NDArray[np.int_], columns: NDArray[np.int_], values: NDArray[np.float64], file: str
) -> Iterator[Finding]:
    for code, wrong in (
        ("site.matrix_unknown", (rows < 0) | (columns < 0)),
        ("site.matrix_negative", ~(values >= 0)),
        ("site.matrix_repeated", table.duplicated(list(ENDS)).to_numpy()),
    ):
        if wrong.any():
            lines = ", ".join(str(line + 2) for line in np.flatnonzero(wrong)[:5])
            yield finding(code, "error", file=file, key=lines, count=int(wrong.sum()))
