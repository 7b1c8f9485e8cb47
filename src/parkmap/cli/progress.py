"""A bar on stderr for work in named steps, shown only when the work takes a while and someone is watching."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final, Self

from parkmap import messages

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from parkmap.messages import Lang

PATIENCE_S: Final = 2.0
"""Seconds after which the bar appears."""


class StepBar:
    """A context in which `bar(name)` says which step begins.

    Parameters
    ----------
    steps
        Names of all steps, in order; their texts are ``step.<name>``.
    lang
        Language of the texts.
    """

    def __init__(self, steps: Sequence[str], lang: Lang) -> None:
        from rich.console import Console  # noqa: PLC0415  heavy, only when a command runs
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

        console = Console(stderr=True)
        self._steps = list(steps)
        self._lang = lang
        self._bar = Progress(
            TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=console, transient=True
        )
        self._task = self._bar.add_task("", total=len(self._steps))
        self._timer = threading.Timer(PATIENCE_S, self._bar.start) if console.is_terminal else None
        self._waits = False

    def __call__(self, name: str) -> None:
        """Say that a step begins; with the first one begins the waiting."""
        if self._timer is not None and not self._waits:
            self._waits = True
            self._timer.daemon = True
            self._timer.start()
        text = messages.text(f"step.{name}", self._lang)
        self._bar.update(self._task, description=text, completed=self._steps.index(name))

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away."""
        if self._timer is not None:
            self._timer.cancel()
        if self._bar.live.is_started:  # one that was never shown would leave an empty line
            self._bar.stop()
