"""Tables of `parkmap coverage` for several plans or readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.output.tables.demand import demand_source_notes
from parkmap.output.tables.model import HECTARE_M2, Table, columns, pick, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parkmap.messages import Lang
    from parkmap.output.reports.coverage_set import CoverageSetReport, CoverageSide, PlaceCover
    from parkmap.output.tables.model import Cell


def coverage_set_tables(report: CoverageSetReport, lang: Lang) -> list[Table]:
    """Return land together, land of each plan, and the same of demand where there is any.

    Parameters
    ----------
    report
        The report.
    lang
        Language.
    """
    notes = (*_stamps(report, lang), words("note.coverage_set", lang))
    land = [*report.land_m2, report.land_total_m2]
    names = {side.reference: _side_name(side, lang) for side in report.plans}
    tables = [
        _together("coverage-set-land", "title.coverage_set_land", land, lang, HECTARE_M2, notes),
        _each("coverage-set-plans", "title.coverage_set_plans", land, names, lang, HECTARE_M2),
    ]
    if report.demand is not None:
        own = report.demand
        found = [entry.text_zh if lang == "zh" else entry.text_en for entry in report.findings]
        about = (*demand_source_notes(own, lang), *found)
        people = [*own.districts, own.total]
        tables += [
            _together("coverage-set-demand", "title.coverage_set_demand", people, lang, 1, about),
            _each("coverage-set-demand-plans", "title.coverage_set_demand_plans", people, names, lang, 1),
            _together("coverage-set-demand-rows", "title.coverage_demand_rows", own.rows, lang, 1, ()),
        ]
    return tables


def _stamps(report: CoverageSetReport, lang: Lang) -> Iterator[str]:
    for side in report.plans:
        stamp = words(f"validity.stamp.{side.validity}", lang, day=report.as_of)
        yield words("compare.stamp", lang, side=_side_name(side, lang), stamp=stamp)
        if side.unknown_items:
            yield words(
                "compare.stamp",
                lang,
                side=_side_name(side, lang),
                stamp=words("note.coverage_unknown", lang, count=len(side.unknown_items)),
            )


def _side_name(side: CoverageSide, lang: Lang) -> str:
    """Return the plan's name, with the readings that set it apart from the same plan without them."""
    readings = "; ".join(pick(reading, lang) for reading in side.readings)
    name = pick(side, lang)
    return f"{name} ({readings})" if readings else name


def _together(
    key: str, title: str, rows: Sequence[PlaceCover], lang: Lang, unit: float, notes: tuple[str, ...]
) -> Table:
    heads = ("any_low", "any_best", "any_high", "all_low", "all_best", "all_high", "twice", "gap")
    return Table(
        key=key,
        title=words(title, lang),
        headers=columns(lang, "place", *(_head(name, unit) for name in ("whole", *heads)), "share_percent"),
        rows=tuple(
            (pick(row, lang), row.whole / unit, *(getattr(row, name) / unit for name in heads), _percent(row))
            for row in rows
        ),
        notes=notes,
    )


def _each(key: str, title: str, rows: Sequence[PlaceCover], names: dict[str, str], lang: Lang, unit: float) -> Table:
    cells: tuple[tuple[Cell, ...], ...] = tuple(
        (
            pick(row, lang),
            names[own.reference],
            own.low / unit,
            own.best / unit,
            own.high / unit,
            own.only / unit,
            own.best / row.whole * 100 if row.whole else None,
        )
        for row in rows
        for own in row.plans
    )
    parts = (_head(name, unit) for name in ("covered_low", "covered_best", "covered_high", "only"))
    return Table(
        key=key, title=words(title, lang), headers=columns(lang, "place", "plan", *parts, "share_percent"), rows=cells
    )


def _head(name: str, unit: float) -> str:
    return f"{name}_ha" if unit == HECTARE_M2 else name


def _percent(row: PlaceCover) -> float | None:
    return row.any_best / row.whole * 100 if row.whole else None
