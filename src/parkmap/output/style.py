"""Colours and symbols, read once from config/style.yaml and shared by every output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parkmap.plan.yaml_file import read_yaml

if TYPE_CHECKING:
    from pathlib import Path


def read_style(path: Path) -> dict[str, Any]:
    """Return the style file as a mapping with `roles` and `determinacy`.

    Parameters
    ----------
    path
        The style file.

    Raises
    ------
    InvalidInputError
        When the file cannot be read.
    """
    style: dict[str, Any] = read_yaml(path).data
    return style
