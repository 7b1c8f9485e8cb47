"""Siting on a line of six demands and six sites, one apart.

Cases: each model free; existing site locked; sites forbidden; second cover of all and of most; least price; budget;
mandatory closeness; capacity in each model; nothing to open; who cannot be served; shortage named; marginal gain;
trade-off curve; demand without weight.
"""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from lines import line

from parkmap.analysis.siting.centre import p_centre
from parkmap.analysis.siting.cover import max_cover, set_cover
from parkmap.analysis.siting.median import p_median
from parkmap.analysis.siting.trade_off import locate, trade_off


def codes(answer):
    return [found.code for found in answer.findings]


def test_one_site_in_the_middle_is_nearest_to_all():
    answer = p_median(line(count=1))
    assert answer.objective == 9
    assert answer.bound == 9
    assert answer.status == "optimal"
    assert answer.opened[0] in {"s2", "s3"}


def test_two_medians_serve_three_each():
    answer = p_median(line(count=2))
    assert answer.opened == ("s1", "s4")
    assert answer.objective == 4
    assert answer.demand["site"].tolist() == ["s1"] * 3 + ["s4"] * 3
    assert answer.sites.loc["s1", ["demands", "served_weight"]].tolist() == [3, 3.0]


@pytest.mark.parametrize(("count", "longest"), [(1, 3), (2, 1), (6, 0)])
def test_the_longest_way_is_shortest(count, longest):
    answer = p_centre(line(count=count))
    assert answer.objective == answer.bound == longest


def test_two_sites_cover_six_within_one():
    answer = set_cover(line(), reach=1)
    assert answer.opened == ("s1", "s4")
    assert answer.objective == answer.bound == 2


def test_one_site_covers_three_within_one():
    answer = max_cover(line(count=1), reach=1)
    assert answer.objective == answer.bound == answer.served_weight == 3


def test_an_existing_site_stays_and_is_not_counted():
    answer = p_median(line(status={0: "existing"}, count=1))
    assert answer.objective == 5
    assert bool(answer.sites.at["s0", "open"])
    assert not answer.sites.at["s0", "new"]
    assert len(answer.opened) == 1


def test_states_prices_and_sums_follow_from_the_sites():
    answer = p_median(line(status={0: "existing", 5: "forbidden"}, price=[1, 2, 3, 4, 5, 6], count=1))
    states = answer.sites["state"].to_dict()
    assert states == {f"s{k}": {0: "existing", 5: "forbidden"}.get(k, "shut") for k in range(6)} | {
        answer.opened[0]: "new"
    }
    assert answer.spent_yuan == answer.sites.at[answer.opened[0], "price_yuan"]
    assert (answer.total_weight, answer.served_share) == (6, 1)
    assert answer.longest_cost == answer.demand["cost"].max()
    assert np.isnan(p_median(line(count=1)).spent_yuan)


def test_without_the_two_best_sites_a_cover_needs_three():
    answer = set_cover(line(status={1: "forbidden", 4: "forbidden"}), reach=1)
    assert answer.objective == 3
    assert not {"s1", "s4"} & set(answer.opened)


def test_second_cover_of_all_opens_five():
    answer = set_cover(line(), reach=1, backup="all")
    assert answer.objective == 5
    assert (answer.demand["sites_within"] >= 2).all()


def test_second_cover_of_most_keeps_the_number_and_doubles_four():
    answer = set_cover(line(), reach=2, backup="most")
    assert answer.objective == 2
    assert answer.opened == ("s2", "s3")
    assert (answer.demand["sites_within"] >= 2).sum() == 4


def test_the_cheapest_cover_is_not_the_smallest():
    answer = set_cover(line(price=[3, 10, 3, 3, 10, 3]), reach=1, least="price")
    assert answer.objective == answer.bound == 9
    assert len(answer.opened) == 3


def test_a_budget_buys_two_cheap_sites():
    answer = max_cover(line(price=[3, 10, 3, 3, 10, 3], budget_yuan=6), reach=1)
    assert answer.objective == answer.bound == 5


def test_a_budget_for_medians():
    answer = p_median(line(price=[3, 10, 3, 3, 10, 3], budget_yuan=6))
    assert answer.objective == 5  # s2 with s5, or s0 with s3
    assert answer.status == "optimal"


def test_closeness_overrules_weight():
    heavy = [100, 1, 1, 1, 1, 50]
    assert max_cover(line(weights=heavy, count=2), reach=0).objective == 150
    close = max_cover(line(weights=heavy, count=2, within=1), reach=0)
    assert close.opened == ("s1", "s4")
    assert close.objective == 2


