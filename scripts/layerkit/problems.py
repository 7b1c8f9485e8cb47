"""One error for all that is wrong with a city's inputs, so that a user mends them in one go."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EXIT_INVALID_INPUT = 2


class InputProblemsError(Exception):
    """Inputs that cannot be built; nothing has been written.

    Parameters
    ----------
    problems : Sequence[str]
        One sentence per problem, each naming the file and the entry.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  - {problem}" for problem in self.problems)
        super().__init__(f"{len(self.problems)} problem(s), nothing was written:\n{lines}")


def stop_if_any(problems: Sequence[str]) -> None:
    """Raise when there is at least one problem.

    Parameters
    ----------
    problems : Sequence[str]
        What was found so far.

    Raises
    ------
    InputProblemsError
        When `problems` is not empty.
    """
    if problems:
        raise InputProblemsError(problems)


def run(main: Callable[[], None]) -> int:
    """Run a script and turn its input problems into one message.

    Parameters
    ----------
    main : Callable[[], None]
        The script's work.

    Returns
    -------
    int
        Exit code: 0, or 2 when the inputs are wrong.
    """
    try:
        main()
    except InputProblemsError as error:
        sys.stderr.write(f"{error}\n")
        return EXIT_INVALID_INPUT
    return 0
