"""Tables of `parkmap belts` and `parkmap linkage`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.output.tables.model import HECTARE_M2, Cell, Table, columns, pick, stamps_of, stated, title_of, words

if TYPE_CHECKING:
    from parkmap.messages import Lang
    from parkmap.output.reports.links import (
        BeltEntry,
        BeltGap,
        BeltsReport,
        LinkageReport,
        LinkPair,
        LinkSetEntry,
        TravelBasis,
    )

MOST_LINKS = 10
"""New links shown per set; the report has all."""


def belts_tables(report: BeltsReport, lang: Lang) -> list[Table]:
    """Return a summary of all belts, then gaps and districts of each that is known.

    Parameters
    ----------
    report
        The report.
    lang
        Language of the tables.
    """
    rows = tuple(_belt_row(belt, lang) for belt in report.belts)
    heads = columns(
        lang, "name", "role", "belt_members", "continuity", "range", "weakest", "inside_percent", "axis_percent"
    )
    notes = (
        *([] if report.belts else [words("note.no_belts", lang)]),
        *stamps_of(report, lang),
        words("note.continuity", lang, reach=f"{report.reach_m:,.0f}"),
        words("note.axis", lang),
        *_travel_notes(report.travel, lang),
        *(
            f"{pick(belt, lang)}: {words('status.unknown', lang)}. {getattr(belt, f'reason_{lang}')}"
            for belt in report.belts
            if belt.status == "unknown"
        ),
    )
    first = Table(key="belts", title=title_of("belts", report, lang), headers=heads, rows=rows, notes=notes)
    known = [belt for belt in report.belts if belt.gaps]
    return [first, *(table for belt in known for table in (_gap_table(belt, lang), _district_table(belt, lang)))]


def _belt_row(belt: BeltEntry, lang: Lang) -> tuple[Cell, ...]:
    unknown = words("status.unknown", lang)
    names = {member.id: pick(member, lang) for member in belt.members}
    weakest = next((f"{names[gap.item]} - {names[gap.other]}" for gap in belt.gaps if gap.weakest), None)
    doubt = "" if belt.weakest_sure or weakest is None else words("not_sure", lang)
    return (
        pick(belt, lang),
        words(f"role.{belt.role}", lang),
        " → ".join(names.values()) or None,
        unknown if belt.continuity is None else f"{belt.continuity:.2f}",
        _span(belt.continuity_low, belt.continuity_high),
        None if weakest is None else weakest + doubt,
        _percent(belt.area_share_inside),
        None
        if belt.axis_share_inside is None
        else f"{_percent(belt.axis_share_inside)} ({_percent(belt.axis_share_low)}–{_percent(belt.axis_share_high)})",
    )


def _gap_table(belt: BeltEntry, lang: Lang) -> Table:
    names = {member.id: pick(member, lang) for member in belt.members}
    rows = tuple(
        (
            names[gap.item],
            names[gap.other],
            _km(gap.straight_m),
            _km(gap.low_m),
            _km(gap.high_m),
            _km(gap.way_m),
            gap.minutes,
            _basis(gap, lang),
            words(f"yes.{gap.weakest}", lang),
        )
        for gap in belt.gaps
    )
    heads = columns(
        lang, "name", "other", "distance_km", "low_km", "high_km", "way_km", "minutes", "basis_of_time", "weakest"
    )
    return Table(
        key=f"belt-gaps-{belt.id}",
        title=words("title.belt_gaps", lang, name=pick(belt, lang)),
        headers=heads,
        rows=rows,
    )


def _district_table(belt: BeltEntry, lang: Lang) -> Table:
    rows = tuple(
        (
            pick(district, lang),
            words(f"yes.{district.named}", lang),
            None if district.area_m2 is None else district.area_m2 / HECTARE_M2,
            _percent(district.area_share),
            _km(district.axis_m),
            _percent(district.axis_share),
        )
        for district in belt.districts
    )
    heads = columns(lang, "district", "named_for_it", "area_ha", "share_of_belt", "axis_km", "share_of_axis")
    return Table(
        key=f"belt-districts-{belt.id}",
        title=words("title.belt_districts", lang, name=pick(belt, lang)),
        headers=heads,
        rows=rows,
    )


def linkage_tables(report: LinkageReport, lang: Lang) -> list[Table]:
    """Return for each set the matrix of travel times with the index, and what new links would change.

    Parameters
    ----------
    report
        The report.
    lang
        Language of the tables.
    """
    stamps = (*stamps_of(report, lang), *_travel_notes(report.travel, lang))
    if not report.sets:
        title = title_of("linkage", report, lang)
        heads, notes = columns(lang, "minutes_from"), (words("note.no_sets", lang), *stamps)
        return [Table(key="linkage", title=title, headers=heads, rows=(), notes=notes)]
    tables = []
    for chosen in report.sets:
        tables += [_matrix(report, chosen, lang, stamps), _new_links(report, chosen, lang)]
    return tables


def _matrix(report: LinkageReport, chosen: LinkSetEntry, lang: Lang, stamps: tuple[str, ...]) -> Table:
    by_pair = {(pair.item, pair.other): pair for pair in chosen.pairs}
    rows = []
    for one in chosen.places:
        cells: list[Cell] = [pick(one, lang)]
        for two in chosen.places:
            pair, back = by_pair.get((one.id, two.id)), by_pair.get((two.id, one.id))
            cells.append(_time(pair, lang, back=False) if pair else _time(back, lang, back=True) if back else "·")
        rows.append(tuple(cells))
    index = "-" if chosen.index is None else f"{chosen.index:.2f}"
    notes = [
        words("note.linkage", lang, index=index, range=_span(chosen.index_low, chosen.index_high) or "-"),
        words("note.linkage_formula", lang, minutes=f"{report.reference_minutes:g}", source=report.source),
    ]
    if chosen.left_out:
        notes.append(words("note.left_out", lang, names=", ".join(chosen.left_out)))
    return Table(
        key=f"linkage-{chosen.role or 'chosen'}",
        title=f"{title_of('linkage', report, lang)} / {_set_name(chosen, lang)}",
        headers=(*columns(lang, "minutes_from"), *(pick(place, lang) for place in chosen.places)),
        rows=tuple(rows),
        notes=(*notes, *stamps),
    )


def _set_name(chosen: LinkSetEntry, lang: Lang) -> str:
    return words("linkage.chosen", lang) if chosen.role is None else words(f"role.{chosen.role}", lang)


def _time(pair: LinkPair, lang: Lang, *, back: bool) -> str:
    """Return one cell of the matrix: minutes, a range, or a word."""
    if pair.status in {"unknown", "unconnected"}:
        return words(f"status.{pair.status}", lang)
    about = words("about", lang) if pair.estimate else ""
    if pair.status == "range":
        return f"{about}{pair.minutes_low:.0f}–{pair.minutes_high:.0f}"
    return f"{about}{pair.minutes_back if back else pair.minutes:.0f}"


def _new_links(report: LinkageReport, chosen: LinkSetEntry, lang: Lang) -> Table:
    names = {place.id: pick(place, lang) for place in chosen.places}
    rows = tuple(
        (
            names[link.item],
            names[link.other],
            link.minutes_now,
            link.minutes_new,
            link.index_after,
            link.gain,
            _span(link.gain_near, link.gain_far),
            link.pairs_faster,
        )
        for link in chosen.new_links[:MOST_LINKS]
    )
    heads = columns(
        lang, "name", "other", "minutes_now", "minutes_new", "index_after", "index_gain", "gain_range", "pairs_faster"
    )
    return Table(
        key=f"new-links-{chosen.role or 'chosen'}",
        title=words("title.new_links", lang, name=_set_name(chosen, lang)),
        headers=heads,
        rows=rows,
        notes=(words("note.new_links", lang, kmh=f"{report.link_kmh:g}"),),
    )


def _travel_notes(travel: TravelBasis, lang: Lang) -> tuple[str, ...]:
    """Say what the times rest on."""
    estimate = words(
        "note.estimate",
        lang,
        profile=pick(travel, lang),
        factor=f"{travel.detour_factor:g}",
        kmh=f"{travel.speed_kmh:g}",
        detour=stated(travel.detour_basis, getattr(travel, f"detour_origin_{lang}"), lang),
        speed=stated(travel.speed_basis, getattr(travel, f"speed_origin_{lang}"), lang),
    )
    if travel.roads is None:
        return (words("note.no_roads", lang), estimate)
    return (words("note.roads", lang, origin=travel.roads.origin), estimate)


def _basis(gap: BeltGap, lang: Lang) -> str:
    return words("basis_of_time.estimate" if gap.estimate else "basis_of_time.network", lang)


def _km(metres: float | None) -> float | None:
    return None if metres is None else metres / 1000


def _percent(share: float | None) -> str | None:
    return None if share is None else f"{share * 100:.1f} %"


def _span(one: float | None, two: float | None) -> str | None:
    """Return a range of two numbers, the smaller first."""
    return None if one is None or two is None else f"{min(one, two):.2f}–{max(one, two):.2f}"
