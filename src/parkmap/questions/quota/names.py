"""Names and clauses behind the ids of a quota."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from parkmap import messages
from parkmap.allocation.allocate import claim_id, rules_of
from parkmap.analysis.quota.methods.catalogue import METHODS
from parkmap.facts.facts import Facts, facts
from parkmap.messages import Words
from parkmap.questions.heads import plan_names
from parkmap.units import M2_PER_HA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from parkmap.allocation.allocate import Quota
    from parkmap.facts.columns import Column, Table
    from parkmap.plan.scenarios.schema import Claim, Scenario
    from parkmap.results.plan import PlanResults


OPTIONAL: Final = ("district", "component", "role", "tenure", "pool", "bound", "who", "when", "superseded_by")
"""Keys of frames under which an empty text stands for none."""
NAMES_LISTED: Final = Words("、", ", ")


@dataclasses.dataclass(frozen=True, kw_only=True)
class QuotaNames:
    """Looks up names and rules by id.

    Parameters
    ----------
    of
        Names by kind and id: plan, district, item, scenario, pool, group, claim, claimant (the item of a claim).
    rules
        Rules with the fields of `parkmap.questions.quota.tables.RULE`, by id.
    claims
        Claims as the scenario states them, by id.
    stamps
        What must stand with every table: that it is an example.
    """

    of: Mapping[str, Mapping[str, Words]]
    rules: Mapping[str, dict[str, Any]]
    claims: Mapping[str, Claim]
    stamps: tuple[Words, ...]

    def facts(
        self,
        table: Table,
        rows: pd.DataFrame | Iterable[Mapping[str, Any]],
        *notes: Words,
        columns: Sequence[Column] = (),
        ranked: Sequence[int] | None = None,
    ) -> Facts:
        """Return a table of facts with its names and stamps.

        Parameters
        ----------
        table, rows, columns
            See `parkmap.facts.facts.facts`.
        ranked
            Numbers of the rows in the order in which people read them; None leaves that of JSON.
        *notes
            Sentences that stand under it.
        """
        order = None if ranked is None else lambda: ranked
        return facts(table, rows, names=self.of, notes=notes, stamps=self.stamps, columns=columns, ranked=order)

    def rule(self, name: str | None) -> dict[str, Any] | None:
        """Return a rule with its clause; None where there is none.

        Parameters
        ----------
        name
            Id of the rule; empty is none.
        """
        return self.rules.get(name or "")

    def resolved(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return a row of a frame with rules in place of their ids, and None for ids and words that are empty.

        Parameters
        ----------
        row
            Values by key.
        """
        ruled = {key: self.rule(row[key]) for key in row if key.endswith("rule")}
        return {**row, **{key: row[key] or None for key in OPTIONAL if key in row}, **ruled}

    def bound(self, kind: str, name: str) -> Words:
        """Return a bound in words: the pool, market, group or claim that it binds.

        Parameters
        ----------
        kind
            Kind of the bound, as `analysis.quota.conflict.bounds` has them.
        name
            Id of a claim, group or pool, or ``commodity:year``, with the pools behind it where only some are open.
        """
        if kind.startswith("group"):
            return self.of["group"][name]
        if kind not in {"supply", "pool_access"}:
            return self.of["claim"][name]
        pools = self.of["pool"]
        if ":" not in name:
            return pools.get(name, messages.plain(name))
        commodity, year, *open_only = name.split(":")
        inner = [pools[pool] for pool in (open_only[0].split("+") if open_only else ()) if pool in pools]
        return messages.joined(inner, by=NAMES_LISTED) if inner else messages.words(f"market.{commodity}", year=year)


def quota_names(results: PlanResults, scenario: Scenario) -> QuotaNames:
    """Return the names behind the ids of a scenario's quota.

    Parameters
    ----------
    results
        Its plan.
    scenario
        The scenario.
    """
    base = plan_names(results)
    items = base["item"]
    claims = {claim_id(c.item, c.commodity, c.year): c for c in scenario.claims}
    groups = {group.id: group.name.words for group in scenario.groups}
    for bound in ("developable", "developable-floor"):
        groups |= {
            f"{bound}:{item}": messages.words(f"group.{bound}", name=items[item]) for item in _claiming(scenario)
        }
    of = {
        **base,
        "scenario": {name: one.name.words for name, one in results.plan_set.scenarios.items()}
        | {scenario.id: scenario.name.words},
        "pool": {pool.id: pool.name.words for pool in scenario.pools},
        "group": groups,
        "claim": {name: _claim_words(claim, items[claim.item]) for name, claim in claims.items()},
        "claimant": {name: items[claim.item] for name, claim in claims.items()},
    }
    stamp = (messages.words("stamp.example"),) if scenario.rests_on_assumptions else ()
    return QuotaNames(of=of, rules=_rules(results), claims=claims, stamps=stamp)


def _claiming(scenario: Scenario) -> dict[str, None]:
    return dict.fromkeys(claim.item for claim in scenario.claims)


def _claim_words(claim: Claim, item: Words) -> Words:
    """Return a claim in words: item, commodity, year."""
    commodity = messages.words(f"commodity.{claim.commodity}")
    return messages.words("claim.named", item=item, commodity=commodity, year=claim.year)


def method_words(name: str, fairness: float | None) -> Words:
    """Return a method in words, with the setting of the dial.

    Parameters
    ----------
    name
        Its name.
    fairness
        The setting, or None.
    """
    if fairness is None:
        return messages.words(f"method.{name}")
    return messages.words("method.dial_at", fairness=f"{fairness:g}")


def method_text(quota: Quota) -> Words:
    """Return method, formula, source and rounding in one sentence.

    Parameters
    ----------
    quota
        The quota that was shared by it.
    """
    outcome, known = quota.outcome, METHODS[quota.outcome.method]
    return messages.words(
        "note.method",
        name=method_words(outcome.method, quota.scenario.method.fairness),
        formula=Words(messages.text(f"formula.{outcome.method}", "zh"), known.formula),
        source=known.source,
        rounding=messages.words(f"rounding.{outcome.rounding}"),
    )


def size_words(m2: int, commodity: str) -> Words:
    """Return an amount for reading: land in hectares, floor space in the unit that builders use.

    Parameters
    ----------
    m2
        Square metres.
    commodity
        `land` or `floor_space`.
    """
    units = f"{m2 / M2_PER_HA:,.2f}"  # a hectare is 万平方米, ten thousand m2
    return messages.words(f"size.{commodity}", units=units, units_zh=units, units_en=f"{m2:,}")


def _rules(results: PlanResults) -> dict[str, dict[str, Any]]:
    documents = results.plan_set.documents
    return {
        name: {
            "id": name,
            "name": rule.name.words,
            "document": rule.source.document,
            "title": documents[rule.source.document].title.words,
            "clause": rule.source.clause,
        }
        for name, rule in rules_of(results.plan_set).items()
    }
