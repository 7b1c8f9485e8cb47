"""Tables of `parkmap reach`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.output.tables.model import HECTARE_M2, Cell, Table, columns, pick, stamps_of, stated, title_of, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.messages import Lang
    from parkmap.output.reports.reach import Band, ReachReport

METRES_PER_KM = 1000


def reach_tables(report: ReachReport, lang: Lang) -> list[Table]:
    """Return areas by site and by district, and demand where there is some.

    Parameters
    ----------
    report
        The report.
    lang
        Language of heads and notes.
    """
    tables = [_areas(report, lang), _districts(report, lang)]
    if report.demand:
        tables += [_totals(report, lang), _catchments(report, lang), _demand(report, lang)]
    return tables


def band_text(row: Band, lang: Lang) -> str:
    """Return the cut-off of a row as a reader says it.

    Parameters
    ----------
    row
        A row with a cut-off.
    lang
        Language.
    """
    unit, value = ("minutes", row.cutoff_minutes) if row.cutoff_minutes is not None else ("metres", row.cutoff_m)
    return words(f"reach.band.{unit}", lang, value=f"{value:g}")


def _areas(report: ReachReport, lang: Lang) -> Table:
    sites = {site.id: site for site in report.sites}
    rows = tuple(
        (
            pick(sites[a.site], lang),
            band_text(a, lang),
            _method(a.method, lang),
            sites[a.site].offset_m,
            None if a.reached_m is None else a.reached_m / METRES_PER_KM,
            a.area_m2 / HECTARE_M2,
        )
        for a in report.areas
    )
    return Table(
        key="reach-sites",
        title=title_of("reach_sites", report, lang),
        headers=columns(lang, "site", "band", "method", "offset_m", "reached_km", "area_ha"),
        rows=rows,
        notes=(*stamps_of(report, lang), *_notes(report, lang)),
    )


def _districts(report: ReachReport, lang: Lang) -> Table:
    rows = tuple(
        (pick(d, lang), band_text(d, lang), _method(d.method, lang), d.within_m2 / HECTARE_M2, d.share * 100)
        for d in report.districts
        if d.within_m2 > 0
    )
    return Table(
        key="reach-districts",
        title=words("title.reach_districts", lang),
        headers=columns(lang, "district", "band", "method", "area_ha", "share_percent"),
        rows=rows,
    )


def _totals(report: ReachReport, lang: Lang) -> Table:
    rows = tuple(
        (
            band_text(t, lang),
            _method(t.method, lang),
            t.points,
            t.weight,
            None if t.share is None else t.share * 100,
        )
        for t in report.totals
    )
    return Table(
        key="reach-totals",
        title=words("title.reach_totals", lang),
        headers=columns(lang, "band", "method", "points", "weight", "share_percent"),
        rows=rows,
    )


def _catchments(report: ReachReport, lang: Lang) -> Table:
    names = {site.id: pick(site, lang) for site in report.sites}
    rows = tuple(
        (names[c.site], band_text(c, lang), _method(c.method, lang), c.points, c.weight, c.reachable_weight)
        for c in report.catchments
    )
    return Table(
        key="reach-catchments",
        title=words("title.reach_catchments", lang),
        headers=columns(lang, "site", "band", "method", "points", "weight", "reachable_weight"),
        rows=rows,
    )


def _demand(report: ReachReport, lang: Lang) -> Table:
    names = {site.id: pick(site, lang) for site in report.sites}
    unit = "minutes" if report.rules.cutoffs_minutes is not None else "metres"
    heads = list(
        columns(lang, "name", "weight", "method", "nearest", "sites_within", "opportunities", "two_step", "enhanced")
    )
    said = words(f"head.unit.{unit}", lang)
    heads[4:4] = [words("head.cost", lang, unit=said), words("head.nearest_costs", lang, unit=said)]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            pick(d, lang),
            d.weight,
            _method(d.method, lang),
            None if d.nearest is None else names[d.nearest],
            d.cost_minutes if unit == "minutes" else d.cost_m,
            " / ".join(f"{cost:g}" for cost in d.nearest_costs),
            " / ".join(str(count) for count in d.sites_within),
            d.opportunities,
            d.two_step,
            d.enhanced,
        )
        for d in report.demand
    )
    weights = ", ".join(f"{weight:g}" for weight in report.rules.band_weights) or "-"
    return Table(
        key="reach-demand",
        title=words("title.reach_demand", lang),
        headers=tuple(heads),
        rows=rows,
        notes=(words("note.reach_access", lang, weights=weights),),
    )


def _method(method: str | None, lang: Lang) -> str | None:
    return None if method is None else words(f"reach.method.{method}", lang)


def _notes(report: ReachReport, lang: Lang) -> Iterator[str]:
    rules = report.rules

    def own(stem: str) -> str:
        return str(getattr(rules, f"{stem}_{lang}"))

    yield words(
        "note.reach_rules",
        lang,
        profile=own("profile_name"),
        speed=f"{rules.speed_kmh:g}",
        origin=stated(rules.speed_basis, own("speed_origin"), lang),
        buffer=rules.street_buffer_m,
        hole=rules.hole_m2,
    )
    if report.method != "network":
        origin = stated(rules.detour_basis, own("detour_origin"), lang)
        yield words("note.reach_estimate", lang, factor=rules.detour_factor, origin=origin)
    if report.preset is not None:
        preset = report.preset
        note = preset.note_zh if lang == "zh" else preset.note_en
        name = pick(preset, lang)
        yield words("note.reach_preset", lang, name=name, document=preset.document, clause=preset.clause, note=note)
    if report.roads is not None:
        date = report.roads.date or words("note.no_date", lang)
        yield words("note.reach_roads", lang, origin=report.roads.origin, date=date, licence=report.roads.licence)
    for found in report.findings:
        yield f"{found.text_zh if lang == 'zh' else found.text_en} {', '.join(found.ids)}".strip()
