"""The Chinese font of still pictures: the first one installed, by name."""

from __future__ import annotations

import contextlib
import warnings
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

KNOWN: Final = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Sans CJK JP",
    "Noto Serif CJK SC",
    "SimSun",
    "Arial Unicode MS",
)
"""Families with simplified Chinese, the best for maps first. The Japanese face stands for a whole collection where
the library sees only the first face of its file."""

LATIN: Final = "DejaVu Sans"
"""Comes with matplotlib; used where no Chinese font is installed."""


def chinese_font() -> str | None:
    """Return the first installed family of `KNOWN`, or None where there is none.

    Asking for families that are absent prints one warning per text and family, so only what is there is ever named.
    """
    from matplotlib import font_manager  # noqa: PLC0415  heavy, only when a picture is drawn

    installed = {entry.name for entry in font_manager.fontManager.ttflist}
    return next((name for name in KNOWN if name in installed), None)


@contextlib.contextmanager
def missing_signs_as_boxes() -> Iterator[None]:
    """Draw signs that no font of this machine has as boxes, without a warning for each."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield
