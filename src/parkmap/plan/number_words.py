"""The numbers that a Chinese and an English text name, in digits or in words, so that one can be held to the other."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ZH_DIGITS: Final = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
ZH_TENS: Final = {"十": 10, "百": 100, "千": 1000}
ZH_SIZES: Final = {**ZH_TENS, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
EN_SIZES: Final = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_UP_TO_TEN: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ABOVE: Final = {"eleven": 11, "twelve": 12, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100}
_ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4}
EN_WORDS: Final = {word: value for value, word in enumerate(_UP_TO_TEN)} | _ABOVE | _ORDINALS
_MONTHS: Final = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october")
EN_MONTHS: Final = {month: value for value, month in enumerate((*_MONTHS, "november", "december"), start=1)}
_ARABIC: Final = r"\d+(?:\.\d+)?"
_ROMAN: Final = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}

Readings = tuple[Decimal, ...]
"""What one number in digits may stand for: itself, and its product with the size behind it (10亿, 1.5 million)."""


def plain(text: str) -> str:
    """Return a text with one form of digits and without commas between thousands.

    Parameters
    ----------
    text
        Any text.
    """
    folded = unicodedata.normalize("NFKC", re.sub("[²³]", "", text))  # m² is no 2
    return re.sub(r"(?<=\d),(?=\d{3})", "", folded)


def arabic_numbers(text: str) -> Iterator[tuple[str, Readings]]:
    """Yield each number in digits, as written, with what it may stand for.

    Parameters
    ----------
    text
        Chinese or English.
    """
    sizes = "|".join(sorted((*ZH_SIZES, *EN_SIZES), key=len, reverse=True))
    for match in re.finditer(rf"({_ARABIC})\s*({sizes})?", plain(text)):
        value, size = Decimal(match[1]), match[2]
        factor = {**ZH_SIZES, **EN_SIZES}.get(size or "", 1)
        yield match[1], tuple(dict.fromkeys((value, value * factor)))


def numbers_zh(text: str) -> Counter[Decimal]:
    """Return how often a Chinese text names each number, in digits, in numerals, or by a bare size (亿元).

    Parameters
    ----------
    text
        The text.
    """
    found = _figures(text)
    folded = plain(text)
    found.update(Decimal(_numeral(match)) for match in re.findall(f"[{''.join((*ZH_DIGITS, *ZH_TENS))}]+", folded))
    found.update(Decimal(size) for word, size in ZH_SIZES.items() if size >= ZH_SIZES["万"] and word in folded)
    return found


def numbers_en(text: str) -> Counter[Decimal]:
    """Return how often an English text names each number, in digits, in words, as a month or in Roman numerals.

    Parameters
    ----------
    text
        The text.
    """
    found = _figures(text)
    words = re.findall(r"[A-Za-z]+", text)
    named = EN_WORDS | EN_MONTHS
    found.update(Decimal(named[word.lower()]) for word in words if word.lower() in named)
    for first, second in itertools.pairwise(word.lower() for word in words):
        if first in EN_WORDS and second in EN_SIZES:
            found[Decimal(EN_WORDS[first] * EN_SIZES[second])] += 1
    return found


def unmatched_numbers(zh: str, en: str) -> tuple[str, ...]:
    """Return the numbers in digits that one language names in figures more often than the other names them at all.

    Parameters
    ----------
    zh, en
        The same text in both languages.
    """
    alone = [
        written
        for text, own, other in ((zh, _figures(zh), numbers_en(en)), (en, _figures(en), numbers_zh(zh)))
        for written, readings in arabic_numbers(text)
        if all(own[value] > other[value] for value in readings)
    ]
    return tuple(dict.fromkeys(alone))


def _figures(text: str) -> Counter[Decimal]:
    """Return how often a text names each number in Arabic or Roman figures."""
    found = Counter(value for _, readings in arabic_numbers(text) for value in readings)
    found.update(Decimal(_ROMAN[word]) for word in re.findall(r"\b[IVX]+\b", text) if word in _ROMAN)
    return found


def _numeral(text: str) -> int:
    """Return the value of a numeral such as 二十五, 一百零三 or 二〇一七."""
    if not any(char in ZH_TENS for char in text):
        return int("".join(str(ZH_DIGITS[char]) for char in text))
    total, digit = 0, None
    for char in text:
        if char in ZH_TENS:
            total += (1 if digit is None else digit) * ZH_TENS[char]
            digit = None
        else:
            digit = ZH_DIGITS[char]
    return total + (digit or 0)
