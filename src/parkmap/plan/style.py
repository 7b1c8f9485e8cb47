"""Colours and symbols, read once from config/style.yaml and shared by every output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, StringConstraints

from parkmap.errors import InvalidInputError
from parkmap.finding import finding
from parkmap.plan.catalog import Catalog, shipped_root
from parkmap.plan.elements import Closed, Text
from parkmap.plan.model_file import read_model

if TYPE_CHECKING:
    from pathlib import Path

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]


class RoleStyle(Closed):
    """How one kind of element is drawn, and its name in the legend."""

    zh: Text
    en: Text
    colour: Colour
    symbol: Literal[
        "star", "line", "triangle", "square", "square-small", "circle", "hexagon", "diamond", "pentagon", "dot", "fill",
        "outline",
    ]  # fmt: skip
    draw: Literal["area", "point", "line", "theme", "outline", "base"]


class DeterminacyStyle(Closed):
    """How sure an extent is, as dash and filling, and its name in the legend."""

    zh: Text
    en: Text
    dash: Annotated[str, StringConstraints(pattern=r"^\d+( \d+)*$")] | None
    fill_opacity: Annotated[float, Field(ge=0, le=1)]
    hatch: bool = False


class Step(Closed):
    """One class of a ramp."""

    up_to: int | float
    colour: Colour


class Style(Closed):
    """A style file."""

    roles: dict[str, RoleStyle]
    determinacy: dict[str, DeterminacyStyle]
    ramp: tuple[Step, ...] = Field(min_length=1)
    classes: tuple[Colour, ...] = Field(min_length=1)


def read_style(path: Path) -> dict[str, Any]:
    """Return the style file as a mapping with `roles`, `determinacy`, `ramp` and `classes`.

    Parameters
    ----------
    path
        The style file, in the folder `config` of a project.

    Raises
    ------
    InvalidInputError
        With every problem of the file; a user's own one must have every style that the shipped one has.
    """
    own, shipped = path.resolve(), shipped_root().resolve() / "config/style.yaml"
    catalog = Catalog((own.parents[1],))
    style = read_model(catalog, own, Style)
    if own != shipped:
        known = read_model(catalog, shipped, Style)
        missing = sorted({*known.roles, *known.determinacy} - {*style.roles, *style.determinacy})
        if missing:
            file = catalog.display(own)
            raise InvalidInputError([finding("style.missing", "error", file=file, names=", ".join(missing))])
    return style.model_dump(exclude_unset=True)
