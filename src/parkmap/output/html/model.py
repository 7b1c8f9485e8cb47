"""What a map page shows, as plain values: no plan, no analysis and no folium in it.

The page is drawn from this model alone, so it can be tested with hostile names and odd geometries by hand.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parkmap.facts.card import Row
    from parkmap.facts.classes import Classes
    from parkmap.messages import Words
    from parkmap.output.html.basemap import Basemap
    from parkmap.output.html.dense.model import DenseLayer, TiledLayer


@dataclasses.dataclass(frozen=True, kw_only=True)
class MapFeature:
    """One thing drawn.

    Parameters
    ----------
    id
        Id of the item or layer feature.
    name
        Name for label, tooltip, search and card head.
    geometry
        GeoJSON geometry, WGS 84, longitude first, rounded; never None.
    style
        Key under ``roles`` of config/style.yaml.
    determinacy
        `surveyed`, `published`, `indicative`: decides how the edge is drawn.
    kind
        What the card calls it; None takes the name of the style.
    rows
        Lines of the card, in order; provenance last.
    label_rank
        Labels of a lower rank win where two would overlap, and those of rank 0 are always there; None is never
        labelled.
    width_px
        Width of a line, pixels; None takes that of the style.
    amount
        Number by which the page colours the feature, in the unit of the limits of its layer's classes; None is no
        number.
    """

    id: str
    name: Words
    geometry: Mapping[str, Any]
    style: str
    determinacy: str
    kind: Words | None = None
    rows: tuple[Row, ...] = ()
    label_rank: int | None = None
    width_px: float | None = None
    amount: float | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class LayerGroup:
    """One entry of the layer tree; bottom groups come first.

    Parameters
    ----------
    id
        Stable id.
    title
        Title in the layer tree.
    parent
        Heading in the layer tree under which it stands, or None.
    features
        What it draws, bottom first.
    shown
        Whether it is switched on at first.
    interactive
        False for the base (land): no card, no tooltip, not in the search.
    side
        On a page that compares: 0 or 1 for what only one of the two has, None for what both share.
    classes
        What its features are coloured by; None takes the colours of their styles.
    """

    id: str
    title: Words
    parent: Words | None
    features: tuple[MapFeature, ...]
    shown: bool = True
    interactive: bool = True
    side: Literal[0, 1] | None = None
    classes: Classes | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class OpenItem:
    """Something that the plan names or declares and that is not drawn."""

    name: Words
    role: Words
    reason: Words
    source: Words
    id: str | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class OpenQuestion:
    """Something that the document answers twice, or not at all.

    Parameters
    ----------
    topic
        The question.
    in_use
        The reading under which the page is drawn.
    others
        The other readings.
    says
        The passages that disagree, with their clauses.
    reason
        Why that reading is in use.
    """

    topic: Words
    in_use: Words
    others: tuple[Words, ...] = ()
    says: tuple[Words, ...] = ()
    reason: Words | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing in which the two sides of a comparison differ.

    Parameters
    ----------
    heading
        What sort of difference it is; those under one heading follow each other.
    name
        What differs.
    notes
        How it differs, one line each.
    target
        Id of the feature or open item to which its name leads, or None.
    """

    heading: Words
    name: Words
    notes: tuple[Words, ...] = ()
    target: str | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Share:
    """What one item or district gets of a commodity in a year; whole square metres."""

    id: str
    name: Words
    commodity: str
    year: int
    claim_m2: int
    allocated_m2: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class QuotaBoard:
    """Quota by year, for the list of bars and the coloured districts.

    Parameters
    ----------
    commodities
        Key and name of each commodity, in the order of the switch.
    items
        One share per claim.
    districts
        Sums over the items that lie in one district only.
    stamp
        What must stand beside the numbers, for example that they are an example.
    note
        What the colours leave out.
    """

    commodities: tuple[tuple[str, Words], ...]
    items: tuple[Share, ...]
    districts: tuple[Share, ...]
    stamp: Words | None
    note: Words | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class MapPage:
    """A whole page.

    Parameters
    ----------
    title, subtitle
        Plan name; city, structure formula.
    stamps
        Statements that must stand on the page: validity, example figures, not reviewed.
    groups
        Layers, bottom first.
    open_items
        What is not drawn, and why.
    sources
        Documents and data origins.
    bounds
        West, south, east, north of what must be in view, degrees.
    review_number
        Map review number (审图号), or None: then the page says that it is an internal working map.
    questions
        Where the document can be read in more than one way.
    quota
        Land quota, or None.
    dense
        Layers of very many polygons, drawn above the base; in the page, or as tiles beside it.
    sides
        Names of the two things that the page compares, or None for a page of one plan.
    differences
        In what the two differ.
    basemap
        Online basemap; None asks the network for nothing.
    """

    title: Words
    subtitle: Words
    stamps: tuple[Words, ...]
    groups: tuple[LayerGroup, ...]
    open_items: tuple[OpenItem, ...]
    sources: tuple[Words, ...]
    bounds: tuple[float, float, float, float]
    review_number: str | None = None
    questions: tuple[OpenQuestion, ...] = ()
    quota: QuotaBoard | None = None
    dense: tuple[DenseLayer | TiledLayer, ...] = ()
    sides: tuple[Words, Words] | None = None
    differences: tuple[Difference, ...] = ()
    basemap: Basemap | None = None
