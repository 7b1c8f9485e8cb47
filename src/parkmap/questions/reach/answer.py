"""Who is within reach: from a plan and the user's files to tables of facts."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from parkmap import messages
from parkmap.analysis.accessibility import LUO_QI_WEIGHTS, accessibility, nearest_costs
from parkmap.analysis.catchment import reachability
from parkmap.analysis.network.travel import Assumed
from parkmap.analysis.service_area import ReachRules, district_shares, rule_findings, service_areas
from parkmap.defaults import REACH_MINUTES, REACH_PROFILE
from parkmap.errors import InvalidInputError
from parkmap.facts.facts import Bilingual, facts
from parkmap.facts.plain import nested
from parkmap.facts.units import KM_PER_HOUR
from parkmap.finding import Finding, finding
from parkmap.layers.demand import read_demand
from parkmap.layers.features import anchors, read_features
from parkmap.layers.items import item_sites
from parkmap.layers.road_file import RoadFile, city_road_path, city_roads
from parkmap.messages import Words
from parkmap.plan.travel import TRAVEL_FILE, Preset, TravelProfile, load_travel
from parkmap.questions.base import Answer
from parkmap.questions.heads import finding_rows, head, plan_names, stamps, titled
from parkmap.questions.page.roads import credit
from parkmap.questions.reach import tables
from parkmap.questions.reach.page import layers, page
from parkmap.questions.travel import grounds_row, stated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import geopandas as gpd
    import pandas as pd

    from parkmap.analysis.service_area import ServiceAreas
    from parkmap.facts.columns import Names
    from parkmap.facts.facts import Facts
    from parkmap.questions.base import Workspace
    from parkmap.questions.reach import ReachRequest
    from parkmap.results.plan import PlanResults


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Inputs:
    """What was read and decided before anything is measured."""

    base: PlanResults
    request: ReachRequest
    preset: Preset | None
    profile: TravelProfile
    rules: ReachRules
    roads: RoadFile | None
    sites: gpd.GeoDataFrame
    demand: gpd.GeoDataFrame | None
    barriers: gpd.GeoSeries | None
    findings: tuple[Finding, ...]

    @property
    def weights(self) -> tuple[float, ...]:
        """Weights of the bands; those of Luo and Qi where there are as many bands and none are given."""
        fitting = LUO_QI_WEIGHTS if len(self.rules.cutoffs) == len(LUO_QI_WEIGHTS) else ()
        return tuple(self.request.band_weights or fitting)

    @property
    def minutes(self) -> bool:
        """Whether the cut-offs are minutes."""
        return self.rules.unit == "minutes"

    @property
    def direction(self) -> str:
        return "to_sites" if self.rules.towards else "from_sites"


def reach(workspace: Workspace, reference: str, request: ReachRequest) -> Answer:
    """Return who is within reach of the sites of a plan.

    Parameters
    ----------
    workspace
        Where plans, layers and travel profiles lie, and for which day.
    reference
        The plan.
    request
        What is asked.

    Raises
    ------
    InvalidInputError
        With every problem of the plan, the road file or the user's files.
    """
    inputs = _read(workspace, reference, request)
    network = None if inputs.roads is None else inputs.roads.roads
    areas = service_areas(inputs.sites, network, inputs.rules, barriers=inputs.barriers)
    findings = (*inputs.findings, *areas.findings)
    how = _how(inputs, areas)
    told = (
        head(inputs.base),
        facts(tables.HOW, [how]),
        *_places(inputs, areas, findings),
        *_demand(inputs, areas),
        facts(tables.FINDINGS, finding_rows(findings)),
    )
    shapes = {tables.AREAS.key: areas.areas.geometry, tables.SITES.key: inputs.sites.geometry}
    answer = Answer(
        document=tables.REACH,
        facts=told,
        base=inputs.base,
        shapes={**shapes, tables.STREETS.key: areas.streets},
        record={"rules": nested(tables.RULES, how["rules"])},
        findings=findings,
        page=lambda own: page(inputs.base, own),
    )
    return dataclasses.replace(answer, layers=lambda: tuple(layers(inputs.base, answer)))


def _read(workspace: Workspace, reference: str, request: ReachRequest) -> _Inputs:
    catalog, base = workspace.catalog, workspace.plan(reference)
    travel = load_travel(catalog)
    preset = None if request.preset is None else travel.preset(request.preset)
    profile = travel.profile(request.profile or (preset.profile if preset else REACH_PROFILE))
    rules = _rules(request, profile, preset)
    roads, (sites, unplaced), demand, barriers = _gathered(
        lambda: city_roads(catalog, base.plan, request.roads),
        lambda: _sites(base, request),
        lambda: _read_demand(base, request),
        lambda: None if request.barriers is None else read_features(request.barriers, crs=base.plan.crs).geometry,
    )
    files = (city_road_path(catalog, base.plan, request.roads), request.sites, request.demand, request.barriers)
    return _Inputs(
        base=base.reading_also(*files, catalog.resolve(TRAVEL_FILE)),
        request=request,
        preset=preset,
        profile=profile,
        rules=rules,
        roads=roads,
        sites=sites,
        demand=demand,
        barriers=barriers,
        findings=(*unplaced, *_road_findings(roads, profile)),
    )


def _gathered(*reads: Callable[[], Any]) -> tuple[Any, ...]:
    """Read every input before telling what is wrong with any of them."""
    read: list[Any] = []
    wrong: list[Finding] = []
    for one in reads:
        try:
            read.append(one())
        except InvalidInputError as error:
            wrong += error.findings
    if wrong:
        raise InvalidInputError(wrong)
    return tuple(read)


def _rules(request: ReachRequest, profile: TravelProfile, preset: Preset | None) -> ReachRules:
    speed, factor = profile.straight.kmh, profile.detour.factor
    rules = ReachRules(
        profile=profile.id,
        unit="metres" if request.metres else "minutes",
        cutoffs=tuple(request.metres or request.minutes or (preset.minutes if preset else REACH_MINUTES)),
        assumed=Assumed(speed_kmh=speed, detour_factor=factor, snap_limit_m=request.snap_limit_m),
        towards=request.towards,
        street_buffer_m=request.street_buffer_m,
        hole_m2=request.hole_m2,
    )
    wrong = list(rule_findings(rules))
    if request.minutes and request.metres:
        wrong.append(finding("reach.both_units", "error", key="--minutes, --metres"))
    if wrong:
        raise InvalidInputError(wrong)
    return rules


def _sites(base: PlanResults, request: ReachRequest) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    if request.sites is not None:
        own = read_features(request.sites, crs=base.plan.crs, numbers={"capacity": request.capacity})
        return anchors(own), []
    unknown = [name for name in request.items if name not in base.items.index]
    if unknown:
        known = ", ".join(base.items.index)
        raise InvalidInputError([finding("reach.unknown_item", "error", key=n, name=n, known=known) for n in unknown])
    sites, left = item_sites(base.items.loc[list(request.items)] if request.items else base.zones)
    notes = [finding("reach.no_point", "note", key=", ".join(left), ids=left, count=len(left))] if left else []
    return sites.assign(capacity=1.0), notes


def _read_demand(base: PlanResults, request: ReachRequest) -> gpd.GeoDataFrame | None:
    if request.demand is None:
        return None
    return anchors(read_demand(request.demand, weight=request.weight, districts=base.geography.districts))


def _road_findings(roads: RoadFile | None, profile: TravelProfile) -> Iterator[Finding]:
    """Yield what the road file says of itself, and whether its speeds are still those in use."""
    if roads is None:
        return
    yield from roads.findings
    now = profile.model_dump(mode="json")
    then = {str(own["id"]): own for own in roads.meta.profiles}
    if profile.id in then and then[profile.id] != now:
        yield finding("roads.other_speeds", "warning", file=roads.meta.origin, key=profile.id, profile=profile.id)


def _how(inputs: _Inputs, areas: ServiceAreas) -> dict[str, Any]:
    """Return how everything was measured, by key."""
    rules, profile, preset = inputs.rules, inputs.profile, inputs.preset
    named = {
        "profile": profile.id,
        "profile_name": profile.name.words,
        "speed_kmh": profile.straight.kmh,
        **grounds_row("speed", profile.straight),
        "detour_factor": profile.detour.factor,
        **grounds_row("detour", profile.detour),
        "cutoffs_minutes": rules.cutoffs if inputs.minutes else None,
        "cutoffs_m": None if inputs.minutes else rules.cutoffs,
        "direction": inputs.direction,
        "band_weights": inputs.weights,
        **{key: getattr(inputs.request, key) for key in ("snap_limit_m", "street_buffer_m", "hole_m2")},
    }
    circle = None if preset is None else {"id": preset.id, "name": preset.name.words, "note": preset.note.words}
    return {
        "method": areas.method,
        "preset": None if circle is None or preset is None else {**preset.source.model_dump(), **circle},
        "rules": named,
        "roads": None if inputs.roads is None else dataclasses.asdict(inputs.roads.meta),
    }


def _places(inputs: _Inputs, areas: ServiceAreas, findings: tuple[Finding, ...]) -> Iterator[Facts]:
    """Yield sites, what each reaches, and what of each district."""
    base, roads = inputs.base, inputs.roads
    names = _names(inputs)
    said = {
        "profile": inputs.profile.id,
        "direction": inputs.direction,
        "roads_origin": None if roads is None else roads.meta.origin,
        "roads_licence": None if roads is None else roads.meta.licence,
        "travel": _travel(inputs.profile),
        "streets": None if roads is None else credit(roads.meta),
    }
    places = areas.sites.assign(capacity=inputs.sites["capacity"], **said)
    yield facts(tables.SITES, places.assign(name=places.index.map(names["site"])).rename_axis("id"))
    reached = _banded(areas.areas.drop(columns="geometry"), inputs).assign(**said)
    reached["name"] = reached["site"].map(names["site"])
    notes, title = list(_notes(inputs, areas, findings)), titled(base, tables.AREAS)
    yield facts(tables.AREAS, reached, names=names, title=title, notes=notes, stamps=stamps(base))
    yield facts(tables.STREETS, reached[reached["cutoff"] == inputs.rules.cutoffs[-1]], names=names)
    shares = _banded(district_shares(base.geography.districts, areas.areas), inputs)
    yield facts(tables.SHARES, shares, names=names)
    yield facts(tables.DISTRICTS, shares[shares["within_m2"] > 0], names=names)


def _names(inputs: _Inputs) -> Names:
    rows = inputs.sites[["name_zh", "name_en"]].itertuples()
    return {**plan_names(inputs.base), "site": {row.Index: Words(str(row.name_zh), str(row.name_en)) for row in rows}}


def _banded(frame: pd.DataFrame, inputs: _Inputs) -> pd.DataFrame:
    """Name the cut-off of each row by its unit, and as a reader says it."""
    plain, unit = frame.reset_index(), inputs.rules.unit
    said = {cutoff: messages.words(f"reach.band.{unit}", value=f"{cutoff:g}") for cutoff in inputs.rules.cutoffs}
    minutes, metres = (plain["cutoff"], None) if inputs.minutes else (None, plain["cutoff"])
    return plain.assign(cutoff_minutes=minutes, cutoff_m=metres, band=plain["cutoff"].map(said))


def _travel(profile: TravelProfile) -> Words:
    """Return how people travel: profile, speed, what the speed rests on."""
    unit, speed = KM_PER_HOUR.shown or messages.NONE, profile.straight
    kmh = messages.each(lambda lang: f"{speed.kmh:g} {unit[lang]}")
    return messages.words("travel.told", profile=profile.name.words, speed=kmh, origin=stated(speed))


def _demand(inputs: _Inputs, areas: ServiceAreas) -> Iterator[Facts]:
    """Yield the tables of demand, which are empty without demand."""
    if inputs.demand is None:
        yield from (facts(one, []) for one in (tables.TOTALS, tables.CATCHMENTS, tables.DEMAND))
        return
    roads, names, named = inputs.roads, _names(inputs), inputs.demand[["name_zh", "name_en"]]
    served = reachability(inputs.demand, inputs.sites, None if roads is None else roads.roads, inputs.rules)
    weight, supply, cutoffs = served.demand["weight"], inputs.sites["capacity"], inputs.rules.cutoffs
    access = accessibility(served.pairs, weight, supply, cutoffs=cutoffs, weights=inputs.weights)
    nearest = nearest_costs(served.pairs, weight, k=inputs.request.nearest)
    yield facts(tables.TOTALS, _banded(served.totals, inputs).assign(method=areas.method))
    yield facts(tables.CATCHMENTS, _banded(served.catchments, inputs), names=names)
    weights = ", ".join(f"{weight:g}" for weight in inputs.weights) or "-"
    yield facts(
        tables.DEMAND,
        {**_columns(inputs, served.demand.join(access).join(named)), "nearest_costs": nearest.to_numpy()},
        names=names,
        notes=[messages.words("note.reach_access", weights=weights)],
        columns=tables.demand_in(minutes=inputs.minutes),
    )


def _columns(inputs: _Inputs, rows: pd.DataFrame) -> Mapping[str, Any]:
    """Return the rows of demand as columns: there may be a million of them."""
    columns: dict[str, Any] = {str(key): values.tolist() for key, values in rows.assign(id=rows.index).items()}
    names, none = Bilingual(columns["name_zh"], columns["name_en"]), [None] * len(rows)
    minutes, metres = (columns["cost"], none) if inputs.minutes else (none, columns["cost"])
    return {**columns, "name": names, "cost_minutes": minutes, "cost_m": metres}


def _notes(inputs: _Inputs, areas: ServiceAreas, findings: tuple[Finding, ...]) -> Iterator[Words]:
    rules, profile, preset = inputs.rules, inputs.profile, inputs.preset
    yield messages.words("note.reach_rules", travel=_travel(profile), buffer=rules.street_buffer_m, hole=rules.hole_m2)
    if areas.method != "network":
        yield messages.words("note.reach_estimate", factor=profile.detour.factor, origin=stated(profile.detour))
    if preset is not None:
        source, note = preset.source.model_dump(), preset.note.words
        yield messages.words("note.reach_preset", **{**source, "name": preset.name.words, "note": note})
    if inputs.roads is not None:
        yield credit(inputs.roads.meta)
    for found in findings:
        ids = [messages.plain(", ".join(found.ids))] if found.ids else []
        yield messages.joined([messages.each(found.text), *ids], by=Words(" ", " "))
