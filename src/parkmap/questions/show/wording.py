"""What an entry of a plan says, in words of a user: role, value, units, aid, clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.facts.reading import COMMA
from parkmap.messages import NONE, Words, each, joined, plain, words
from parkmap.plan.schema import Component, Item, Park, Position, Project, Rule, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from parkmap.plan.schema import Amount, Base, Closed, Document, Source


def kind_of(item: Item) -> Words:
    """Return the role of a component, with the word that it was inferred, or the kind of a park or project."""
    if isinstance(item, Component):
        inferred = words("inferred") if item.role_basis == "inferred" else NONE
        return joined([words(f"role.{item.role}"), inferred], by=NONE)
    return words(f"kind.{item.kind if isinstance(item, Project) else 'park'}")


def above(item: Item) -> str | None:
    """Return the id of the component or park of which an item is a part, or None."""
    if isinstance(item, Component):
        return item.part_of
    return item.component if isinstance(item, Park | Project) else None


def units_of(item: Item) -> Words | None:
    """Return lead and supporting units as the document names them, or None where it names none."""
    named = (("lead", item.lead_units), ("support", item.support_units))
    return joined(words(f"units.{part}", units="、".join(units)) for part, units in named if units) or None


def aid_of(rule: Rule) -> Words | None:
    """Return everything that a rule grants, or None where it states no sum, share or cap."""
    return joined(_amount(amount) for amount in rule.amounts) or None


def _amount(amount: Amount) -> Words:
    """Return what is granted: share or sum, cap, years, and what the cap counts for."""
    parts = [words("amount.rate", rate=f"{amount.rate_percent:g}")] if amount.rate_percent else []
    for key, yuan in (("sum", amount.amount_yuan), ("cap", amount.cap_yuan)):
        parts += [words(f"amount.{key}", yuan=f"{yuan:,}")] if yuan else []
    parts += [words("amount.years", years=amount.years)] if amount.years else []
    parts.append(words(f"amount.per.{amount.per}"))
    return words("amount.line", what=amount.what.words, parts=joined(parts, by=words("amount.and")))


def value_of(target: Target) -> Words:
    """Return the value of a target as the text qualifies it, without its unit."""
    value = f"{target.value:g}" + (f"–{target.value_to:g}" if target.value_to is not None else "")
    return words(f"comparator.{target.comparator}", value=value)


def base_of(base: Base | None) -> Words | None:
    """Return where a target starts from, as the text qualifies it, with the year."""
    if base is None:
        return None
    value = words(f"comparator.{base.comparator}", value=f"{base.value:g}")
    return each(lambda lang: f"{value[lang]} ({base.year})")


def due_of(target: Target) -> Words | None:
    """Return the year of a target, and whether it is due every year; None where the text names neither."""
    if not target.per_year:
        return plain(target.year) if target.year else None
    return words("per_year" if target.year is None else "per_year_until", year=target.year)


def sources_of(*sources: Source) -> str:
    """Return documents by their ids, each with its clause."""
    return "; ".join(dict.fromkeys(f"{source.document} {source.clause}" for source in sources))


def clause(documents: Mapping[str, Document], *sources: Source) -> Words:
    """Return citations with the titles of their documents."""
    titled = ((documents[source.document].title, source.clause) for source in sources)
    return joined(Words(f"《{title.zh}》 {where}", f"{title.en}, {where}") for title, where in titled)


def details(entry: Closed) -> Iterator[tuple[str, Words]]:
    """Yield what an entry says, as key and words; the clause and the place of it are told elsewhere.

    Parameters
    ----------
    entry
        A component, park, project, industry, position, target, rule or supply pool.
    """
    found: dict[str, Words | None] = {}
    if isinstance(entry, Item):
        found = {"kind": kind_of(entry), "aliases": _listed(entry.aliases), "units": units_of(entry)}
        found["remark"] = entry.note.words if entry.note else None
    elif isinstance(entry, Target):
        value, unit = value_of(entry), entry.unit.words
        by = each(lambda lang: " × " if unit[lang][:1].isdigit() else " ")  # 35 × 10,000 square metres
        found = {"value": joined([value, by, unit], by=NONE), "year": due_of(entry), "base": base_of(entry.base)}
    elif isinstance(entry, Rule):
        found = {"summary": entry.summary.words, "aid": aid_of(entry), "places": _listed(entry.place_names)}
    elif isinstance(entry, Position):
        found = {"places": plain(", ".join(entry.places))}
    yield from ((key, said) for key, said in found.items() if said)


def _listed(texts: Iterable[str]) -> Words:
    return joined(map(plain, texts), by=COMMA)
