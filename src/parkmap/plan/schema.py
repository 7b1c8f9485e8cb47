"""The closed vocabulary of a plan: what was decided, with the clause that decided it.

No coordinate appears here: a component or park points at a layer feature by id, or says why it cannot be placed.
Every class is frozen and forbids unknown keys, so that a misspelt key is an error and never a silent default.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from parkmap.errors import RuleError
from parkmap.plan.conflicts.schema import Conflict, NamedList
from parkmap.plan.elements import (
    AreaM2,
    Basis,
    Closed,
    Commodity,
    Component,
    Id,
    Industry,
    Item,
    Name,
    Park,
    Placed,
    Project,
    Role,
    Source,
    Statement,
    Text,
)
from parkmap.plan.scenarios.schema import Claim, Figure, Pool, Scenario, Variant

__all__ = [
    "Amount", "AreaM2", "Base", "Basis", "Claim", "Closed", "Commodity", "Component", "Declared", "Document",
    "Figure", "Id", "Industry", "Item", "Name", "Park", "Period", "Placed", "Plan", "PlanLayers", "Policy", "Pool",
    "Position", "Project", "Role", "Rule", "Scenario", "Source", "Statement", "Structure", "Target", "Text",
    "Variant",
]  # fmt: skip


class Supersession(Closed):
    """An earlier document that a later one replaces."""

    document: Id
    """Id of the earlier document."""
    source: Source
    """Clause that says so."""


class CitedText(Closed):
    """A dated text that a document cites: the document cannot be earlier."""

    written: Text
    """The words that cite it, with its date, its number or its title; `parkmap check --sources` looks for them."""
    document: Id | None = None
    """Id of the cited text where it is registered: its day of issue then counts, otherwise the year of its number."""
    source: Source
    """Clause that cites it."""


class Document(Closed):
    """A published text that plans and policies cite."""

    title: Name
    """Full title."""
    text_file: Text
    """File name of the text, as `parkmap check --sources` looks for it."""
    sha256: Text | None = None
    """SHA-256 of the text file that was read."""
    issuers: tuple[Text, ...] = ()
    """Issuing bodies as the text names them; empty where it names none."""
    number: Text | None = None
    """Document number; null where the text states none."""
    issued: dt.date | None = None
    """Date of issue or publication; null where the text states none."""
    not_before: dt.date | None = None
    """Earliest possible date of issue, where only that can be shown."""
    not_before_reason: Name | None = None
    """Why it cannot be earlier."""
    not_before_cites: CitedText | None = None
    """The dated text that it cites; `not_before` follows from it."""
    expires: dt.date | None = None
    """Last day in force; null where the text does not fix it."""
    expires_basis: Literal["stated", "title"] | None = None
    """`stated`: a clause gives the day; `title`: end of the last year that the title names."""
    term_years: int | None = Field(default=None, gt=0)
    """Term in years counted from issue, where the text states a term instead of a date."""
    period_source: Source | None = None
    """Clause that fixes the period."""
    supersedes: tuple[Supersession, ...] = ()
    """Earlier documents that this one replaces from its day of issue."""
    note: Name | None = None
    """What is missing from the text at hand, for example an annex map."""

    @model_validator(mode="after")
    def _expiry_has_a_basis(self) -> Self:
        if (self.expires is None) != (self.expires_basis is None):
            raise RuleError("expires 与 expires_basis 须同时填写", "'expires' and 'expires_basis' go together")
        return self

    @model_validator(mode="after")
    def _title_names_the_end(self) -> Self:
        if self.expires is not None and self.expires_basis == "title":
            years = re.findall(r"\d{4}", unicodedata.normalize("NFKC", self.title.zh))
            if not years or self.expires != dt.date(int(years[-1]), 12, 31):
                raise RuleError(
                    "据标题得出的 expires 须为标题所载最后一年的年底",
                    "'expires' from the title is the end of the last year that the title names",
                )
        return self

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        start = self.issued or self.not_before
        if start is not None and self.expires is not None and self.expires < start:
            raise RuleError("expires 早于发布日期", "'expires' lies before the day of issue")
        return self


class Base(Closed):
    """Where a target starts from."""

    year: int
    """Year of the value."""
    value: float
    """Value in the unit of the target."""
    comparator: Literal["exact", "at_least", "over", "about"] = "exact"
    """How the text qualifies the value."""
    source: Source
    """Clause that states it."""


class Target(Closed):
    """A number that the plan wants to reach."""

    id: Id
    """Id in the plan."""
    indicator: Name
    """What is counted."""
    comparator: Literal["exact", "at_least", "over", "at_most", "about", "range"]
    """How the text qualifies the value."""
    value: float
    """Value to reach, in `unit`."""
    value_to: float | None = None
    """Upper end, for `range`."""
    unit: Name
    """Unit of `value`, for example 亿元 / 100 million yuan."""
    written: Text | None = None
    """How the text writes the value, for example 一家, 千万级: where it uses no digits, or where its clause holds
    several numbers alike."""
    year: int | None = None
    """Target year; null where the text names none."""
    per_year: bool = False
    """True when the value is due every year."""
    base: Base | None = None
    """Where it starts from."""
    measured_by: Literal["count_of_components", "count_of_parks"] | None = None
    """How parkmap itself can check it; null when it needs statistics that parkmap does not hold."""
    source: Source
    """Clause that states it."""
    also: tuple[Source, ...] = ()
    """Further clauses that state it."""


class Position(Closed):
    """What the plan says an administrative district, or a zone beside them, should be."""

    id: Id
    """Id in the plan."""
    district: Id | None = None
    """District id, or null when the clause speaks of a zone."""
    component: Id | None = None
    """Component id when the clause speaks of a zone."""
    position: Name
    """The position in the document's words (zh) and in English."""
    industries: tuple[Id, ...] = ()
    """Ids of industries."""
    places: tuple[Id, ...] = ()
    """Ids of components, parks or projects that the clause names there."""
    source: Source
    """Clause that states it."""


