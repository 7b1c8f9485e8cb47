"""The quota as a Word report in Chinese or English."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from docx.shared import Cm

from parkmap.facts.sheet import Sheet, sheet
from parkmap.messages import text
from parkmap.output.docx_parts import (
    add_grid,
    add_page_numbers,
    add_stamp,
    add_table,
    new_document,
    to_bytes,
    turn,
)
from parkmap.questions.quota import conflict_tables, tables
from parkmap.questions.quota.names import method_text, size_words
from parkmap.questions.quota.picture import quota_picture
from parkmap.questions.quota.reasons import Reasons

if TYPE_CHECKING:
    from parkmap.facts.facts import Facts
    from parkmap.messages import Lang
    from parkmap.questions.base import Answer

PICTURE_CM: Final = 16.4
APPENDIX: Final = (
    "quota-shadow-prices",
    "quota-sensitivity",
    "quota-scenarios",
    "quota-comparison",
    "quota-monitoring",
    "quota-subsidies",
    "quota-subsidies-yearly",
    "quota-subsidies-ceilings",
    "quota-ledger",
)
"""Tables of the appendix, in this order, where the report fills them."""
BRIEF: Final = ("id", "commodity", "year", "tier", "claim_m2", "allocated_m2", "unmet_m2", "held")
"""Columns of the allocations that fit an upright page."""


def quota_document(answer: Answer, lang: Lang, *, map_png: bytes | None = None) -> bytes:
    """Write the quota as a Word report.

    Parameters
    ----------
    answer
        The quota, with all that is told beside it.
    lang
        Language.
    map_png
        Picture of the plan's map; None leaves it out.

    Returns
    -------
    bytes
        A DOCX file; the same answer gives the same bytes.
    """
    title = answer.table(tables.CLAIMS.key).title[lang]
    document = new_document(lang, title=title, day=answer.results.plan.as_of)
    example = answer.results.scenario.rests_on_assumptions
    add_page_numbers(document, text("stamp.example" if example else "title.quota", lang))
    _first_page(document, answer, lang, title)
    _summary(document, answer, lang)
    _pictures(document, answer, lang, map_png)
    _answer(document, answer, lang)
    _reasons(document, answer, lang)
    _appendix(document, answer, lang)
    return to_bytes(document)


def _first_page(document: Any, answer: Answer, lang: Lang, title: str) -> None:  # noqa: ANN401
    """Write title, stamps, slots for review and approval, and every figure with its basis."""
    scenario = answer.results.scenario
    document.add_heading(title, level=0)
    for stamp in answer.table(tables.CLAIMS.key).stamps:
        add_stamp(document, stamp[lang])
    document.add_paragraph(text("doc.scenario", lang, name=scenario.name[lang], note=scenario.note[lang]))
    slots = [
        [text(f"sign.{key}", lang), name or "", text("sign.date", lang), ""]
        for key, name in scenario.sign_off.model_dump().items()
    ]
    add_grid(document, slots, widths_cm=(2.6, 6.0, 2.2, 5.4))
    document.add_heading(text("title.quota_figures", lang), level=1)
    add_table(document, _brief(answer.table(tables.FIGURES.key), lang))


def _brief(figures: Facts, lang: Lang) -> Sheet:
    """Return the figures in four columns, for a page that stands upright."""
    full, rows = sheet(figures, lang), []
    for what, name, commodity, year, m2, yuan, basis, clause, origin in full.rows:
        detail = " ".join(str(part) for part in (year, commodity) if part)
        amount = text("amount.m2", lang, value=f"{m2:,}") if m2 is not None else None
        amount = text("amount.yuan", lang, value=f"{yuan:,}") if yuan is not None else amount
        shown = text("given.of.detail", lang, what=what, name=name, detail=f" {detail}" if detail else "")
        rows.append((shown, amount, basis, " ".join(str(part) for part in (clause, origin) if part)))
    heads = (full.headers[0], text("given.amount.head", lang), full.headers[6], full.headers[8])
    return Sheet(key=full.key, title=full.title, headers=heads, rows=tuple(rows), notes=full.notes)


def _summary(document: Any, answer: Answer, lang: Lang) -> None:  # noqa: ANN401
    document.add_heading(text("doc.summary", lang), level=1).paragraph_format.page_break_before = True
    for total in answer.results.quota.totals.to_dict("records"):
        commodity = total["commodity"]
        size = {
            key: size_words(total[f"{key}_m2"], commodity)[lang] for key in ("supply", "claim", "allocated", "unmet")
        }
        said = {"year": total["year"], "commodity": text(f"commodity.{commodity}", lang), **size}
        line = text("doc.total", lang, share=f"{total['met_share'] * 100:.1f}", **said)
        document.add_paragraph(line, style="List Bullet")
    document.add_heading(text("cover.method", lang), level=2)
    document.add_paragraph(method_text(answer.results.quota)[lang])
    reason = answer.results.scenario.method.reason
    if reason is not None:
        document.add_paragraph(reason[lang])
    keys = {
        table.key for table in (conflict_tables.CONFLICT, conflict_tables.RELAXATION, conflict_tables.RELAXATION_KINDS)
    }
    colliding = [one for one in answer.facts if one.key in keys]
    if colliding:
        document.add_heading(text("title.quota_conflict", lang), level=2)
        for facts in colliding:
            document.add_paragraph(facts.title[lang])
            add_table(document, sheet(facts, lang, ranges=True))


def _pictures(document: Any, answer: Answer, lang: Lang, map_png: bytes | None) -> None:  # noqa: ANN401
    flow = quota_picture(answer.results, lang)
    for key, picture in (("doc.map", map_png), ("doc.flow", flow)):
        if picture is not None:
            document.add_heading(text(key, lang), level=1)
            document.add_picture(io.BytesIO(picture), width=Cm(PICTURE_CM))


def _answer(document: Any, answer: Answer, lang: Lang) -> None:  # noqa: ANN401
    known = {facts.key: sheet(facts, lang, ranges=True) for facts in answer.for_people()}
    document.add_heading(text("title.quota", lang), level=1)
    first = known[tables.CLAIMS.key]
    add_table(document, first, columns=[number for number, key in enumerate(first.keys) if key in BRIEF])
    summed = ("quota-totals", "quota-pools", "quota-groups", "quota-by-district", "quota-by-land-class")
    for key in (*summed, *(key for key in known if key.startswith("quota-hectares"))):
        if key in known:
            document.add_heading(known[key].title, level=2)
            add_table(document, known[key])


def _reasons(document: Any, answer: Answer, lang: Lang) -> None:  # noqa: ANN401
    """Tell the ledger in sentences, claim by claim."""
    document.add_heading(text("doc.reasons", lang), level=1)
    reasons = Reasons(answer)
    for claim in reasons.claims:
        first, *others = reasons.of(claim)
        document.add_paragraph(first[lang]).runs[0].bold = True
        for sentence in () if reasons.infeasible else others:
            document.add_paragraph(sentence[lang], style="List Bullet")


def _appendix(document: Any, answer: Answer, lang: Lang) -> None:  # noqa: ANN401
    known = {facts.key: sheet(facts, lang, ranges=True) for facts in answer.for_people()}
    turn(document, upright=False)
    document.add_heading(text("doc.appendix", lang), level=1)
    for key in APPENDIX:
        if key in known:
            document.add_heading(known[key].title, level=2)
            table = known[key]
            filled = [i for i in range(len(table.headers)) if any(row[i] is not None for row in table.rows)]
            add_table(document, table, columns=filled, size=7.5)
