"""How the house is built: what no module may do, read from the source itself."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from parkmap import questions
from parkmap.cli.main import COMMANDS

SRC = Path(__file__).parents[1] / "src" / "parkmap"
MODULES = sorted(path for path in SRC.rglob("*.py") if "data" not in path.relative_to(SRC).parts[:1])
LONGEST = 400
RENDERING = ("facts", "questions", "output", "cli", "api")
"""Packages above the analyses: they rename, pick, nest and draw."""
DRAWING = ("output/html/dense", "output/figure")
"""Packages that make pictures out of geometry: cutting and measuring shapes is what drawing is."""
CALLS = {
    "agg", "aggregate", "area", "buffer", "clip", "corr", "cummax", "cummin", "cumprod", "cumsum", "difference",
    "dissolve",
    "dot", "groupby", "intersection", "max_sum", "mean", "median", "merge", "nlargest", "overlay", "pivot_table",
    "prod",
    "quantile", "rank", "resample", "rolling", "sjoin", "std", "sum", "symmetric_difference", "unary_union", "union",
    "union_all", "value_counts", "var",
}  # fmt: skip
"""Methods of frames, arrays and shapes that compute something new."""
ALLOWED = {
    ("output/html/anchors.py", "_of_part", "area"): "where a label stands",
    ("output/html/anchors.py", "anchor", "area"): "the part on which a label stands",
    ("questions/conflicts.py", "_touched", "groupby"): "picks the rows of each item",
    ("questions/coverage/answer.py", "_layer", "groupby"): "puts the rows of each plan into columns",
    ("questions/page/plan.py", "_items", "area"): "what is larger is drawn below",
    ("questions/page/roads.py", "_features", "union_all"): "streets are drawn as one line",
    ("questions/reach/page.py", "_streets", "sum"): "whether there are too many corners to draw",
    ("questions/show/tables.py", "_hidden", "union"): "names of outputs, a set",
}
"""Module, function, method: why it is no computation of a result."""
HEAVY = (
    "folium", "geopandas", "highspy", "matplotlib", "networkx", "numpy", "osmnx", "pandas", "pydantic", "pyogrio",
    "pyproj", "scipy", "shapely", "yaml",
)  # fmt: skip


def name_of(path: Path) -> str:
    return path.relative_to(SRC).as_posix()


def computations(path: Path) -> list[tuple[str, str, str]]:
    """Return module, function and method of each call that computes; the innermost function counts."""
    found = []

    def walk(node: ast.AST, function: str) -> None:
        for child in ast.iter_child_nodes(node):
            inner = child.name if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) else function
            if isinstance(child, ast.Call) and isinstance(child.func, ast.Attribute) and child.func.attr in CALLS:
                found.append((name_of(path), inner, child.func.attr))
            if isinstance(child, ast.Attribute) and child.attr == "area":
                found.append((name_of(path), inner, "area"))
            walk(child, inner)

    walk(ast.parse(path.read_text(encoding="utf-8")), "")
    return found


def above_the_analyses() -> list[Path]:
    return [
        path
        for path in MODULES
        if name_of(path).startswith(tuple(f"{one}/" for one in RENDERING)) and not name_of(path).startswith(DRAWING)
    ]


def test_nobody_computes_above_the_analyses() -> None:
    found = {one for path in above_the_analyses() for one in computations(path)}
    assert sorted(found - ALLOWED.keys()) == []
    assert sorted(ALLOWED.keys() - found) == [], "exceptions that nothing needs any more"


def test_no_module_is_too_long() -> None:
    assert [name_of(path) for path in MODULES if path.read_text(encoding="utf-8").count("\n") > LONGEST] == []


def test_nothing_is_asserted_where_it_could_be_switched_off() -> None:
    trees = {name_of(path): ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
    assert [name for name, tree in trees.items() if any(isinstance(one, ast.Assert) for one in ast.walk(tree))] == []


def imported_by(code: str) -> set[str]:
    """Return the heavy packages that are there after some code ran in a process of its own."""
    told = f"import sys\n{code}\nsys.stderr.write(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, check=True, text=True)  # noqa: S603
    return set(HEAVY) & set(done.stderr.split())


def test_what_declares_imports_nothing_heavy() -> None:
    assert imported_by("import numpy") == {"numpy"}  # that it would be seen
    declared = "; ".join(f"questions.question({name!r})" for name in questions.NAMES)
    assert imported_by(f"from parkmap import questions; {declared}") == set()
    assert imported_by("import parkmap; dir(parkmap)") == set()
    assert imported_by("import parkmap.api") <= {"yaml", "pydantic"}


def command(*words: str) -> str:
    """Return code that runs the command line, and goes on when it leaves."""
    run = "try:\n    main()\nexcept SystemExit:\n    pass"
    return f"sys.argv = ['parkmap', *{words!r}]\nfrom parkmap.cli.main import main\n{run}"


@pytest.mark.parametrize("words", [("--help",), *((name, "--help") for name in COMMANDS)], ids=" ".join)
def test_help_answers_at_once(words: tuple[str, ...]) -> None:
    assert imported_by(command(*words)) == set()


def test_plans_are_listed_without_maps_and_frames() -> None:
    assert imported_by(command("plans")) <= {"yaml", "pydantic"}
