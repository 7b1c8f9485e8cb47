"""The methods by name: formula, source, and what they maximise."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from parkmap.defaults import MethodName


@dataclasses.dataclass(frozen=True, kw_only=True)
class Method:
    """One named rule.

    Parameters
    ----------
    name
        Name under which `solve` knows it.
    formula
        What claim i gets, with floor l, cap u (never above the claim c), weight w.
    source
        Literature.
    objective
        What is maximised, or "" for rules without an objective.
    by_tier, by_weight
        Whether it looks at the tiers and at the weights of claims.
    house_monotone
        True when more supply never gives any claim less, up to the last square metre of rounding.
    """

    name: MethodName
    formula: str
    source: str
    objective: str = ""
    by_tier: bool = False
    by_weight: bool = False
    house_monotone: bool = True


METHODS: Final[dict[MethodName, Method]] = {
    method.name: method
    for method in (
        Method(
            name="priority",
            formula="tier by tier; inside a tier x_i = clip(t w_i c_i, l_i, u_i); floors of all tiers are held first",
            source="Moulin 2000, Priority rules and other asymmetric rationing methods, Econometrica 68(3)",
            by_tier=True,
            by_weight=True,
        ),
        Method(
            name="proportional",
            formula="x_i = clip(t w_i c_i, l_i, u_i) with one t",
            source="Patriksson 2008, A survey on the continuous nonlinear resource allocation problem, EJOR 185(1)",
            by_weight=True,
        ),
        Method(
            name="equal-awards",
            formula="x_i = clip(t, l_i, u_i) with one t",
            source="Thomson 2003, Axiomatic and game-theoretic analysis of bankruptcy, Math. Soc. Sci. 45(3)",
        ),
        Method(
            name="equal-losses",
            formula="x_i = clip(c_i - t, l_i, u_i) with one t",
            source="Thomson 2003, Axiomatic and game-theoretic analysis of bankruptcy, Math. Soc. Sci. 45(3)",
        ),
        Method(
            name="talmud",
            formula=(
                "half claims first, by equal awards: x_i = min(c_i/2, t); then the other half by equal losses: "
                "x_i = max(c_i/2, c_i - t); both clipped to l_i, u_i"
            ),
            source="Aumann and Maschler 1985, Game theoretic analysis of a bankruptcy problem, J. Econ. Theory 36(2)",
        ),
        Method(
            name="max-min",
            formula="the smallest x_i / c_i is as large as possible, then the next (leximin); weights are not used",
            source="Fujishige 1980, Lexicographically optimal base of a polymatroid, Math. Oper. Res. 5(2)",
        ),
        Method(
            name="proportional-fair",
            formula="maximise sum w_i log x_i; without crossing groups x_i = clip(t w_i, l_i, u_i)",
            source="Kelly, Maulloo and Tan 1998, Rate control for communication networks, J. Oper. Res. Soc. 49(3)",
            objective="sum of w_i log x_i over the claims with a positive cap",
            by_weight=True,
        ),
        Method(
            name="max-benefit",
            formula="maximise sum w_i x_i; equal weights share in proportion to u_i - l_i",
            source="Dantzig 1963, Linear Programming and Extensions, ch. 10 (integral on network matrices)",
            objective="sum of w_i x_i, weight times square metres",
            by_weight=True,
        ),
        Method(
            name="indivisible",
            formula="maximise sum w_i x_i where an indivisible claim gets u_i or l_i and nothing between",
            source="Martello and Toth 1990, Knapsack Problems, ch. 2 (core and reduced-cost fixing)",
            objective="sum of w_i x_i, weight times square metres",
            house_monotone=False,
            by_weight=True,
        ),
        Method(
            name="dial",
            formula="x = (1 - f) x(priority) + f x(proportional), f between 0 and 1",
            source="Bertsimas, Farias and Trichakis 2011, The price of fairness, Oper. Res. 59(1)",
            by_tier=True,
            by_weight=True,
        ),
    )
}
