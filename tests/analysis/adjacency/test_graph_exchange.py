"""A graph as a checked value, and to and from libpysal, scipy, networkx, GAL and GWT.

value     | canonical order, symmetric, isolates kept, copies in and out, equality
broken    | repeated ids, pairs out of order, twice, with themselves, beyond the ids, weights below 0 or not numbers
round     | any drawn graph through every form and back
peers     | libpysal reads what is written here and the other way round; matrices and weights agree
refused   | weights that are not symmetric, directed graphs, wrong shapes, blank ids, broken lines, foreign ids
"""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from libpysal.graph import Graph as LibpysalGraph
from libpysal.graph import read_gal, read_gwt
from scipy.sparse import coo_array, csr_array
from squares import box, parcels

from parkmap.analysis.adjacency import Graph, contiguity, graph_of
from parkmap.analysis.adjacency.exchange import (
    from_gal,
    from_gwt,
    from_libpysal,
    from_networkx,
    from_sparse,
    to_gal,
    to_gwt,
    to_libpysal,
    to_networkx,
)
from parkmap.errors import InvalidInputError


def graph(ids, *pairs, unit="m"):
    """A graph of pairs (one, other, weight), by id."""
    index = pd.Index(ids)
    one, two, weight = zip(*pairs, strict=True) if pairs else ((), (), ())
    places = [index.get_indexer(list(side)).astype(int) for side in (one, two)]
    return graph_of(index, *places, np.array(weight, dtype=float), unit=unit)


PATH = graph(["a", "b", "c", "z"], ("b", "a", 2.5), ("c", "b", 4.0))
"""a - b - c, and z alone."""


@st.composite
def graphs(draw):
    count = draw(st.integers(1, 8))
    every = [(one, two) for one in range(count) for two in range(one + 1, count)]
    kept = sorted(draw(st.sets(st.sampled_from(every)))) if every else []
    weight = draw(st.lists(st.floats(0.125, 1e6).map(lambda x: round(x, 6)), min_size=len(kept), max_size=len(kept)))
    ids = draw(st.permutations([f"地块{k}" for k in range(count)]))
    first, second = np.array(kept, dtype=int).reshape(-1, 2).T
    return graph_of(pd.Index(ids, dtype=object), first, second, np.array(weight, dtype=float), unit="m")


def codes(call, *given, **named):
    with pytest.raises(InvalidInputError) as caught:
        call(*given, **named)
    return [found.code for found in caught.value.findings]


# The value


def test_pairs_stand_in_canonical_order_whatever_their_order():
    assert PATH.pairs["weight"].to_dict() == {("a", "b"): 2.5, ("b", "c"): 4.0}
    assert PATH.degrees.tolist() == [1, 2, 1, 0]
    assert list(PATH.isolates) == ["z"]


def test_neighbours_of_one_place():
    assert PATH.neighbours("b").to_dict() == {"a": 2.5, "c": 4.0}
    assert len(PATH.neighbours("z")) == 0
    with pytest.raises(KeyError):
        PATH.neighbours("nobody")


def test_the_matrix_is_symmetric():
    matrix = PATH.to_sparse()
    assert matrix.toarray().tolist() == [[0, 2.5, 0, 0], [2.5, 0, 4, 0], [0, 4, 0, 0], [0, 0, 0, 0]]


def test_a_pair_of_weight_zero_is_a_pair():
    lone = graph(["a", "b"], ("a", "b", 0.0))
    assert lone.to_sparse().nnz == 2
    assert from_sparse(lone.to_sparse(), lone.ids, unit="m").equals(lone)
    assert list(lone.isolates) == []


def test_arrays_are_copies_and_locked():
    weight = np.array([1.0])
    made = graph_of(pd.Index(["a", "b"]), np.array([0]), np.array([1]), weight, unit="1")
    weight[0] = 9
    assert made.weight.tolist() == [1]
    with pytest.raises(ValueError, match="read-only"):
        made.weight[0] = 9
    table = made.pairs
    table.loc[:, "weight"] = 9.0
    assert made.pairs["weight"].tolist() == [1]


@pytest.mark.parametrize(
    "other",
    [
        graph(["a", "b", "c", "z"], ("a", "b", 2.5), ("b", "c", 4.5)),
        graph(["a", "b", "c", "z"], ("a", "b", 2.5), ("a", "c", 4.0)),
        graph(["a", "b", "c", "y"], ("a", "b", 2.5), ("b", "c", 4.0)),
        graph(["a", "b", "c", "z"], ("a", "b", 2.5), ("b", "c", 4.0), unit="1"),
        graph(["a", "b", "c", "z"], ("a", "b", 2.5)),
    ],
)
def test_what_differs_is_not_equal(other):
    assert PATH.equals(graph(["a", "b", "c", "z"], ("a", "b", 2.5), ("b", "c", 4.0)))
    assert not PATH.equals(other)


