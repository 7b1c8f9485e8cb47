"""Estimate of capped support: what the rules would pay, never twice for the same expense.

A support pays a share of a cost or a fixed sum, up to a cap, once or for several years. Where one expense could be paid
under several supports, the highest applies and the others do not. A support that states only a cap per firm and year,
or for the whole programme in a year, is a ceiling on the other supports of its rule.
"""

from __future__ import annotations

import dataclasses
import math
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from parkmap.analysis.quota.model.faults import Fault, InvalidProblemError
from parkmap.analysis.quota.rounding.apportion import largest_remainder

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclasses.dataclass(frozen=True, kw_only=True)
class SubsidyEstimate:
    """What would be paid, in whole yuan.

    Parameters
    ----------
    lines
        Index application: applicant, rule, support, computed_yuan (share or sum before the cap, all years), capped_yuan
        (after the cap of the support), paid_yuan (after choice and ceilings), capped (bool), superseded_by (the
        application that is paid for the same expense instead, or "").
    yearly
        application, applicant, rule, year, yuan: adds up to paid_yuan.
    ceilings
        rule, applicant ("" for the whole programme), year, ceiling_yuan, asked_yuan, paid_yuan; only where reached.
    """

    lines: pd.DataFrame
    yearly: pd.DataFrame
    ceilings: pd.DataFrame

    @property
    def total_yuan(self) -> int:
        """Sum of everything paid."""
        return int(self.yearly["yuan"].sum())

    @property
    def by_year(self) -> pd.Series:
        """Everything paid, by year."""
        return self.yearly.groupby("year")["yuan"].sum()


def estimate_support(supports: pd.DataFrame, applications: pd.DataFrame) -> SubsidyEstimate:
    """Estimate what the support measures would pay.

    Parameters
    ----------
    supports
        support (id), rule, rate_percent, cap_yuan, amount_yuan, years (each may be empty), per (project, firm,
        firm_year, product, item, operator, all_year).
    applications
        application (id), applicant, support, cost_yuan (a year's cost where the support runs for years; empty for fixed
        sums), count (1 where left out), first_year, expense (what is paid for; equal where several applications ask
        for the same; the application itself where left out).

    Returns
    -------
    SubsidyEstimate
        Whole yuan, rounded down. A ceiling is shared in proportion, the last yuan by largest remainder.

    Raises
    ------
    InvalidProblemError
        With every unknown support, repeated application, missing or negative cost and unusable count.
    """
    known = supports.set_index("support", drop=False)
    asked = _completed(applications)
    faults = list(_faults(known, asked))
    if faults:
        raise InvalidProblemError(sorted(faults))
    lines, yearly = _granted(known, asked)
    lines["superseded_by"] = _superseded(lines, asked["expense"])
    dropped = set(lines.index[lines["superseded_by"] != ""])
    yearly = yearly[~yearly["application"].isin(dropped)].reset_index(drop=True)
    firm, ceilings_firm = _ceiled(yearly, known, per="firm_year")
    whole, ceilings_whole = _ceiled(firm, known, per="all_year")
    paid = whole.groupby("application")["yuan"].sum()
    lines["paid_yuan"] = paid.reindex(lines.index, fill_value=0).astype("int64")
    order = ["applicant", "rule", "support", "computed_yuan", "capped_yuan", "paid_yuan", "capped", "superseded_by"]
    columns = ["rule", "applicant", "year", "ceiling_yuan", "asked_yuan", "paid_yuan"]
    return SubsidyEstimate(
        lines=lines[order], yearly=whole, ceilings=pd.DataFrame([*ceilings_firm, *ceilings_whole], columns=columns)
    )


def _completed(applications: pd.DataFrame) -> pd.DataFrame:
    table = applications.reset_index(drop=True)
    table["count"] = table["count"].fillna(1) if "count" in table else 1
    own = table["application"].astype(str)
    table["expense"] = table["expense"].fillna(own) if "expense" in table else own
    if "cost_yuan" not in table:
        table["cost_yuan"] = np.nan
    return table


