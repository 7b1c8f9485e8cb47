"""How people read a value: number, range, name, code, text, in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parkmap import messages
from parkmap.facts import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parkmap.facts.columns import Cell, Column, Names
    from parkmap.facts.units import Unit
    from parkmap.messages import Lang, Words

COMMA = messages.Words("、", ", ")
"""What stands between several names or texts."""
BESIDE = " / "
"""What stands between several numbers."""


def cell(column: Column, value: Any, names: Names, lang: Lang) -> Cell:  # noqa: ANN401
    """Return one value as people read it.

    Parameters
    ----------
    column
        Its column; a range is read end by end.
    value
        The stored value.
    names
        Words of ids.
    lang
        Language.

    Returns
    -------
    str, int, float or None
        Numbers in the unit of the head; None where there is nothing to read.
    """
    if column.read is not None:
        return column.read(value, names, lang)
    if numbers.is_missing(value):
        return None if column.missing is None else column.missing[lang]
    unit = column.unit
    if unit.is_number:
        return numbers.read(value, unit)
    if unit.each is not None:
        return _several(value, unit.each)
    if unit.json == "array":
        texts = (_text(column, one, names, lang) for one in value)
        return listed(texts, lang) or (None if column.missing is None else column.missing[lang])
    return _text(column, value, names, lang)


def _several(value: Any, unit: Unit) -> str | None:  # noqa: ANN401
    known = [number for one in value if (number := numbers.read(one, unit)) is not None]
    return BESIDE.join(f"{one:,.6g}" if isinstance(one, float) else f"{one:,}" for one in known) or None


def _text(column: Column, value: Any, names: Names, lang: Lang) -> str:  # noqa: ANN401
    key = column.unit.key
    if key == "words":
        return str(value[lang])
    if key in {"code", "codes"}:
        return messages.text(f"{column.unit.vocabulary}.{value}", lang)
    if key in {"id", "ids"}:
        return _named(value, column.of, names, lang)
    if key == "flag":
        return messages.text(f"yes.{bool(value)}", lang)
    return str(int(value)) if key == "year" else str(value)


def listed(texts: Iterable[str], lang: Lang) -> str | None:
    """Return several texts as one, or None where there is none.

    Parameters
    ----------
    texts
        The texts.
    lang
        Language.
    """
    return COMMA[lang].join(texts) or None


def _named(name: Any, kind: str | None, names: Names, lang: Lang) -> str:  # noqa: ANN401
    found = names.get(kind or "", {}).get(name)
    return str(name) if found is None else found[lang]


def one_text(column: Column, values: Sequence[Any], names: Names, lang: Lang) -> str | None:
    """Return a value, or a range as best (low–high), as one text without its unit.

    Parameters
    ----------
    column
        The column.
    values
        The value, or low, best and high.
    names
        Words of ids.
    lang
        Language.

    Returns
    -------
    str or None
        None where there is nothing to read.
    """
    cells = [cell(column, value, names, lang) for value in values]
    if column.ends is None:
        return None if cells[0] is None else _shown(cells[0], column)
    low, best, high = cells
    if best is None and low is None and high is None:
        return None
    text = _shown(best, column)
    if (low is None and high is None) or low == best == high:
        return text
    bounds = f"{_shown(low, column)}–{_shown(high, column)}"
    return f"{text}（{bounds}）" if lang == "zh" else f"{text} ({bounds})"


def _shown(value: Cell, column: Column) -> str:
    return value if isinstance(value, str) else numbers.shown(value, column.unit.digits)


def measured(value: float, unit: Unit) -> Words:
    """Return a number with its unit.

    Parameters
    ----------
    value
        The stored number.
    unit
        Its unit, which people see.
    """
    text, shown = numbers.shown(numbers.read(value, unit), unit.digits), unit.shown or messages.NONE
    return messages.each(lambda lang: f"{text} {shown[lang]}".strip())
