"""Pinyin of Chinese names, so that the search field finds them without a Chinese keyboard."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 60
"""Characters of a name that are spelt; nobody types more to find it."""


def spellings(name: str) -> str:
    """Return a name in full pinyin and in initials, one line each; nothing where it has no Chinese character.

    Characters with several readings are read in their word, as far as `pypinyin` knows the word.

    Parameters
    ----------
    name
        A name in any script; what is not Chinese stays as it is, in lower case.
    """
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415  heavy, only when a page is made

    start = name[:LONGEST]
    if not re.search(r"[\u3400-\u9fff]", start):
        return ""
    whole = "".join(lazy_pinyin(start))
    initials = "".join(lazy_pinyin(start, style=Style.FIRST_LETTER))
    return f"{_typed(whole)}\n{_typed(initials)}"


def _typed(text: str) -> str:
    """Keep what one types: letters and digits."""
    return "".join(char for char in text.lower() if char.isalnum())
