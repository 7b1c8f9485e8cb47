"""The font of still pictures: it comes with the package, so that a picture is the same on every machine."""

from __future__ import annotations

import contextlib
import functools
import io
import logging
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import matplotlib as mpl
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.text import Text

from parkmap import messages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.figure import Figure

    from parkmap.messages import Lang

Format = Literal["png", "svg", "pdf"]
FORMATS: Final[tuple[Format, ...]] = ("png", "svg", "pdf")

DPI: Final = 200
FACES: Final = Path(__file__).parent / "font"
"""Cut by ``scripts/build_font.py``, which says from what."""
SETTINGS: Final[dict[Any, Any]] = {
    "svg.hashsalt": "parkmap",
    "svg.fonttype": "path",  # letters as outlines: a reader's machine need not have the font
    "pdf.fonttype": 3,
    "hatch.linewidth": 0.45,
}
UNDATED: Final[dict[Format, dict[str, None]]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
"""Metadata that would differ between two runs or two machines."""

BOX: Final = "□"
FORMS: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Variation selectors."""


def face(*, bold: bool = False, size_pt: float) -> FontProperties:
    """Return the shipped font by its file, which no list of installed fonts can turn into another one.

    Parameters
    ----------
    bold
        Whether it is bold.
    size_pt
        Size.
    """
    return FontProperties(fname=_file(bold=bold), size=size_pt)


@contextlib.contextmanager
def settings() -> Iterator[None]:
    """Draw with matplotlib's own settings and ours, whatever the user's matplotlibrc says."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(SETTINGS)
        yield


def written(figure: Figure, form: Format, *, lang: Lang, dpi: int = DPI) -> bytes:
    """Return a figure as a file, all its text in the shipped font and nothing in it taken for mathematics.

    Characters that the font does not have are boxes, and told once for the figure.

    Parameters
    ----------
    figure
        What was drawn under `settings`.
    form
        File format.
    lang
        Language of what is told.
    dpi
        Pixels per inch.
    """
    texts: list[Any] = figure.findobj(Text)
    missing = without_glyph("".join(text.get_text() for text in texts))
    for text in texts:
        text.set_fontproperties(face(bold=text.get_fontweight() == "bold", size_pt=text.get_fontsize()))
        text.set_text(boxed(text.get_text()))
        text.set_parse_math(False)
    stream = io.BytesIO()
    figure.savefig(stream, format=form, dpi=dpi, metadata=UNDATED[form])
    if missing:
        logging.getLogger("parkmap").warning(messages.text("figure.boxes", lang, signs=" ".join(missing)))
    return stream.getvalue()


def boxed(text: str) -> str:
    """Return a text with a box for each character that the font cannot show.

    matplotlib would draw a box or a sign of another font, by its version, and warn for each.

    Parameters
    ----------
    text
        Any text.
    """
    missing = without_glyph(text)
    return _composed(text).translate(dict.fromkeys(map(ord, missing), BOX))


def without_glyph(text: str) -> str:
    """Return the characters of a text that the font cannot show, each once and in order of their codes.

    Parameters
    ----------
    text
        Any text.
    """
    return "".join(sorted(sign for sign in set(_composed(text)) if not sign.isspace() and ord(sign) not in _codes()))


def _composed(text: str) -> str:
    """Put letters and their accents together, and leave out what only chooses between forms of one character."""
    return FORMS.sub("", unicodedata.normalize("NFC", text))


@functools.cache
def _codes() -> frozenset[int]:
    return frozenset(get_font(_file(bold=False)).get_charmap())


def _file(*, bold: bool) -> str:
    return str(FACES / ("ParkmapSans-Bold.ttf" if bold else "ParkmapSans-Regular.ttf"))
