"""Tables of `parkmap site`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.output.tables.model import Table, columns, pick, stamps_of, title_of, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.messages import Lang
    from parkmap.output.reports.siting import SitingReport


def siting_tables(report: SitingReport, lang: Lang) -> list[Table]:
    """Return the sites, the demand, and the curve where one was asked for.

    Parameters
    ----------
    report
        The report.
    lang
        Language of heads and notes.
    """
    tables = [_sites(report, lang)]
    if report.curve:
        tables.append(_curve(report, lang))
    return [*tables, _demand(report, lang)]


def _sites(report: SitingReport, lang: Lang) -> Table:
    order = {"existing": 0, "new": 1, "shut": 2, "forbidden": 3}
    rows = tuple(
        (
            s.id,
            pick(s, lang),
            words(f"site.state.{s.state}", lang),
            s.demands,
            s.served_weight,
            None if s.used_share is None else s.used_share * 100,
            s.marginal,
            s.price_yuan,
        )
        for s in sorted(report.sites, key=lambda s: (order[s.state], s.id))
    )
    return Table(
        key="site-sites",
        title=title_of("site", report, lang),
        headers=columns(lang, "id", "name", "state", "demands", "served", "used_percent", "marginal", "price_yuan"),
        rows=rows,
        notes=(*stamps_of(report, lang), *_notes(report, lang)),
    )


def _notes(report: SitingReport, lang: Lang) -> Iterator[str]:
    model, status = words(f"site.model.{report.model}", lang), words(f"site.status.{report.status}", lang)
    unit = words(f"unit.{report.unit}", lang)
    if report.objective is None:
        yield words("note.site_none", lang, model=model, status=status)
    else:
        yield words(
            "note.site_answer",
            lang,
            model=model,
            status=status,
            objective=f"{report.objective:,.6g}",
            bound="-" if report.bound is None else f"{report.bound:,.6g}",
            gap="-" if report.gap is None else f"{report.gap * 100:.4g}",
            seconds=f"{report.seconds:.1f}",
        )
        share = report.served_weight / report.total_weight * 100 if report.total_weight else 0.0
        mean, worst = (("-" if way is None else f"{way:,.4g}") for way in (report.mean_way, report.longest_way))
        yield words(
            "note.site_served",
            lang,
            served=f"{report.served_weight:,.6g}",
            share=f"{share:.1f}",
            mean=mean,
            worst=worst,
            unit=unit,
        )
        yield words("note.site_marginal", lang)
    yield words(
        "note.site_ways", lang, method=words(f"site.method.{report.method}", lang), detail=_detail(report, lang)
    )
    key = "note.site_demand_file" if report.cell_m is None else "note.site_cells"
    yield words(key, lang, file=report.demand_file, cell=f"{report.cell_m or 0:,.0f}")
    for found in report.findings:
        yield found.text_zh if lang == "zh" else found.text_en


def _detail(report: SitingReport, lang: Lang) -> str:
    if report.detour_factor is None:
        return ""
    if report.speed_kmh is None:
        return words("note.site_detour", lang, factor=f"{report.detour_factor:g}")
    factor, speed = f"{report.detour_factor:g}", f"{report.speed_kmh:g}"
    return words("note.site_speed", lang, profile=report.profile, speed=speed, factor=factor)


def _curve(report: SitingReport, lang: Lang) -> Table:
    names = {site.id: pick(site, lang) for site in report.sites}
    rows = tuple(
        (
            point.count,
            words(f"site.status.{point.status}", lang),
            point.objective,
            point.gain,
            point.bound,
            None if point.gap is None else point.gap * 100,
            point.seconds,
            "; ".join(names[site] for site in point.opened) or None,
        )
        for point in report.curve
    )
    return Table(
        key="site-curve",
        title=words("title.site_curve", lang),
        headers=columns(
            lang, "new_sites", "state", "objective", "gain", "bound_value", "gap_percent", "seconds", "opened"
        ),
        rows=rows,
    )


def _demand(report: SitingReport, lang: Lang) -> Table:
    names = {site.id: pick(site, lang) for site in report.sites}
    rows = tuple(
        (
            d.id,
            pick(d, lang),
            d.weight,
            None if d.site is None else names[d.site],
            d.way,
            d.served_share * 100,
            d.sites_within,
        )
        for d in report.demand
    )
    return Table(
        key="site-demand",
        title=words("title.site_demand", lang),
        headers=columns(lang, "id", "name", "weight", "site", "way", "served_percent", "sites_in_reach"),
        rows=rows,
    )
