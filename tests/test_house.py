"""How the house is built: what no module may do, read from the source itself."""

from __future__ import annotations

import ast
from pathlib import Path

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
ALLOWED: dict[tuple[str, str, str], str] = {}
"""Module, function, method: why it is no computation of a result."""
HEAVY = (
    "folium",
    "geopandas",
    "highspy",
    "matplotlib",
    "networkx",
    "numpy",
    "osmnx",
    "pandas",
    "pyogrio",
    "pyproj",
    "scipy",
    "shapely",
)


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
