"""What a question is: what it asks for, which tables of facts answer it, and what its answer holds.

A module that declares a question imports nothing heavy, so that help and listings answer at once; its analyses are
imported when it is asked.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Literal

from parkmap.facts.document import document

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import geopandas as gpd

    from parkmap.facts.columns import Table
    from parkmap.facts.facts import Facts
    from parkmap.facts.plain import Plain
    from parkmap.finding import Finding
    from parkmap.messages import Words
    from parkmap.output.context import Context
    from parkmap.output.html.model import LayerGroup, MapPage
    from parkmap.plan.catalog import Catalog
    from parkmap.results.plan import PlanResults

Plans = Literal["none", "one", "two", "perhaps", "some"]
"""How many plans a question takes: none, one, two (the second is the first where it is left out), one or none, one or
more."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Document:
    """A kind of JSON document that a question is answered by.

    Parameters
    ----------
    key
        Name of its file and of its schema.
    tables
        Every table that it may have, in the order of JSON.
    """

    key: str
    tables: Sequence[Table]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Workspace:
    """Where a question is asked.

    Parameters
    ----------
    catalog
        Where plans and layers lie.
    as_of
        Day for which validity is told.
    held
        Plans that were read already, by reference; what was measured of them need not be measured again.
    on_step
        Called with the name of each of the question's steps before it begins.
    """

    catalog: Catalog
    as_of: dt.date
    held: Mapping[str, PlanResults] = dataclasses.field(default_factory=dict, repr=False)
    on_step: Callable[[str], None] = lambda _step: None

    def plan(self, reference: str, *, scenario: str | None = None) -> PlanResults:
        """Return a plan with its layers.

        Parameters
        ----------
        reference
            `plan`, or `plan@reading+reading`.
        scenario
            Id of the scenario; None is `base` where there is one.

        Raises
        ------
        InvalidInputError
            With every problem of plan, policies, scenarios and layers.
        """
        from parkmap.results.plan import analyse

        if reference in self.held:
            return self.held[reference].with_scenario(scenario)
        return analyse(self.catalog, reference, as_of=self.as_of, scenario=scenario)


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Answer:
    """What a question is answered by, in both languages and all formats.

    Parameters
    ----------
    document
        Which tables it may have.
    facts
        The tables that it has.
    name
        Name of its document's file; empty is the key of the document.
    base
        The plan that it is about, the first of several; None where it is about none.
    shapes
        Geometry of the rows of a table, in their order, by key of the table.
    layers
        Makes its layers of the plan's page; None where it draws nothing there.
    page
        Makes its page from the answer; None takes the plan's page with its layers, or none where it has none either.
    further
        Makes files that no table gives, by name; None where there are none.
    record
        What its manifest says beside what every manifest says.
    findings
        What was found on the way; no error among them.
    told
        What its command says beside the data.
    errors
        What could not be read, so that it is missing: its command tells it and ends with exit code 2.
    code
        Exit code of its command, where the question is a check.
    results
        What the tables were made from, for pictures and texts that no table gives.
    brief
        Keys of the tables that the terminal shows beside single files; None shows all of them.
    """

    document: Document
    facts: tuple[Facts, ...]
    name: str = ""
    base: PlanResults | None = None
    shapes: Mapping[str, gpd.GeoSeries] = dataclasses.field(default_factory=dict)
    layers: Callable[[], tuple[LayerGroup, ...]] | None = None
    page: Callable[[Answer], MapPage] | None = None
    further: Callable[[Context], Mapping[str, bytes]] | None = None
    record: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    told: tuple[Words, ...] = ()
    errors: tuple[Finding, ...] = ()
    code: int = 0
    results: Any = None
    brief: tuple[str, ...] | None = None

    def table(self, key: str) -> Facts:
        """Return one table.

        Parameters
        ----------
        key
            Its key.

        Raises
        ------
        KeyError
            When it has no such table.
        """
        for one in self.facts:
            if one.key == key:
                return one
        raise KeyError(key)

    @property
    def file_name(self) -> str:
        """Name of its document's file, without its ending."""
        return self.name or self.document.key

    @property
    def day(self) -> dt.date | None:
        """Day for which it holds; None where it is about no plan."""
        return None if self.base is None else self.base.as_of

    def as_document(self) -> Plain:
        """Return it as one JSON document."""
        return document(self.document.tables, self.facts)

    def for_people(self, *, terminal: bool = False) -> tuple[Facts, ...]:
        """Return the tables that people read, in their order.

        Parameters
        ----------
        terminal
            Whether long tables are left out, and those that say nothing but for the first.
        """
        shown = [one for one in self.facts if one.table.people and (len(one) or one.table.if_empty)]
        if not terminal:
            return tuple(shown)
        return tuple(one for one in shown if one.table.terminal and (len(one) or one.notes or one is shown[0]))


