"""Everything that an answer is written as: page, document, tables, workbook, GIS files, and the record of the run."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from parkmap.facts.document import to_json
from parkmap.facts.plain import properties
from parkmap.facts.sheet import sheet
from parkmap.output.tables.csv_file import to_csv
from parkmap.output.vector import feature_collection
from parkmap.questions.record import plan_record, run_record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parkmap.facts.facts import Facts
    from parkmap.output.context import Context
    from parkmap.output.html.model import LayerGroup, MapPage
    from parkmap.questions.base import Answer


def answer_files(answer: Answer, context: Context) -> dict[str, bytes]:
    """Return every file of an answer.

    Parameters
    ----------
    answer
        The answer.
    context
        What writers need.

    Returns
    -------
    dict of str to bytes
        File name to content; equal answers give equal bytes.
    """
    page = page_bytes(answer, context)
    shown = {} if page is None else {"map.html": page}
    book = workbook_of(answer, dataclasses.replace(context, table=None))
    books = {} if book is None else {f"{answer.file_name}.xlsx": book}
    return {**shown, **data_files(answer, context), **books, **(answer.further(context) if answer.further else {})}


def wanted(answer: Answer, context: Context, *, terminal: bool = False) -> tuple[Facts, ...]:
    """Return the only table that was asked for, or all that people read.

    Parameters
    ----------
    answer
        The answer.
    context
        What writers need.
    terminal
        Whether long tables are left out where all are wanted.
    """
    return answer.for_people(terminal=terminal) if context.table is None else (answer.table(context.table),)


def workbook_of(answer: Answer, context: Context) -> bytes | None:
    """Return the tables that are wanted of an answer as a workbook, or None where people get none.

    Parameters
    ----------
    answer
        The answer.
    context
        What writers need.
    """
    from parkmap.output.answer_workbook import answer_workbook

    facts = wanted(answer, context)
    return answer_workbook(facts, context, day=answer.day) if facts else None


def data_files(answer: Answer, context: Context, *, gis: bool = True, tables: bool = True) -> dict[str, bytes]:
    """Return document, tables and GIS files of an answer.

    Parameters
    ----------
    answer
        The answer.
    context
        What writers need.
    gis, tables
        Whether GIS files and tables are among them.
    """
    texts = {f"{answer.file_name}.json": to_json(answer.as_document())}
    for facts in answer.facts:
        if gis and facts.table.gis and facts.key in answer.shapes:
            texts[f"{facts.table.layer or facts.key}.geojson"] = geojson_of(answer, facts)
    shown = answer.for_people() if tables else ()
    sheets = {f"{facts.key}.csv": to_csv(sheet(facts, context.lang)) for facts in shown}
    return {**{name: text.encode() for name, text in texts.items()}, **sheets}


def geojson_of(answer: Answer, facts: Facts) -> str:
    """Return a table of an answer that has geometry as GeoJSON.

    Parameters
    ----------
    answer
        The answer.
    facts
        The table.
    """
    return feature_collection(answer.shapes[facts.key], [*_stamped(answer, properties(facts))])


def _stamped(answer: Answer, rows: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Yield properties with the plan and the day, which a feature must not lose when it leaves its file."""
    base = answer.base
    said = {} if base is None else {"plan": base.plan.id, "as_of": base.as_of.isoformat()}
    return ({**row, **said} for row in rows)


def page_of(answer: Answer, context: Context) -> MapPage | None:
    """Return the page of an answer, or None where there is none.

    Parameters
    ----------
    answer
        The answer.
    context
        What writers need.
    """
    from parkmap.questions.page.plan import over_base, plan_page

    coloured = coloured_layers(answer)
    if answer.page is not None:
        page = answer.page(answer)
    elif answer.base is not None and (answer.layers is not None or coloured):
        page = plan_page(answer.base, extra=() if answer.layers is None else answer.layers())
    else:
        return None
    page = over_base(page, coloured)
    return dataclasses.replace(page, review_number=context.review_number, basemap=context.basemap)


def page_bytes(answer: Answer, context: Context) -> bytes | None:
    """Return the page of an answer as one HTML file, or None where there is none.

    Parameters
    ----------
    answer
        The answer.
    context
        What writers need.
    """
    from parkmap.output.html.page import render

    page = page_of(answer, context)
    return None if page is None else render(page, style=context.style, lang=context.lang).encode()


def coloured_layers(answer: Answer, *, shown: bool = True) -> tuple[LayerGroup, ...]:
    """Return a layer for each table that names a column by which its rows are coloured, bottom first.

    Parameters
    ----------
    answer
        The answer.
    shown
        Whether the last one, on top, is switched on at first; the others would lie under it.
    """
    from parkmap.output.html.layers.coloured import coloured_layer

    tables = [facts for facts in answer.facts if facts.table.coloured is not None and facts.key in answer.shapes]
    layers = (coloured_layer(facts, answer.shapes[facts.key]) for facts in tables)
    found = [layer for layer in layers if layer is not None]
    return tuple(
        dataclasses.replace(layer, shown=shown and number == len(found)) for number, layer in enumerate(found, start=1)
    )


def manifest(answer: Answer, context: Context) -> dict[str, Any]:
    """Return what a run depended on: plan, day, language, inputs with hashes, versions.

    Parameters
    ----------
    answer
        The answer.
    context
        What writers needed.
    """
    lang, number, base = context.lang, context.review_number, answer.base
    recorded = run_record(lang=lang, review_number=number)
    if base is not None:
        recorded = plan_record(base, lang=lang, review_number=number)
    return {**recorded, **answer.record}
