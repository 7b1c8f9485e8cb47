"""Every sentence that a user reads, in Chinese and English, under one key.

The texts stand in pairs (Chinese, English), one module per topic, so that neither language can lack a key.
"""

from __future__ import annotations

import dataclasses
import locale
import os
from typing import TYPE_CHECKING, Final, Literal

from parkmap.messages import (
    command,
    compare,
    documents,
    files,
    formats,
    ground,
    intake,
    linkage,
    page,
    quota,
    reach,
    results,
    siting,
    truth,
    ui,
    why,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Lang = Literal["zh", "en"]
"""Language of what users read."""
LANGS: Final[tuple[Lang, Lang]] = ("zh", "en")


@dataclasses.dataclass(frozen=True, slots=True)
class Words:
    """The same text in both languages; plain text, never markup.

    Parameters
    ----------
    zh, en
        Chinese; English.
    """

    zh: str
    en: str

    def __getitem__(self, lang: Lang) -> str:
        """Return the text in one language."""
        return self.zh if lang == "zh" else self.en

    def __bool__(self) -> bool:
        """Whether there is any text."""
        return bool(self.zh or self.en)

    def by_lang(self) -> dict[str, str]:
        """Return the texts by language, for JSON."""
        return {"zh": self.zh, "en": self.en}

    def capitalised(self) -> Words:
        """Return the text as it stands alone: the first English letter is a capital."""
        return Words(self.zh, self.en[:1].upper() + self.en[1:])


NONE: Final = Words("", "")
"""No text."""

_TOPICS: Final = (
    command,
    compare,
    documents,
    files,
    formats,
    ground,
    intake,
    linkage,
    page,
    quota,
    reach,
    results,
    siting,
    truth,
    ui,
    why,
)

TEXTS: Final[dict[str, Words]] = {key: Words(*pair) for topic in _TOPICS for key, pair in topic.PAIRS.items()}
"""All texts by key; gaps in braces."""


def own_lang() -> Lang:
    """Return the language of whoever asks: PARKMAP_LANG, then the locale; Chinese where none says English."""
    name = os.environ.get("PARKMAP_LANG") or locale.getlocale()[0] or "zh"
    return "en" if name.lower().startswith("en") else "zh"


def text(key: str, lang: Lang, /, **values: object) -> str:
    """Return the text of a key with its gaps filled.

    Parameters
    ----------
    key
        Key of the text.
    lang
        `zh` or `en`.
    **values
        Values for the ``{gaps}`` of the text.

    Raises
    ------
    KeyError
        When the key is unknown: a programming error, caught by the tests.
    """
    return TEXTS[key][lang].format(**values)


def words(key: str, /, **values: object) -> Words:
    """Return the text of a key in both languages.

    Parameters
    ----------
    key
        Key of the text.
    **values
        Values for its gaps; one that is `Words` is taken in the same language.
    """
    return each(lambda lang: text(key, lang, **{k: v[lang] if isinstance(v, Words) else v for k, v in values.items()}))


def each(make: Callable[[Lang], str]) -> Words:
    """Return what a function says in each language.

    Parameters
    ----------
    make
        From a language to a text.
    """
    return Words(make("zh"), make("en"))


def plain(value: object) -> Words:
    """Return what is the same in both languages: a number, a code, a name that is not translated.

    Parameters
    ----------
    value
        The value.
    """
    return Words(str(value), str(value))


def joined(parts: Iterable[Words], *, by: Words = Words("；", "; ")) -> Words:
    """Return several texts as one.

    Parameters
    ----------
    parts
        The texts.
    by
        What stands between them.
    """
    texts = list(parts)
    return each(lambda lang: by[lang].join(part[lang] for part in texts))