def _faults(known: pd.DataFrame, asked: pd.DataFrame) -> Iterator[Fault]:
    repeated = asked["application"].duplicated().to_numpy()
    for row, entry in enumerate(asked.to_dict("records")):
        name, cost = str(entry["application"]), entry["cost_yuan"]
        support = known.loc[entry["support"]] if entry["support"] in known.index else None
        tests = (
            ("application", "duplicate_id", repeated[row]),
            ("support", "unknown_support", support is None or is_ceiling(support)),
            ("cost_yuan", "not_a_number", support is not None and _needs_cost(support) and not _is_number(cost)),
            ("cost_yuan", "negative", _is_number(cost) and cost < 0),
            ("count", "not_positive", not _is_number(entry["count"]) or entry["count"] < 1),
            ("first_year", "not_a_number", not _is_number(entry["first_year"])),
        )
        for column, code, wrong in tests:
            if wrong:
                value = str(entry[column])
                yield Fault(table="applications", row=row, column=column, code=code, id=name, value=value)  # type: ignore[arg-type]


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float, np.number)) and not isinstance(value, bool) and bool(np.isfinite(value))


def _needs_cost(support: pd.Series) -> bool:
    return not _is_number(support["amount_yuan"])


def is_ceiling(support: pd.Series) -> bool:
    """Tell whether a support only limits the others of its rule.

    Parameters
    ----------
    support
        One row of the supports.
    """
    states_pay = _is_number(support["rate_percent"]) or _is_number(support["amount_yuan"])
    return support["per"] == "all_year" or (support["per"] == "firm_year" and not states_pay)


def _granted(known: pd.DataFrame, asked: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return each application's grant before choice and ceilings, and its years."""
    lines, yearly = [], []
    for entry in asked.to_dict("records"):
        support = known.loc[entry["support"]]
        years = int(support["years"]) if _is_number(support["years"]) else 1
        before = _computed(support, entry)
        cap = int(support["cap_yuan"]) if _is_number(support["cap_yuan"]) else before
        cap *= int(entry["count"]) if support["per"] in ("product", "item") else 1
        after = min(before, cap)
        shared = {"application": entry["application"], "applicant": entry["applicant"], "rule": support["rule"]}
        lines.append(
            {
                **shared,
                "support": entry["support"],
                "computed_yuan": before * years,
                "capped_yuan": after * years,
                "capped": after < before,
            }
        )
        yearly += [{**shared, "year": int(entry["first_year"]) + k, "yuan": after} for k in range(years)]
    return pd.DataFrame(lines).set_index("application"), pd.DataFrame(yearly)


def _computed(support: pd.Series, entry: dict[str, object]) -> int:
    """Return what the support gives in one year before its cap; shares are exact fractions, rounded down."""
    count: int = int(entry["count"])  # type: ignore[call-overload]
    if _is_number(support["amount_yuan"]):
        fixed = int(support["amount_yuan"])
        return fixed * count
    rate = Fraction(str(support["rate_percent"])) / 100 if _is_number(support["rate_percent"]) else Fraction(1)
    share: Fraction = rate * Fraction(str(entry["cost_yuan"]))
    return math.floor(share)


def _superseded(lines: pd.DataFrame, expense: pd.Series) -> list[str]:
    """Return for each application the one that is paid instead for the same expense."""
    ranked = lines.assign(expense=expense.to_numpy()).reset_index()
    ranked = ranked.sort_values(["capped_yuan", "application"], ascending=[False, True], kind="stable")
    best = ranked.groupby("expense")["application"].first()
    winner = expense.map(best)
    return ["" if own == first else str(first) for own, first in zip(lines.index, winner, strict=True)]


def _ceiled(yearly: pd.DataFrame, known: pd.DataFrame, *, per: str) -> tuple[pd.DataFrame, list[dict[str, object]]]:
    """Cut what exceeds the ceilings of a rule, per firm and year or per year, stated as a cap or as a sum."""
    limits = known[(known["per"] == per) & known.apply(is_ceiling, axis=1).astype(bool)]
    keys = ["rule", "applicant", "year"] if per == "firm_year" else ["rule", "year"]
    result, reached = yearly.copy(), []
    stated = limits["cap_yuan"].astype(float).fillna(limits["amount_yuan"].astype(float))
    for rule, limit in stated.dropna().groupby(limits["rule"]).min().items():
        for key, own in yearly[yearly["rule"] == rule].groupby(keys):
            asked, ceiling = int(own["yuan"].sum()), int(limit)
            if asked <= ceiling:
                continue
            parts = own["yuan"].to_numpy(dtype=np.int64)
            zero = np.zeros(len(parts), dtype=np.int64)
            cut = largest_remainder(parts * ceiling / asked, np.array([ceiling]), zero, low=zero, high=parts)
            result.loc[own.index, "yuan"] = cut.m2
            who = key[1] if per == "firm_year" else ""
            reached.append(
                {
                    "rule": rule,
                    "applicant": who,
                    "year": key[-1],
                    "ceiling_yuan": ceiling,
                    "asked_yuan": asked,
                    "paid_yuan": ceiling,
                }
            )
    return result, reached
