"""The closed vocabulary of a scenario: supply, claims, bounds, method, what was used, and what was set by hand.

Every number is a figure with its basis, so that no table can hide an assumption.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from parkmap.defaults import MethodName
from parkmap.errors import RuleError
from parkmap.plan.elements import AreaM2, Basis, Closed, Commodity, Id, Name, Role, Source, Text

ConstraintKind = Literal["ecological-red-line", "permanent-basic-farmland", "urban-growth-boundary", "industrial-line"]
CONSTRAINT_KINDS: tuple[ConstraintKind, ...] = get_args(ConstraintKind)
Tenure = Literal["grant", "lease", "lease-then-grant", "lease-and-grant", "allocated"]
Percent = Annotated[float, Field(gt=0, le=1000)]
FloorAreaRatio = Annotated[float, Field(gt=0, le=30)]


class _Backed(Closed):
    basis: Basis
    """What the number rests on."""
    source: Source | None = None
    """Clause, when the basis is `document`."""
    origin: Name | None = None
    """Publisher and date for `press` and `official`; the reasoning for `assumption`."""

    @model_validator(mode="after")
    def _basis_is_backed(self) -> Self:
        if self.basis == "document" and self.source is None:
            raise RuleError("basis 为 document 时须写 source", "basis 'document' needs a source")
        if self.basis != "document" and self.origin is None:
            raise RuleError(f"basis 为 {self.basis} 时须写 origin", f"basis '{self.basis}' needs an origin")
        return self


class Figure(_Backed):
    """A quantity of land or floor space, with what it rests on."""

    m2: AreaM2
    """Amount in whole square metres."""


class Money(_Backed):
    """A sum of money, with what it rests on."""

    yuan: Annotated[int, Field(ge=0, strict=True)]
    """Amount in whole yuan."""


class Pool(Closed):
    """Land or floor space that can be handed out in a year."""

    id: Id
    """Id in the scenario."""
    name: Name
    """Name of the pool."""
    kind: Id | None = None
    """Kind of supply as rules name it, for example city-increment; null is the id without its year."""
    commodity: Commodity
    """Land, or floor space."""
    year: int
    """Year in which it can be handed out."""
    supply: Figure
    """How much there is."""
    rule: Id | None = None
    """Id of the policy rule that names the pool."""

    @property
    def kind_id(self) -> str:
        """Kind of supply: `kind`, or the id without its year."""
        return self.kind or self.id.removesuffix(f"-{self.year}")


class Access(Closed):
    """Which kinds of supply a claim may draw on."""

    kinds: tuple[Id, ...] = Field(min_length=1)
    """Kinds of pools."""
    rule: Id | None = None
    """Rule that limits it; null marks an assumption."""
    reason: Name | None = None
    """Why, where no rule says so."""

    @model_validator(mode="after")
    def _has_a_reason(self) -> Self:
        if self.rule is None and self.reason is None:
            raise RuleError("须写 rule 或 reason", "needs 'rule' or 'reason'")
        return self


class Claim(Closed):
    """What one park, zone or project asks for in a year."""

    item: Id
    """Id of a component, park or project of the plan."""
    commodity: Commodity
    """Land, or floor space."""
    year: int
    """Year in which it is wanted."""
    claim: Figure
    """Wanted amount."""
    floor: Figure | None = None
    """Amount that must be met before anything is shared; null is none."""
    floor_rule: Id | None = None
    """Rule that gives the floor."""
    cap: Figure | None = None
    """Amount that must not be exceeded; null is the claim."""
    cap_rule: Id | None = None
    """Rule that gives the cap."""
    tier: int = Field(ge=1)
    """Priority tier; 1 is served first."""
    tier_rule: Id | None = None
    """Rule that gives the tier; null marks it as an assumption."""
    weight: float = Field(default=1.0, gt=0, allow_inf_nan=False)
    """Weight inside the tier; the share is proportional to weight times claim."""
    indivisible: bool = False
    """True where the claim is met as a whole or not at all (method `indivisible`)."""
    pools: Access | None = None
    """Kinds of supply that it may draw on; null is every pool of its commodity and year."""
    district: Id | None = None
    """District in which the land lies; null is the only one of the item, in the plan or else in its layer."""
    land_class: Text | None = None
    """Class of config/land_classes.yaml, by its code of the classification of 2023."""
    far: FloorAreaRatio | None = None
    """Floor-area ratio by which land and floor space are compared."""
    tenure: Tenure | None = None
    """How the land is handed over: granted, leased, leased and granted later (先租后让), both combined, allocated."""
    tenure_rule: Id | None = None
    """Rule that provides for that tenure."""


class Selection(Closed):
    """Which claims a bound speaks of: those that meet every condition given."""

    items: tuple[Id, ...] = ()
    """Ids of components, parks or projects; empty is every one."""
    district: Id | None = None
    """District in which they lie."""
    role: Role | None = None
    """Role of the component, or of the component that holds them."""
    component: Id | None = None
    """Component to which they belong."""
    land_class: Text | None = None
    """Class of config/land_classes.yaml; a group of classes by the first digits of its code."""
    tenure: Tenure | None = None
    """Tenure."""
    commodity: Commodity
    """Land, or floor space."""
    year: int | None = None
    """Year; null is all years together."""


class GroupBound(Closed):
    """A floor or a cap on several claims together."""

    id: Id
    """Id in the scenario."""
    name: Name
    """Name of the bound."""
    partition: Literal["district", "role", "component", "land-class", "tenure", "other"]
    """What the bound divides the claims by."""
    of: Selection
    """Which claims it binds."""
    floor: Figure | None = None
    """Least sum."""
    cap: Figure | None = None
    """Greatest sum."""
    rule: Id | None = None
    """Rule that sets it; null marks an assumption."""

    @model_validator(mode="after")
    def _binds(self) -> Self:
        if self.floor is None and self.cap is None:
            raise RuleError("须写 floor 或 cap", "needs 'floor' or 'cap'")
        if self.floor is not None and self.cap is not None and self.floor.m2 > self.cap.m2:
            raise RuleError("floor 大于 cap", "'floor' lies above 'cap'")
        return self


class Sharing(Closed):
    """By which rule the supply is shared."""

    name: MethodName = "priority"
    """Name of the method; `parkmap quota --method` overrides it."""
    rounding: Literal["largest-remainder", "sainte-lague"] = "largest-remainder"
    """How shares become whole square metres."""
    fairness: float | None = Field(default=None, ge=0, le=1)
    """For `dial`: 0 is strict priority, 1 is proportional."""
    reason: Name | None = None
    """Why this method."""

    @model_validator(mode="after")
    def _dial_has_a_position(self) -> Self:
        if (self.name == "dial") != (self.fairness is not None):
            raise RuleError(
                "fairness 与方法 dial 须同时使用", "'fairness' goes with the method 'dial', and only with it"
            )
        return self


class Override(Closed):
    """An amount that somebody sets by hand; the ledger keeps who, when and why."""

    item: Id
    """Id of the claim's item."""
    commodity: Commodity
    """Commodity of the claim."""
    year: int
    """Year of the claim."""
    m2: AreaM2
    """The amount that it gets."""
    who: Text
    """Who decided."""
    when: dt.date
    """On which day."""
    why: Name
    """For which reason."""


