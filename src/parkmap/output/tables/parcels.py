"""Tables of `parkmap adjacency --layer`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parkmap.output.tables.adjacency import graph_note
from parkmap.output.tables.model import Cell, Table, columns, words

if TYPE_CHECKING:
    from parkmap.messages import Lang
    from parkmap.output.reports.adjacency import GraphEntry
    from parkmap.output.reports.parcels import ParcelSummary
    from parkmap.results.links import ParcelResults

MOST_ROWS: Final = 40
"""Longest borders shown on the terminal; the CSV file has all pairs."""


def parcel_tables(
    results: ParcelResults, summary: ParcelSummary, graph: GraphEntry, lang: Lang, *, brief: bool = False
) -> list[Table]:
    """Return the layer in numbers and its longest borders, overlaps first.

    Parameters
    ----------
    results
        The results.
    summary
        The layer in numbers.
    graph
        The graph that was asked for.
    lang
        Language of the tables.
    brief
        Numbers only.
    """
    rows: list[tuple[Cell, ...]] = [
        (words(f"parcels.{key}", lang), value) for key, value in summary.model_dump().items() if key != "identity_gap_m"
    ]
    method = words(f"parcels.kind.{results.kind}", lang, eps=f"{results.eps_m:g}")
    notes = (
        method,
        words("parcels.identity", lang, gap=f"{summary.identity_gap_m:.6f}"),
        words("parcels.scale", lang, low=f"{results.scale_low:.6f}", high=f"{results.scale_high:.6f}"),
        graph_note(graph, lang),
    )
    title = words("title.parcels", lang, file=results.file)
    first = Table(key="parcels", title=title, headers=columns(lang, "what", "value_of"), rows=tuple(rows), notes=notes)
    return [first] if brief else [first, _longest(results, lang)]


def _longest(results: ParcelResults, lang: Lang) -> Table:
    pairs = results.contiguity.pairs
    ranked = pairs.sort_values(["overlap_m2", "shared_border_m"], ascending=False, kind="stable").head(MOST_ROWS)
    rows = tuple(
        (
            str(row.Index[0]),
            str(row.Index[1]),
            words(f"contact.{row.contact}", lang),
            float(row.shared_border_m),
            float(row.exact_m),
            float(row.overlap_m2),
        )
        for row in ranked.itertuples()
    )
    heads = columns(lang, "id", "other", "contact", "border_m", "exact_m", "overlap_m2")
    notes = (words("parcels.more", lang, count=len(pairs) - MOST_ROWS),) if len(pairs) > MOST_ROWS else ()
    return Table(key="parcel-pairs", title=words("title.parcel_pairs", lang), headers=heads, rows=rows, notes=notes)