def test_closeness_that_one_site_cannot_give_is_infeasible():
    answer = p_median(line(count=1, within=2))
    assert answer.status == "infeasible"
    assert answer.opened == ()
    assert np.isnan(answer.objective)
    assert codes(answer) == ["siting.infeasible"]


def test_capacity_makes_medians_share():
    answer = p_median(line(capacity=2.0, count=3))
    assert answer.objective == pytest.approx(3)
    assert answer.status == "optimal"
    assert answer.sites.loc[list(answer.opened), "used_share"].tolist() == pytest.approx([1, 1, 1])


def test_capacity_limits_what_is_covered():
    answer = max_cover(line(capacity=2.0, count=1), reach=1)
    assert answer.objective == answer.served_weight == pytest.approx(2)


def test_capacity_needs_more_sites():
    assert set_cover(line(capacity=2.0), reach=1).objective == 3


@pytest.mark.parametrize(("capacity", "count", "longest"), [(3.0, 2, 1), (2.0, 3, 1), (1.0, 6, 0)])
def test_capacity_in_the_centre(capacity, count, longest):
    assert p_centre(line(capacity=capacity, count=count)).objective == longest


def test_too_little_capacity_is_named():
    answer = p_centre(line(capacity=0.5, count=6))
    assert answer.status == "infeasible"
    assert codes(answer) == ["siting.capacity"]


def test_a_split_demand_goes_to_two_sites():
    answer = p_median(line(weights=[4, 0, 0, 0, 0, 0], capacity=2.0, count=2))
    assert answer.objective == pytest.approx(2)  # half stays, half goes one further
    assert answer.demand.at["d0", "served_share"] == pytest.approx(1)
    assert answer.demand.at["d0", "cost"] == pytest.approx(0.5)


def test_nothing_to_open_serves_nobody():
    answer = max_cover(line(count=0), reach=1)
    assert (answer.objective, answer.status, answer.opened) == (0, "optimal", ())


def test_existing_sites_alone_answer_a_median():
    answer = p_median(line(status={1: "existing", 4: "existing"}, count=0))
    assert (answer.objective, answer.status) == (4, "optimal")


def test_demand_that_no_site_reaches_is_left_out_and_named():
    question = line()
    far = dataclasses.replace(question, cost=np.where(np.arange(6)[:, None] == 5, np.inf, question.cost))
    answer = set_cover(far, reach=1)
    assert answer.objective == 2
    assert [(found.code, found.ids) for found in answer.findings] == [("siting.left_out", ("d5",))]
    centre = p_centre(dataclasses.replace(far, count=6))
    assert centre.status == "infeasible"
    assert [(found.code, found.ids) for found in centre.findings] == [("siting.unreachable", ("d5",))]


def test_demand_without_weight_does_not_force_a_site():
    question = line(weights=[0, 0, 1, 1, 1, 1], count=1)
    far = dataclasses.replace(question, cost=np.where(np.arange(6)[:, None] == 0, np.inf, question.cost))
    assert p_median(far).objective == 4


def test_marginal_gain_is_what_a_site_alone_holds():
    assert max_cover(line(count=2), reach=1).sites.loc[["s1", "s4"], "marginal"].tolist() == [3, 3]
    median = p_median(line(count=2)).sites["marginal"]
    assert median[["s1", "s4"]].tolist() == [(4 + 3 + 2) - 2, (4 + 3 + 2) - 2]
    assert p_centre(line(count=2)).sites.loc["s1", "marginal"] == 3
    assert np.isnan(p_median(line(count=1)).sites["marginal"]).all()


def test_the_curve_tells_what_one_more_site_brings():
    curve = trade_off(line(), "max_cover", counts=[2, 1, 3], reach=1)
    assert curve.index.tolist() == [1, 2, 3]
    assert curve["objective"].tolist() == [3, 6, 6]
    assert curve["gain"].tolist()[1:] == [3, 0]
    medians = trade_off(line(), "p_median", counts=[1, 2, 6])
    assert medians["objective"].tolist() == [9, 4, 0]
    assert medians["gain"].tolist()[1:] == [5, 4]


def test_a_curve_of_set_cover_and_a_cover_without_reach_are_programming_errors():
    with pytest.raises(ValueError, match="chooses the number"):
        trade_off(line(), "set_cover", counts=[1])
    with pytest.raises(ValueError, match="needs a reach"):
        locate(line(count=1), "max_cover")