class Actual(Closed):
    """What was really used of an allocation."""

    item: Id
    """Id of the claim's item."""
    commodity: Commodity
    """Commodity of the claim."""
    year: int
    """Year of the allocation."""
    used: Figure
    """How much was used by the end of that year."""


class Constraint(Closed):
    """A layer that limits what can be built on."""

    kind: ConstraintKind
    """生态保护红线 and 永久基本农田 are taken away; of 城镇开发边界 and 工业区块线 only the inside is left."""
    file: Text
    """Layer file, relative to the folder that holds `layers/`."""


class Grant(Closed):
    """A support that a rule offers, applied to an assumed case."""

    id: Id
    """Id in the scenario."""
    item: Id
    """Who would get it."""
    rule: Id
    """Rule that offers it."""
    amount: int = Field(default=1, ge=1)
    """Which of the rule's amounts, counted from 1."""
    year: int
    """First year in which it is paid."""
    cost: Money | None = None
    """Cost on which the share is reckoned, a year where the amount is paid yearly; null for fixed sums."""
    count: int = Field(default=1, ge=1)
    """How many firms, products or items."""
    expense: Id | None = None
    """What is paid for; grants for the same expense are never paid twice, the higher applies."""
    other: Money | None = None
    """What another city measure of the same kind would pay: the higher applies, never both."""


