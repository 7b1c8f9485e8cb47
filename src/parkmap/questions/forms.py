"""The single files that every question can write: its first table as CSV, all of them as workbook or Word, its map."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from parkmap.questions.base import FileForm

if TYPE_CHECKING:
    from parkmap.output.context import Context
    from parkmap.questions.base import Answer, Question

PICTURES: Final = ("png", "svg", "pdf")


def _csv(answer: Answer, _ending: str, context: Context) -> bytes | None:
    from parkmap.facts.sheet import sheet
    from parkmap.output.tables.csv_file import to_csv
    from parkmap.questions.files import wanted

    facts = wanted(answer, context)
    named = [one for one in facts if one.key == answer.document.key]  # the table that gave the document its name
    return next((to_csv(sheet(one, context.lang)) for one in (*named, *facts)), None)


def _xlsx(answer: Answer, _ending: str, context: Context) -> bytes | None:
    from parkmap.questions.files import workbook_of

    return workbook_of(answer, context)


def _docx(answer: Answer, _ending: str, context: Context) -> bytes | None:
    from parkmap.output.answer_document import answer_document
    from parkmap.questions.files import wanted

    facts = wanted(answer, context, terminal=True)
    if not facts:
        return None
    map_png = figure_of(answer, "png", context, layout="report")
    return answer_document(facts, context, day=answer.day, map_png=map_png)


def _figure(answer: Answer, ending: str, context: Context) -> bytes | None:
    return figure_of(answer, ending, context, layout="a4")


def figure_of(answer: Answer, form: str, context: Context, *, layout: str) -> bytes | None:
    """Return the map of an answer as a still picture, or None where it has none.

    Parameters
    ----------
    answer
        The answer.
    form
        `png`, `svg` or `pdf`.
    context
        What writers need.
    layout
        `a4`, `a3`, or `report`.
    """
    from parkmap.output.figure.sheet import picture
    from parkmap.questions.files import page_of

    page = None if answer.base is None else page_of(answer, dataclasses.replace(context, basemap=None))
    if page is None or answer.base is None or page.sides is not None:  # two sides would lie over each other
        return None
    crs = answer.base.plan.crs
    return picture(page, crs=crs, style=context.style, lang=context.lang, layout=layout, form=form)  # type: ignore[arg-type]  # checked by the command


FIGURE: Final = FileForm(
    key="figure",
    help="Draw its map (.png, .svg, .pdf). 输出静态地图（.png、.svg、.pdf）。",
    make=_figure,
    endings=PICTURES,
    none="form.nothing_to_draw",
)
FORMS: Final = (
    FileForm(
        key="csv",
        help="Write the first table, or that of --table, as CSV. 将第一张表（或 --table 所选的表）存为 CSV。",
        make=_csv,
        none="form.nothing_to_write",
    ),
    FileForm(
        key="xlsx",
        help="Write the tables as a workbook. 将各表输出为工作簿。",
        make=_xlsx,
        none="form.nothing_to_write",
    ),
    FileForm(
        key="docx",
        help="Write map and tables as a Word document. 将地图与各表输出为 Word 文档。",
        make=_docx,
        none="form.nothing_to_write",
    ),
    FIGURE,
)


def forms_of(question: Question) -> tuple[FileForm, ...]:
    """Return the single files that a question can write: its own, then those of every question it has none like.

    Parameters
    ----------
    question
        The question.
    """
    own = {flag for form in question.files for flag in (form.flags or (f"--{form.key}",))}
    asked = {field.metadata["option"].flag or f"--{field.name}" for field in dataclasses.fields(question.request)}
    shared = (form for form in FORMS if f"--{form.key}" not in own | asked)
    return (*question.files, *(form for form in shared if form is not FIGURE or question.plans != "none"))
