"""Tables that are declared out of the schema of plans, which help and listings do not need."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parkmap.facts.columns import Table


class Later(Sequence["Table"]):
    """Tables whose module is imported when somebody first looks at them, because it imports the schema of plans.

    Parameters
    ----------
    module, name
        Where they are declared.
    """

    def __init__(self, module: str, name: str) -> None:
        self._where = (module, name)

    @functools.cached_property
    def _tables(self) -> tuple[Table, ...]:
        module, name = self._where
        found: tuple[Table, ...] = getattr(importlib.import_module(module), name)
        return found

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._tables)

    def __getitem__(self, place: Any) -> Any:  # noqa: ANN401  a table, or some of them
        """Return the table at a place."""
        return self._tables[place]
