"""What docstrings, the page of the library and its notebook show is what happens."""

from __future__ import annotations

import ast
import contextlib
import doctest
import io
import json
import re
from pathlib import Path

import pytest

from parkmap.api import project, result
from parkmap.plan.catalog import shipped_root

DOCS = Path(__file__).parents[2] / "docs"
NOTEBOOKS = sorted((DOCS / "notebooks").glob("*.ipynb"))


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PARKMAP_LANG", "en")


@pytest.mark.parametrize("module", [project, result], ids=lambda module: module.__name__)
def test_examples_of_docstrings(module):
    done = doctest.testmod(module, optionflags=doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL)
    assert done.attempted > 0
    assert done.failed == 0


def test_examples_of_the_page(tmp_path):
    code = "\n".join(
        re.findall(
            r"```python\n(.*?)```", (DOCS / "api.md").read_text(encoding="utf-8").split("## parkmap")[0], re.DOTALL
        )
    )
    sites = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [114.1, 22.6]}}
    (tmp_path / "my-sites.geojson").write_text(json.dumps(sites), encoding="utf-8")
    exec(compile(code.replace('open("folder")', "open()"), "docs/api.md", "exec"), {})  # noqa: S102  our own page
    assert {"coverage.csv", "atlas.html"} <= {path.name for path in tmp_path.iterdir()}


def ran(source: str, names: dict) -> str:
    """Run a cell as a notebook does and return what it prints and what its last line is."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(tree, "cell", "exec"), names)  # noqa: S102  our own notebook
        shown = None if last is None else eval(compile(ast.Expression(last.value), "cell", "eval"), names)  # noqa: S307
    return out.getvalue() + ("" if shown is None else f"{shown!r}\n")


def told(cell: dict) -> str | None:
    """Return the text that a cell is said to show; None where it shows a map or a table."""
    texts = []
    for one in cell["outputs"]:
        if "text/html" in one.get("data", {}):
            return None
        texts.append("".join(one.get("text") or one["data"]["text/plain"]).rstrip("\n") + "\n")
    return "".join(texts)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_does_what_it_shows(path):
    names: dict = {}
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    assert cells
    for cell in cells:
        shown, expected = ran("".join(cell["source"]), names), told(cell)
        assert expected is None or shown == expected, "".join(cell["source"])


def test_pages_name_files_that_exist():
    for page in (DOCS / "api.md", DOCS / "extend.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), target
    assert shipped_root().is_dir()
