"""Agreement with PySAL spopt on its San Francisco data: 205 census tracts, 16 stores, street distances in metres.

Cases: set cover, set cover with backup, maximal cover, p-median, p-centre; each free and with a store locked in;
capacitated p-median with assignments in whole against ours with shares (which can only be better).
"""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from parkmap.analysis.siting.centre import p_centre
from parkmap.analysis.siting.cover import max_cover, set_cover
from parkmap.analysis.siting.median import p_median
from parkmap.analysis.siting.problem import Problem

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pulp
    import spopt
    from spopt import locate

REACH_M = 5000.0
LOCKED = 3

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def tracts():
    """Ways in metres and people of each tract."""
    folder = Path(spopt.__file__).parent / "tests" / "test_locate" / "data"
    pairs = pd.read_csv(folder / "SF_network_distance_candidateStore_16_censusTract_205_new.csv")
    ways = pairs.pivot_table(index="DestinationName", columns="name", values="distance")
    people = pairs.groupby("DestinationName")["demand"].first()
    return ways, people.reindex(ways.index)


def question(tracts, *, locked=False, **keywords):
    ways, people = tracts
    status = ["existing" if locked and at == LOCKED else "candidate" for at in range(ways.shape[1])]
    sites = pd.DataFrame(
        {"status": status, "capacity": keywords.pop("capacity", np.nan), "price_yuan": np.nan}, ways.columns
    )
    return Problem(demand=people.astype(float), sites=sites, cost=ways.to_numpy(), **keywords)


def lock(tracts, *, locked):
    flags = np.zeros(tracts[0].shape[1], dtype=int)
    flags[LOCKED] = 1
    return {"predefined_facilities_arr": flags} if locked else {}


def solved(model):
    model = model.solve(pulp.HiGHS(msg=False))
    return model.problem.objective.value()


@pytest.mark.parametrize("locked", [False, True])
class TestSanFrancisco:
    def test_set_cover(self, tracts, locked):
        ways, _ = tracts
        theirs = solved(locate.LSCP.from_cost_matrix(ways.to_numpy(), REACH_M, **lock(tracts, locked=locked)))
        assert set_cover(question(tracts, locked=locked), reach=REACH_M).objective + locked == round(theirs)

    def test_maximal_cover(self, tracts, locked):
        ways, people = tracts
        theirs = solved(
            locate.MCLP.from_cost_matrix(
                ways.to_numpy(), people.to_numpy(), 3000.0, p_facilities=4, **lock(tracts, locked=locked)
            )
        )
        ours = max_cover(question(tracts, locked=locked, count=4 - locked), reach=3000.0)
        assert ours.objective == pytest.approx(theirs)
        assert ours.status == "optimal"

    def test_p_median(self, tracts, locked):
        ways, people = tracts
        theirs = solved(
            locate.PMedian.from_cost_matrix(
                ways.to_numpy(), people.to_numpy(), p_facilities=4, **lock(tracts, locked=locked)
            )
        )
        assert p_median(question(tracts, locked=locked, count=4 - locked)).objective == pytest.approx(theirs)

    def test_p_centre(self, tracts, locked):
        ways, _ = tracts
        theirs = solved(locate.PCenter.from_cost_matrix(ways.to_numpy(), p_facilities=4, **lock(tracts, locked=locked)))
        assert p_centre(question(tracts, locked=locked, count=4 - locked)).objective == pytest.approx(theirs)


def test_backup_cover_doubles_as_many_tracts(tracts):
    """Counted from the sites that spopt chooses: its own objective counts the sites beside the tracts."""
    ways, _ = tracts
    model = locate.LSCPB.from_cost_matrix(ways.to_numpy(), 8000.0, solver=pulp.HiGHS(msg=False))
    model.solve(pulp.HiGHS(msg=False))
    theirs = [at for at, variable in enumerate(model.fac_vars) if variable.value() > 0.5]
    one_each = question(tracts)
    alike = Problem(demand=one_each.demand * 0 + 1, sites=one_each.sites, cost=one_each.cost)
    ours = set_cover(alike, reach=8000.0, backup="most")
    assert ours.objective == len(theirs)
    twice = (ways.to_numpy()[:, theirs] <= 8000.0).sum(axis=1) >= 2
    assert (ours.demand["sites_within"] >= 2).sum() == twice.sum()


def test_shared_assignment_is_never_worse_than_whole_assignment(tracts):
    ways, people = tracts
    room = np.full(ways.shape[1], float(people.sum()) / 3)
    theirs = solved(
        locate.PMedian.from_cost_matrix(ways.to_numpy(), people.to_numpy(), p_facilities=4, facility_capacities=room)
    )
    ours = p_median(question(tracts, capacity=room, count=4))
    assert ours.status == "optimal"
    assert ours.objective <= theirs * (1 + 1e-9)
    assert ours.objective >= p_median(question(tracts, count=4)).objective * (1 - 1e-9)
    assert (ours.sites["served_weight"] <= room * (1 + 1e-6)).all()
