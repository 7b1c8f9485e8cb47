"""What every writer needs beside the facts."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parkmap.messages import Lang
    from parkmap.output.html.basemap import Basemap


@dataclasses.dataclass(frozen=True, kw_only=True)
class Context:
    """What every writer needs beside the facts.

    Parameters
    ----------
    lang
        Language of tables, and of pages when they open.
    style
        Colours and symbols, as `config/style.yaml` holds them.
    review_number
        Map review number (审图号), if one was granted.
    basemap
        Online basemap of pages, or None.
    table
        Key of the only table that was asked for, or None.
    """

    lang: Lang
    style: Mapping[str, Any]
    review_number: str | None = None
    basemap: Basemap | None = None
    table: str | None = None
