"""Tables of `parkmap roads`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parkmap.output.tables.model import Table, columns, pick, stated, words

if TYPE_CHECKING:
    from parkmap.messages import Lang
    from parkmap.output.reports.roads import RoadsReport

METRES_PER_KM: Final = 1000
NAMED: Final = 5
"""How many ids a row spells out; the JSON has all."""


def roads_tables(report: RoadsReport, lang: Lang) -> list[Table]:
    """Return what is open to each profile, and what was found.

    Parameters
    ----------
    report
        The report.
    lang
        Language of heads and notes.
    """
    tables = [_profiles(report, lang)]
    return [*tables, _found(report, lang)] if report.findings else tables


def _profiles(report: RoadsReport, lang: Lang) -> Table:
    source, size = report.source, report.length_m / METRES_PER_KM
    return Table(
        key="roads-profiles",
        title=words("title.roads", lang, file=report.file),
        headers=columns(lang, "profile", "open_km", "speed_kmh", "basis"),
        rows=tuple(
            (
                f"{pick(p, lang)} {p.id}",
                p.open_length_m / METRES_PER_KM,
                p.speed_kmh,
                stated(p.speed_basis, p.speed_origin_zh if lang == "zh" else p.speed_origin_en, lang),
            )
            for p in report.profiles
        ),
        notes=(
            words(
                "note.roads_size", lang, nodes=report.nodes, segments=report.segments, length=size, bytes=report.bytes
            ),
            words(
                "note.reach_roads",
                lang,
                origin=source.origin,
                date=source.date or words("note.no_date", lang),
                licence=source.licence,
            ),
        ),
    )


def _found(report: RoadsReport, lang: Lang) -> Table:
    return Table(
        key="roads-findings",
        title=words("title.roads_findings", lang),
        headers=columns(lang, "severity", "finding", "key", "advice"),
        rows=tuple(
            (
                words(f"severity.{f.severity}", lang),
                f.text_zh if lang == "zh" else f.text_en,
                ", ".join(f.ids[:NAMED]) + (" …" if len(f.ids) > NAMED else ""),
                f.advice_zh if lang == "zh" else f.advice_en,
            )
            for f in report.findings
        ),
    )
