"""In which step each pool is drawn on: the order of the file, as the rules allow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.finding import finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parkmap.plan.references import Located
    from parkmap.plan.scenarios.schema import Pool, Scenario
    from parkmap.plan.schema import Rule


def pool_steps(scenario: Scenario, rules: Mapping[str, Rule]) -> dict[str, int]:
    """Return the step of each pool, counted from 1 in each commodity and year.

    Parameters
    ----------
    scenario
        The scenario; its pools are in the order in which they are drawn on.
    rules
        Rules by id.

    Returns
    -------
    dict of str to int
        Pool id to step. Pools follow one another as in the file. A pool that its rule supports alongside an order
        shares the first step of that order: it is open from the start and not a last resort.
    """
    steps: dict[str, int] = {}
    for market in _markets(scenario):
        beside = {pool.id for pool in market if _is_beside(pool, rules)}
        ordered = [pool for pool in market if pool.id not in beside]
        steps |= {pool.id: position for position, pool in enumerate(ordered, start=1)}
        for pool in market:
            if pool.id in beside:
                steps[pool.id] = min((steps[other.id] for other in ordered if other.rule == pool.rule), default=1)
    return steps


def order_findings(scenario: Scenario, rules: Mapping[str, Rule]) -> Iterator[Located]:
    """Yield pools whose order differs from that of their rule.

    Parameters
    ----------
    scenario
        The scenario.
    rules
        Rules by id.
    """
    position = {pool.id: i for i, pool in enumerate(scenario.pools)}
    for market in _markets(scenario):
        last: dict[str, tuple[int, str]] = {}
        for pool in market:
            if not _is_ordered(pool, rules):
                continue
            rule = rules[pool.rule or ""]
            rank = rule.pools.index(pool.kind_id)
            before, name = last.get(rule.id, (-1, ""))
            if rank < before:
                yield (
                    ("pools", position[pool.id]),
                    finding("scenario.pool_order", "error", name=pool.id, rule=rule.id, other=name),
                )
            last[rule.id] = max((rank, pool.id), (before, name))


def assumed_orders(scenario: Scenario, rules: Mapping[str, Rule]) -> list[tuple[Pool, ...]]:
    """Return the pools of each commodity and year whose order no single rule gives.

    Parameters
    ----------
    scenario
        The scenario.
    rules
        Rules by id.

    Returns
    -------
    list of tuple of Pool
        Pools that follow one another, in the order of the scenario; at least two each.
    """
    found = []
    for market in _markets(scenario):
        ordered = tuple(pool for pool in market if not _is_beside(pool, rules))
        given = {pool.rule if _is_ordered(pool, rules) else None for pool in ordered}
        if len(ordered) > 1 and (len(given) > 1 or None in given):
            found.append(ordered)
    return found


def _is_beside(pool: Pool, rules: Mapping[str, Rule]) -> bool:
    rule = rules.get(pool.rule or "")
    return rule is not None and pool.kind_id in rule.pools_beside


def _is_ordered(pool: Pool, rules: Mapping[str, Rule]) -> bool:
    rule = rules.get(pool.rule or "")
    return rule is not None and pool.kind_id in rule.pools


def _markets(scenario: Scenario) -> list[list[Pool]]:
    markets: dict[tuple[str, int], list[Pool]] = {}
    for pool in scenario.pools:
        markets.setdefault((pool.commodity, pool.year), []).append(pool)
    return list(markets.values())
