"""Tables of `parkmap adjacency`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.output.tables.model import Table, columns, pick, stamps_of, title_of, words

if TYPE_CHECKING:
    from parkmap.messages import Lang
    from parkmap.output.reports.adjacency import AdjacencyReport, GraphEntry


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
        _places(report, lang),
        *([_polygons(report, lang)] if report.polygons else []),
        *([_relations(report, lang)] if report.relations else []),
    ]


def _places(report: AdjacencyReport, lang: Lang) -> Table:
    """Return the structure of the graph: most central places first."""
    names = {i.id: pick(i, lang) for i in report.items}
    ranked = sorted(report.places, key=lambda p: (-(p.betweenness or 0), -p.degree, p.id))
    rows = tuple(
        (names[p.id], p.degree, p.cluster, words(f"yes.{p.articulation}", lang), p.betweenness) for p in ranked
    )
    bridges = "; ".join(f"{names[p.item]} - {names[p.other]}" for p in report.graph_pairs if p.bridge)
    notes = [graph_note(report.graph, lang)]
    if bridges:
        notes.append(words("note.bridges", lang, names=bridges))
    heads = columns(lang, "name", "degree", "cluster", "articulation", "betweenness")
    return Table(
        key="adjacency-structure",
        title=words("title.adjacency_structure", lang),
        headers=heads,
        rows=rows,
        notes=tuple(notes),
    )


def graph_note(graph: GraphEntry, lang: Lang) -> str:
    """Say which pairs count as neighbours.

    Parameters
    ----------
    graph
        The graph.
    lang
        Language.
    """
    return words(
        f"graph_rule.{graph.kind}",
        lang,
        metres=f"{graph.within_m or 0:,.0f}",
        count=graph.nearest,
        minutes=f"{graph.within_minutes or 0:g}",
        pairs=graph.pairs,
    )


def _polygons(report: AdjacencyReport, lang: Lang) -> Table:
    names = {i.id: pick(i, lang) for i in report.items}
    rows = tuple(
        (
            names[p.id],
            p.perimeter_m / 1000,
            p.shared_m / 1000,
            p.outer_m / 1000,
            f"{p.border_share * 100:.1f} %",
            p.compactness,
        )
        for p in report.polygons
    )
    heads = columns(lang, "name", "perimeter_km", "shared_km", "outer_km", "border_share", "compactness")
    note = words("note.identity", lang, gap=f"{report.identity_gap_m:.6f}")
    return Table(
        key="adjacency-borders", title=words("title.adjacency_borders", lang), headers=heads, rows=rows, notes=(note,)
    )


def _relations(report: AdjacencyReport, lang: Lang) -> Table:
    """Return neighbours by what their industries say of each other, duplicates first."""
    names = {i.id: pick(i, lang) for i in report.items}
    order = {"duplicate": 0, "complementary": 1, "partly": 2, "different": 3, "unknown": 4}
    ranked = sorted(report.relations, key=lambda r: (order[r.relation], -(r.similarity or 0), r.item, r.other))
    rows = tuple(
        (
            names[r.item],
            names[r.other],
            words(f"relation.{r.relation}", lang),
            r.similarity,
            ", ".join(r.shared) or None,
        )
        for r in ranked
    )
    heads = columns(lang, "name", "other", "relation", "similarity", "shared_industries")
    return Table(
        key="adjacency-industries",
        title=words("title.adjacency_industries", lang),
        headers=heads,
        rows=rows,
        notes=(words("note.relations", lang),),
    )
