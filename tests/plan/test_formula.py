"""Formulas read by eye: those of the five plans, and a plan whose counts do not follow its own."""

from __future__ import annotations

import pytest

from parkmap.plan.formula import formula_counts


@pytest.mark.parametrize(
    ("formula", "counts"),
    [
        ("一核一带、三谷联动、多点支撑", {"core": 1, "belt": 1, "valley": 3}),
        ("一核引领、五基驱动、三带联动、多点支撑", {"core": 1, "base": 5, "belt": 3}),
        ("一核、两区、多中心", {"core": 1, "district": 2}),
        ("“1+N”空间布局", {"core": 1}),
        ("１＋Ｎ", {"core": 1}),
        ("３带", {"belt": 3}),
        ("医药产业集聚区", {}),
    ],
)
def test_what_a_formula_counts(formula, counts):
    assert formula_counts(formula) == counts


def test_a_count_that_is_not_that_of_the_formula(testville):
    line = testville.replace(testville.plan, "    - role: core\n      count: 1", "    - role: core\n      count: 2")
    (found,) = testville.problems()
    assert (found.code, found.file, found.line) == ("structure.count", testville.plan, line)
    assert found.key == "structure.declared[0].count"
