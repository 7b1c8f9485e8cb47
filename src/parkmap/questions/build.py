"""Everything that `parkmap build` writes for one plan, as file names and bytes."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from parkmap import questions
from parkmap.facts.sheet import sheet
from parkmap.output.answer_workbook import tables_workbook
from parkmap.output.figure.sheet import picture
from parkmap.output.html.page import render
from parkmap.questions.features import gis_files
from parkmap.questions.files import coloured_layers, data_files
from parkmap.questions.heads import stamps
from parkmap.questions.page.plan import over_base, plan_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.output.context import Context
    from parkmap.output.html.model import MapPage
    from parkmap.questions.base import Answer
    from parkmap.results.plan import PlanResults


def build_files(results: PlanResults, context: Context) -> dict[str, bytes]:
    """Return map, documents, tables and GIS files of one plan.

    Parameters
    ----------
    results
        The plan.
    context
        What writers need.

    Returns
    -------
    dict of str to bytes
        File name to content.
    """
    lang, style = context.lang, context.style
    answers = tuple(_answers(results))
    page = _page(results, tuple(answer for answer, _ in answers), context)
    texts = {"map.html": render(page, style=style, lang=lang), **gis_files(results)}
    files = {name: text.encode() for name, text in texts.items()}
    for answer, tables in answers:
        own = data_files(answer, context, gis=False, tables=tables)
        files |= {**own, **(answer.further(context) if answer.further else {})}
    told = [facts for answer, tables in answers if tables for facts in answer.for_people()]
    files["tables.xlsx"] = tables_workbook(
        [sheet(facts, lang) for facts in told],
        context,
        title=results.plan.name.words[lang],
        day=results.as_of,
        stamps=[stamp[lang] for stamp in stamps(results)],
        contents=True,
    )
    for form in ("png", "pdf"):
        files[f"figure.{form}"] = picture(page, crs=results.plan.crs, style=style, lang=lang, layout="a4", form=form)
    return files


def _answers(results: PlanResults) -> Iterator[tuple[Answer, bool]]:
    """Yield the answers to every question that is asked of each plan, and whether their tables are files too."""
    for name in questions.NAMES:
        question = questions.question(name)
        if question.of_plan is None:
            continue
        for variant in question.variants:
            answer = question.of_plan(results, question.request(**variant.fields))
            if answer is not None:
                yield answer, variant.tables


def _page(results: PlanResults, answers: tuple[Answer, ...], context: Context) -> MapPage:
    extra = tuple(layer for answer in answers if answer.layers is not None for layer in answer.layers())
    coloured = tuple(layer for answer in answers for layer in coloured_layers(answer, shown=False))
    page = over_base(plan_page(results, extra=extra), coloured)
    return dataclasses.replace(page, review_number=context.review_number, basemap=context.basemap)
