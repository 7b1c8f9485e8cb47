"""What every report shares: a closed base, a head, and plain values out of frames."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from parkmap.plan.validity import Status

if TYPE_CHECKING:
    import pandas as pd

    from parkmap.results.plan import PlanResults


class Report(BaseModel):
    """Base of all reports: closed, documented."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class ReadingEntry(Report):
    """One reading of the text."""

    id: str
    name_zh: str
    name_en: str


class Head(Report):
    """What every report says first."""

    plan: str
    name_zh: str
    name_en: str
    as_of: dt.date
    validity: Status
    readings: list[ReadingEntry] = []
    """Readings of the text other than those in use, under which the report holds."""


def to_json(report: Report) -> str:
    """Write a report as UTF-8 JSON text with ASCII keys, ending in a line feed."""
    return report.model_dump_json(indent=2) + "\n"


def head(results: PlanResults) -> dict[str, Any]:
    """Return what every report says first."""
    name = results.plan.name
    validity = results.validity
    return {
        "plan": results.plan.id,
        "name_zh": name.zh,
        "name_en": name.en,
        "as_of": results.as_of,
        "validity": validity,
        "readings": [ReadingEntry(id=r.id, name_zh=r.name.zh, name_en=r.name.en) for r in results.readings],
    }


def names_of(frame: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return id and names of every row, by id."""
    return {
        str(row.Index): {"id": str(row.Index), "name_zh": row.name_zh, "name_en": row.name_en}
        for row in frame[["name_zh", "name_en"]].itertuples()
    }


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as plain values: missing is None, floats rounded to the millimetre or the 9th digit of a share."""
    plain = frame.reset_index() if frame.index.names != [None] else frame
    return [{key: _plain(value) for key, value in row.items()} for row in plain.to_dict("records")]


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, float):
        return number(value)
    if isinstance(value, tuple):
        return list(value)
    return value.item() if hasattr(value, "item") else value


def number(value: float | None) -> float | None:
    """Return a number to the millimetre, or to the ninth digit of a share; missing is None."""
    return None if value is None or math.isnan(value) else round(float(value), 9 if abs(value) <= 1 else 3) + 0.0


def without(row: dict[str, Any], key: str) -> dict[str, Any]:
    """Return a row without one key."""
    return {name: value for name, value in row.items() if name != key}
