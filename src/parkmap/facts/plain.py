"""Facts as plain values: rows of JSON, and the flat properties of GIS features."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parkmap.facts import numbers
from parkmap.facts.units import AS_WRITTEN
from parkmap.messages import LANGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from parkmap.facts.columns import Column, Names
    from parkmap.facts.facts import Facts
    from parkmap.facts.units import Unit

Plain = dict[str, Any]
LISTED = "；"
"""What stands between several texts in one property; ids are joined by a comma."""


def records(facts: Facts) -> list[Plain]:
    """Return the rows as JSON holds them; ids of the lists in which they stand are left out.

    Parameters
    ----------
    facts
        The facts.
    """
    shown = [one for one in facts.all_columns() if one.shown_in("json") and one.key not in facts.table.under]
    return _rows(facts, [part for one in shown for part in _parts(facts, one, flat=False)])


def properties(facts: Facts) -> list[Plain]:
    """Return the rows as properties of features: one value per key, no lists, no nesting, no total.

    Parameters
    ----------
    facts
        The facts.
    """
    return _rows(facts, flat_columns(facts))


def flat_columns(facts: Facts) -> list[tuple[str, Sequence[Any]]]:
    """Return key and values of each property of features, and of each column of a table for programs; no total.

    Parameters
    ----------
    facts
        The facts.
    """
    shown = [one for one in facts.all_columns() if one.shown_in("gis")]
    parts = [part for one in shown for part in _parts(facts, one, flat=True)]
    if facts.table.total_at is None:
        return parts
    kept = [number for number in range(len(facts)) if not facts.is_total(number)]
    return [(key, [values[number] for number in kept]) for key, values in parts]


def columnwise(facts: Facts) -> Iterator[tuple[Column, str, Sequence[Any]]]:
    """Yield column, key and values of everything that JSON may hold, and of what it leaves out.

    Parameters
    ----------
    facts
        The facts.
    """
    for column in facts.all_columns():
        for key, values in _parts(facts, column, flat=False):
            yield column, key, values


def _rows(facts: Facts, parts: Sequence[tuple[str, Sequence[Any]]]) -> list[Plain]:
    keys = [key for key, _ in parts]
    rows = zip(*(values for _, values in parts), strict=True)
    return [dict(zip(keys, row, strict=True)) for row in rows] if parts else [{} for _ in range(len(facts))]


def _parts(facts: Facts, column: Column, *, flat: bool) -> Iterator[tuple[str, Sequence[Any]]]:
    """Yield key and values of each property that a fact takes up."""
    if column.unit.key in {"words", "id"}:
        yield from _texts(column, facts.values[column.key], facts.names)
        return
    for key in _json_order(column):
        values = facts.values[key]
        listed = values.tolist() if hasattr(values, "tolist") else values  # Python's numbers are quicker one by one
        if column.unit.json in {"number", "integer"}:
            yield key, [numbers.stored(value, column.unit) for value in listed]
        else:
            yield key, [value_of(column, value, flat=flat) for value in listed]


def _json_order(column: Column) -> tuple[str, ...]:
    """Return the keys in the order of JSON: low, best, high; a best without an end in its key stands first."""
    if column.ends is None or "best" in column.key:
        return column.keys
    low, best, high = column.ends
    return best, low, high


def _texts(column: Column, values: Sequence[Any], names: Names) -> Iterator[tuple[str, Sequence[Any]]]:
    if column.unit.key == "words":
        for lang in LANGS:
            yield (
                f"{column.named or column.key}_{lang}",
                [None if numbers.is_missing(value) else value[lang] for value in values],
            )
        return
    yield column.key, [None if numbers.is_missing(value) else str(value) for value in values]
    if column.named is not None:
        known = names[column.of or ""]
        for lang in LANGS:
            yield (
                f"{column.named}_{lang}",
                [None if numbers.is_missing(value) or value not in known else known[value][lang] for value in values],
            )


def value_of(column: Column, value: Any, *, flat: bool = False) -> Any:  # noqa: ANN401
    """Return one value as JSON holds it.

    Parameters
    ----------
    column
        Its column.
    value
        The stored value.
    flat
        Whether lists are joined and records left to `repr`-free text, as GIS programs need it.
    """
    unit = column.unit
    if unit.json == "array":
        return _array(column, value, flat=flat)
    if unit is AS_WRITTEN or numbers.is_missing(value):
        return value if unit is AS_WRITTEN else None
    if unit.json in {"number", "integer"}:
        return numbers.stored(value, unit)
    if unit.json == "object":
        return None if flat else nested(column, value)
    if unit.json == "boolean":
        return bool(value)
    return value.isoformat() if unit.key == "day" and hasattr(value, "isoformat") else str(value)


def _array(column: Column, value: Any, *, flat: bool) -> Any:  # noqa: ANN401
    if column.unit.each is not None:
        return _numbers(column.unit.each, value, flat=flat)
    items = [] if numbers.is_missing(value) else list(value)
    if column.unit.key == "records":
        return None if flat else [nested(column, item) for item in items]
    if column.unit.key == "pairs":
        return None if flat else [[str(one) for one in item] for item in items]
    if flat:
        return ("," if column.unit.key == "ids" else LISTED).join(str(item) for item in items) or None
    return [str(item) for item in items]


def _numbers(unit: Unit, value: Any, *, flat: bool) -> Any:  # noqa: ANN401
    """Return several numbers; what is missing among them, as in a table of a fixed width, is left out."""
    if value is None:
        return None
    known = [numbers.stored(one, unit) for one in value if not numbers.is_missing(one)]
    return LISTED.join(map(str, known)) if flat else known


def nested(column: Column, value: Mapping[str, Any]) -> Plain:
    """Return a record, or values by key, inside a value.

    Parameters
    ----------
    column
        The column of the record.
    value
        Its values by key; words and names of ids stand in them as `Words`.
    """
    row: Plain = {}
    if column.unit.key == "mapping":
        return {str(key): value_of(column.fields[0], one) for key, one in value.items()}
    for field in column.fields:
        own = value[field.key]
        if field.unit.key == "words":
            row |= {f"{field.named or field.key}_{lang}": None if own is None else own[lang] for lang in LANGS}
        else:
            row |= {key: value_of(field, value[key]) for key in _json_order(field)}
    return row
