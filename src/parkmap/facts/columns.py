"""Columns and tables as declarations: no values, and nothing heavy is imported."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, Final, Literal

from parkmap.facts.units import ID, IDS, MAPPING, NUMBER, RECORD, RECORDS, TEXT, WORDS, Unit
from parkmap.messages import Lang, Words, words

Cell = str | int | float | None
Names = Mapping[str, Mapping[str, Words]]
"""Words of each id, by the kind of thing that the id belongs to: district, item, pool, …"""
Reader = Callable[[Any, Names, Lang], Cell]
"""How people read a value that is no plain number, code, name or text."""

ENDS: Final = ("low", "best", "high")
_ENDS_ZH: Final = {"low": "低", "best": "中", "high": "高"}
TOTAL: Final = "total"
"""Id of the row that sums up the others."""
Place = Literal["table", "json", "gis", "card"]
PLACES: Final[tuple[Place, ...]] = ("table", "json", "gis", "card")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Column:
    """One fact about each row of a table.

    Parameters
    ----------
    key
        Name in frames, JSON and GeoJSON.
    name
        Head of the column and label of the card, without the unit.
    unit
        What it is measured in.
    doc
        What it is, in English: schema, API and GIS field documentation.
    source
        Where its formula comes from, where it is not ours.
    null
        Whether it may be missing.
    missing
        What people read where it is missing, or a list has nothing in it; None leaves the cell empty.
    of
        For ids: what kind of thing they name.
    named
        Prefix of the two properties in JSON and GeoJSON that hold words: for ids the names (None writes the id alone),
        for words themselves where it is not `key`.
    ends
        Keys of low, best and high, where the value is a range; the frame has all three, and `key` is that of best.
    names
        Names of the ends where they stand in columns of their own; empty puts low, best, high behind `name`.
    read
        How people read a value that no unit explains.
    fields
        For records: the columns inside; for a mapping: the column of its values.
    schema
        For values as written: makes their JSON schema.
    hide
        Where it is not shown.
    """

    key: str
    name: Words
    unit: Unit = TEXT
    doc: str = ""
    source: str = ""
    null: bool = False
    missing: Words | None = None
    of: str | None = None
    named: str | None = None
    ends: tuple[str, str, str] | None = None
    names: tuple[Words, ...] = ()
    read: Reader | None = None
    fields: tuple[Column, ...] = ()
    schema: Callable[[], Mapping[str, Any]] | None = None
    hide: frozenset[Place] = frozenset()

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys that it has in the frame."""
        return self.ends or (self.key,)

    def shown_in(self, place: Place) -> bool:
        """Return whether it is shown in a kind of output.

        Parameters
        ----------
        place
            The kind of output.
        """
        return place not in self.hide

    def head(self, lang: Lang, end: str | None = None) -> str:
        """Return the head of its column: name, end of the range, unit.

        Parameters
        ----------
        lang
            Language.
        end
            `low`, `best` or `high` of a range that stands in three columns; None for the column as a whole.
        """
        name, unit = self.name, None if self.unit.shown is None else self.unit.shown[lang]
        if end is not None and self.names:
            name, end = self.end_name(end), None
        if lang == "zh":
            parts = (None if end is None else self.end_name(end)[lang], unit)
            inside = "，".join(part for part in parts if part)
            return f"{name.zh}（{inside}）" if inside else name.zh
        whole = f"{name.en}, {end}" if end else name.en
        return f"{whole} ({unit})" if unit else whole

    def end_name(self, end: str) -> Words:
        """Return what an end of the range is called, under a head over all three.

        Parameters
        ----------
        end
            `low`, `best` or `high`.
        """
        return self.names[ENDS.index(end)] if self.names else Words(_ENDS_ZH[end], end)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Table:
    """A table of facts, without its rows.

    Parameters
    ----------
    key
        Stable name: of its file, of its worksheet, of the option that picks it.
    title
        Heading.
    about
        What a row speaks of: district, item, pair, pool, claim, …; whose geometry it has.
    columns
        The columns, in the order of JSON.
    at
        Place in the JSON document: ``districts``, ``demand.rows``, ``belts[].members``; None leaves it out.
    shape
        `list` of rows, or one `record` whose values stand at that place themselves.
    under
        For a place inside the rows of other lists: the columns that hold the ids of those rows, outermost first. They
        are not repeated in JSON.
    identity
        Columns that tell the rows of one list apart, where other lists stand in them or one of them is the total.
    total_at
        Place in the JSON document of the row whose id is `TOTAL`, the sum over the others; None where there is no such
        row. People read it as the last row; it is no feature.
    total_hides
        Keys that this row does not have in JSON.
    order
        Keys of the columns as people read them, where that is not the order of JSON.
    optional
        Whether it may be missing as a whole: null in JSON.
    doc
        What a row is, in English.
    terminal
        Whether the terminal shows it; long ones are written to files only.
    gis
        Whether its rows are written as features with the geometry of what they are about.
    layer
        Name of the file of those features, where it is not the key.
    people
        Whether people get it as a table at all; False is for what JSON alone needs.
    if_empty
        Whether people get it without rows as well.
    prose
        Whether the terminal shows it as sentences: its first column says what they speak of, the last one has them.
    coloured
        Key of the column of numbers by which a map colours what the rows are about; None colours nothing. Of a range,
        the key of best.
    limits
        Limits between the classes of that map, in the unit that people read, for maps that must be comparable; empty
        makes classes of about as many rows each.
    most
        Rows that the terminal and documents show at most; they say how many more there are. None shows all.
    """

    key: str
    title: Words
    about: str
    columns: tuple[Column, ...]
    at: str | None = None
    shape: Literal["list", "record"] = "list"
    under: tuple[str, ...] = ()
    identity: tuple[str, ...] = ()
    total_at: str | None = None
    total_hides: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    optional: bool = False
    doc: str = ""
    terminal: bool = True
    gis: bool = False
    layer: str = ""
    people: bool = True
    if_empty: bool = True
    prose: bool = False
    coloured: str | None = None
    limits: tuple[float, ...] = ()
    most: int | None = None

    def column(self, key: str) -> Column:
        """Return one column.

        Parameters
        ----------
        key
            Its key.

        Raises
        ------
        KeyError
            When there is none.
        """
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)

    def for_people(self) -> tuple[Column, ...]:
        """Return the columns of the table that people read, in their order."""
        if self.order:
            return tuple(self.column(key) for key in self.order)
        return tuple(column for column in self.columns if column.shown_in("table") and column.key not in self.under)