@pytest.mark.parametrize(
    ("ids", "first", "second", "weight", "code"),
    [
        (["a", "a"], [0], [1], [1.0], "graph.repeated_ids"),
        (["a", None], [0], [1], [1.0], "graph.missing_ids"),
        (["a", "b"], [1], [0], [1.0], "graph.order"),
        (["a", "b"], [0], [0], [1.0], "graph.order"),
        (["a", "b"], [0, 0], [1, 1], [1.0, 1.0], "graph.order"),
        (["a", "b", "c"], [1, 0], [2, 1], [1.0, 1.0], "graph.order"),
        (["a", "b"], [0], [2], [1.0], "graph.positions"),
        (["a", "b"], [-1], [1], [1.0], "graph.positions"),
        (["a", "b"], [0], [1], [-1.0], "graph.weights"),
        (["a", "b"], [0], [1], [np.nan], "graph.weights"),
        (["a", "b"], [0], [1], [np.inf], "graph.weights"),
        (["a", "b"], [0], [1], [1.0, 2.0], "graph.lengths"),
    ],
)
def test_a_broken_graph_cannot_be_made(ids, first, second, weight, code):
    broken = {"ids": pd.Index(ids), "first": np.array(first), "second": np.array(second), "weight": np.array(weight)}
    assert codes(Graph, unit="1", **broken) == [code]


def test_everything_wrong_is_told_at_once():
    broken = {"ids": pd.Index(["a", "a"]), "first": np.array([0]), "second": np.array([1]), "weight": np.array([-1.0])}
    assert codes(Graph, unit="1", **broken) == ["graph.repeated_ids", "graph.weights"]


# There and back


@settings(max_examples=60)
@given(graphs())
def test_every_form_gives_the_graph_back(drawn):
    assert from_sparse(drawn.to_sparse(), drawn.ids, unit="m").equals(drawn)
    assert from_networkx(to_networkx(drawn)).equals(drawn)
    assert from_libpysal(to_libpysal(drawn), unit="m").equals(drawn)
    assert from_gwt(to_gwt(drawn), drawn.ids, unit="m").equals(drawn)
    ones = graph_of(drawn.ids, drawn.first, drawn.second, np.ones(len(drawn.first)), unit="1")
    assert from_gal(to_gal(drawn)).equals(ones)


@settings(max_examples=60)
@given(graphs())
def test_the_peers_see_the_same_weights(drawn):
    matrix = drawn.to_sparse().toarray()
    theirs = to_libpysal(drawn)
    assert list(theirs.unique_ids) == list(drawn.ids)
    assert theirs.sparse.toarray().tolist() == matrix.tolist()
    assert list(theirs.isolates) == list(drawn.isolates)
    assert nx.to_numpy_array(to_networkx(drawn), nodelist=list(drawn.ids)).tolist() == matrix.tolist()


@settings(max_examples=40)
@given(graphs())
def test_libpysal_reads_the_files(tmp_path_factory, drawn):
    folder = tmp_path_factory.mktemp("files")
    (folder / "g.gal").write_text(to_gal(drawn), encoding="utf-8")
    (folder / "g.gwt").write_text(to_gwt(drawn), encoding="utf-8")
    ones = graph_of(drawn.ids, drawn.first, drawn.second, np.ones(len(drawn.first)), unit="1")
    assert from_libpysal(read_gal(folder / "g.gal")).equals(ones)
    if len(drawn.first):
        read = from_libpysal(read_gwt(folder / "g.gwt"), unit="m")
        assert {frozenset(k): v for k, v in read.pairs["weight"].items()} == {
            frozenset(k): v for k, v in drawn.pairs["weight"].items()
        }


@settings(max_examples=40)
@given(graphs())
def test_files_of_libpysal_are_read(tmp_path_factory, drawn):
    folder = tmp_path_factory.mktemp("files")
    theirs = to_libpysal(drawn)
    theirs.to_gal(folder / "g.gal")
    theirs.to_gwt(folder / "g.gwt")
    assert from_gal((folder / "g.gal").read_text()).pairs.index.tolist() == drawn.pairs.index.tolist()
    back = from_gwt((folder / "g.gwt").read_text(), drawn.ids, unit="m")
    assert back.pairs["weight"].to_dict() == pytest.approx(drawn.pairs["weight"].to_dict(), abs=1e-6)


def test_contiguity_goes_to_libpysal_with_its_isolates():
    found = contiguity(parcels(a=box(0, 0), b=box(10, 0), far=box(90, 0))).graph()
    theirs = to_libpysal(found)
    assert theirs["a"].to_dict() == {"b": 10.0}
    assert list(theirs.isolates) == ["far"]


