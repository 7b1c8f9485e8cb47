"""Properties of layer files as parkmap reads them: each value brought to its sort, or told by feature and property."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any, get_args

import pandas as pd

from parkmap.finding import Finding, finding
from parkmap.layers.contracts import SORTS, TRANSLATED, Sort
from parkmap.plan.elements import Basis

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd

LARGEST_HA = 1e9
"""More than the land of China: a published area above it is a slip of the unit."""
WRONG = object()
"""Stands for a value that is not of its sort."""


def clean_properties(frame: gpd.GeoDataFrame, file: str) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    """Bring every property to its sort; blank text is no value, whole numbers are taken where text is wanted.

    Parameters
    ----------
    frame
        Features as read, with any properties.
    file
        File name for the findings.

    Returns
    -------
    tuple of GeoDataFrame and list of Finding
        The features, where a wrong value is None (its own spelling where text is wanted), and the wrong values.
    """
    if len(frame) == 0:
        return frame, []
    found: list[Finding] = []
    columns: dict[str, pd.Series] = {}
    for column, sort in SORTS.items():
        if column not in frame.columns or frame[column].isna().all():
            continue
        values = [clean_value(value, sort) for value in frame[column]]
        wrong = [value is WRONG for value in values]
        found += _findings(frame, wrong, column=column, sort=sort, file=file)
        spelt = [str(own) if sort == "text" else None for own in frame[column]]
        kept = [other if bad else value for value, other, bad in zip(values, spelt, wrong, strict=True)]
        if not all(_same(own, value) for own, value in zip(frame[column], kept, strict=True)):
            columns[column] = pd.Series(kept, index=frame.index, dtype=float if sort == "number" else object)
    return _translated(frame.assign(**columns)), found


def clean_value(value: Any, sort: Sort) -> Any:  # noqa: ANN401 - a cell of a users' file
    """Return a value brought to its sort, None where there is none, or `WRONG`.

    Parameters
    ----------
    value
        What the file holds.
    sort
        What is wanted.
    """
    if not pd.api.types.is_scalar(value):
        return WRONG
    if pd.isna(value) or (isinstance(value, str) and not value.strip()):
        return None
    return {"text": _text, "code": _text, "number": _number, "day": _day, "flag": _flag, "basis": _basis}[sort](value)


def district_ids(listed: object) -> tuple[str, ...]:
    """Return the ids of a feature's `districts`, which stand in one string with commas between them.

    Parameters
    ----------
    listed
        The property; anything but text is none.
    """
    return tuple(filter(None, (part.strip() for part in listed.split(",")))) if isinstance(listed, str) else ()


def _same(own: Any, value: Any) -> bool:  # noqa: ANN401
    """Tell whether a value stayed as it was, so that a column of a sound file keeps its type."""
    return bool(pd.api.types.is_scalar(own) and (pd.isna(own) if value is None else own == value))


def _text(value: Any) -> Any:  # noqa: ANN401
    """Return text; a code that the library read as a number, because others are missing, is the code again."""
    if isinstance(value, str):
        return value.strip()
    whole = not isinstance(value, bool) and pd.api.types.is_number(value) and float(value).is_integer()
    return f"{int(value)}" if whole else WRONG


def _number(value: Any) -> Any:  # noqa: ANN401
    if pd.api.types.is_bool(value):
        return WRONG
    number = pd.to_numeric(value, errors="coerce")
    return float(number) if math.isfinite(number) and 0 < number < LARGEST_HA else WRONG


def _day(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dt.date):  # what GeoPackage and pandas give; a timestamp is a date too
        return f"{value:%Y-%m-%d}"
    try:
        return dt.date.fromisoformat(str(value).strip()[:10]).isoformat() if isinstance(value, str) else WRONG
    except ValueError:
        return WRONG


def _flag(value: Any) -> Any:  # noqa: ANN401
    return bool(value) if pd.api.types.is_number(value) and value in {0, 1} else WRONG


def _basis(value: Any) -> Any:  # noqa: ANN401
    return value if value in get_args(Basis) else WRONG


def _findings(frame: gpd.GeoDataFrame, wrong: list[bool], *, column: str, sort: Sort, file: str) -> Iterator[Finding]:
    if any(wrong):
        names = frame["id"] if "id" in frame.columns and column != "id" else pd.RangeIndex(1, len(frame) + 1)
        ids = tuple(str(name) for name, bad in zip(names, wrong, strict=True) if bad)
        first = str(next(value for value, bad in zip(frame[column], wrong, strict=True) if bad))[:40]
        yield finding(f"layer.sort.{sort}", "error", file=file, key=", ".join(ids), ids=ids, column=column, value=first)


def _translated(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give a note that stands in one language for both."""
    for pair in TRANSLATED:
        present = [column for column in pair if column in frame.columns]
        if not present:
            continue
        zh, en = (frame[column if column in frame.columns else present[0]].astype(object) for column in pair)
        frame = frame.assign(**{pair[0]: zh.where(zh.notna(), en), pair[1]: en.where(en.notna(), zh)})
    return frame
