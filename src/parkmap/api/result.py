"""The answer to a question: its tables as frames, its files, its map."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parkmap import questions
from parkmap.api.request import keyword_of, request_of
from parkmap.messages import own_lang

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import geopandas as gpd
    import pandas as pd

    from parkmap.facts.facts import Facts
    from parkmap.finding import Finding
    from parkmap.messages import Lang
    from parkmap.output.context import Context
    from parkmap.output.html.model import MapPage
    from parkmap.output.html.user_map import PlanMap
    from parkmap.questions.base import Answer, Question, Workspace


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Result:
    """The answer to a question.

    Each of its tables is an attribute by its key without the question's name: a GeoDataFrame where its rows have
    geometry, else a DataFrame. Numbers are in the stored unit, which the key names, rounded as in JSON.

    Parameters
    ----------
    question
        The question.
    workspace
        Where it was asked.
    answer
        The answer.
    """

    question: Question
    workspace: Workspace
    answer: Answer

    @property
    def facts(self) -> Mapping[str, Facts]:
        """Its tables of facts by key, with names, units and documentation of every column."""
        return {facts.key: facts for facts in self.answer.facts}

    @property
    def document(self) -> dict[str, Any]:
        """The JSON document, as the command's `--json` writes it."""
        return self.answer.as_document()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found on the way; no error among them."""
        return self.answer.findings

    def frame(self, table: str) -> pd.DataFrame | gpd.GeoDataFrame:
        """Return one table.

        Parameters
        ----------
        table
            Its key, or its short name.

        Returns
        -------
        DataFrame or GeoDataFrame
            One column per stored value and name; indexed by the column `id` where it has one. A row that sums up
            the others is left out.

        Raises
        ------
        KeyError
            When the answer has no such table.

        Examples
        --------
        >>> import parkmap
        >>> plan = parkmap.open().plan("shenzhen-big-health-2022", as_of="2024-01-01")
        >>> districts = plan.coverage().frame("districts")
        >>> int(districts.loc["yantian", "area_m2"])
        77890007
        >>> plan.coverage().districts.equals(districts)
        True
        """
        facts = self._table(table)
        kept = [number for number in range(len(facts)) if not facts.is_total(number)]
        frame = facts.frame().iloc[kept]
        shapes = self.answer.shapes.get(facts.key)
        if shapes is not None:
            import geopandas as gpd  # noqa: PLC0415  tables without geometry do not need it

            frame = gpd.GeoDataFrame(frame, geometry=shapes.to_numpy(), crs=shapes.crs)
        return frame.set_index("id") if "id" in frame.columns else frame

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  a frame or a method
        """Return a table by its short name, what it was made from, or a question that can be asked about the answer."""
        if not name.startswith("_"):
            if name in self.question.kept:
                return getattr(self.answer.results, name)
            if name in self._tables():
                return self.frame(name)
            explained = self._explained()
            if name in explained:
                return explained[name]
        raise AttributeError(f"no table {name}; there are {', '.join(self._tables())}")

    def __dir__(self) -> list[str]:
        """Return attributes, tables and questions about the answer."""
        return sorted({*super().__dir__(), *self.question.kept, *self._tables(), *self._explained()})

    def _explained(self) -> dict[str, Callable[..., Result]]:
        """Return the questions that can be asked about the answer, as methods by name."""
        known = [questions.question(name) for name in questions.NAMES]
        return {one.key: explanation(one, self) for one in known if one.after == self.question.key}

    def _tables(self) -> dict[str, Facts]:
        """Return its tables by short name."""
        return {short_name(self.question, facts.key): facts for facts in self.answer.facts}

    def _table(self, name: str) -> Facts:
        known = {**self.facts, **self._tables()}
        if name not in known:
            raise KeyError(f"no table {name}; there are {', '.join(self._tables())}")
        return known[name]

    def _first(self, table: str | None) -> Facts:
        return self.answer.for_people()[0] if table is None else self._table(table)

    def to_csv(
        self, path: str | Path | None = None, *, table: str | None = None, lang: Lang | None = None
    ) -> str | None:
        """Write a table as CSV that Excel opens rightly.

        Parameters
        ----------
        path
            Where to; None returns the text.
        table
            The table; None is the first that people read.
        lang
            Language of heads and words; None is that of the locale.

        Returns
        -------
        str or None
            The text, without the mark of its encoding, where no path was given.
        """
        from parkmap.facts.sheet import sheet  # noqa: PLC0415  only when a file is written
        from parkmap.output.tables.csv_file import to_csv  # noqa: PLC0415

        content = to_csv(sheet(self._first(table), lang or own_lang()))
        return _written(content, path, encoding="utf-8-sig")

    def to_excel(self, path: str | Path, *, table: str | None = None, lang: Lang | None = None) -> None:
        """Write the tables as a workbook: typed cells, heads with units, totals as formulas.

        Parameters
        ----------
        path
            Where to.
        table
            The only table wanted; None writes all that people read.
        lang
            Language of heads and words; None is that of the locale.

        Raises
        ------
        KeyError
            When there is no such table.
        ValueError
            When people get no table of the answer.
        """
        self._write("xlsx", Path(path), table=table, lang=lang)

    def to_word(self, path: str | Path, *, table: str | None = None, lang: Lang | None = None) -> None:
        """Write map and tables as a Word document.

        Parameters
        ----------
        path, table, lang
            See `to_excel`.

        Raises
        ------
        KeyError
            When there is no such table.
        ValueError
            When people get no table of the answer.
        """
        self._write("docx", Path(path), table=table, lang=lang)

    def to_figure(self, path: str | Path, *, lang: Lang | None = None) -> None:
        """Draw the map as a still picture.

        Parameters
        ----------
        path
            Where to; `.png`, `.svg` or `.pdf`.
        lang
            Language; None is that of the locale.

        Raises
        ------
        ValueError
            When the answer has no map, or the ending is another one.
        """
        self._write("figure", Path(path), table=None, lang=lang)

    def _write(self, key: str, path: Path, *, table: str | None, lang: Lang | None) -> None:
        """Write one of the single files that the question's command can write."""
        from parkmap.questions.forms import forms_of  # noqa: PLC0415  only when a file is written

        form = next((one for one in forms_of(self.question) if one.key == key), None)
        ending = path.suffix.lower().removeprefix(".")
        if form is None or (form.endings and ending not in form.endings):
            raise ValueError(f"{self.question.key} cannot be written as {path.name}")
        context = dataclasses.replace(self._context(lang or own_lang()), table=table and self._table(table).key)
        content = form.make(self.answer, ending, context)
        if content is None:
            raise ValueError(f"{self.question.key}: nothing to write to {path.name}")
        path.write_bytes(content)

    def to_json(self, path: str | Path | None = None) -> str | None:
        """Write the JSON document, as the command's `--json` does.

        Parameters
        ----------
        path
            Where to; None returns the text.
        """
        from parkmap.facts.document import to_json  # noqa: PLC0415  only when a file is written

        return _written(to_json(self.document).encode(), path)

    def to_geojson(self, path: str | Path | None = None, *, table: str | None = None) -> str | None:
        """Write a table with geometry as RFC 7946 GeoJSON, WGS 84.

        Parameters
        ----------
        path
            Where to; None returns the text.
        table
            The table; None is the first that has geometry.

        Raises
        ------
        KeyError
            When there is no such table with geometry.
        """
        from parkmap.questions.files import geojson_of  # noqa: PLC0415  only when a file is written

        chosen = [facts for facts in self.answer.facts if facts.key in self.answer.shapes]
        facts = self._table(table) if table is not None else next(iter(chosen), None)
        if facts is None or facts.key not in self.answer.shapes:
            raise KeyError(f"{table or 'no table'}: geometry have {', '.join(one.key for one in chosen) or 'none'}")
        return _written(geojson_of(self.answer, facts).encode(), path)

    def save(self, folder: str | Path, *, lang: Lang | None = None, overwrite: bool = False) -> None:
        """Write everything that the command's `-o` writes: page, document, tables, GIS files, manifest.

        Parameters
        ----------
        folder
            Where to.
        lang
            Language of tables, and of the page when it opens; None is that of the locale.
        overwrite
            Whether files that parkmap did not write are replaced.

        Raises
        ------
        OutputExistsError
            When such a file stands in the folder.
        """
        from parkmap.output.files import write_folder  # noqa: PLC0415  only when files are written
        from parkmap.questions.files import answer_files, manifest  # noqa: PLC0415

        context = self._context(lang or own_lang())
        files = answer_files(self.answer, context)
        write_folder(Path(folder), files, manifest(self.answer, context), overwrite=overwrite)

    def explore(self, *, offline: bool = True, lang: Lang | None = None, files: str | Path | None = None) -> PlanMap:
        """Return the plan with the answer's layers as a folium map, to which you add your own folium layers.

        Parameters
        ----------
        offline, lang, files
            See `Plan.explore`.

        Raises
        ------
        ValueError
            When the answer has no map.
        """
        from parkmap.questions.files import page_of  # noqa: PLC0415  heavy, only for maps

        page = page_of(self.answer, self._context(lang or own_lang()))
        if page is None:
            raise ValueError(f"{self.question.key} has no map")
        return map_of(page, self.workspace, offline=offline, lang=lang, files=files)

    def _context(self, lang: Lang) -> Context:
        from parkmap.output.context import Context  # noqa: PLC0415  only when files are written
        from parkmap.plan.style import read_style  # noqa: PLC0415

        return Context(lang=lang, style=read_style(self.workspace.catalog.style_file()))

    def __repr__(self) -> str:
        """Return the question and the tables of the answer with their numbers of rows."""
        tables = ", ".join(f"{name} {len(facts)}" for name, facts in self._tables().items() if facts.table.people)
        return f"Result({self.question.key}: {tables})"

    def _repr_html_(self) -> str:
        """Return its tables as notebooks show them."""
        return "".join(facts._repr_html_() for facts in self.answer.for_people(terminal=True))


