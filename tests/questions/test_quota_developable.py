"""What constraint layers leave of a zone, down to the sentence that names it."""

from __future__ import annotations

import pandas as pd

from parkmap.allocation.allocate import allocate
from quota_answer import told


def test_what_can_be_built_on_caps_land_and_floor_space(testville_results):
    """The core may build on 20,000 m2: so much land of its 60,000, and 0.05 times that of floor, 1,000 of 2,000."""
    scenario = testville_results.scenario
    claims = [
        claim.model_copy(update={"floor": None, **({"item": "core", "far": 0.05} if claim.item == "clinic" else {})})
        for claim in scenario.claims
    ]
    changed = scenario.model_copy(update={"claims": tuple(claims)})
    left = pd.DataFrame({"gross_m2": [50_000], "developable_m2": [20_000]}, index=["core"])
    quota = allocate(changed, testville_results.plan_set, developable=left)
    found = told(testville_results, changed, quota=quota)
    got = {(a.id, a.commodity): (a.allocated_m2, a.bound) for a in found.allocations}
    assert got["core", "land"] == (20_000, "group")
    assert got["core", "floor_space"] == (1_000, "group")
    floor = next(a for a in found.allocations if a.commodity == "floor_space")
    assert any("可开发用地可建用房”的上限已用尽" in sentence for sentence in found.reasons(floor))
