"""Where a document can be read in more than one way: the passages that disagree, the readings, and what each changes.

A reading is a set of edits of the plan file, so that any command can be run under it and no reading needs code.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from parkmap.errors import RuleError
from parkmap.plan.elements import Closed, Component, Id, Name, Role, Source, Statement, Text


class ListEntry(Closed):
    """One name in a list that a document gives."""

    written: Text
    """The name, as the clause writes it."""
    items: tuple[Id, ...] = ()
    """Ids of the components, parks or projects that it names."""
    districts: tuple[Id, ...] = ()
    """Ids of the administrative districts that it names."""


class NamedList(Closed):
    """A list of places in one clause, held against the components."""

    id: Id
    """Id in the plan."""
    name: Name
    """What the list lists."""
    of: Literal["areas", "carriers"]
    """`areas`: the plan spreads over these and no others; `carriers`: places to build up, compared name by name with
    the elements of the structure."""
    open_ended: bool = False
    """Whether the text ends the list with 'and others'."""
    entries: tuple[ListEntry, ...] = Field(min_length=1)
    """Its names, in the order of the text."""
    source: Source
    """The clause."""


class Change(Closed):
    """New values for some keys of one component, park or project; a key that is not given stays as it is."""

    item: Id
    """Id of the component, park or project."""
    role: Role | None = None
    """Role in the structure."""
    role_basis: Literal["stated", "inferred"] | None = None
    """Whether the text assigns that role under this reading."""
    place: Id | None = None
    """Id of another layer feature, for example another published extent."""
    within: tuple[Id, ...] | None = None
    """Ids of the administrative districts to which the extent is limited."""
    part_of: Id | None = None
    """Id of the component that contains it."""
    aliases: tuple[Text, ...] | None = None
    """Other names, all of them."""


class Merge(Closed):
    """Two entries that are one thing under a reading."""

    item: Id
    """Id of the entry that is given up; its names become aliases and references to it are redirected."""
    into: Id
    """Id of the entry that stays."""


class Edits(Closed):
    """What a reading changes in the plan file."""

    leave_out: tuple[Id, ...] = ()
    """Ids of entries that do not exist under this reading, with their parts and their claims."""
    add: tuple[Component, ...] = ()
    """Components that exist only under this reading."""
    change: tuple[Change, ...] = ()
    """Entries with other values."""
    merge: tuple[Merge, ...] = ()
    """Entries that are one thing."""

    @property
    def none(self) -> bool:
        """Whether nothing is changed."""
        return not (self.leave_out or self.add or self.change or self.merge)


class Reading(Closed):
    """One way to read the document."""

    id: Id
    """Id in the plan, given to `--reading`."""
    name: Name
    """The reading in a sentence."""
    edits: Edits = Edits()
    """What it changes; the reading in use changes nothing, because the plan file is written under it."""


class Conflict(Closed):
    """A question that the document leaves open or answers twice."""

    id: Id
    """Id in the plan."""
    topic: Name
    """The question in a sentence."""
    says: tuple[Statement, ...] = Field(min_length=1)
    """The passages that disagree."""
    not_meant: tuple[Statement, ...] = ()
    """Passages that look as if they answered the question and do not, each with the reason."""
    readings: tuple[Reading, ...] = Field(min_length=1)
    """Possible readings; where there is one only, the question bears on no geometry."""
    in_use: Id
    """Id of the reading under which the plan file is written."""
    reason: Name | None = None
    """Why that reading is in use."""
    replaces: tuple[Id, ...] = ()
    """Ids of conflicts that parkmap would derive by itself and that this entry states better."""

    @model_validator(mode="after")
    def _one_reading_is_in_use(self) -> Self:
        chosen = [reading for reading in self.readings if reading.id == self.in_use]
        if len(chosen) != 1:
            names = ", ".join(reading.id for reading in self.readings)
            raise RuleError(f"in_use 须为其中一种读法：{names}", f"'in_use' must name one of its readings: {names}")
        if not chosen[0].edits.none:
            raise RuleError(
                "采用的读法不能有 edits：规划文件本身就按它写",
                "the reading in use has no edits: the plan file itself is written under it",
            )
        return self
