"""Manual overrides of amounts, and their checks."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from parkmap.analysis.quota.model.faults import Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from parkmap.analysis.quota.model.faults import FaultCode
    from parkmap.analysis.quota.model.problem import Problem


@dataclasses.dataclass(frozen=True, kw_only=True)
class Override:
    """A manual override of an amount.

    Parameters
    ----------
    claim
        Id of the claim.
    m2
        The amount that it gets, whole square metres.
    who, when, why
        Who decided, on which day, for which reason; none may be empty.
    """

    claim: str
    m2: int
    who: str
    when: dt.date
    why: str


def override_faults(problem: Problem, overrides: Sequence[Override]) -> Iterator[Fault]:
    """Yield the faults of manual overrides.

    Parameters
    ----------
    problem
        The problem whose claims they name.
    overrides
        The amounts.
    """
    seen: set[str] = set()
    claims = problem.claims["claim_m2"].to_dict() if overrides else {}
    for row, override in enumerate(overrides):
        asked = claims.get(override.claim)
        tests: tuple[tuple[str, FaultCode, bool], ...] = (
            ("claim", "unknown_claim", asked is None),
            ("claim", "duplicate_id", override.claim in seen),
            ("m2", "negative", override.m2 < 0),
            ("m2", "floor_above_claim", asked is not None and override.m2 > asked),
            ("who", "no_reason", not override.who.strip()),
            ("why", "no_reason", not override.why.strip()),
        )
        for column, code, wrong in tests:
            if wrong:
                yield Fault(
                    table="overrides",
                    row=row,
                    column=column,
                    code=code,
                    id=override.claim,
                    value=str(override.m2),
                )
        seen.add(override.claim)
