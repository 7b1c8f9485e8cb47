"""`parkmap why`: the ledger of one park in sentences, by id or by name, in both languages.

| call | what must come out |
|---|---|
| why PLAN id / Chinese name / English name | the same claims |
| --method, --claims | the same question under another method or the user's own claims |
| --json | valid against the committed schema; ledger rows add up |
| a park that claims nothing | says so, exit 0 |
| an unknown park | the nearest is offered, exit 2 |
"""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parents[2]


def test_by_id_and_by_name(parkmap, testville):
    item = next(i for i in testville.load().plan.components if i.id == "core")
    told = [parkmap("why", "testville", word, "--lang", "zh").out for word in ("core", item.name.zh, item.name.en)]
    assert told[0] == told[1] == told[2]
    assert "分得 60,000 平方米" in told[0]
    assert "一/(二)" in told[0]
    assert "申请全部满足" in told[0]


def test_in_english(parkmap):
    ran = parkmap("why", "testville", "border-park", "--lang", "en")
    assert "80,000 m2 claimed, 30,001 m2 (3.0001 ha) allocated" in ran.out
    assert "49,999 m2 (4.9999 ha) stay unmet" in ran.out
    assert "Rounding adds 1 m2" in ran.out


def test_what_it_competed_with_and_how_the_tier_shared(parkmap):
    told = parkmap("why", "testville", "border-park", "--lang", "zh").out
    assert "2025年用地共供应 120,001 平方米，3 项申请合计 180,000 平方米；分配方法：等级优先。" in told
    assert "前面各级共得 60,000 平方米；本级 2 项申请 120,000、共得 60,001 平方米；后面各级共得 0 平方米。" in told
    assert "同级各项按权重与申请量之积的比例分，受上下限约束；本项得到申请的 37.50%（权重 1）" in told


def test_a_method_without_tiers_cites_no_rule_of_a_tier(parkmap):
    told = parkmap("why", "testville", "core", "--method", "equal-losses", "--lang", "zh").out
    assert "按“等额损失”分得" in told
    assert "各项比申请少得同样多" in told
    assert "一/(二)" not in told  # the clause that puts the core first
    assert "级" not in told.replace("级别", "")


def test_the_users_own_claims(parkmap, testville):
    table = testville.root / "mine.csv"
    table.write_text("item,year,claim m2\nborder-park,2025,500000\n", encoding="utf-8")
    told = parkmap("why", "testville", "border-park", "--claims", str(table), "--lang", "en").out
    assert "500,000 m2 claimed, 120,001 m2" in told


def test_json(parkmap):
    found = parkmap("why", "testville", "core", "--json").json
    schema = json.loads((ROOT / "config/schema/report-why.json").read_text(encoding="utf-8"))
    jsonschema.validate(found, schema)
    (claim,) = found["claims"]
    assert sum(row["m2"] for row in claim["ledger"]) == 60_000


def test_a_park_without_a_claim(parkmap, testville):
    claiming = {claim.item for claim in testville.load().scenarios["base"].claims}
    plan = testville.load().plan
    silent = next(i.id for i in (*plan.components, *plan.parks, *plan.projects) if i.id not in claiming)
    ran = parkmap("why", "testville", silent, "--lang", "en")
    assert ran.code == 0
    assert "claims nothing" in ran.out


def test_an_unknown_park_offers_the_nearest(parkmap):
    ran = parkmap("why", "testville", "boarder-park", "--lang", "en")
    assert ran.code == 2
    assert "border-park" in ran.err
