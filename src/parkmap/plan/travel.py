"""How people travel, as decided: speeds and detour factors with what they rest on, and circles that documents name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from parkmap.errors import InvalidInputError, RuleError
from parkmap.finding import Finding, finding
from parkmap.plan.model_file import read_model
from parkmap.plan.schema import Basis, Closed, Id, Name, Source, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parkmap.plan.catalog import Catalog

TRAVEL_FILE: Final = "config/travel.yaml"

Kmh = Annotated[float, Field(gt=0, le=130)]
"""Speed in kilometres per hour."""


class Grounded(Closed):
    """A number with what it rests on."""

    basis: Basis
    """What the number rests on; a number from elsewhere that was chosen for this place is an assumption."""
    origin: Name
    """Standard, study or reasoning."""
    reference: Text | None = None
    """Where the statement in `origin` was read: an address, or document and page."""

    @model_validator(mode="after")
    def _more_than_an_assumption_was_read(self) -> Self:
        if self.basis != "assumption" and self.reference is None:
            raise RuleError(f"basis 为 {self.basis} 时须写 reference", f"basis '{self.basis}' needs a reference")
        return self


class Speed(Grounded):
    """A speed."""

    kmh: Kmh
    """Kilometres per hour."""


class ClassSpeed(Speed):
    """The speed on some classes of street."""

    classes: tuple[Text, ...] = Field(min_length=1)
    """Values of OpenStreetMap's `highway`."""


class Detour(Grounded):
    """How much longer a trip is than the straight line, where there is no road file."""

    factor: Annotated[float, Field(ge=1, le=5)]
    """Travelled distance divided by straight-line distance."""


class TravelProfile(Closed):
    """One way of travelling."""

    id: Id
    """Id of the profile."""
    name: Name
    """Name of the profile."""
    mode: Literal["walk", "bike", "drive"]
    """Whose access tags and one-way rules hold."""
    straight: Speed
    """Speed between a place and the street, and along the straight line of an estimate."""
    speeds: tuple[ClassSpeed, ...] = Field(min_length=1)
    """Speeds by class of street."""
    closed: tuple[Text, ...] = ()
    """Classes of street that the profile may not use; a class in neither list is reported."""
    detour: Detour
    """Factor for estimates."""

    @model_validator(mode="after")
    def _each_class_once(self) -> Self:
        listed = Counter([*self.closed, *(name for speed in self.speeds for name in speed.classes)])
        twice = [name for name, times in listed.items() if times > 1]
        if twice:
            raise RuleError(f"道路等级重复列出：{', '.join(twice)}", f"class listed twice: {', '.join(twice)}")
        return self

    def speed_of(self, highway: str) -> float | None:
        """Return the speed on a class of street in km/h: 0 where closed, None where the profile does not know it."""
        if highway in self.closed:
            return 0.0
        return next((speed.kmh for speed in self.speeds if highway in speed.classes), None)


class Preset(Closed):
    """A service circle that a document names."""

    id: Id
    """Id of the preset."""
    name: Name
    """Name of the circle."""
    profile: Id
    """Id of the profile with which it is measured."""
    minutes: tuple[Annotated[float, Field(gt=0)], ...] = Field(min_length=1)
    """Limits of its bands, minutes, rising."""
    source: Source
    """Clause that names it."""
    note: Name
    """What the clause leaves open and was chosen here."""

    @model_validator(mode="after")
    def _bands_rise(self) -> Self:
        if list(self.minutes) != sorted(set(self.minutes)):
            raise RuleError("minutes 须由小到大", "'minutes' must rise")
        return self


class Travel(Closed):
    """Profiles and presets."""

    profiles: tuple[TravelProfile, ...] = Field(min_length=1)
    """Ways of travelling."""
    presets: tuple[Preset, ...] = ()
    """Service circles that documents name."""

    @model_validator(mode="after")
    def _ids_lead_somewhere(self) -> Self:
        known = Counter(profile.id for profile in self.profiles)
        twice = [name for name, times in known.items() if times > 1]
        if twice:
            raise RuleError(f"出行方式的 id 重复：{', '.join(twice)}", f"profile id used twice: {', '.join(twice)}")
        lost = [preset.profile for preset in self.presets if preset.profile not in known]
        if lost:
            raise RuleError(
                f"服务圈引用了不存在的出行方式：{', '.join(lost)}",
                f"preset names an unknown profile: {', '.join(lost)}",
            )
        return self

    def profile(self, name: str) -> TravelProfile:
        """Return one profile.

        Raises
        ------
        InvalidInputError
            When there is none of that id.
        """
        known = {profile.id: profile for profile in self.profiles}
        if name not in known:
            raise InvalidInputError([_unknown("travel.no_profile", name, known)])
        return known[name]

    def preset(self, name: str) -> Preset:
        """Return one preset.

        Raises
        ------
        InvalidInputError
            When there is none of that id.
        """
        known = {preset.id: preset for preset in self.presets}
        if name not in known:
            raise InvalidInputError([_unknown("travel.no_preset", name, known)])
        return known[name]


def load_travel(catalog: Catalog) -> Travel:
    """Read the travel profiles in use: the user's own file where there is one, else the shipped one.

    Parameters
    ----------
    catalog
        Where to look.

    Returns
    -------
    Travel
        Profiles and presets.

    Raises
    ------
    InvalidInputError
        When there is no file, or with every problem of it.
    """
    path = catalog.resolve(TRAVEL_FILE)
    if path is None:
        raise InvalidInputError([finding("layer.not_found", "error", file=TRAVEL_FILE)])
    return read_model(catalog, path, Travel)


def _unknown(code: str, name: str, known: Iterable[str]) -> Finding:
    return finding(code, "error", file=TRAVEL_FILE, key=name, name=name, known=", ".join(known))