def explanation(question: Question, result: Result) -> Callable[..., Result]:
    """Return a question about an answer as a method: what it is about, no more.

    Parameters
    ----------
    question
        The question, which explains answers.
    result
        The answer.
    """
    (placed,) = [one for one in dataclasses.fields(question.request) if one.metadata["option"].argument]

    def explain(about: str) -> Result:
        request, explained = request_of(question, {keyword_of(placed): about}), question.of_answer
        if explained is None:
            raise NotImplementedError(question.key)
        return Result(question=question, workspace=result.workspace, answer=explained(result.answer, request))

    explain.__name__ = question.key
    explain.__doc__ = f"{question.help}\n\nParameters\n----------\nabout : str\n    {placed.metadata['option'].help}"
    return explain


def map_of(
    page: MapPage, workspace: Workspace, *, offline: bool, lang: Lang | None, files: str | Path | None
) -> PlanMap:
    """Return a page as a folium map.

    Parameters
    ----------
    page
        What is shown.
    workspace
        Where the style lies.
    offline, lang, files
        See `Plan.explore`.
    """
    from parkmap.output.html.user_map import PlanMap  # noqa: PLC0415  folium is heavy
    from parkmap.plan.style import read_style  # noqa: PLC0415

    style, folder = read_style(workspace.catalog.style_file()), None if files is None else Path(files)
    return PlanMap(page, style=style, lang=lang or own_lang(), offline=offline, files=folder)


def short_name(question: Question, key: str) -> str:
    """Return the attribute that a table of an answer is.

    Parameters
    ----------
    question
        The question.
    key
        Key of the table.
    """
    name = key.removeprefix(f"{question.key}-").replace("-", "_")
    return f"{name}_table" if hasattr(Result, name) or name in question.kept else name


def _written(content: bytes, path: str | Path | None, *, encoding: str = "utf-8") -> str | None:
    if path is None:
        return content.decode(encoding)
    Path(path).write_bytes(content)
    return None
