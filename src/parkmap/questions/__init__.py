"""What can be asked of plans: one module or package a question, each registered once here."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from parkmap.questions.base import Question

NAMES: Final = (
    "plans",
    "show",
    "check",
    "conflicts",
    "coverage",
    "reach",
    "site",
    "adjacency",
    "belts",
    "linkage",
    "quota",
    "why",
    "compare",
)
"""Every question in the order of a planner's work; each is `QUESTION` of the module of its name."""


def question(name: str) -> Question:
    """Return a question; nothing is imported that it does not need to be described.

    Parameters
    ----------
    name
        One of `NAMES`.
    """
    found: Question = importlib.import_module(f"parkmap.questions.{name.replace('-', '_')}").QUESTION
    return found
