"""A project and its plans: what there is, and the questions that can be asked of it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parkmap import questions
from parkmap.api.methods import PlanQuestions, ProjectQuestions
from parkmap.api.result import Result, map_of
from parkmap.plan.catalog import open_catalog
from parkmap.questions.base import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd
    import pandas as pd

    from parkmap.finding import Finding
    from parkmap.messages import Lang
    from parkmap.output.html.user_map import PlanMap
    from parkmap.questions.base import Question
    from parkmap.results.plan import PlanResults


def open(folder: str | Path | None = None, *, as_of: str | dt.date | None = None) -> Project:  # noqa: A001
    """Open a project.

    Parameters
    ----------
    folder
        Folder with your own `config/` and `layers/`, which come before the shipped ones; None is the current folder.
    as_of
        Day for which validity is told, as a date or as `2024-01-31`; None is today.

    Returns
    -------
    Project
        The project.

    Examples
    --------
    >>> import parkmap
    >>> project = parkmap.open(as_of="2024-01-01")
    >>> project.plans.loc["shenzhen-big-health-2022", "validity"]
    'in_force'
    """
    catalog = open_catalog(None if folder is None else Path(folder))
    return Project(workspace=Workspace(catalog=catalog, as_of=_day(as_of) or _today()))


def _today() -> dt.date:
    return dt.datetime.now(tz=dt.UTC).astimezone().date()


def _day(day: str | dt.date | None) -> dt.date | None:
    return dt.date.fromisoformat(day) if isinstance(day, str) else day


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Project(ProjectQuestions):
    """Plans and layers of a folder over the shipped ones.

    Parameters
    ----------
    workspace
        Where they lie, and the day for which validity is told.
    """

    workspace: Workspace

    @property
    def plans(self) -> pd.DataFrame:
        """What there is: a row for each plan that can be read, with its id as index."""
        return self._ask(questions.question("plans"), (), questions.question("plans").request()).frame("plans")

    @property
    def plan_ids(self) -> tuple[str, ...]:
        """Ids of the plans."""
        return tuple(self.workspace.catalog.plan_files())

    def plan(
        self,
        plan_id: str,
        *,
        reading: str | Iterable[str] | None = None,
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
            Day for which validity is told; None is that of the project.
        scenario
            Id of the scenario of the quota; None is `base` where there is one.

        Returns
        -------
        Plan
            The plan, read and checked; nothing is measured yet.

        Raises
        ------
        InvalidInputError
            With every problem of plan, policies, scenarios and layers.

        Examples
        --------
        >>> import parkmap
        >>> plan = parkmap.open().plan("shenzhen-big-health-2022", as_of="2024-01-01")
        >>> plan.components.loc["qianhai-health-core", "role"]
        'core'
        >>> parkmap.open().plan("shenzhen-big-heath-2022")
        Traceback (most recent call last):
            ...
        parkmap.errors.InvalidInputError: ...
        """
        chosen = (reading,) if isinstance(reading, str) else tuple(reading or ())
        reference = f"{plan_id}@{'+'.join(chosen)}" if chosen else plan_id
        workspace = dataclasses.replace(self.workspace, as_of=_day(as_of) or self.workspace.as_of)
        results = workspace.plan(reference, scenario=scenario)
        return Plan(workspace=dataclasses.replace(workspace, held={reference: results}), reference=reference)

    def _ask(self, question: Question, plans: tuple[str, ...], request: Any) -> Result:  # noqa: ANN401
        answer = question.answer(self.workspace, plans, request)
        return Result(question=question, workspace=self.workspace, answer=answer)

    def __repr__(self) -> str:
        """Return where it lies and what there is."""
        return f"Project({self.workspace.catalog.roots[0].as_posix()!r}: {', '.join(self.plan_ids)})"


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Plan(PlanQuestions):
    """One plan with its layers; each analysis runs once, when something first needs its result.

    Parameters
    ----------
    workspace
        Where it lies; it holds the plan.
    reference
        Its id, with readings behind it where others than those in use are wanted.
    """

    workspace: Workspace
    reference: str

    @property
    def results(self) -> PlanResults:
        """What the analyses of the plan return, undocumented columns and all."""
        return self.workspace.plan(self.reference)

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
        return self._section("districts")

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks found; no error among them."""
        return self.results.findings

    def explore(self, *, offline: bool = True, lang: Lang | None = None, files: str | Path | None = None) -> PlanMap:
        """Return the plan as a folium map, to which you add your own folium layers before you save it.

        Parameters
        ----------
        offline
            Whether the saved map holds all that it needs, also what your layers need; otherwise it asks folium's
            public hosts.
        lang
            Language of names and cards; None is that of the locale.
        files
            Folder with scripts and style sheets of folium plugins, for an offline map that needs more than the
            package has.

        Returns
        -------
        folium.Map
            Its layers are `folium.GeoJson`, in a layer control; there are no tiles.
        """
        from parkmap.questions.page.plan import plan_page  # noqa: PLC0415  heavy, only for maps

        return map_of(plan_page(self.results), self.workspace, offline=offline, lang=lang, files=files)

    def _section(self, name: str) -> gpd.GeoDataFrame:
        question = questions.question("show")
        return self._ask(question, (), question.request()).frame(name)

    def _ask(self, question: Question, plans: tuple[str, ...], request: Any) -> Result:  # noqa: ANN401
        others = plans or ((self.reference,) if question.plans == "two" else ())
        answer = question.answer(self.workspace, (self.reference, *others), request)
        return Result(question=question, workspace=self.workspace, answer=answer)

    def __repr__(self) -> str:
        """Return what it is and the day for which validity is told."""
        return f"Plan({self.reference!r}, as of {self.workspace.as_of})"
