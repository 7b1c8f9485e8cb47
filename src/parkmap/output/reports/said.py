"""What an entry says, in words of a user: role, value, units, aid. Shared by reports and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap import messages
from parkmap.plan.schema import Component, Item, Position, Project, Rule, Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.messages import Lang
    from parkmap.plan.schema import Amount, Base, Closed, Name


def in_lang(name: Name, lang: Lang) -> str:
    """Return a name in one language."""
    return name.zh if lang == "zh" else name.en


def kind_of(item: Item, lang: Lang) -> str:
    """Return the role of a component, with the word that it was inferred, or the kind of a park or project."""
    if isinstance(item, Component):
        inferred = messages.text("inferred", lang) if item.role_basis == "inferred" else ""
        return messages.text(f"role.{item.role}", lang) + inferred
    return messages.text(f"kind.{item.kind if isinstance(item, Project) else 'park'}", lang)


def units_of(item: Item, lang: Lang) -> str | None:
    """Return lead and supporting units as the document names them, or None where it names none."""
    parts = [
        messages.text(f"units.{part}", lang, units="、".join(units))
        for part, units in (("lead", item.lead_units), ("support", item.support_units))
        if units
    ]
    return messages.text("units.and", lang).join(parts) or None


def amount_of(amount: Amount, lang: Lang) -> str:
    """Return what a rule grants: share or sum, cap, years, and what the cap counts for."""
    parts = [messages.text("amount.rate", lang, rate=f"{amount.rate_percent:g}")] if amount.rate_percent else []
    for key, yuan in (("sum", amount.amount_yuan), ("cap", amount.cap_yuan)):
        parts += [messages.text(f"amount.{key}", lang, yuan=f"{yuan:,}")] if yuan else []
    parts += [messages.text("amount.years", lang, years=amount.years)] if amount.years else []
    parts.append(messages.text(f"amount.per.{amount.per}", lang))
    return messages.text(
        "amount.line", lang, what=in_lang(amount.what, lang), parts=messages.text("amount.and", lang).join(parts)
    )


def aid_of(rule: Rule, lang: Lang) -> str | None:
    """Return everything that a rule grants, or None where it states no sum, share or cap."""
    return messages.text("units.and", lang).join(amount_of(amount, lang) for amount in rule.amounts) or None


def value_of(target: Target, lang: Lang) -> str:
    """Return the value of a target as the text qualifies it, without its unit."""
    value = f"{target.value:g}" + (f"–{target.value_to:g}" if target.value_to is not None else "")
    return messages.text(f"comparator.{target.comparator}", lang, value=value)


def base_of(base: Base | None, lang: Lang) -> str | None:
    """Return where a target starts from, as the text qualifies it, with the year."""
    if base is None:
        return None
    return f"{messages.text(f'comparator.{base.comparator}', lang, value=f'{base.value:g}')} ({base.year})"


def due_of(target: Target, lang: Lang) -> str | None:
    """Return the year of a target, and whether it is due every year; None where the text names neither."""
    if not target.per_year:
        return str(target.year) if target.year else None
    key = "per_year" if target.year is None else "per_year_until"
    return messages.text(key, lang, year=target.year)


def details(entry: Closed, lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield what an entry says, as key and words; the clause and the place of it are told elsewhere.

    Parameters
    ----------
    entry
        A component, park, project, industry, position, target, rule or supply pool.
    lang
        Language of the words.
    """
    if isinstance(entry, Item):
        found = _item(entry, lang)
    elif isinstance(entry, Target):
        found = _target(entry, lang)
    elif isinstance(entry, Rule):
        found = {"summary": in_lang(entry.summary, lang), "aid": aid_of(entry, lang)}
        found["places"] = _comma(lang).join(entry.place_names) or None
    elif isinstance(entry, Position):
        found = {"places": ", ".join(entry.places) or None}
    else:
        found = {}
    yield from ((key, words) for key, words in found.items() if words)


def _item(item: Item, lang: Lang) -> dict[str, str | None]:
    return {
        "kind": kind_of(item, lang),
        "aliases": _comma(lang).join(item.aliases) or None,
        "units": units_of(item, lang),
        "remark": in_lang(item.note, lang) if item.note else None,
    }


def _target(target: Target, lang: Lang) -> dict[str, str | None]:
    unit = in_lang(target.unit, lang)
    by = " × " if unit[:1].isdigit() else " "  # 35 × 10,000 square metres
    return {
        "value": f"{value_of(target, lang)}{by}{unit}",
        "year": due_of(target, lang),
        "base": base_of(target.base, lang),
    }


def _comma(lang: Lang) -> str:
    return messages.text("units.comma", lang)
