"""The report of a comparison as the list of differences that stands beside the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parkmap import messages
from parkmap.messages import Words
from parkmap.output.html.model import Difference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.output.reports.changes import ContactChange, CoverageChange, QuotaChange
    from parkmap.output.reports.compare import CompareReport, ItemChange, TargetChange

HECTARE_M2: Final = 10_000
PREFIX: Final = ("a-", "b-")
"""Put before the ids of each side, so that links lead to the same side."""


def differences(report: CompareReport) -> Iterator[Difference]:
    """Yield what differs between the two sides, sort by sort.

    Parameters
    ----------
    report
        Report of the comparison.
    """
    for fate in ("added", "dropped"):
        yield from (_item(item) for item in report.items if item.fate == fate)
    yield from (_item(item) for item in report.items if item.fate == "kept" and item.aspects)
    for one in report.possibly_one:
        other: Words = Words(one.after_name_zh, one.after_name_en)
        yield Difference(
            heading=messages.words("title.possibly_one").capitalised(),
            name=Words(one.before_name_zh, one.before_name_en),
            notes=(messages.words("compare.perhaps", name=other),),
            target=PREFIX[0] + one.before,
        )
    for district in report.districts:
        name: Words = Words(district.name_zh, district.name_en)
        fate_words = messages.words(f"district.{district.fate}")
        yield Difference(
            heading=messages.words("title.compare_districts").capitalised(), name=name, notes=(fate_words,)
        )
    yield from (_coverage(change) for change in report.changes.coverage)
    yield from (_contact(change) for change in report.changes.contacts)
    yield from _quota(report.changes.quota)
    yield from (_target(target) for target in report.targets if target.fate != "same")


def _item(item: ItemChange) -> Difference:
    before = _both(item.before_name_zh, item.before_name_en)
    after = _both(item.after_name_zh, item.after_name_en)
    side = 0 if after is None else 1
    heading = messages.words(f"fate.{'changed' if item.fate == 'kept' else item.fate}").capitalised()
    notes = tuple(_aspects(item)) if item.fate == "kept" else (_role(item.after_role or item.before_role),)
    return Difference(
        heading=heading, name=after or before or messages.NONE, notes=notes, target=PREFIX[side] + item.id
    )


def _aspects(item: ItemChange) -> Iterator[Words]:
    for aspect in item.aspects:
        if aspect == "renamed":
            yield messages.words(
                "compare.renamed", name=_both(item.before_name_zh, item.before_name_en) or messages.NONE
            )
        elif aspect == "role":
            yield messages.words("compare.from_to", before=_role(item.before_role), after=_role(item.after_role))
        elif aspect == "moved" and item.moved_m is not None:
            values = {"km": item.moved_m, "low": item.moved_low_m or 0.0, "high": item.moved_high_m or 0.0}
            yield messages.words("compare.moved", **{key: f"{value / 1000:,.1f}" for key, value in values.items()})
        else:
            yield messages.words(f"aspect.{aspect}")


def _role(role: str | None) -> Words:
    return messages.words(f"compare.{role}" if role in {"park", "project"} else f"role.{role}")


def _both(zh: str | None, en: str | None) -> Words | None:
    return None if zh is None or en is None else Words(zh, en)


def _coverage(change: CoverageChange) -> Difference:
    hectares = (change.after_best_m2 - change.before_best_m2) / HECTARE_M2
    shares = {"before": f"{change.before_share * 100:.1f}", "after": f"{change.after_share * 100:.1f}"}
    notes = [messages.words("compare.covered", **shares, change=f"{hectares:+,.1f}")]
    unknown = (len(change.before_unknown), len(change.after_unknown))
    if unknown[0] != unknown[1]:
        notes.append(messages.words("compare.unknown", before=unknown[0], after=unknown[1]))
    name: Words = Words(change.name_zh, change.name_en)
    return Difference(
        heading=messages.words("compare.coverage").capitalised(), name=name, notes=tuple(notes), target=change.district
    )


def _contact(change: ContactChange) -> Difference:
    name: Words = Words(
        f"{change.item_name_zh} — {change.other_name_zh}", f"{change.item_name_en} — {change.other_name_en}"
    )
    ends = {key: _contact_words(value) for key, value in (("before", change.before), ("after", change.after))}
    return Difference(
        heading=messages.words("compare.contacts").capitalised(),
        name=name,
        notes=(messages.words("compare.from_to", **ends),),
    )


def _contact_words(contact: str | None) -> Words:
    return messages.words("compare.contact.null" if contact is None else f"contact.{contact}")


def _quota(changed: list[QuotaChange]) -> Iterator[Difference]:
    """Yield one entry per claimant, with a line for each commodity and year."""
    for item in dict.fromkeys(change.item for change in changed):
        own = [change for change in changed if change.item == item]
        name: Words = Words(own[0].item_name_zh, own[0].item_name_en)
        side = 0 if all(change.after_m2 is None for change in own) else 1
        notes = tuple(_allocated(change) for change in own)
        yield Difference(
            heading=messages.words("compare.allocations").capitalised(),
            name=name,
            notes=notes,
            target=PREFIX[side] + item,
        )


def _allocated(change: QuotaChange) -> Words:
    same = change.before_year == change.after_year
    year = str(change.before_year) if same else f"{change.before_year} → {change.after_year}"
    ends = {"before": change.before_m2, "after": change.after_m2}
    shown = {key: "-" if m2 is None else f"{m2:,}" for key, m2 in ends.items()}
    commodity = messages.words(f"commodity.{change.commodity}")
    return messages.words("compare.allocated", commodity=commodity, year=year, **shown)


def _target(target: TargetChange) -> Difference:
    name: Words = Words(target.indicator_zh, target.indicator_en)
    unit: Words = Words(target.unit_zh, target.unit_en)
    ends = [
        _value(target.before_value, target.before_value_to, unit, target.before_year),
        _value(target.after_value, target.after_value_to, unit, target.after_year),
    ]
    note = ends[1] if target.fate == "added" else ends[0]
    if target.fate == "changed":
        note = messages.words("compare.from_to", before=ends[0], after=ends[1])
    return Difference(
        heading=messages.words("compare.targets").capitalised(),
        name=name,
        notes=(messages.words(f"fate.{target.fate}"), note),
    )


def _value(value: float | None, value_to: float | None, unit: Words, year: int | None) -> Words:
    if value is None:
        return messages.plain("-")
    shown = f"{value:,g}" if value_to is None else f"{value:,g}–{value_to:,g}"
    return messages.words("compare.target", value=shown, unit=unit, year=year or "-")