def only(*places: Place) -> frozenset[Place]:
    """Return what hides a column everywhere but in some kinds of output.

    Parameters
    ----------
    *places
        Where it is shown.
    """
    return frozenset(place for place in PLACES if place not in places)


def column(key: str, zh: str, en: str, unit: Unit = NUMBER, doc: str = "", **more: Any) -> Column:  # noqa: ANN401
    """Return a column.

    Parameters
    ----------
    key, zh, en, unit, doc
        Key, names, unit, what it is.
    **more
        The other parameters of `Column`; `hide` may be any iterable.
    """
    hide = frozenset(more.pop("hide", ()))
    return Column(key=key, name=Words(zh, en), unit=unit, doc=doc, hide=hide, **more)


def ranged(pattern: str, zh: str, en: str, unit: Unit = NUMBER, doc: str = "", **more: Any) -> Column:  # noqa: ANN401
    """Return a column of a low, a best and a high value.

    Parameters
    ----------
    pattern
        Key with a gap for the end, for example ``covered_{}_m2``.
    zh, en, unit, doc
        Names, unit, what it is.
    **more
        The other parameters of `Column`.
    """
    low, best, high = (pattern.format(end) for end in ENDS)
    return column(best, zh, en, unit, doc, ends=more.pop("ends", (low, best, high)), **more)


def named_id(key: str, zh: str, en: str, *, of: str, named: str | None = "name", **more: Any) -> Column:  # noqa: ANN401
    """Return the column of an id that people read as a name.

    Parameters
    ----------
    key, zh, en
        Key and names.
    of
        What kind of thing it is the id of.
    named
        Prefix of its names in JSON and GeoJSON; None writes the id alone.
    **more
        The other parameters of `Column`.
    """
    return column(key, zh, en, more.pop("unit", ID), of=of, named=named, **more)


def id_list(key: str, zh: str, en: str, doc: str = "", *, of: str, **more: Any) -> Column:  # noqa: ANN401
    """Return the column of several ids, which people read as names.

    Parameters
    ----------
    key, zh, en, doc
        Key, names, what they are.
    of
        What kind of thing they are the ids of.
    **more
        The other parameters of `Column`.
    """
    return column(key, zh, en, IDS, doc, of=of, **more)


def in_words(key: str, zh: str, en: str, doc: str = "", **more: Any) -> Column:  # noqa: ANN401
    """Return the column of a text in both languages.

    Parameters
    ----------
    key, zh, en, doc
        Key without the language, names, what it is.
    **more
        The other parameters of `Column`.
    """
    return column(key, zh, en, WORDS, doc, **more)


def record(key: str, zh: str, en: str, *fields: Column, many: bool = False, **more: Any) -> Column:  # noqa: ANN401
    """Return the column of a value that has columns of its own.

    Parameters
    ----------
    key, zh, en
        Key and names.
    *fields
        The columns inside.
    many
        Whether it holds several such values.
    **more
        The other parameters of `Column`.
    """
    return column(key, zh, en, RECORDS if many else RECORD, fields=fields, **more)


def mapping(key: str, zh: str, en: str, unit: Unit, doc: str = "", **more: Any) -> Column:  # noqa: ANN401
    """Return the column of values by key.

    Parameters
    ----------
    key, zh, en, unit, doc
        Key, names, unit of the values, what they are.
    **more
        The other parameters of `Column`; `null` is about the values.
    """
    values = column(key, zh, en, unit, doc, null=more.pop("null", False))
    return column(key, zh, en, MAPPING, doc, fields=(values,), **more)


def table(
    key: str,
    title: str | Words,
    about: str,
    *columns: Column,
    at: str | None = None,
    **more: Any,  # noqa: ANN401
) -> Table:
    """Return a table.

    Parameters
    ----------
    key, about, at
        See `Table`.
    title
        Its heading, or the key of that in `parkmap.messages`.
    *columns
        Its columns.
    **more
        The other parameters of `Table`.
    """
    heading = words(title) if isinstance(title, str) else title
    return Table(key=key, title=heading, about=about, columns=columns, at=at, **more)


def inside(parent: Table, name: str, ids: tuple[Column, ...], *head: str | Column, **more: Any) -> Table:  # noqa: ANN401
    """Return a table that stands in the rows, or in the record, of another.

    Parameters
    ----------
    parent
        The other table.
    name
        Its name there.
    ids
        Columns with the ids of the rows in which it stands, outermost first; people read them first.
    *head
        Key, title, what it is about, and its columns, as of `table`.
    **more
        The other parameters of `Table`.
    """
    key, title, about, *columns = head
    own = [one for one in columns if isinstance(one, Column)]
    rows = "" if parent.shape == "record" else "[]"
    shown = tuple(one.key for one in (*ids, *own) if one.shown_in("table"))
    placed = {"at": f"{parent.at}{rows}.{name}", "under": tuple(one.key for one in ids), "order": shown}
    return table(str(key), str(title), str(about), *ids, *own, **{**placed, **more})
