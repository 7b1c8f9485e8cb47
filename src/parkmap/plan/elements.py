"""What plan files are made of: words, names, sources, and the items that a plan names.

Every class is frozen and forbids unknown keys, so that a misspelt key is an error and never a silent default.
"""

from __future__ import annotations

import dataclasses
import functools
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from parkmap.errors import RuleError
from parkmap.facts.columns import Column, column
from parkmap.facts.units import IDS, TEXTS, WORDS
from parkmap.messages import Lang, Words

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""Lower-case words joined by hyphens."""
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
AreaM2 = Annotated[int, Field(ge=0, le=10**13, strict=True)]
"""Land or floor area in whole square metres; ten million km² are more than all land of the country."""

Role = Literal["core", "belt", "valley", "base", "node", "district", "centre", "corridor", "place"]
Basis = Literal["document", "official", "press", "assumption"]
Commodity = Literal["land", "floor_space"]


shown: Final = functools.partial(column, "")
"""Column of an attribute wherever people read it: names, unit; key and meaning are those of the attribute."""


class Closed(BaseModel):
    """Base of all plan values: immutable, closed, documented."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Name(Closed):
    """A name or a sentence in Chinese and English."""

    zh: Text
    """Chinese; a proper name is written as the document writes it."""
    en: Text
    """English."""

    @property
    def words(self) -> Words:
        """The same as the texts that outputs show."""
        return Words(self.zh, self.en)

    def __getitem__(self, lang: Lang) -> str:
        """Return the text in one language."""
        return self.zh if lang == "zh" else self.en


class Source(Closed):
    """Where a statement comes from."""

    document: Id
    """Id of a document in config/documents.yaml."""
    clause: Text
    """Path of headings joined by '/': 三/(四), 六/专栏6/(4), 四/(三)/GE生物科技园; 前言 is the part before 一."""


class Statement(Closed):
    """Words of a document that bear on how it is to be read."""

    written: Text
    """The words, as the clause writes them; `parkmap check --sources` looks for them there."""
    meaning: Name | None = None
    """What they mean for the question at hand, in our own words."""
    source: Source
    """The clause."""


class Industry(Closed):
    """A field of industry that the plan promotes."""

    id: Id
    """Id in the plan."""
    name: Name
    """Name of the field."""
    parent: Id | None = None
    """Id of the wider field."""
    source: Source
    """Clause that names it."""


class Item(Closed):
    """Anything with a name in a plan that may have a place on the ground."""

    id: Id
    """Id in the plan; the same real thing has the same id in every plan of a city."""
    name: Name
    """Name."""
    aliases: Annotated[tuple[Text, ...], shown("别名", "also called", TEXTS)] = ()
    """Other Chinese names the cited documents use for the same thing."""
    place: Id | None = None
    """Id of the layer feature that shows where it is, which may itself be `undetermined`, or of a whole district."""
    undetermined: Name | None = None
    """Why there is no place at all, where the document names or declares a thing without placing it."""
    districts: tuple[Id, ...] = ()
    """Ids of the administrative districts in which the cited clauses, or plain geography, put it."""
    within: tuple[Id, ...] = ()
    """Ids of the administrative districts to which the extent of the place is limited; empty is no limit."""
    industries: Annotated[tuple[Id, ...], shown("产业", "industries", IDS, of="industry", hide=["table"])] = ()
    """Ids of industries."""
    lead_units: Annotated[tuple[Text, ...], shown("牵头单位", "lead units", TEXTS, hide=["table"])] = ()
    """Lead or responsible units, as the document names them."""
    support_units: Annotated[tuple[Text, ...], shown("配合单位", "supporting units", TEXTS, hide=["table"])] = ()
    """Supporting units, as the document names them."""
    note: Annotated[Name | None, shown("说明", "note", WORDS, hide=["table", "gis"])] = None
    """What a reader must know, in our own words."""
    source: Source
    """Clause that names it."""
    also: tuple[Source, ...] = ()
    """Further clauses that say something of it."""


class Placed(Item):
    """An item that either has a place or says why it has none."""

    @model_validator(mode="after")
    def _placed_or_explained(self) -> Self:
        if (self.place is None) == (self.undetermined is None):
            raise RuleError(
                "place 与 undetermined 须写且只写一个", "needs either 'place' or 'undetermined', and not both"
            )
        return self


class Component(Placed):
    """An element of the plan's spatial structure."""

    role: Role
    """Role in the structure; `place` is named by the document without any structural role."""
    role_basis: Literal["stated", "inferred"]
    """Whether the text assigns the role or it was read from the name."""
    members: tuple[Id, ...] = ()
    """Ids of layer features that a belt or corridor joins, in order."""
    part_of: Id | None = None
    """Id of the component that contains it."""


class Park(Placed):
    """An industrial park, base or zone that can hold land quota."""

    component: Id | None = None
    """Id of the component to which it belongs."""


class Project(Item):
    """A facility, platform, institute or project that the document lists; its place may stay unstated."""

    kind: Literal["facility", "platform", "institute", "hospital", "park", "company", "market", "site", "programme"]
    """What sort of thing it is."""
    category: Name | None = None
    """Heading or row under which the document lists it."""
    component: Id | None = None
    """Id of the component or park where the document puts it."""


def shown_columns(model: type[Closed]) -> dict[str, Column]:
    """Return the columns that the attributes of a plan value declare for themselves, by key.

    Parameters
    ----------
    model
        The kind of value.
    """
    return {
        key: dataclasses.replace(said, key=key, doc=field.description or "", null=not field.is_required())
        for key, field in model.model_fields.items()
        for said in field.metadata
        if isinstance(said, Column)
    }
