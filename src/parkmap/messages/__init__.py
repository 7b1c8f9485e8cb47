"""Every sentence that a user reads, in Chinese and English, under one key.

The texts stand in pairs (Chinese, English), one module per topic, so that neither language can lack a key.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from parkmap.messages import (
    command,
    compare,
    documents,
    files,
    ground,
    intake,
    linkage,
    page,
    quota,
    reach,
    results,
    siting,
    truth,
    why,
)

Lang = Literal["zh", "en"]
"""Language of what users read."""
Words = Mapping[Lang, str]
"""The same text in both languages; plain text, never markup."""

_TOPICS: Final = (
    command,
    compare,
    documents,
    files,
    ground,
    intake,
    linkage,
    page,
    quota,
    reach,
    results,
    siting,
    truth,
    why,
)

TEXTS: Final[dict[Lang, dict[str, str]]] = {
    "zh": {key: pair[0] for topic in _TOPICS for key, pair in topic.PAIRS.items()},
    "en": {key: pair[1] for topic in _TOPICS for key, pair in topic.PAIRS.items()},
}
"""All texts by language and key."""


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
    return TEXTS[lang][key].format(**values)
