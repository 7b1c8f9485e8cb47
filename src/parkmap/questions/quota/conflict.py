"""Why a scenario has no allocation, in the planner's words, and the cheapest way out."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from parkmap import messages
from parkmap.questions.heads import titled
from parkmap.questions.quota import conflict_tables
from parkmap.questions.quota.names import NAMES_LISTED
from parkmap.units import M2_PER_HA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parkmap.facts.facts import Facts
    from parkmap.messages import Words
    from parkmap.questions.quota.measure import QuotaResults
    from parkmap.questions.quota.names import QuotaNames


def conflict_facts(found: QuotaResults, names: QuotaNames) -> Iterator[Facts]:
    """Yield the bounds that cannot hold together and what moves to make room; nothing where all hold.

    Parameters
    ----------
    found
        The quota.
    names
        Names behind the ids.
    """
    conflict = found.quota.outcome.conflict
    if conflict is None:
        return
    bounds = (_bound(ref.kind, ref.ids, ref.m2, ref.rules, names) for ref in conflict.bounds)
    changes = (_change(dataclasses.asdict(one), one.by_m2, names) for one in conflict.cheapest if one.by_m2)
    yield names.facts(conflict_tables.INFEASIBLE, [vars(conflict)])
    colliding = names.facts(conflict_tables.CONFLICT, bounds, _amount("note.missing", conflict.missing_m2))
    yield dataclasses.replace(colliding, title=titled(found.plan, conflict_tables.CONFLICT))
    yield names.facts(conflict_tables.RELAXATION, changes, _amount("note.cheapest", conflict.cheapest_m2))
    yield names.facts(conflict_tables.RELAXATION_KINDS, ({"kind": kind, "m2": m2} for kind, m2 in conflict.by_kind))


def _amount(key: str, m2: int) -> Words:
    return messages.words(key, m2=f"{m2:,}", ha=f"{m2 / M2_PER_HA:,.4f}")


def _bound(kind: str, ids: Sequence[str], m2: int, rules: Sequence[str], names: QuotaNames) -> dict[str, Any]:
    listed = messages.joined((names.bound(kind, one) for one in ids), by=NAMES_LISTED)
    return {
        "kind": kind,
        "ids": ids,
        "m2": m2,
        "rules": [known for one in rules if (known := names.rule(one)) is not None],
        "text": messages.words(f"conflict.{kind}", names=listed, m2=f"{m2:,}"),
    }


def _change(change: dict[str, Any], by_m2: int, names: QuotaNames) -> dict[str, Any]:
    kind, old, new = change["kind"], change["from_m2"], change["to_m2"]
    values = {"old": f"{old:,}", "new": f"{new:,}", "ha": f"{by_m2 / M2_PER_HA:,.4f}"}
    text = messages.words(f"change.{kind}", names=names.bound(kind, change["id"]), **values)
    return {**change, "by_m2": by_m2, "rule": names.rule(change["rule"]), "text": text}
