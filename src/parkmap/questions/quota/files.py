"""Files of a quota that no table gives by itself: workbook, Word report, picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from parkmap.output.context import Context
    from parkmap.output.figure.fonts import Format
    from parkmap.questions.base import Answer


def report_files(answer: Answer, context: Context) -> Mapping[str, bytes]:
    """Return workbook, Word report and picture.

    Parameters
    ----------
    answer
        The quota.
    context
        What writers need.

    Returns
    -------
    dict of str to bytes
        File name to content; equal answers give equal bytes. Without the picture where nothing is allocated.
    """
    endings = {"xlsx": "xlsx", "docx": "docx", "figure": "png"}
    made = {f"quota.{ending}": WRITERS[kind](answer, ending, context) for kind, ending in endings.items()}
    return {name: content for name, content in made.items() if content is not None}


def _xlsx(answer: Answer, _ending: str, context: Context) -> bytes:
    from parkmap.questions.quota.workbook import quota_workbook

    return quota_workbook(answer, context.lang)


def _docx(answer: Answer, _ending: str, context: Context) -> bytes:
    from parkmap.output.figure.sheet import picture
    from parkmap.questions.files import page_of
    from parkmap.questions.quota.report import quota_document

    page, drawn = page_of(answer, context), None
    if page is not None:
        crs = answer.results.plan.plan.crs
        drawn = picture(page, crs=crs, style=context.style, lang=context.lang, layout="report", form="png")
    return quota_document(answer, context.lang, map_png=drawn)


def _figure(answer: Answer, ending: str, context: Context) -> bytes | None:
    from parkmap.questions.quota.picture import quota_picture

    return quota_picture(answer.results, context.lang, kind=cast("Format", ending))


WRITERS: Final[Mapping[str, Callable[[Answer, str, Context], bytes | None]]] = {
    "xlsx": _xlsx,
    "docx": _docx,
    "figure": _figure,
}
"""By the name of the option that asks for the file."""
