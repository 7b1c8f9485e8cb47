"""Public bodies that were renamed, merged or split since a document named them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from parkmap.plan.elements import Closed, Id, Name, Text
from parkmap.plan.model_file import read_model

if TYPE_CHECKING:
    from parkmap.plan.catalog import Catalog

UNITS_FILE: Final = "config/units.yaml"


class RenamedUnit(Closed):
    """A public body that has another name now."""

    city: Id
    """Id of the city."""
    was: tuple[Text, ...]
    """Its names as the documents write them."""
    now: Name
    """The body that has its duties now."""
    year: int
    """Year of the change."""
    change: Literal["renamed", "merged", "split"]
    """What happened to it."""
    verified: bool
    """Whether the decree was looked up; false must be checked before it is quoted."""
    note: Name | None = None
    """What else a reader must know."""


class UnitTable(Closed):
    """The file config/units.yaml."""

    units: tuple[RenamedUnit, ...] = ()
    """Its entries."""


def read_units(catalog: Catalog) -> tuple[RenamedUnit, ...]:
    """Return the table of renamed bodies: the user's own file where there is one, else the shipped one.

    Parameters
    ----------
    catalog
        Where to look.

    Raises
    ------
    InvalidInputError
        With every problem of the file.
    """
    path = catalog.resolve(UNITS_FILE)
    return () if path is None else read_model(catalog, path, UnitTable).units
