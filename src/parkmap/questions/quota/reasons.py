"""Why a claim gets what it gets: its ledger in sentences, each with rule and clause; the one place for them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from parkmap import messages
from parkmap.analysis.quota.methods.catalogue import METHODS
from parkmap.analysis.quota.outcome.sums import tier_sums
from parkmap.questions.quota import conflict_tables, study_tables, tables
from parkmap.questions.quota.names import NAMES_LISTED, method_words
from parkmap.units import M2_PER_HA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.facts.columns import Table
    from parkmap.messages import Words
    from parkmap.questions.base import Answer

Row = dict[str, Any]
FUZZ_M2: Final = 1e-3
"""A supply this little above a whole number is that number."""
BY_RULE: Final = frozenset({"claim_floor", "claim_cap", "group_floor", "group_cap"})
"""Kinds of bounds that somebody sets; what no rule gives is an assumption."""


class Reasons:
    """Tells for every claim of a quota why it gets what it gets.

    Parameters
    ----------
    answer
        The quota, with its sensitivity.
    """

    def __init__(self, answer: Answer) -> None:
        found = answer.results
        self.claims: dict[str, Row] = {row["claim"]: row for row in _rows(answer, tables.CLAIMS)}
        """Claims by id, in the order of the scenario."""
        self._met = found.quota.claims["met_share"]
        self._names = answer.table(tables.CLAIMS.key).names
        self._totals = {(row["commodity"], row["year"]): row for row in _rows(answer, tables.TOTALS)}
        tiers = tier_sums(found.quota.claims).to_dict("records")
        self._tiers: dict[Any, Row] = {(row["commodity"], row["year"], row["tier"]): row for row in tiers}
        self._ledger: dict[str, list[Row]] = {}
        for row in _rows(answer, tables.LEDGER):
            self._ledger.setdefault(row["claim"], []).append(row)
        self._scenario, method = found.scenario.name.words, found.quota.outcome.method
        self._rule, self._method = METHODS[method], method_words(method, found.scenario.method.fairness)
        self._missing = next((row["missing_m2"] for row in _rows(answer, conflict_tables.INFEASIBLE)), None)
        self._bounds = _rows(answer, conflict_tables.CONFLICT)
        self._changes = _rows(answer, conflict_tables.RELAXATION)
        self._ranges = {row["claim"]: row for row in _rows(answer, study_tables.RANGES)}
        self._percent = next((row["percent"] for row in _rows(answer, study_tables.SENSITIVITY)), None)

    @property
    def infeasible(self) -> bool:
        """Whether nothing is allocated, for the same reason for every claim."""
        return self._missing is not None

    def of(self, claim: str) -> tuple[Words, ...]:
        """Return the ledger of one claim in sentences.

        Parameters
        ----------
        claim
            Its id.
        """
        return tuple(self._sentences(self.claims[claim]))

    def _sentences(self, claim: Row) -> Iterator[Words]:
        yield messages.words(
            "why.head",
            name=self._names["item"][claim["id"]],
            year=claim["year"],
            commodity=_commodity(claim),
            claim=f"{claim['claim_m2']:,}",
            allocated=f"{claim['allocated_m2']:,}",
            size=_size(claim["allocated_m2"], claim),
        )
        if self.infeasible:
            yield from self._why_nothing()
            return
        yield self._market(claim)
        for row in self._ledger[claim["claim"]]:
            yield self._entry(row, claim)
        yield self._bound(claim)
        if claim["unmet_m2"]:
            yield from self._other_tiers(claim)
            yield messages.words("why.unmet", m2=f"{claim['unmet_m2']:,}", size=_size(claim["unmet_m2"], claim))
        yield from self._sensitivity(claim)
        yield from self._attributes(claim)

    def _market(self, claim: Row) -> Words:
        """Say for what the claim competes, and by which method."""
        total = self._totals[claim["commodity"], claim["year"]]
        return messages.words(
            "why.market",
            year=claim["year"],
            commodity=_commodity(claim),
            supply=f"{total['supply_m2']:,}",
            count=self._tier(claim)["rivals"],
            claims=f"{total['claim_m2']:,}",
            method=self._method,
        ).capitalised()

    def _tier(self, claim: Row) -> Row:
        return self._tiers[claim["commodity"], claim["year"], claim["tier"]]

    def _other_tiers(self, claim: Row) -> Iterator[Words]:
        """Say what tiers before and after it get, where the method looks at tiers."""
        own = self._tier(claim)
        if not self._rule.by_tier or own["tiers"] == 1:
            return
        sums = {"claims": "claim_m2", "got": "allocated_m2", "before": "before_m2", "after": "after_m2"}
        yield messages.words("why.tiers", count=own["claims"], **{gap: f"{own[key]:,}" for gap, key in sums.items()})

    def _entry(self, row: Row, claim: Row) -> Words:
        pool = messages.words("why.no_pool")
        if row["pool"] is not None:
            pool = messages.words("why.pool", pool=self._names["pool"][row["pool"]], rule=_cited(row["pool_rule"]))
        key = "why.stage.method" if row["stage"] == "share" and not self._rule.by_tier else f"why.stage.{row['stage']}"
        if row["stage"] == "share" and row["m2"] == 0:
            key += ".nothing"
        assumed = messages.words("why.no_rule") if row["stage"] in {"floor", "share"} else messages.NONE
        return messages.words(
            key,
            m2=f"{row['m2']:,}",
            tier=claim["tier"],
            rule=_cited(row["rule"]) or assumed,
            pool=pool,
            by_hand=row["by_hand"] or messages.NONE,
            method=self._method,
        )

    def _bound(self, claim: Row) -> Words:
        weight = messages.words("why.weight", weight=f"{claim['weight']:g}") if self._rule.by_weight else messages.NONE
        return messages.words(
            f"why.bound.{claim['bound']}",
            how=messages.words(f"why.how.{self._rule.name}"),
            percent=f"{100 * self._met[claim['claim']]:.2f}",
            weight=weight,
            cap=f"{claim['cap_m2']:,}",
            tier=claim["tier"],
            group=self._names["group"].get(claim["bound_by"], messages.NONE),
            rule=_cited(claim["bound_rule"]),
        )

    def _sensitivity(self, claim: Row) -> Iterator[Words]:
        found = self._ranges.get(claim["claim"])
        if found is None:
            return
        if claim["unmet_m2"]:
            if math.isnan(found["met_m2"]) or claim["cap_m2"] < claim["claim_m2"]:
                yield messages.words("why.met_never")
            else:
                met = f"{math.ceil(found['met_m2'] - FUZZ_M2):,}"
                yield messages.words("why.met_at", year=claim["year"], commodity=_commodity(claim), m2=met)
        if found["high_m2"] - found["low_m2"] >= 1:
            low, high = f"{round(found['low_m2']):,}", f"{round(found['high_m2']):,}"
            yield messages.words("why.range", percent=f"{self._percent:g}", low=low, high=high)

    def _attributes(self, claim: Row) -> Iterator[Words]:
        if claim["open_pools"]:
            pools = messages.joined((self._names["pool"][name] for name in claim["open_pools"]), by=NAMES_LISTED)
            yield messages.words("why.pools_open", names=pools)
        if claim["tenure"] is not None:
            tenure = messages.words(f"tenure.{claim['tenure']}")
            yield messages.words("why.tenure", tenure=tenure, rule=_cited(claim["tenure_rule"]))
        land_class = claim["land_class"]
        if land_class is not None:
            older = ", ".join(land_class["gb2017"]) or "-"
            relation = messages.words(f"why.class.{land_class['relation']}")
            named = {"code": land_class["code"], "name": land_class["name"]}
            yield messages.words("why.class", gb=older, relation=relation, **named)
        if claim["far"] is not None:
            m2 = f"{claim['equivalent_m2']:,.0f}"
            yield messages.words(f"why.far.{claim['commodity']}", far=f"{claim['far']:g}", m2=m2)

    def _why_nothing(self) -> Iterator[Words]:
        yield messages.words("why.none", scenario=self._scenario, m2=f"{self._missing:,}")
        for bound in self._bounds:
            assumed = messages.words("why.no_rule") if bound["kind"] in BY_RULE else messages.NONE
            rules = messages.joined((_cited(rule) for rule in bound["rules"]), by=messages.NONE)
            yield messages.words("why.conflict", text=bound["text"], rule=rules or assumed)
        for change in self._changes:
            yield messages.words("why.change", text=change["text"], rule=_cited(change["rule"]))


def _rows(answer: Answer, table: Table) -> list[Row]:
    return [row for facts in answer.facts if facts.key == table.key for row in facts.rows()]


def _cited(rule: Row | None) -> Words:
    if rule is None:
        return messages.NONE
    return messages.words("why.rule", document=rule["title"], clause=rule["clause"], name=rule["name"])


def _commodity(claim: Row) -> Words:
    return messages.words(f"commodity.{claim['commodity']}")


def _size(m2: int, claim: Row) -> Words:
    """Return land in hectares, in brackets; nobody counts floor space so."""
    return messages.words("why.size", ha=f"{m2 / M2_PER_HA:,.4f}") if claim["commodity"] == "land" else messages.NONE
