"""Tables of `parkmap adjacency`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.output.tables.model import Table, columns, pick, stamps_of, title_of, words

if TYPE_CHECKING:
    from parkmap.messages import Lang
    from parkmap.output.reports.adjacency import AdjacencyReport


def adjacency_tables(report: AdjacencyReport, lang: Lang) -> list[Table]:
    """Return pairs, nearest first, and clusters."""
    names = {i.id: pick(i, lang) for i in report.items}
    order = {"border": 0, "overlap": 1, "point": 2, "undecidable": 3, "unknown": 4, "apart": 4}
    ranked = sorted(report.pairs, key=lambda p: (order[p.contact], p.distance_m, p.item, p.other))
    pairs = tuple(
        (
            names[p.item],
            names[p.other],
            words(f"contact.{p.contact}", lang),
            p.shared_border_m,
            p.distance_m / 1000,
            None if p.distance_low_m is None else p.distance_low_m / 1000,
            None if p.distance_high_m is None else p.distance_high_m / 1000,
        )
        for p in ranked
    )
    heads = columns(lang, "name", "other", "contact", "border_m", "distance_km", "low_km", "high_km")
    members = tuple((pick(i, lang), i.cluster, i.neighbours, words(f"yes.{i.isolate}", lang)) for i in report.items)
    member_heads = columns(lang, "name", "cluster", "neighbours", "isolate")
    notes = [words("note.adjacency", lang)]
    if report.not_placed:
        notes.append(words("note.not_placed", lang, count=len(report.not_placed), names=", ".join(report.not_placed)))
    title = title_of("adjacency", report, lang)
    return [
        Table(key="adjacency-pairs", title=title, headers=heads, rows=pairs, notes=(*stamps_of(report, lang), *notes)),
        Table(key="adjacency-items", title=words("title.adjacency_items", lang), headers=member_heads, rows=members),
    ]
