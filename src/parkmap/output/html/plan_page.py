"""From the results of a plan to what its map page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from parkmap import messages
from parkmap.crs import WGS84
from parkmap.output.html.model import LayerGroup, MapFeature, MapPage, OpenItem, Row, Words
from parkmap.output.vector import geometry_json
from parkmap.plan.schema import Component, Item, Name, Project, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parkmap.results import PlanResults

MAP_DECIMALS: Final = 5
"""Digits of a degree on the page: 1 m, finer than any screen shows."""
LABEL_RANKS: Final = {"core": 0, "node": 2, "place": 2, "corridor": 2, "park": 2, "administrative": 3, "project": 4}
"""Which label wins where two would overlap, by style; the other elements of the structure have rank 1."""


def plan_page(results: PlanResults, *, review_number: str | None = None) -> MapPage:
    """Return the page of one plan.

    Parameters
    ----------
    results
        The results of one plan.
    review_number
        Map review number (审图号), if one was granted.
    """
    plan = results.plan
    west, south, east, north = results.geography.districts["outline"].to_crs(WGS84).total_bounds
    return MapPage(
        title=_words(plan.name),
        subtitle=_words(plan.structure.name),
        stamps=tuple(_stamps(results)),
        groups=(*_base(results), _districts(results), *_components(results), *_others(results)),
        open_items=tuple(_open_items(results)),
        sources=tuple(_sources(results)),
        bounds=(float(west), float(south), float(east), float(north)),
        review_number=review_number,
    )


def _stamps(results: PlanResults) -> Iterator[Words]:
    yield _text(f"validity.stamp.{results.validity}", day=results.as_of)
    yield _text("stamp.indicative")
    if results.rests_on_assumptions:
        yield _text("stamp.example")


def _base(results: PlanResults) -> Iterator[LayerGroup]:
    land = results.geography.land
    shapes = geometry_json(land.geometry, MAP_DECIMALS)
    features = tuple(
        MapFeature(
            id=name,
            name={"zh": land.at[name, "name_zh"], "en": land.at[name, "name_en"]},
            geometry=shape,
            style="land-around" if name.endswith("around") else "land",
            determinacy=land.at[name, "determinacy"],
        )
        for name, shape in zip(land.index, shapes, strict=True)
        if shape is not None
    )
    yield LayerGroup(id="land", title=_text("layer.land"), parent=None, features=features, interactive=False)


def _districts(results: PlanResults) -> LayerGroup:
    frame = results.geography.districts.set_geometry("outline")
    shapes = geometry_json(frame.geometry, MAP_DECIMALS)
    features = tuple(
        MapFeature(
            id=name,
            name={"zh": frame.at[name, "name_zh"], "en": frame.at[name, "name_en"]},
            geometry=shape,
            style="administrative",
            determinacy=frame.at[name, "determinacy"],
            rows=tuple(_district_rows(results, name)),
            label_rank=LABEL_RANKS["administrative"],
        )
        for name, shape in zip(frame.index, shapes, strict=True)
        if shape is not None
    )
    return LayerGroup(id="districts", title=_text("layer.districts"), parent=None, features=features)


def _components(results: PlanResults) -> Iterator[LayerGroup]:
    """Yield one layer per role, areas first so that points stay on top."""
    roles = dict.fromkeys(component.role for component in results.plan.components)
    for role in sorted(roles, key=lambda r: (r not in {"belt", "corridor"}, list(roles).index(r))):
        chosen = [component for component in results.plan.components if component.role == role]
        features = tuple(_features(results, chosen, "components"))
        if features:
            title = _text(f"role.{role}")
            yield LayerGroup(id=f"role-{role}", title=title, parent=_text("layer.structure"), features=features)


def _others(results: PlanResults) -> Iterator[LayerGroup]:
    for section, items in (("parks", results.plan.parks), ("projects", results.plan.projects)):
        features = tuple(_features(results, items, section))
        if features:
            yield LayerGroup(
                id=section, title=_text(f"layer.{section}"), parent=_text("layer.listed"), features=features
            )


def _features(results: PlanResults, items: Sequence[Item], section: str) -> Iterator[MapFeature]:
    located = results.items.loc[[item.id for item in items]]
    shapes = geometry_json(located.geometry, MAP_DECIMALS)
    drawn = [(item, shape) for item, shape in zip(items, shapes, strict=True) if shape is not None]
    drawn.sort(key=lambda pair: -located.geometry[pair[0].id].area)
    for item, shape in drawn:
        style = item.role if isinstance(item, Component) else section.removesuffix("s")
        yield MapFeature(
            id=item.id,
            name=_words(item.name),
            geometry=shape,
            style=style,
            determinacy=located.at[item.id, "determinacy"],
            rows=tuple(_item_rows(results, item)),
            label_rank=LABEL_RANKS.get(style, 1),
        )


def _district_rows(results: PlanResults, name: str) -> Iterator[Row]:
    own = results.geography.districts.loc[name]
    covered = results.coverage.districts.loc[name]
    yield _row("adcode", _plain(own["adcode"] if pd.notna(own["adcode"]) else f"({own['statistical_adcode']})"))
    yield _row("area", _hectares(covered["area_m2"]))
    if pd.notna(own["area_published_ha"]):
        yield _row("area_published", _plain(f"{own['area_published_ha']:,.0f} ha"))
    if isinstance(own["area_note_zh"], str):
        yield _row("area_note", {"zh": own["area_note_zh"], "en": own["area_note_en"]})
    yield _row("covered", _range(covered, "covered"))
    if covered["unknown_items"]:
        names = [_item_name(results, item) for item in covered["unknown_items"]]
        yield _row("unknown_items", {"zh": "；".join(n["zh"] for n in names), "en": "; ".join(n["en"] for n in names)})
    for position in results.plan.positions:
        if position.district == name:
            yield _row("position", _words(position.position))
            yield _row("clause", _clause(results, position.source))
    yield _row("origin", _plain(own["origin"]))


def _item_rows(results: PlanResults, item: Item) -> Iterator[Row]:
    located = results.items.loc[item.id]
    place = results.geography.places.loc[item.place]
    yield _row("kind", _kind(item))
    if item.aliases:
        yield _row("aliases", _plain("；".join(item.aliases)))
    if located["district_ids"]:
        yield _row("district", _district_names(results, located["district_ids"]))
    if item.industries:
        names = {industry.id: industry.name for industry in results.plan.industries}
        chosen = [names[name] for name in item.industries]
        yield _row("industries", {"zh": "；".join(n.zh for n in chosen), "en": "; ".join(n.en for n in chosen)})
    if item.lead_units:
        yield _row("lead_units", _plain("；".join(item.lead_units)))
    yield from _area_rows(results, item, place)
    yield from _quota_rows(results, item)
    if item.note:
        yield _row("note", _words(item.note))
    yield _row(
        "determinacy",
        _text("sure", sort=_text(f"determinacy.{located['determinacy']}"), accuracy=f"{located['accuracy_m']:,.0f}"),
    )
    yield _row("method", _text(f"method.{located['method']}"))
    if isinstance(place["note_zh"], str):
        yield _row("geometry_note", {"zh": place["note_zh"], "en": place["note_en"]})
    yield _row("origin", _plain(place["origin"]))
    yield _row("clause", _clause(results, item.source))


def _area_rows(results: PlanResults, item: Item, place: pd.Series) -> Iterator[Row]:
    if isinstance(item, Project):
        return
    area = results.coverage.items.at[item.id, "area_m2"]
    yield _row("area", _text("unknown_extent") if pd.isna(area) else _hectares(area))
    if pd.notna(place["area_published_ha"]):
        basis = _text(f"basis.{place['area_basis']}")
        published = f"{place['area_published_ha']:,.0f} ha"
        yield _row("area_published", {"zh": f"{published}（{basis['zh']}）", "en": f"{published} ({basis['en']})"})


def _quota_rows(results: PlanResults, item: Item) -> Iterator[Row]:
    if results.quota is None:
        return
    own = results.quota.allocations[results.quota.allocations["item"] == item.id]
    for row in own.itertuples():
        yield _row(
            f"quota_{row.commodity}",
            _text(
                "quota_value",
                year=row.year,
                allocated=f"{row.allocated_m2 / 10_000:,.2f}",
                claim=f"{row.claim_m2 / 10_000:,.2f}",
                stamp=_text("stamp.example_short") if results.rests_on_assumptions else {"zh": "", "en": ""},
            ),
        )


def _open_items(results: PlanResults) -> Iterator[OpenItem]:
    for section in ("components", "parks", "projects"):
        for item in getattr(results.plan, section):
            if results.items.geometry[item.id] is None:
                yield OpenItem(
                    name=_words(item.name),
                    role=_kind(item),
                    reason=_reason(results, item),
                    source=_clause(results, item.source),
                )


def _reason(results: PlanResults, item: Item) -> Words:
    if item.undetermined is not None:
        return _words(item.undetermined)
    if item.place is not None:
        place = results.geography.places.loc[item.place]
        if isinstance(place["note_zh"], str):
            return {"zh": place["note_zh"], "en": place["note_en"]}
    return _text("reason.no_place")


def _sources(results: PlanResults) -> Iterator[Words]:
    cited = {results.plan.document, *(policy.document for policy in results.plan_set.policies.values())}
    for name in sorted(cited, key=lambda n: n != results.plan.document):
        yield _words(results.plan_set.documents[name].title)
    origins = dict.fromkeys([*results.geography.districts["origin"], *results.geography.land["origin"]])
    for origin in origins:
        yield _plain(str(origin))


def _kind(item: Item) -> Words:
    if isinstance(item, Component):
        word = _text(f"role.{item.role}")
        mark = _text("inferred") if item.role_basis == "inferred" else {"zh": "", "en": ""}
        return {"zh": word["zh"] + mark["zh"], "en": word["en"] + mark["en"]}
    return _text(f"kind.{item.kind}" if isinstance(item, Project) else "kind.park")


def _clause(results: PlanResults, source: Source) -> Words:
    title = results.plan_set.documents[source.document].title
    return {"zh": f"《{title.zh}》 {source.clause}", "en": f"{title.en}, {source.clause}"}


def _district_names(results: PlanResults, ids: Sequence[str]) -> Words:
    frame = results.geography.districts
    return {"zh": "、".join(frame.at[i, "name_zh"] for i in ids), "en": ", ".join(frame.at[i, "name_en"] for i in ids)}


def _item_name(results: PlanResults, name: str) -> Words:
    row = results.items.loc[name]
    return {"zh": row["name_zh"], "en": row["name_en"]}


def _range(values: pd.Series, stem: str) -> Words:
    low, best, high = (values[f"{stem}_{end}_m2"] / 10_000 for end in ("low", "best", "high"))
    share = values["share_best"] * 100
    return _plain(f"{best:,.0f} ha ({low:,.0f}–{high:,.0f}), {share:.1f} %")


def _hectares(area_m2: float) -> Words:
    return _plain(f"{area_m2 / 10_000:,.1f} ha")


def _row(label: str, value: Words) -> Row:
    return Row(label=_text(f"label.{label}"), value=value)


def _words(name: Name) -> Words:
    return {"zh": name.zh, "en": name.en}


def _plain(text: Any) -> Words:  # noqa: ANN401
    return {"zh": str(text), "en": str(text)}


def _text(key: str, **values: Any) -> Words:  # noqa: ANN401
    """Return a message in both languages; a value may itself be in both."""
    return {
        lang: messages.text(key, lang, **{k: v[lang] if isinstance(v, dict) else v for k, v in values.items()})
        for lang in ("zh", "en")
    }
