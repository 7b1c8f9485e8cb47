"""Checks of a frame before its polygons are compared."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from parkmap.crs import is_metric
from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

NAMED: Final = 10
"""How many ids a finding spells out; all of them are in its `ids`."""


def require_polygons(parcels: gpd.GeoSeries, *, eps_m: float) -> NDArray[np.object_]:
    """Return the polygons of a series that can be compared.

    Parameters
    ----------
    parcels
        Any series of geometries.
    eps_m
        Tolerance.

    Returns
    -------
    ndarray of object, shape (len(parcels),)
        Polygons and multipolygons.

    Raises
    ------
    InvalidInputError
        With everything that is wrong with ids, system, geometries and tolerance.
    """
    shapes: NDArray[np.object_] = parcels.to_numpy()
    found = [*id_findings(parcels.index), *system_findings(parcels), *_shape_findings(parcels.index, shapes)]
    if not (np.isfinite(eps_m) and eps_m > 0):
        found.append(finding("graph.eps", "error", eps=eps_m))
    if found:
        raise InvalidInputError(found)
    return shapes


def id_findings(ids: pd.Index) -> Iterator[Finding]:
    """Yield missing and repeated ids.

    Parameters
    ----------
    ids
        Ids of what is compared.
    """
    missing = ids.isna()
    if missing.any():
        yield finding("graph.missing_ids", "error", count=int(missing.sum()))
    repeated = ids[ids.duplicated() & ~missing].unique()
    if len(repeated):
        yield id_finding("graph.repeated_ids", repeated)


def system_findings(parcels: gpd.GeoSeries) -> Iterator[Finding]:
    """Yield a missing coordinate system, or one that is not fit for lengths.

    Parameters
    ----------
    parcels
        Geometries.
    """
    if parcels.crs is None:
        yield finding("crs.missing", "error")
    elif not is_metric(parcels.crs):
        yield finding("crs.not_metric", "error", crs=parcels.crs.name)


def _shape_findings(ids: pd.Index, shapes: NDArray[np.object_]) -> Iterator[Finding]:
    missing = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    if missing.any():
        yield id_finding("graph.no_shape", ids[missing])
    wrong = ~np.isin(shapely.get_type_id(shapes), (3, 6)) & ~missing
    if wrong.any():
        yield id_finding("graph.not_polygons", ids[wrong])


@contextlib.contextmanager
def report_invalid_polygons(parcels: gpd.GeoSeries) -> Iterator[None]:
    """Turn the error of GEOS for shapes that it cannot overlay into one that names them.

    Looking for invalid polygons beforehand would take as long as comparing them.

    Parameters
    ----------
    parcels
        Polygons.

    Raises
    ------
    InvalidInputError
        When GEOS cannot go on, and some polygons are invalid.
    """
    try:
        yield
    except shapely.errors.GEOSException:
        invalid = parcels[~shapely.is_valid(parcels.to_numpy())]
        if len(invalid) == 0:
            raise
        why = shapely.is_valid_reason(invalid.iloc[0])
        raise InvalidInputError([id_finding("parcels.invalid", invalid.index, why=why)]) from None


def id_finding(code: str, ids: Iterable[object], *, why: str = "") -> Finding:
    """Return an error about some ids: the first of them are named, all are listed.

    Parameters
    ----------
    code
        Key of the text; its gap `{names}` takes the ids.
    ids
        Ids concerned.
    why
        Reason given by GEOS for the first of them, where the text has a gap for it.
    """
    names = tuple(str(name) for name in ids)
    named = ", ".join(names[:NAMED]) + (f" … ({len(names)})" if len(names) > NAMED else "")
    return finding(code, "error", key=named, ids=names, names=named, why=why)
