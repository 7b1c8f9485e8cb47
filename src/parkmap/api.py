"""The library: a project, its plans, the questions about them, and their answers as frames and files.

Every registered question is a method of `Plan` (of `Project`, where it takes several plans): its keywords are the
fields of the question's request.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parkmap import questions
from parkmap.facts.sheet import sheet
from parkmap.plan.catalog import open_catalog
from parkmap.questions.base import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import geopandas as gpd
    import pandas as pd

    from parkmap.facts.facts import Facts
    from parkmap.finding import Finding
    from parkmap.messages import Lang
    from parkmap.output.context import Context
    from parkmap.questions.base import Answer, Question
    from parkmap.results.plan import PlanResults


def open(folder: str | Path | None = None) -> Project:  # noqa: A001  read as parkmap.open
    """Open a project.

    Parameters
    ----------
    folder
        Folder with your own `config/` and `layers/`; None is the shipped plans, with those of the current folder.

    Returns
    -------
    Project
        The project.
    """
    return Project(workspace=Workspace(catalog=open_catalog(None if folder is None else Path(folder)), as_of=_today()))


def _today() -> dt.date:
    return dt.datetime.now(tz=dt.UTC).astimezone().date()


def _asked(question: Question, given: Mapping[str, Any]) -> Any:  # noqa: ANN401  the question's request
    """Return the request of a question; a keyword that it does not know is told with those that it does."""
    known = [field.name for field in dataclasses.fields(question.request)]
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise TypeError(f"{question.key}: unknown {', '.join(unknown)}; known are {', '.join(known) or 'none'}")
    paths = {name for name in known if "Path" in str(question.request.__dataclass_fields__[name].type)}
    return question.request(**{name: _path(value) if name in paths else value for name, value in given.items()})


def _path(value: Any) -> Any:  # noqa: ANN401  a path as text is as good as a path
    return Path(value) if isinstance(value, str) else value


class _Asks:
    """What can be asked questions by the names of the registry."""

    def _ask(self, question: Question, *plans: str, **given: Any) -> Result:  # noqa: ANN401
        raise NotImplementedError

    def _takes(self, question: Question) -> bool:
        raise NotImplementedError

    def __getattr__(self, name: str) -> Callable[..., Result]:
        """Return a question as a method."""
        key = name.replace("_", "-")
        if name.startswith("_") or key not in questions.NAMES or not self._takes(questions.question(key)):
            raise AttributeError(f"{type(self).__name__} has no {name}; it can be asked: {', '.join(self._questions())}")
        question = questions.question(key)

        def ask(*plans: str, **given: Any) -> Result:  # noqa: ANN401
            return self._ask(question, *plans, **given)

        ask.__name__, ask.__doc__ = name, question.help
        return ask

    def _questions(self) -> list[str]:
        return [key.replace("-", "_") for key in questions.NAMES if self._takes(questions.question(key))]

    def __dir__(self) -> list[str]:
        """Return attributes and questions."""
        return sorted({*super().__dir__(), *self._questions()})


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Project(_Asks):
    """Plans and layers of a folder over the shipped ones.

    Parameters
    ----------
    workspace
        Where they lie, and the day for which validity is told.
    """

    workspace: Workspace

    def plan(
        self,
        plan_id: str,
        *,
        reading: str | tuple[str, ...] | None = None,
        as_of: str | dt.date | None = None,
        scenario: str | None = None,
    ) -> Plan:
        """Return a plan.

        Parameters
        ----------
        plan_id
            Its id.
        reading
            Other readings of the text than those in use, by id.
        as_of
            Day for which validity is told; None is today.
        scenario
            Id of the scenario of the quota; None is `base` where there is one.

        Raises
        ------
        InvalidInputError
            With every problem of plan, policies, scenarios and layers.
        """
        chosen = (reading,) if isinstance(reading, str) else reading or ()
        reference = f"{plan_id}@{'+'.join(chosen)}" if chosen else plan_id
        day = dt.date.fromisoformat(as_of) if isinstance(as_of, str) else as_of or self.workspace.as_of
        workspace = dataclasses.replace(self.workspace, as_of=day)
        return Plan(workspace=workspace, reference=reference, results=workspace.plan(reference, scenario=scenario))

    def _ask(self, question: Question, *plans: str, **given: Any) -> Result:  # noqa: ANN401
        return Result(answer=question.answer(self.workspace, plans, _asked(question, given)))

    def _takes(self, question: Question) -> bool:
        return question.plans in {"none", "some", "two"}


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Plan(_Asks):
    """One plan with its layers; each analysis runs when something first needs its result.

    Parameters
    ----------
    workspace
        Where it lies.
    reference
        Its id, with readings behind it where others than those in use are wanted.
    results
        The plan, read and checked.
    """

    workspace: Workspace
    reference: str
    results: PlanResults

    @property
    def components(self) -> gpd.GeoDataFrame:
        """Elements of the spatial structure, in the plan's metric system; geometry is None where none is stated."""
        return self._section("components")

    @property
    def parks(self) -> gpd.GeoDataFrame:
        """Parks, bases and zones that can hold land quota, in the plan's metric system."""
        return self._section("parks")

    @property
    def projects(self) -> gpd.GeoDataFrame:
        """Facilities, platforms and projects that the document lists, in the plan's metric system."""
        return self._section("projects")

    @property
    def districts(self) -> gpd.GeoDataFrame:
        """Administrative districts, in the plan's metric system."""
        return self.results.geography.districts.copy()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks found; no error among them."""
        return self.results.findings

    def _section(self, name: str) -> gpd.GeoDataFrame:
        items = self.results.items
        return items[items["section"] == name].copy()

    def _ask(self, question: Question, *plans: str, **given: Any) -> Result:  # noqa: ANN401
        request = _asked(question, given)
        if question.of_plan is not None and not plans and question.plans == "one":
            return Result(answer=question.of_plan(self.results, request))
        return Result(answer=question.answer(self.workspace, (self.reference, *plans), request))

    def _takes(self, question: Question) -> bool:
        return question.plans != "none"


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Result:
    """The answer to a question.

    Each of its tables is an attribute by its key without the question's name: a GeoDataFrame where its rows have
    geometry, else a DataFrame; numbers in the stored unit, which the key names.

    Parameters
    ----------
    answer
        The answer.
    """

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

    def frame(self, key: str) -> pd.DataFrame | gpd.GeoDataFrame:
        """Return one table.

        Parameters
        ----------
        key
            Its key.

        Returns
        -------
        DataFrame or GeoDataFrame
            One column per stored value; indexed by its first column.

        Raises
        ------
        KeyError
            When the answer has no such table.
        """
        facts = self.answer.table(key)
        frame = facts.frame()
        shapes = self.answer.shapes.get(key)
        if shapes is not None:
            import geopandas as gpd  # noqa: PLC0415  tables without geometry do not need it

            kept = [number for number in range(len(facts)) if not facts.is_total(number)]
            frame = gpd.GeoDataFrame(frame.iloc[kept], geometry=shapes.to_numpy(), crs=shapes.crs)
        return frame.set_index(facts.all_columns()[0].key)

    def __getattr__(self, name: str) -> pd.DataFrame | gpd.GeoDataFrame:
        """Return a table by its short name."""
        found = None if name.startswith("_") else self._tables().get(name)
        if found is None:
            raise AttributeError(f"no table {name}; there are {', '.join(self._tables())}")
        return self.frame(found)

    def __dir__(self) -> list[str]:
        """Return attributes and tables."""
        return sorted({*super().__dir__(), *self._tables()})

    def _tables(self) -> dict[str, str]:
        """Return the key of each table by its short name."""
        lead = f"{self.answer.file_name}-"
        return {facts.key.removeprefix(lead).replace("-", "_"): facts.key for facts in self.answer.facts}

    def to_csv(self, path: str | Path | None = None, *, table: str | None = None, lang: Lang = "zh") -> str | None:
        """Write a table as CSV that Excel opens rightly.

        Parameters
        ----------
        path
            Where to; None returns the text.
        table
            Key of the table; None is the first that people read.
        lang
            Language of heads and words.

        Returns
        -------
        str or None
            The text, without the mark of its encoding, where no path was given.
        """
        from parkmap.output.tables.csv_file import to_csv  # noqa: PLC0415  only when a file is written

        content = to_csv(sheet(self._chosen(table), lang))
        if path is None:
            return content.decode("utf-8-sig")
        Path(path).write_bytes(content)
        return None

    def to_geojson(self, path: str | Path | None = None, *, table: str | None = None) -> str | None:
        """Write a table with geometry as RFC 7946 GeoJSON, WGS 84.

        Parameters
        ----------
        path
            Where to; None returns the text.
        table
            Key of the table; None is the first that has geometry.

        Raises
        ------
        KeyError
            When there is no such table with geometry.
        """
        from parkmap.facts.plain import properties  # noqa: PLC0415  only when a file is written
        from parkmap.output.vector import feature_collection  # noqa: PLC0415

        key = table or next(iter(self.answer.shapes), "")
        text = feature_collection(self.answer.shapes[key], properties(self.answer.table(key)))
        if path is None:
            return text
        Path(path).write_text(text, encoding="utf-8", newline="\n")
        return None

    def _chosen(self, table: str | None) -> Facts:
        return self.answer.for_people()[0] if table is None else self.answer.table(table)

    def _repr_html_(self) -> str:
        """Return its tables as notebooks show them."""
        return "".join(facts._repr_html_() for facts in self.answer.for_people())  # noqa: SLF001  what notebooks call
