"""A scenario under another reading of its plan: what is gone claims nothing, what is one thing claims once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parkmap.plan.scenarios.groups import select_claims

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from parkmap.plan.scenarios.schema import Claim, Scenario
    from parkmap.plan.schema import Plan


def scenario_under(scenario: Scenario, plan: Plan, gone: frozenset[str], merged: Mapping[str, str]) -> Scenario:
    """Return a scenario whose claims, bounds and records speak only of what the plan still has.

    Of two claims that become one thing's, that of the entry that stays counts. A bound that binds no claim any more is
    dropped.

    Parameters
    ----------
    scenario
        The scenario as its file states it.
    plan
        Its plan under the reading.
    gone
        Ids that the reading leaves out.
    merged
        Ids that are another entry under the reading.
    """
    taken = {_key(claim) for claim in scenario.claims}
    claims = []
    for claim in scenario.claims:
        moved = claim.model_copy(update={"item": merged.get(claim.item, claim.item)})
        doubled = moved.item != claim.item and _key(moved) in taken
        if claim.item not in gone and not doubled:
            claims.append(moved)
    groups = []
    for group in scenario.groups:
        of = group.of.model_copy(update={"items": references_under(group.of.items, gone, merged)})
        emptied = group.of.items and not of.items
        if not emptied and select_claims(of, claims, plan):
            groups.append(group.model_copy(update={"of": of}))
    records = {name: _records(getattr(scenario, name), gone, merged) for name in ("overrides", "actuals", "grants")}
    return scenario.model_copy(update={"claims": tuple(claims), "groups": tuple(groups), **records})


def references_under(names: Iterable[str], gone: frozenset[str], merged: Mapping[str, str]) -> tuple[str, ...]:
    """Return ids under a reading: those that are gone left out, those that are another entry redirected.

    Parameters
    ----------
    names
        Ids as the file states them.
    gone
        Ids that the reading leaves out.
    merged
        Ids that are another entry under the reading.
    """
    return tuple(dict.fromkeys(merged.get(name, name) for name in names if name not in gone))


def _key(claim: Claim) -> tuple[str, str, int]:
    return claim.item, claim.commodity, claim.year


def _records(records: Iterable[Any], gone: frozenset[str], merged: Mapping[str, str]) -> tuple[Any, ...]:
    """Keep the records of entries that are as the file states them; those of a merged entry belong to another claim."""
    return tuple(record for record in records if record.item not in gone and record.item not in merged)
