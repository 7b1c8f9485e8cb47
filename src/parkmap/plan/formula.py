"""The numbers in a plan's spatial formula: one core, five bases, 1+N."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from parkmap.finding import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.plan.references import Located
    from parkmap.plan.schema import Plan, Role

NUMERALS: Final = {numeral: value for value, numeral in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
WORDS: Final[dict[Role, str]] = {
    "core": "核", "belt": "带", "valley": "谷", "base": "基", "node": "点", "district": "区", "centre": "中心",
    "corridor": "廊",
}  # fmt: skip
"""The word of each role in formulas, which count in single words: 一核五基三带多点."""


def formula_counts(formula: str) -> dict[Role, int]:
    """Return how many elements of each role a formula counts; what it counts by 多 or N is left out.

    Parameters
    ----------
    formula
        Chinese name of the structure.
    """
    plain = unicodedata.normalize("NFKC", formula)
    found: dict[Role, int] = {}
    for role, word in WORDS.items():
        if match := re.search(rf"(\d+|[{''.join(NUMERALS)}]){word}", plain):
            found[role] = NUMERALS.get(match[1]) or int(match[1])
    if match := re.search(r"(\d+)\+N", plain):
        found.setdefault("core", int(match[1]))
    return found


def formula_findings(plan: Plan) -> Iterator[Located]:
    """Yield declared counts that are not those of the formula.

    Parameters
    ----------
    plan
        The plan.
    """
    said = formula_counts(plan.structure.name.zh)
    for i, declared in enumerate(plan.structure.declared):
        count = said.get(declared.role)
        if count is not None and declared.count is not None and declared.count != count:
            key = ("structure", "declared", i, "count")
            values: Any = {"declared": declared.count, "count": count, "formula": plan.structure.name.zh}
            yield key, finding("structure.count", "error", **values)