@dataclasses.dataclass(frozen=True, kw_only=True)
class FileForm:
    """A single file that a question can write on request, beside or instead of its folder.

    Parameters
    ----------
    key
        Name of the option without its dashes.
    help
        What it is, in both languages.
    flags
        Names of the option, where it has others than that.
    make
        From the answer, the ending of the file in lower case and the context of writers to its content; None where
        there is nothing to write.
    endings
        Endings that the file may have, without the dot; empty is any.
    none
        Key of what is told where there is nothing to write.
    """

    key: str
    help: str
    make: Callable[[Answer, str, Context], bytes | None]
    endings: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    none: str = "quota.nothing_to_draw"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Failure:
    """A condition under which a command ends with exit code 1 when it was asked to.

    Parameters
    ----------
    flag
        Name of the option.
    help
        What it is, in both languages.
    holds
        Whether the answer meets the condition.
    """

    flag: str
    help: str
    holds: Callable[[Answer], bool]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Variant:
    """One way in which `build` asks a question of each plan.

    Parameters
    ----------
    fields
        What its request says beside the defaults.
    tables
        Whether its tables are files as well as its document.
    """

    fields: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    tables: bool = True


@dataclasses.dataclass(frozen=True, kw_only=True)
class Question:
    """A question, registered once: command, JSON, folder, `build`, manifest and API follow from it.

    Parameters
    ----------
    key
        Name of its command and of its method.
    help
        What it answers, in both languages, the first line short.
    documents
        Kinds of documents that it is answered by.
    answer
        From workspace, plan references and request to the answer.
    request
        Dataclass of what is asked; each field made by `asked`.
    plans
        How many plans it takes.
    every
        Whether all plans there are can be asked for at once.
    scenario
        Whether it takes a scenario, as field `scenario` of the request.
    folder
        Whether the answer can be written into a folder.
    files
        Single files that it can write.
    failures
        Conditions for exit code 1.
    after
        Key of the question whose answers it explains; None explains none.
    of_answer
        From such an answer and a request to the explanation.
    kept
        What users of the library get of an answer's `results` beside its tables: attribute, and its type by full name.
    of_plan
        From a plan and a request to the answer, for questions about one plan. None leaves it out of `build`, and so
        does an answer that is None: the plan has nothing to say.
    variants
        How `build` asks it, one answer each.
    features
        From a plan to the facts about districts and items that stand on cards and in GIS files, where these are found
        without all that `of_plan` finds. None takes them from there.
    steps
        Names of the steps of its work, where it may take long; their texts are ``step.<name>``.
    """

    key: str
    help: str
    documents: tuple[Document, ...]
    answer: Callable[[Workspace, tuple[str, ...], Any], Answer]
    request: type[Any]
    plans: Plans = "one"
    every: bool = False
    folder: bool = True
    files: tuple[FileForm, ...] = ()
    failures: tuple[Failure, ...] = ()
    after: str | None = None
    of_answer: Callable[[Answer, Any], Answer] | None = None
    kept: Mapping[str, str] = dataclasses.field(default_factory=dict)
    of_plan: Callable[[PlanResults, Any], Answer | None] | None = None
    variants: tuple[Variant, ...] = (Variant(),)
    features: Callable[[PlanResults], Iterable[Facts]] | None = None
    steps: tuple[str, ...] = ()
