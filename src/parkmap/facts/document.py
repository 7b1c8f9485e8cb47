"""Facts as one JSON document, and the schema of such a document, both from the places that the tables name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from parkmap import messages
from parkmap.facts.columns import ENDS, TOTAL
from parkmap.facts.plain import Plain, records

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parkmap.facts.columns import Column, Table
    from parkmap.facts.facts import Facts

Key = tuple[Any, ...]
Holders = dict[Key, Plain]
"""The objects at one place of a document, by the ids of the rows in which they stand."""
Grouped = dict[Key, list[tuple[Key, Plain]]]
"""Rows with their own ids, by the ids of the rows in which they stand."""


def to_json(document: Plain) -> str:
    """Return a document as UTF-8 JSON text with ASCII keys, ending in a line feed.

    Parameters
    ----------
    document
        The document.
    """
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def document(tables: Sequence[Table], answered: Iterable[Facts]) -> Plain:
    """Return facts as one document.

    Parameters
    ----------
    tables
        Every table that the document may have, in its order; lists before what stands in their rows.
    answered
        The facts; an optional table that is missing is null.

    Raises
    ------
    KeyError
        When a table that is not optional is missing: a programming error.
    """
    known = {facts.key: facts for facts in answered}
    root: Plain = {}
    places: dict[str, Holders] = {"": {(): root}}
    for table in tables:
        if table.at is not None:
            _place(table, known.get(table.key), places)
    return root


def _place(table: Table, facts: Facts | None, places: dict[str, Holders]) -> None:
    if facts is None and not table.optional:
        raise KeyError(table.key)
    where, _, name = (table.at or "").rpartition(".")
    holders = places.get(where, {})
    grouped = {} if facts is None else _grouped(facts)
    if table.shape == "record":
        _records(table, holders, grouped, places, name=name)
        return
    if table.total_at is not None:
        _total(table, holders, grouped)
    inner: Holders = {}
    for key, holder in holders.items():
        rows = grouped.get(key, [])
        holder[name] = (
            None if facts is None else [row for own, row in rows if table.total_at is None or TOTAL not in own]
        )
        inner |= {(*key, *own): row for own, row in rows}
    places[f"{table.at}[]"] = inner


def _total(table: Table, holders: Holders, grouped: Grouped) -> None:
    """Put the row that sums up the others at its own place, so that what stands in the rows stands in it as well."""
    name = (table.total_at or "").rpartition(".")[2]
    for key, holder in holders.items():
        total = next((row for own, row in grouped.get(key, []) if TOTAL in own), None)
        holder[name] = total
        for hidden in table.total_hides:
            (total or {}).pop(hidden, None)


def _records(table: Table, holders: Holders, grouped: Grouped, places: dict[str, Holders], *, name: str) -> None:
    """Put one object in each holder, or its values themselves where the table has no place of its own."""
    found = {key: rows[0][1] for key, rows in grouped.items() if rows}
    if name == "":
        for key, holder in holders.items():
            holder.update(found.get(key, {}))
        return
    for key, holder in holders.items():
        holder[name] = found.get(key)
    places[table.at or ""] = {key: row for key, row in found.items() if key in holders}


def _grouped(facts: Facts) -> Grouped:
    """Return the rows by the ids of the rows in which they stand, each with its own id."""
    above = [facts.values[key] for key in facts.table.under]
    own = [facts.values[key] for key in facts.table.identity]
    grouped: Grouped = {}
    for number, row in enumerate(records(facts)):
        key = tuple(values[number] for values in above)
        grouped.setdefault(key, []).append((tuple(values[number] for values in own), row))
    return grouped


def schema(title: str, tables: Sequence[Table]) -> Plain:
    """Return the JSON schema of a document.

    Parameters
    ----------
    title
        What the document is.
    tables
        Its tables, in their order.
    """
    root = _object("", ())
    places = {"": root}
    for table in tables:
        if table.at is None:
            continue
        where, _, name = table.at.rpartition(".")
        own = _object(table.doc, [one for one in table.columns if one.key not in table.under])
        if table.shape == "record" and name == "":
            _merge(places[where], own)
            continue
        if table.total_at is not None:
            _merge(places[where], _total_schema(table, own))
        entry = own if table.shape == "record" else {"type": "array", "items": own}
        places[table.at if table.shape == "record" else f"{table.at}[]"] = own
        _merge(places[where], {"properties": {name: _perhaps(entry) if table.optional else entry}, "required": [name]})
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **root}


def _total_schema(table: Table, row: Plain) -> Plain:
    """Return the schema of the total: that of a row, which lists put into its rows later extend as well."""
    name = (table.total_at or "").rpartition(".")[2]
    total = row
    if table.total_hides:
        shown = {key: value for key, value in row["properties"].items() if key not in table.total_hides}
        total = {**row, "properties": shown, "required": list(shown)}
    return {"properties": {name: _perhaps(total) if table.optional else total}, "required": [name]}


def _merge(into: Plain, part: Plain) -> None:
    into["properties"].update(part["properties"])
    into["required"] += part["required"]


def _perhaps(entry: Plain) -> Plain:
    return {"anyOf": [entry, {"type": "null"}]}


def _object(doc: str, columns: Iterable[Column]) -> Plain:
    properties: Plain = {}
    for column in columns:
        if column.shown_in("json"):
            properties |= _properties(column)
    told = {"description": doc} if doc else {}
    return {
        "type": "object",
        **told,
        "additionalProperties": False,
        "properties": properties,
        "required": list(properties),
    }


def _properties(column: Column) -> Plain:
    """Return the schema of each property that a column takes up."""
    doc = column.doc or column.name.en
    if column.unit.key == "words":
        prefix = column.named or column.key
        return {f"{prefix}_{lang}": _value(column, f"{doc} ({lang})") for lang in ("zh", "en")}
    if column.ends is not None:
        return {key: _value(column, f"{doc} ({end})") for key, end in zip(column.keys, ENDS, strict=True)}
    found = {column.key: _value(column, doc)}
    if column.unit.key == "id" and column.named is not None:
        found |= {f"{column.named}_{lang}": _value(column, f"{column.name.en}: name ({lang})") for lang in ("zh", "en")}
    return found


def _value(column: Column, doc: str) -> Plain:
    unit = column.unit
    if column.schema is not None:
        return dict(column.schema())
    entry: Plain = {"description": doc}
    if unit.is_number or unit.each is not None:
        entry["unit"] = unit.key
    if unit.json == "array":
        return {**entry, "type": ["array", "null"] if column.null else "array", "items": _items(column)}
    if unit.key == "mapping":
        return {**entry, "type": "object", "additionalProperties": _value(column.fields[0], doc)}
    if unit.json == "object":
        return {**entry, **(_perhaps(_object("", column.fields)) if column.null else _object("", column.fields))}
    codes = sorted(unit.codes if unit.vocabulary is None else _codes(unit.vocabulary))
    if codes:
        entry["enum"] = [*codes, None] if column.null else codes
    return {**entry, "type": [unit.json, "null"] if column.null else unit.json}


def _items(column: Column) -> Plain:
    if column.fields:
        return _object("", column.fields)
    known, each = column.unit.vocabulary, column.unit.each
    if each is not None:
        return {"type": each.json}
    if column.unit.key == "pairs":
        return {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}
    return {"type": "string"} if known is None else {"type": "string", "enum": sorted(_codes(known))}


def _codes(vocabulary: str) -> set[str]:
    """Return the codes of a topic: keys right under it, but for sentences: texts with gaps among texts without."""
    topic = f"{vocabulary}."
    found = ((key.removeprefix(topic), words) for key, words in messages.TEXTS.items() if key.startswith(topic))
    codes = {code: words for code, words in found if "." not in code}
    return {code for code, words in codes.items() if "{" not in words.en} or set(codes)
