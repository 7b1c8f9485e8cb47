"""Every sentence that a user reads, in Chinese and English, under one key."""

from __future__ import annotations

from typing import Final, Literal

from parkmap.messages import en, zh

Lang = Literal["zh", "en"]
"""Language of what users read."""

TEXTS: Final = {"zh": zh.TEXTS, "en": en.TEXTS}


def text(key: str, lang: Lang, **values: object) -> str:
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
    return TEXTS[lang][key].format(**values)
