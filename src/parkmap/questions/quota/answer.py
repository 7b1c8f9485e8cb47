"""A quota as tables of facts."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from parkmap import messages
from parkmap.allocation.allocate import rules_of
from parkmap.analysis.quota.methods.catalogue import METHODS
from parkmap.analysis.quota.model.columns import NO_CAP
from parkmap.analysis.quota.outcome.sums import TOTAL, rounded_two_way, two_way
from parkmap.facts.columns import column
from parkmap.facts.units import M2
from parkmap.messages import Words
from parkmap.questions.base import Answer
from parkmap.questions.heads import head, stamps, titled
from parkmap.questions.quota import QUOTA, tables
from parkmap.questions.quota.conflict import conflict_facts
from parkmap.questions.quota.figures import figure_rows
from parkmap.questions.quota.names import method_text, quota_names
from parkmap.questions.quota.study import compared_facts, study_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from parkmap.facts.facts import Facts
    from parkmap.plan.load import PlanSet
    from parkmap.questions.quota.measure import QuotaResults
    from parkmap.questions.quota.names import QuotaNames

Row = dict[str, Any]
STEP_M2: Final = 100
"""A hundredth of a hectare."""


def answer_of(found: QuotaResults) -> Answer:
    """Return a quota as an answer, with all that is told beside it.

    Parameters
    ----------
    found
        The quota.
    """
    from parkmap.questions.quota.files import report_files

    names = quota_names(found.plan, found.scenario)
    answer = Answer(
        document=QUOTA,
        facts=tuple(_all(found, names)),
        base=found.plan,
        layers=lambda: (),
        record={"scenarios": list(found.scenarios)},
        results=found,
    )
    return dataclasses.replace(answer, further=lambda context: report_files(answer, context))


def _all(found: QuotaResults, names: QuotaNames) -> Iterator[Facts]:
    """Yield every table, in the order in which people read them."""
    yield head(found.plan)
    yield names.facts(tables.SCENARIO, [_scenario(found)])
    yield from conflict_facts(found, names)
    yield _claims(found, names)
    yield names.facts(tables.TOTALS, found.quota.totals)
    yield names.facts(tables.POOLS, _pools(found, names))
    yield names.facts(tables.GROUPS, _groups(found, names))
    yield _developable(found, names)
    yield from _sums(found, names)
    yield from _years(found, names)
    yield from _hectares(found, names)
    ledger = _ledger(found, names)
    yield names.facts(tables.LEDGER, ledger, messages.words("note.ledger"))
    yield names.facts(tables.TIES, found.quota.outcome.ties.astype({"won": bool}))
    yield from study_facts(found, names)
    yield from compared_facts(found, names)
    yield _figures(found, names)


def _scenario(found: QuotaResults) -> Row:
    scenario, outcome = found.scenario, found.quota.outcome
    known, fairness, reason = METHODS[outcome.method], scenario.method.fairness, scenario.method.reason
    method = {
        "name": outcome.method,
        "rounding": outcome.rounding,
        "fairness": fairness,
        "formula": known.formula,
        "source": known.source,
        "reason": None if reason is None else reason.words,
        "objective": outcome.objective,
        "gap": outcome.gap,
    }
    return {
        "scenario": scenario.id,
        "note": scenario.note.words,
        "example": scenario.rests_on_assumptions,
        "method": method,
        "status": outcome.status,
        "sign_off": scenario.sign_off.model_dump(),
    }


def _pools(found: QuotaResults, names: QuotaNames) -> Iterator[Row]:
    frame = found.quota.outcome.pools
    for pool in found.scenario.pools:
        supply = pool.supply
        yield {
            **frame.loc[pool.id].to_dict(),
            "id": pool.id,
            "step": frame.at[pool.id, "order"],
            "basis": supply.basis,
            "origin": None if supply.origin is None else supply.origin.words,
            "rule": names.rule(pool.rule),
        }


def _claims(found: QuotaResults, names: QuotaNames) -> Facts:
    outcome = found.quota.outcome
    draws: dict[str, list[Row]] = {}
    for row in outcome.draws.to_dict("records"):
        draws.setdefault(row["claim"], []).append(row)
    rows = []
    for row in found.quota.claims.reset_index().to_dict("records"):
        stated = names.claims[row["claim"]]
        own = {
            "id": row["item"],
            "basis": stated.claim.basis,
            "land_class": _land_class(stated.land_class, found.plan.plan_set),
            "tenure_rule": names.rule(stated.tenure_rule),
            "far": stated.far,
            "open_pools": row["pools"],
            "draws": draws.get(row["claim"], []),
            "held": _held(row, found, names),
        }
        rows.append({**names.resolved(row), **own})
    notes = [found.scenario.note.words, method_text(found.quota)]
    if outcome.status == "infeasible":
        notes.insert(0, messages.words("note.infeasible"))
    if outcome.status == "gap" and outcome.gap is not None:
        notes.append(messages.words("note.gap", gap=f"{outcome.gap * 100:.4f}"))
    if len(outcome.ties):
        notes.append(messages.words("note.ties", count=len(outcome.ties)))
    told = names.facts(tables.CLAIMS, rows, *notes)
    stamped = (*names.stamps, *stamps(found.plan))
    return dataclasses.replace(told, title=titled(found.plan, tables.CLAIMS), stamps=stamped)


def _land_class(code: str | None, plan_set: PlanSet) -> Row | None:
    """Return a land class with its counterpart in the older classification."""
    found = plan_set.land_classes.get(code or "")
    if found is None:
        return None
    return {"code": found.code, "name": found.name.words, "gb2017": found.gb2017, "relation": found.relation}


def _held(row: Row, found: QuotaResults, names: QuotaNames) -> Words | None:
    """Return what held a claim where it is, with the group that did."""
    if not row["bound"]:
        return None
    if found.quota.outcome.status == "infeasible":
        return messages.words("held.nothing")
    if row["bound"] == "group":
        return messages.words("held.group", name=names.of["group"][row["bound_by"]])
    return messages.words(f"bound.{row['bound']}")


def _groups(found: QuotaResults, names: QuotaNames) -> Iterator[Row]:
    members: dict[str, list[str]] = {}
    for one in found.quota.outcome.problem.members.itertuples():
        members.setdefault(one.group, []).append(one.claim)
    for row in found.quota.outcome.groups.reset_index().to_dict("records"):
        cap = None if row["cap_m2"] >= NO_CAP else row["cap_m2"]
        yield {**names.resolved(row), "id": row["group"], "claims": members[row["group"]], "cap_m2": cap}


def _developable(found: QuotaResults, names: QuotaNames) -> Facts:
    frame = found.quota.developable
    if frame is None:
        return names.facts(tables.DEVELOPABLE, [])
    kinds = [str(name) for name in frame.columns if name not in {"gross_m2", "developable_m2"}]
    first, gross, taken, last = tables.DEVELOPABLE.columns
    named = {kind: messages.words(f"constraint.{kind.removesuffix('_m2')}") for kind in kinds}
    own = [column(kind, name.zh, name.en, M2, null=True, hide=("json",)) for kind, name in named.items()]
    rows = [
        {**row, "taken_m2": {kind.removesuffix("_m2"): row[kind] for kind in kinds}}
        for row in frame.rename_axis("id").reset_index().to_dict("records")
    ]
    return names.facts(
        tables.DEVELOPABLE, rows, messages.words("note.developable"), columns=(first, gross, taken, *own, last)
    )


def _sums(found: QuotaResults, names: QuotaNames) -> Iterator[Facts]:
    """Yield the sums for JSON, then those by each partition under which any claim falls."""
    classes = {code: one.name.words for code, one in found.plan.plan_set.land_classes.items()}
    known = {"district": names.of["district"], "component": names.of["item"], "land-class": classes}
    rows: list[Row] = found.quota.sums.to_dict("records")
    stated = [
        {**row, "key": row["key"] or None, "name": known.get(row["partition"], {}).get(row["key"])} for row in rows
    ]
    yield names.facts(tables.SUMS, stated)
    for partition, table in tables.BY.items():
        own = [row for row in stated if row["partition"] == partition]
        there = any(row["key"] for row in own)
        yield names.facts(table, [{**row, "name": _sum_name(row)} for row in own] if there else [])


def _sum_name(row: Row) -> Words:
    partition, key, name = row["partition"], row["key"], row["name"]
    if key is None:
        return messages.words(f"sum.without_{partition}")
    if partition in {"role", "tenure"}:
        return messages.words(f"{partition}.{key}")
    name = name or messages.plain(key)
    return Words(f"{key} {name.zh}", f"{key} {name.en}") if partition == "land-class" else name


def _years(found: QuotaResults, names: QuotaNames) -> Iterator[Facts]:
    """Yield allocation by item and year, a table per commodity."""
    for commodity, claims in _by_commodity(found):
        frame = two_way(claims, "year").rename(columns=str).rename_axis("id")
        years = [column(key, f"{key}年分配", key, M2, null=True) for key in frame.columns if key != TOTAL]
        total = messages.words("total")
        columns = (tables.ITEM, *years, column(TOTAL, total.zh, total.en, M2))
        yield names.facts(tables.YEARS[commodity], frame, columns=columns)


def _hectares(found: QuotaResults, names: QuotaNames) -> Iterator[Facts]:
    """Yield allocation in hectares by item and year or land class; nothing where nothing could be allocated."""
    if found.quota.outcome.conflict is not None:
        return
    for commodity, claims in _by_commodity(found):
        yield _two_way(commodity, "years", claims, found, names)
        if (claims["land-class"] != "").any():
            yield _two_way(commodity, "classes", claims, found, names)


def _two_way(commodity: str, by: str, claims: pd.DataFrame, found: QuotaResults, names: QuotaNames) -> Facts:
    key = {"years": "year", "classes": "land-class"}[by]
    frame = rounded_two_way(two_way(claims, key), STEP_M2).rename(columns=str).rename_axis("id")
    classes, total, columns = found.plan.plan_set.land_classes, messages.words("total"), [tables.ITEM]
    for name in frame.columns:
        word = messages.plain(name)
        if name == TOTAL:
            word = total
        elif by == "classes":
            known = classes.get(name)
            word = _sum_name(
                {"partition": "land-class", "key": name or None, "name": None if known is None else known.name.words}
            )
        columns.append(column(name, word.zh, word.en, tables.COMMODITIES[commodity], null=True))
    summed = dataclasses.replace(names, of={**names.of, "item": {**names.of["item"], TOTAL: total}})
    return summed.facts(tables.ROUNDED[commodity, by], frame, messages.words("note.hectares"), columns=columns)


def _by_commodity(found: QuotaResults) -> Iterator[tuple[str, pd.DataFrame]]:
    claims = found.quota.claims
    for commodity in claims["commodity"].unique():
        yield str(commodity), claims[claims["commodity"] == commodity]


def _ledger(found: QuotaResults, names: QuotaNames) -> Iterator[Row]:
    pools = found.quota.outcome.pools["rule"]
    reasons: dict[Any, Words] = {(o.item, o.commodity, o.year): o.why.words for o in found.scenario.overrides}
    for row in found.quota.outcome.ledger.to_dict("records"):
        claim = names.claims[row["claim"]]
        market = {"id": claim.item, "commodity": claim.commodity, "year": claim.year}
        why = reasons.get(tuple(market.values())) if row["stage"] == "override" else None
        by_hand = messages.words("ledger.by_hand", who=row["who"], when=row["when"], why=why) if row["who"] else None
        told = {"why": why, "held": _held(row, found, names), "by_hand": by_hand}
        yield {**names.resolved({**row, "pool_rule": pools.get(row["pool"])}), **market, **told}


def _figures(found: QuotaResults, names: QuotaNames) -> Facts:
    """Return every figure and choice of the scenario; people read assumptions first, and the method in words."""
    rows = list(figure_rows(found.scenario, names.of["item"], rules_of(found.plan.plan_set)))
    method = messages.words(f"method.{found.scenario.method.name}")
    shown = [{**row, "named": method if row["what"] == "method" else row["name"]} for row in rows]
    first = sorted(range(len(rows)), key=lambda number: rows[number]["basis"] != "assumption")
    assumed = sum(row["basis"] == "assumption" for row in rows)
    note = messages.words("note.figures", assumed=assumed, count=len(rows))
    return names.facts(tables.FIGURES, shown, note, ranked=first)