class SignOff(Closed):
    """Names in the slots of the report's first page; empty slots stay open."""

    prepared_by: Text | None = None
    """编制."""
    reviewed_by: Text | None = None
    """审核."""
    approved_by: Text | None = None
    """批准."""


class Scenario(Closed):
    """Supply and claims of one plan: numbers with their basis."""

    id: Id
    """Id of the scenario; the file name without its extension."""
    plan: Id
    """Id of the plan."""
    name: Name
    """Name of the scenario."""
    note: Name
    """What the scenario assumes, in a sentence or two, shown wherever its numbers are shown."""
    method: Sharing = Sharing()
    """By which rule the supply is shared."""
    pools: tuple[Pool, ...] = Field(min_length=1)
    """Supply, in the order in which it is drawn on; what a rule supports beside its order shares the first step."""
    claims: tuple[Claim, ...] = Field(min_length=1)
    """Demand."""
    groups: tuple[GroupBound, ...] = ()
    """Bounds on several claims together."""
    constraints: tuple[Constraint, ...] = ()
    """Layers that cap what a zone can take."""
    overrides: tuple[Override, ...] = ()
    """Amounts set by hand."""
    actuals: tuple[Actual, ...] = ()
    """What was used of what was allocated."""
    carry_over_years: int = Field(default=0, ge=0, le=20)
    """For how many years what is left of an allocation can still be used."""
    grants: tuple[Grant, ...] = ()
    """Supports to estimate."""
    sign_off: SignOff = SignOff()
    """Who prepared, reviewed and approved it."""

    @property
    def rests_on_assumptions(self) -> bool:
        """Whether any number of it is an assumption."""
        figures = [pool.supply for pool in self.pools]
        for claim in self.claims:
            figures += [figure for figure in (claim.claim, claim.floor, claim.cap) if figure is not None]
        tiers_assumed = any(claim.tier_rule is None for claim in self.claims)
        return tiers_assumed or any(figure.basis == "assumption" for figure in figures)


class SupplyChange(Closed):
    """A change of some pools by a percentage."""

    kind: Id | None = None
    """Kind of supply; null is every kind."""
    commodity: Commodity | None = None
    """Commodity; null is both."""
    year: int | None = None
    """Year; null is every year."""
    percent: Percent
    """New supply as a share of the old, per cent; rounded to whole square metres, halves up."""
    origin: Name
    """The reasoning."""


class ClaimChange(Closed):
    """Other values for some claims."""

    item: Id | None = None
    """Item; null is every item."""
    commodity: Commodity | None = None
    """Commodity; null is both."""
    year: int | None = None
    """Year; null is every year."""
    percent: Percent | None = None
    """New claim as a share of the old, per cent; floor and cap follow where they would lie above it."""
    floor_percent: Annotated[float, Field(ge=0, le=1000)] | None = None
    """New floor as a share of the old, per cent."""
    tier: int | None = Field(default=None, ge=1)
    """New tier, as an assumption."""
    weight: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    """New weight."""
    indivisible: bool | None = None
    """Whether the claim is met as a whole or not at all."""
    origin: Name
    """The reasoning."""


class Variant(Closed):
    """A scenario told by what differs from another one."""

    id: Id
    """Id of the scenario; the file name without its extension."""
    plan: Id
    """Id of the plan."""
    of: Id
    """Id of the scenario, itself no variant, from which it starts."""
    name: Name
    """Name of the scenario."""
    note: Name
    """What differs, and why."""
    method: Sharing | None = None
    """Another method."""
    commodities: tuple[Commodity, ...] = ()
    """Commodities that stay; empty is all."""
    years: tuple[int, ...] = ()
    """Years that stay; empty is all."""
    supply: tuple[SupplyChange, ...] = ()
    """Changes of supply, one after the other."""
    claims: tuple[ClaimChange, ...] = ()
    """Changes of claims, one after the other."""
    groups: tuple[GroupBound, ...] = ()
    """Further bounds."""
    overrides: tuple[Override, ...] = ()
    """Further amounts set by hand."""
