"""From a published industrial plan to a checked spatial model: coverage, adjacency, land quota, maps.

`parkmap.open()` is the way in; see docs/api.md.
"""

from __future__ import annotations

import importlib
import importlib.metadata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parkmap.api import Plan, Project, Result, open  # noqa: A004  read as parkmap.open
    from parkmap.errors import InvalidInputError, OutputExistsError, ParkmapError

    __version__: str

__all__ = ["InvalidInputError", "OutputExistsError", "ParkmapError", "Plan", "Project", "Result", "__version__", "open"]


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Return a public name; nothing heavy is imported before one is used."""
    if name == "__version__":
        return importlib.metadata.version("parkmap")
    if name not in __all__:
        raise AttributeError(f"module 'parkmap' has no attribute {name!r}")
    home = "parkmap.errors" if name.endswith("Error") else "parkmap.api"
    return getattr(importlib.import_module(home), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
