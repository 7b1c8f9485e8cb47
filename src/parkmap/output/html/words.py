"""Texts in both languages at once, for pages that can be switched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parkmap import messages
from parkmap.output.html.model import Link, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parkmap.messages import Words
    from parkmap.plan.schema import Name

NONE: Words = {"zh": "", "en": ""}


def text(key: str, **values: Any) -> Words:  # noqa: ANN401
    """Return a message in both languages; a value may itself be in both.

    Parameters
    ----------
    key
        Key of the message.
    **values
        Values for its gaps.
    """
    return {
        lang: messages.text(key, lang, **{k: v[lang] if isinstance(v, dict) else v for k, v in values.items()})
        for lang in ("zh", "en")
    }


def title(key: str) -> Words:
    """Return a message that stands alone, with a capital in English.

    Parameters
    ----------
    key
        Key of the message.
    """
    both = text(key)
    return {"zh": both["zh"], "en": both["en"][:1].upper() + both["en"][1:]}


def named(name: Name) -> Words:
    """Return a name of the plan.

    Parameters
    ----------
    name
        The name.
    """
    return {"zh": name.zh, "en": name.en}


def plain(value: object) -> Words:
    """Return what is the same in both languages.

    Parameters
    ----------
    value
        A number, a code, a name that is not translated.
    """
    return {"zh": str(value), "en": str(value)}


def hectares(number: str) -> Words:
    """Return an area in hectares.

    Parameters
    ----------
    number
        The number, or a range of numbers, as it is to stand.
    """
    return {"zh": f"{number} 公顷", "en": f"{number} ha"}


def joined(parts: Sequence[Words]) -> Words:
    """Return several texts as one.

    Parameters
    ----------
    parts
        The texts.
    """
    return {"zh": "；".join(p["zh"] for p in parts), "en": "; ".join(p["en"] for p in parts)}


def row(label: str, value: Words, *, links: Sequence[Link] = ()) -> Row:
    """Return one line of a card.

    Parameters
    ----------
    label
        Key of the label, without its topic.
    value
        What it says.
    links
        What it leads to.
    """
    return Row(label=text(f"label.{label}"), value=value, links=tuple(links))


def linked(label: str, links: Sequence[Link]) -> Row:
    """Return a line of a card that only leads to other things.

    Parameters
    ----------
    label
        Key of the label, without its topic.
    links
        What it leads to.
    """
    return row(label, joined([link.name for link in links]), links=links)