def test_ids_that_are_numbers_or_tuples_pass_through():
    numbers = graph([7, 3, 5], (7, 5, 1.0))
    assert from_libpysal(to_libpysal(numbers), unit="m").equals(numbers)
    assert from_networkx(to_networkx(numbers)).equals(numbers)
    tuples = graph_of(
        pd.Index([(1, "a"), (1, "b")], tupleize_cols=False), np.array([0]), np.array([1]), np.ones(1), unit="m"
    )
    assert from_networkx(to_networkx(tuples)).equals(tuples)


# Refused


def test_what_is_not_symmetric_is_refused_with_its_ids():
    matrix = csr_array(np.array([[0, 1.0], [2.0, 0]]))
    with pytest.raises(InvalidInputError) as caught:
        from_sparse(matrix, pd.Index(["a", "b"]))
    (found,) = caught.value.findings
    assert (found.code, found.ids) == ("graph.asymmetric", ("a - b",))
    one_way = LibpysalGraph.from_arrays(["a", "b"], ["b", "b"], [1.0, 0.0])
    assert codes(from_libpysal, one_way) == ["graph.asymmetric"]
    assert codes(from_networkx, nx.DiGraph([("a", "b")])) == ["graph.asymmetric"]


def test_places_without_neighbours_with_and_without_their_empty_line():
    for text in ("0 3 own id\na 0\nb 1\nc\nc 1\nb\n", "0 3 own id\na 0\n\nb 1\nc\nc 1\nb\n"):
        assert list(from_gal(text).ids) == ["a", "b", "c"]
        assert list(from_gal(text).isolates) == ["a"]


@pytest.mark.parametrize("weight", [None, "far", float("nan"), -1])
def test_an_edge_whose_weight_is_no_number_is_refused(weight):
    source = nx.Graph()
    source.add_edge("a", "b", weight=weight)
    assert codes(from_networkx, source) == ["graph.weights"]


def test_dense_matrices_and_entries_given_in_parts():
    ids = pd.Index(["a", "b"])
    parts = coo_array(([1.0, 1.0, 2.0], ([0, 0, 1], [1, 1, 0])), shape=(2, 2))
    for matrix in (np.array([[0, 2.0], [2.0, 0]]), parts):
        assert from_sparse(matrix, ids).pairs["weight"].to_dict() == {("a", "b"): 2.0}


def test_a_matrix_of_another_shape_is_refused():
    assert codes(from_sparse, coo_array((2, 3)), pd.Index(["a", "b"])) == ["graph.times_shape"]


def test_a_node_joined_to_itself_is_refused():
    assert codes(from_networkx, nx.Graph([("a", "a")])) == ["graph.order"]


def test_the_diagonal_of_a_matrix_is_passed_over():
    matrix = csr_array(np.array([[5.0, 1.0], [1.0, 5.0]]))
    assert from_sparse(matrix, pd.Index(["a", "b"])).pairs["weight"].to_dict() == {("a", "b"): 1.0}


@pytest.mark.parametrize("write", [to_gal, to_gwt])
@pytest.mark.parametrize("name", ["two words", "", "tab\there"])
def test_blank_ids_cannot_be_written(write, name):
    with pytest.raises(InvalidInputError) as caught:
        write(graph([name, "b"], (name, "b", 1.0)))
    assert [(f.code, f.ids) for f in caught.value.findings] == [("graph.blank_ids", (name,))]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("2\na 1\nb\nb\na\n", 4),  # no number of neighbours
        ("2\na 2\nb\nb 1\na\n", 3),  # fewer than it says
        ("2\na x\nb\n", 2),
        ("2\na 1\n", 3),  # ends too early
        ("3\na 1\nb\nb 1\na\n", 1),  # cut off after the second of three
        ("0 3 own id\na 0\n\n", 1),
        ("", 1),
    ],
)
def test_broken_gal_names_its_line(text, line):
    with pytest.raises(InvalidInputError) as caught:
        from_gal(text)
    (found,) = caught.value.findings
    assert found.code == "graph.text"
    assert str(line) in found.text("en")


@pytest.mark.parametrize(("text", "line"), [("0 2\na b\n", 2), ("0 2\na b 1\nb a one\n", 3), ("0 2\na b 1 1\n", 2)])
def test_broken_gwt_names_its_line(text, line):
    with pytest.raises(InvalidInputError) as caught:
        from_gwt(text, pd.Index(["a", "b"]))
    (found,) = caught.value.findings
    assert found.code == "graph.text"
    assert str(line) in found.text("en")


def test_foreign_ids_and_one_way_lines_are_refused():
    assert codes(from_gal, "1\na 1\nghost\n") == ["graph.foreign"]
    assert codes(from_gal, "2\na 1\nb\nb 0\n\n") == ["graph.asymmetric"]
    assert codes(from_gwt, "0 2\na b 1\nb a 2\n", pd.Index(["a", "b"])) == ["graph.asymmetric"]
    assert codes(from_gwt, "0 2\na ghost 1\n", pd.Index(["a", "b"])) == ["graph.foreign"]
