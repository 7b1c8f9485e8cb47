"""One entry of a recipe: a feature to construct, or one that cannot be placed."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Entry:
    """One place of a recipe; the fields are the keys of the file.

    Parameters
    ----------
    id, name_zh, name_en : str
        Id and names.
    file : str
        Layer that it goes to: sites, zones or belts.
    method : str
        How its geometry is made.
    districts : list[str]
        Ids of the districts where it lies; empty only when it is not placed.
    determinacy, note_zh, note_en : str
        How sure the geometry is, and what a reader must know of it.
    aliases_zh : list[str]
        Other names.
    anchor : str or None
        Anchor of a point or a disc.
    anchors : list[str]
        Anchors of a path, in order.
    confidence : str or None
        Confidence below that of the anchor.
    clip_to : list[str]
        Districts that the geometry may not leave.
    clip_to_land : bool
        Whether the geometry is kept to land.
    half_width_m : float or None
        Half width of a path.
    course_assumed : bool
        Whether the course between the ends of a path is assumed.
    area_published_ha : float or None
        Published area; None when unknown.
    area_origin, area_basis : str or None
        Where the area was published, and by what kind of source.
    area_valid_from, area_valid_to : str or None
        ISO dates between which that extent held; None when unknown.
    accuracy_m : int or None
        An accuracy wider than the one that the rules give.
    """

    id: str
    name_zh: str
    name_en: str
    file: str
    method: str
    districts: list[str]
    determinacy: str
    note_zh: str
    note_en: str
    aliases_zh: list[str] = field(default_factory=list)
    anchor: str | None = None
    anchors: list[str] = field(default_factory=list)
    confidence: str | None = None
    clip_to: list[str] = field(default_factory=list)
    clip_to_land: bool = False
    half_width_m: float | None = None
    course_assumed: bool = False
    area_published_ha: float | None = None
    area_origin: str | None = None
    area_basis: str | None = None
    area_valid_from: str | None = None
    area_valid_to: str | None = None
    accuracy_m: int | None = None

    @property
    def all_anchors(self) -> list[str]:
        """Anchors of the entry, whatever its method."""
        return self.anchors if self.anchor is None else [self.anchor]
