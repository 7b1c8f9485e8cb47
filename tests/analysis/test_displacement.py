"""How far places moved and which may be one, on points whose distances are seen by eye.

Case matrix: moved, moved less than the accuracies, no place on either side; names alike and near, alike and far, near
and not alike, no place; nothing dropped, nothing added
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import Point, box

from parkmap.analysis.displacement import displacements, possibly_one

CRS = "EPSG:4547"


def places(**rows):
    """Frame from id to name, accuracy and geometry."""
    columns = {
        "name_zh": [name for name, _, _ in rows.values()],
        "accuracy_m": [accuracy for _, accuracy, _ in rows.values()],
        "geometry": [shape for _, _, shape in rows.values()],
    }
    frame = gpd.GeoDataFrame(columns, index=list(rows), geometry="geometry", crs=CRS)
    return frame.astype({"name_zh": object, "accuracy_m": float})


def test_a_place_moves_between_its_centres_within_both_accuracies():
    before = places(park=("园", 100, box(0, 0, 200, 200)), yard=("场", 100, Point(0, 0)), lost=("失", 10, None))
    after = places(park=("园", 50, Point(400, 500)), yard=("场", 50, Point(30, 40)), lost=("失", 10, Point(0, 0)))
    found = displacements(before, after)
    assert found.loc["park"].tolist() == [500, 350, 650]
    assert found.loc["yard"].tolist() == [50, 0, 200]
    assert np.isnan(found.loc["lost"]).all()


def test_perhaps_one_are_names_that_begin_alike_at_places_that_may_touch():
    dropped = places(
        zone=("前海合作区", 100, box(0, 0, 100, 100)),
        far=("前海片区", 10, Point(9_000, 0)),
        lost=("前海旧址", 500, None),
    )
    added = places(core=("前海研发区", 50, Point(240, 50)), other=("坪山园", 500, Point(0, 0)), void=("前海", 9, None))
    found = possibly_one(dropped, added)
    assert found[["before", "after"]].to_numpy().tolist() == [["zone", "core"]]
    assert found.loc[0, ["distance_m", "accuracy_m"]].tolist() == [140, 150]
    nearer = possibly_one(dropped, added.assign(accuracy_m=[39.0, 500.0, 9.0]))
    assert nearer.empty


@pytest.mark.parametrize("empty", ["dropped", "added"])
def test_nothing_is_one_with_nothing(empty):
    some = places(zone=("前海", 10, Point(0, 0)))
    none = some.iloc[:0]
    assert possibly_one(*((none, some) if empty == "dropped" else (some, none))).empty
    assert displacements(none, none).empty
