"""Users' own parcels as a layer: what names them, what colours them, what the card says.

names   | the field asked for, a usual one, else the running number; ids stored as numbers with a fraction
texts   | few values, more values than colours, empty ones
numbers | few values are classes, many are fifths; no number
columns | whole, with digits, without end, codes of many digits, dates, true and false, missing
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from parkmap.messages import Words
from parkmap.plan.catalog import open_catalog
from parkmap.plan.style import read_style
from parkmap.questions.parcels import NO_COLOUR, parcel_layer

STYLE = read_style(open_catalog(None).style_file())


def layer(columns, **more):
    count = len(next(iter(columns.values())))
    shapes = [shapely.box(114 + 0.01 * i, 22.5, 114.01 + 0.01 * i, 22.51) for i in range(count)]
    return parcel_layer(
        gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326"), style=STYLE, file="own.gpkg", **more
    )


def legend(found) -> list[tuple[str, str]]:
    return [(one.name["zh"], one.colour) for one in found.classes]


@pytest.mark.parametrize(
    ("columns", "name", "wanted"),
    [
        ({"use": ["a", "b"], "code": ["x", "y"]}, "code", ["x", "y"]),
        ({"use": ["a", "b"], "地块编号": ["甲", None]}, None, ["甲", ""]),
        ({"use": ["a", "b"]}, None, ["1", "2"]),
        ({"id": [440305001001.0, np.nan]}, None, ["440305001001", ""]),
    ],
)
def test_parcels_are_named(columns, name, wanted) -> None:
    found = layer(columns, name=name)
    assert list(found.names) == wanted
    assert all(column.label["zh"] not in {name, "地块编号", "id"} for column in found.columns)


def test_the_card_says_whose_data_it_is() -> None:
    assert layer({"use": ["a"]}).origin == Words("自有数据：own.gpkg", "Own data: own.gpkg")


def test_without_a_field_all_have_one_colour() -> None:
    found = layer({"use": ["a", "b"]})
    assert legend(found) == [(STYLE["roles"]["parcel"]["zh"], STYLE["roles"]["parcel"]["colour"])]
    assert found.class_of.tolist() == [0, 0]


def test_each_value_has_a_colour_and_a_missing_one_is_named_so() -> None:
    found = layer({"use": ["工业", "居住", None, "工业"]}, by="use")
    assert legend(found) == list(zip(["（空）", "居住", "工业"], STYLE["classes"], strict=False))
    assert found.class_of.tolist() == [2, 1, 0, 2]


def test_rare_values_share_the_last_colour() -> None:
    most = len(STYLE["classes"])
    values = [f"use {i:02d}" for i in range(most + 3) for _ in range(most + 3 - i)]
    found = layer({"use": values}, by="use")
    assert legend(found)[-1] == ("其他", STYLE["classes"][-1])
    assert len(found.classes) == most
    assert [values[row] for row in np.flatnonzero(found.class_of == most - 1)] == values[-(4 + 3 + 2 + 1) :]


def test_many_numbers_are_drawn_by_fifths() -> None:
    numbers = [*np.arange(100.0), np.nan]
    found = layer({"far": numbers}, by="far")
    assert [name for name, _ in legend(found)] == [
        "0 – 19.8",
        "19.8 – 39.6",
        "39.6 – 59.4",
        "59.4 – 79.2",
        "79.2 – 99",
        "（空）",
    ]
    assert [colour for _, colour in legend(found)] == [*(step["colour"] for step in STYLE["ramp"]), NO_COLOUR]
    assert np.bincount(found.class_of).tolist() == [20, 20, 20, 20, 20, 1]
    assert found.class_of[[0, 19, 20, 99, 100]].tolist() == [0, 0, 1, 4, 5]


def test_numbers_that_lie_together_make_fewer_fifths() -> None:
    found = layer({"far": [*([1.0] * 500), *np.arange(2.0, 15.0)]}, by="far")
    assert legend(found)[0][0] == "1 – 1"
    assert found.class_of.max() < len(found.classes) <= 5


@pytest.mark.parametrize(
    ("values", "decimals", "wanted"),
    [
        ([1, 2], 0, [1, 2]),
        ([1.5, 2.25], 2, [1.5, 2.25]),
        ([1234.56789123, 0.1], 2, [1234.56789123, 0.1]),
        ([0.001234567, 0.1], 6, [0.001234567, 0.1]),
        ([1.5, None], 1, [1.5, None]),
    ],
)
def test_numbers_keep_their_digits(values, decimals, wanted) -> None:
    (column,) = layer({"value": pd.Series(values, dtype="float64")}).columns
    assert column.decimals == decimals
    assert [None if np.isnan(value) else value for value in column.values] == wanted  # noqa: PD011  no frame


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        (pd.Series([4403050010010012345, 4403050010010012346]), ["4403050010010012345", "4403050010010012346"]),
        (pd.Series(pd.to_datetime(["2024-03-01", None])), ["2024-03-01", ""]),
        (pd.Series(pd.to_datetime(["2024-03-01 08:30", None])), ["2024-03-01 08:30:00", ""]),
        (pd.Series([True, False]), ["True", "False"]),
        (pd.Series(["a", None]), ["a", ""]),
        (pd.Series(["x", "y"], dtype="category"), ["x", "y"]),
        (pd.Series([None, None], dtype="object"), ["", ""]),
    ],
)
def test_what_is_no_number_is_text(values, wanted) -> None:
    (column,) = layer({"value": values}).columns
    assert list(column.values) == wanted


def test_whole_numbers_with_gaps_are_numbers() -> None:
    (column,) = layer({"value": pd.array([3, None], dtype="Int64")}).columns
    assert column.decimals == 0
    assert column.values[0] == 3  # noqa: PD011  no frame
    assert np.isnan(column.values[1])  # noqa: PD011  no frame