class Declared(Closed):
    """How many elements of a role the structure declares."""

    role: Role
    """The role."""
    count: int | None = Field(default=None, ge=1)
    """Declared number; null when the text says 'several'."""
    not_meant: tuple[Statement, ...] = ()
    """Passages that look as if they listed the declared elements and do not, each with the reason."""


class Structure(Closed):
    """The plan's spatial formula, for example 一核一带三谷多点."""

    name: Name
    """The formula."""
    declared: tuple[Declared, ...]
    """What it declares, role by role."""
    source: Source
    """Clause that states it."""
    also: tuple[Source, ...] = ()
    """Further clauses that state it, or state it otherwise."""


class PlanLayers(Closed):
    """Where the geography of a plan lies, relative to the folder that holds `layers/`."""

    districts: Text
    """Administrative districts, for example layers/shenzhen/districts.geojson."""
    land: Text
    """Land, to clip and to draw the coast."""
    places: tuple[Text, ...] = Field(min_length=1)
    """Layers with the places, for example sites, zones and belts."""


class Plan(Closed):
    """One published plan."""

    id: Id
    """Id of the plan; the file name without its extension."""
    city: Id
    """Id of the city; the folder under layers/."""
    name: Name
    """Name of the plan."""
    document: Id
    """The document that the plan models."""
    crs: Annotated[str, StringConstraints(pattern=r"^EPSG:\d+$")]
    """Metric coordinate system for analysis."""
    layers: PlanLayers
    """Where its geography lies."""
    structure: Structure
    """Its spatial formula."""
    industries: tuple[Industry, ...] = ()
    """Fields of industry that it promotes."""
    components: tuple[Component, ...]
    """Elements of the spatial structure."""
    parks: tuple[Park, ...] = ()
    """Industrial parks beside them."""
    projects: tuple[Project, ...] = ()
    """Facilities, platforms, sites and projects that it lists."""
    positions: tuple[Position, ...] = ()
    """What it wants each district to be."""
    targets: tuple[Target, ...] = ()
    """Numbers that it wants to reach."""
    policies: tuple[Id, ...] = ()
    """Ids of the policies whose rules apply."""
    lists: tuple[NamedList, ...] = ()
    """Lists of places that a clause gives, held against the components."""
    conflicts: tuple[Conflict, ...] = ()
    """Where the text can be read in more than one way."""


class Period(Closed):
    """A time span; both days count."""

    first: dt.date | None = None
    """First day; null where nothing fixes it."""
    last: dt.date | None = None
    """Last day; null where nothing fixes it."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first is not None and self.last is not None and self.last < self.first:
            raise RuleError("last 早于 first", "'last' lies before 'first'")
        return self


class Amount(Closed):
    """One sum, share or cap that a rule grants."""

    what: Name
    """What is paid for or granted, in our own words."""
    rate_percent: float | None = Field(default=None, gt=0, le=100)
    """Share of the cost that is paid, per cent."""
    cap_yuan: int | None = Field(default=None, gt=0)
    """Upper limit of one grant."""
    amount_yuan: int | None = Field(default=None, gt=0)
    """Fixed sum of one grant."""
    years: int | None = Field(default=None, gt=0)
    """For how many years it is paid."""
    per: Literal["project", "firm", "firm_year", "product", "item", "operator", "all_year"]
    """What the cap counts for; `all_year` is a ceiling on the whole programme in a year."""


class Rule(Closed):
    """One article of a policy."""

    id: Id
    """Id in the policy."""
    name: Name
    """Short title, in our own words."""
    kind: Literal["land", "tenure", "planning", "subsidy", "site", "service", "general"]
    """What it bears on."""
    summary: Name
    """What it does, in our own words."""
    amounts: tuple[Amount, ...] = ()
    """What it grants."""
    places: tuple[Id, ...] = ()
    """Ids of layer features that it names."""
    place_names: tuple[Text, ...] = ()
    """Chinese names of the places that it names, as written."""
    pools: tuple[Id, ...] = ()
    """Kinds of supply in the order in which a land rule draws on them."""
    pools_beside: tuple[Id, ...] = ()
    """Kinds of supply that the rule supports beside that order and not after it."""
    period: Period | None = None
    """Days on which the rule applies, where its clause names them; null is the period of the document."""
    source: Source
    """The article."""
    also: tuple[Source, ...] = ()
    """Further articles that bear on it."""


class Policy(Closed):
    """The rules of one document that bear on land and support."""

    id: Id
    """Id of the policy; the file name without its extension."""
    city: Id
    """Id of the city."""
    name: Name
    """Name of the policy."""
    document: Id
    """The document that holds the rules."""
    rules: tuple[Rule, ...]
    """Its rules."""
