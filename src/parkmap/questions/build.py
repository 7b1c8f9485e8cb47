"""Everything that `parkmap build` writes for one plan, as file names and bytes."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from parkmap import questions
from parkmap.facts.sheet import sheet
from parkmap.output.answer_workbook import tables_workbook
from parkmap.output.bundles.quota import quota_files
from parkmap.output.figure.sheet import picture
from parkmap.output.html.contents.plan_page import over_base, plan_page
from parkmap.output.html.page import render
from parkmap.output.reports.adjacency import adjacency_report
from parkmap.output.reports.base import to_json
from parkmap.output.reports.listing import check_report
from parkmap.output.reports.plan import show_report
from parkmap.output.tables.adjacency import adjacency_tables
from parkmap.output.tables.csv_file import to_csv
from parkmap.output.tables.plan import findings_table, show_tables
from parkmap.output.vector import geojson_files
from parkmap.questions.files import coloured_layers, data_files
from parkmap.questions.heads import stamps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.output.context import Context
    from parkmap.output.html.model import MapPage
    from parkmap.output.reports.quota import QuotaReport
    from parkmap.questions.base import Answer
    from parkmap.results.plan import PlanResults


def build_files(results: PlanResults, context: Context, *, quota: QuotaReport | None = None) -> dict[str, bytes]:
    """Return map, documents, tables and GIS files of one plan.

    Parameters
    ----------
    results
        The plan.
    context
        What writers need.
    quota
        Report on the quota; None writes nothing about it.

    Returns
    -------
    dict of str to bytes
        File name to content.
    """
    lang, style = context.lang, context.style
    answers = tuple(_answers(results))
    adjacency = adjacency_report(results, of="items")
    shown = show_report(results)
    checked = check_report(((results.plan.id, found) for found in results.findings), results.as_of)
    page = _page(results, answers, context)
    texts = {
        "map.html": render(page, style=style, lang=lang),
        "show.json": to_json(shown),
        "check.json": to_json(checked),
        "adjacency.json": to_json(adjacency),
        "adjacency-districts.json": to_json(adjacency_report(results, of="districts")),
        **geojson_files(results),
    }
    sheets = [*show_tables(shown, lang), *findings_table(checked, lang), *adjacency_tables(adjacency, lang)]
    told = [*sheets, *(sheet(facts, lang) for answer in answers for facts in answer.for_people())]
    files = {name: text.encode() for name, text in texts.items()}
    for answer in answers:
        files |= data_files(answer, context, gis=False)
    files["tables.xlsx"] = tables_workbook(
        told,
        context,
        title=results.plan.name.words[lang],
        day=results.as_of,
        stamps=[stamp[lang] for stamp in stamps(results)],
        contents=True,
    )
    if quota is not None:
        still = picture(page, crs=results.plan.crs, style=style, lang=lang, layout="report", form="png")
        files |= quota_files(quota, lang, map_png=still)
    for form in ("png", "pdf"):
        files[f"figure.{form}"] = picture(page, crs=results.plan.crs, style=style, lang=lang, layout="a4", form=form)
    return {**files, **{f"{one.key}.csv": to_csv(one) for one in sheets}}


def _answers(results: PlanResults) -> Iterator[Answer]:
    """Yield the answer to every question that is asked of each plan."""
    for name in questions.NAMES:
        question = questions.question(name)
        answer = None if question.of_plan is None else question.of_plan(results, question.request())
        if answer is not None:
            yield answer


def _page(results: PlanResults, answers: tuple[Answer, ...], context: Context) -> MapPage:
    extra = tuple(layer for answer in answers if answer.layers is not None for layer in answer.layers())
    coloured = tuple(layer for answer in answers for layer in coloured_layers(answer, shown=False))
    page = over_base(plan_page(results, extra=extra), coloured)
    return dataclasses.replace(page, review_number=context.review_number, basemap=context.basemap)
