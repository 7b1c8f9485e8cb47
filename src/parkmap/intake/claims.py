"""A user's table of claims: CSV or workbook, heads in Chinese or English, in m², hectares or 亩."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any, Final, get_args

from parkmap import messages
from parkmap.errors import InvalidInputError
from parkmap.finding import finding
from parkmap.intake import cells
from parkmap.intake.cells import CellError
from parkmap.intake.tables import Sheet, plain, read_sheets
from parkmap.plan.elements import Basis, Commodity, Name
from parkmap.plan.scenarios.schema import Access, Claim, Figure, Tenure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from parkmap.finding import Finding
    from parkmap.plan.load import PlanSet
    from parkmap.plan.scenarios.schema import Scenario

HEADS: Final[dict[str, tuple[str, ...]]] = {
    "item": ("item", "id", "园区", "编号", "项目", "名称", "要素", "申报单位", "park", "name"),
    "commodity": ("commodity", "类别", "用地类别", "指标类别"),
    "year": ("year", "年份", "年度"),
    "claim": ("claim", "需求", "申请", "需求量"),
    "floor": ("floor", "下限", "保底"),
    "cap": ("cap", "上限", "封顶"),
    "tier": ("tier", "等级", "优先级", "优先等级"),
    "tier_rule": ("tierrule", "等级依据"),
    "weight": ("weight", "权重"),
    "indivisible": ("indivisible", "整块", "不可分割"),
    "pools": ("pools", "指标池", "可用指标池"),
    "district": ("district", "行政区"),
    "land_class": ("landclass", "地类", "用地分类"),
    "far": ("far", "容积率"),
    "tenure": ("tenure", "供地方式"),
    "basis": ("basis", "依据"),
    "origin": ("origin", "来源", "理由", "来源或理由", "说明"),
}
UNITS: Final = {"m2": ("m2", "㎡", "平方米", "平米"), "ha": ("ha", "公顷"), "mu": ("mu", "亩")}
AREAS: Final = ("claim", "floor", "cap")
NEEDED: Final = ("item", "year", "claim")
TOTALS: Final = frozenset({"合计", "总计", "小计", "total", "subtotal", "grandtotal", "sum"})
"""Rows of sums: no claims, but held against the claims above them."""
_YEAR_NAMED = re.compile(r"[（(]\s*\d{4}\s*年?[)）]$")
_UNIT = re.compile(
    "(?P<unit>{})$".format("|".join(plain(word) for words in UNITS.values() for word in words)),
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class ClaimsTable:
    """Claims out of a user's file.

    Parameters
    ----------
    claims
        The claims, in the order of the file.
    places
        File, sheet and row of each, to name them in later complaints.
    """

    claims: tuple[Claim, ...]
    places: tuple[tuple[str, str, int], ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Words:
    items: Mapping[str, str]
    commodities: Mapping[str, str]
    pools: Mapping[str, str]
    tenures: Mapping[str, str]
    bases: Mapping[str, str]
    classes: Mapping[str, str]
    rules: Mapping[str, str]
    markets: Mapping[tuple[str, int], frozenset[str]]


def read_claims(path: Path, plan_set: PlanSet, scenario: Scenario) -> ClaimsTable:
    """Read a table of claims.

    Parameters
    ----------
    path
        CSV, TSV or XLSX file.
    plan_set
        The plan whose components, parks and projects claim.
    scenario
        The scenario whose pools serve the claims.

    Returns
    -------
    ClaimsTable
        The claims; a claim without a basis is an assumption whose origin names file and row.

    Raises
    ------
    InvalidInputError
        With every fault of every sheet, by cell.
    """
    problems: list[Finding] = []
    found: list[tuple[Claim, tuple[str, str, int]]] = []
    words = _words(plan_set, scenario)
    for sheet in read_sheets(path, wanted=_head_words()):
        columns = _columns(sheet, problems)
        if columns is not None:
            found += _claims_of(sheet, columns, words, problems)
            _repeated(sheet, found, problems)
    problems += _overflow(path.name, [claim for claim, _ in found])
    if not found and not problems:
        problems.append(finding("intake.no_rows", "error", file=path.name))
    if problems:
        raise InvalidInputError(problems)
    return ClaimsTable(claims=tuple(c for c, _ in found), places=tuple(p for _, p in found))


def with_claims(scenario: Scenario, table: ClaimsTable, file: str) -> Scenario:
    """Return the scenario with the user's claims in place of its own.

    Parameters
    ----------
    scenario
        The scenario; pools, bounds and method stay.
    table
        The claims.
    file
        Name of the file, for the note.
    """
    left = {(claim.item, claim.commodity, claim.year) for claim in table.claims}
    said = {lang: messages.text("intake.note", lang, file=file) for lang in ("zh", "en")}
    return scenario.model_copy(
        update={
            "claims": table.claims,
            "note": Name(zh=f"{scenario.note.zh}{said['zh']}", en=f"{scenario.note.en} {said['en']}"),
            "overrides": tuple(o for o in scenario.overrides if (o.item, o.commodity, o.year) in left),
            "actuals": tuple(a for a in scenario.actuals if (a.item, a.commodity, a.year) in left),
        }
    )


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Row:
    sheet: Sheet
    row: int
    cells: Mapping[int, object]
    columns: Mapping[str, tuple[int, str]]

    def get(self, field: str) -> object | None:
        column, _ = self.columns.get(field, (0, ""))
        return self.cells.get(column)

    def fault(self, field: str, code: str, **values: object) -> Finding:
        column, _ = self.columns.get(field, (0, ""))
        return self.sheet.fault(code, row=self.row, column=column or None, **values)


def _claims_of(
    sheet: Sheet, columns: Mapping[str, tuple[int, str]], words: _Words, problems: list[Finding]
) -> Iterator[tuple[Claim, tuple[str, str, int]]]:
    """Yield the claims of a sheet with their places; sums in the table must be those of the claims."""
    every, since = 0, 0
    before = len(problems)
    for number, own in sheet.rows:
        row = _Row(sheet=sheet, row=number, cells=own, columns=columns)
        if plain(row.get("item") or "") in TOTALS:
            if len(problems) == before:
                problems += _wrong_total(row, (every, since))
            since = 0
            continue
        claim = _claim(row, words, problems)
        if claim is not None:
            every, since = every + claim.claim.m2, since + claim.claim.m2
            yield claim, (sheet.file, sheet.name, number)


def _wrong_total(row: _Row, sums: tuple[int, int]) -> Iterator[Finding]:
    """Yield a finding where a row of sums is neither that of all claims so far nor that since the last such row."""
    cell, unit = row.get("claim"), row.columns["claim"][1]
    if cell is None:
        return
    try:
        total = cells.area_m2(cell, unit)
    except CellError as error:
        yield row.fault("claim", error.code, **error.values)
        return
    near = row.row if unit == "mu" else 0  # each claim in 亩 was rounded to 1 m2
    if all(abs(total - other) > near for other in sums):
        yield row.fault("claim", "intake.wrong_total", value=f"{total:,}", total=f"{sums[0]:,}")


def _head_words() -> set[str]:
    """Return every head that marks a row of heads: the needed ones, with and without a unit."""
    units = ["", *(plain(word) for words in UNITS.values() for word in words)]
    return {plain(word) + unit for field in NEEDED for word in HEADS[field] for unit in units}


def _columns(sheet: Sheet, problems: list[Finding]) -> dict[str, tuple[int, str]] | None:
    """Return column and unit of each field; unknown, repeated and missing heads are faults."""
    fields = {plain(word): field for field, words in HEADS.items() for word in words}
    found: dict[str, tuple[int, str]] = {}
    before = len(problems)
    for column, head in sheet.headers.items():
        word, unit = _split(head)
        field = fields.get(word)
        if field is None:
            known = ", ".join(f"{next(w for w in words if not w.isascii())} {words[0]}" for words in HEADS.values())
            problems.append(sheet.fault("intake.unknown_head", row=None, column=column, value=head, known=known))
        elif field in found:
            problems.append(sheet.fault("intake.repeated_head", row=None, column=column, value=head))
        elif field in AREAS and not unit:
            problems.append(sheet.fault("intake.no_unit", row=None, column=column, value=head))
        else:
            found[field] = (column, unit)
    for field in NEEDED:
        if field not in found and len(problems) == before:
            problems.append(
                sheet.fault("intake.missing_head", row=None, column=None, value=" / ".join(HEADS[field][:3]))
            )
    return found if len(problems) == before else None


def _split(head: str) -> tuple[str, str]:
    word = plain(head)
    match = _UNIT.search(word)
    if match is None or match.start() == 0:
        return word, ""
    unit = next(name for name, words in UNITS.items() if match["unit"] in {plain(w) for w in words})
    return word[: match.start()], unit


def _claim(row: _Row, words: _Words, problems: list[Finding]) -> Claim | None:
    values: dict[str, Any] = {}
    before = len(problems)
    for field, read in _readers(words).items():
        cell = row.get(field)
        if cell is None:
            continue
        try:
            values[field] = read(cell, row.columns[field][1])
        except CellError as error:
            problems.append(row.fault(field, error.code, **error.values))
    problems += [row.fault(field, "intake.empty") for field in NEEDED if row.get(field) is None]
    values.setdefault("commodity", "land")
    problems += _bounds(row, values)
    problems += _market(row, values, words)
    return _made(row, values) if len(problems) == before else None


def _readers(words: _Words) -> dict[str, Callable[[object, str], Any]]:
    return {
        "item": lambda cell, _: cells.listed(cell, words.items),
        "commodity": lambda cell, _: cells.listed(cell, words.commodities),
        "year": lambda cell, _: cells.year(cell),
        "claim": cells.area_m2,
        "floor": cells.area_m2,
        "cap": cells.area_m2,
        "tier": lambda cell, _: cells.whole(cell, least=1, most=1000),
        "tier_rule": lambda cell, _: cells.listed(cell, words.rules),
        "weight": lambda cell, _: cells.positive(cell),
        "indivisible": lambda cell, _: cells.flag(cell),
        "pools": lambda cell, _: tuple(
            cells.listed(part, words.pools) for part in re.split(r"[;,；，、]", str(cell)) if part.strip()
        ),
        "district": lambda cell, _: str(cell).strip(),
        "land_class": lambda cell, _: cells.listed(cell, words.classes),
        "far": lambda cell, _: cells.positive(cell),
        "tenure": lambda cell, _: cells.listed(cell, words.tenures),
        "basis": lambda cell, _: cells.listed(cell, words.bases),
        "origin": lambda cell, _: str(cell).strip(),
    }


def _bounds(row: _Row, values: Mapping[str, Any]) -> Iterator[Finding]:
    claim, floor, cap = (values.get(name) for name in AREAS)
    if claim is not None and floor is not None:
        wanted = claim if cap is None else min(claim, cap)
        if floor > wanted:
            yield row.fault("floor", "scenario.floor", floor=floor, wanted=wanted)
        elif values.get("indivisible") and 0 < floor < wanted:
            yield row.fault("floor", "intake.indivisible_floor", floor=floor, wanted=wanted)


def _market(row: _Row, values: Mapping[str, Any], words: _Words) -> Iterator[Finding]:
    if "year" not in values:
        return
    kinds = words.markets.get((values["commodity"], values["year"]))
    if kinds is None:
        yield row.fault("year", "scenario.no_pool", commodity=values["commodity"], year=values["year"])
        return
    for kind in values.get("pools", ()):
        if kind not in kinds:
            yield row.fault("pools", "link.broken", kind="pool", name=kind, near=", ".join(sorted(kinds)))


def _made(row: _Row, values: dict[str, Any]) -> Claim | None:
    where = f"{row.sheet.file} {row.sheet.name}".strip()
    given = values.pop("origin", None)
    origin = Name(
        zh=given or messages.text("intake.origin", "zh", file=where, row=row.row),
        en=given or messages.text("intake.origin", "en", file=where, row=row.row),
    )
    basis = values.pop("basis", "assumption")
    for name in AREAS:
        if name in values:
            values[name] = Figure(m2=values[name], basis=basis, origin=origin)
    kinds = values.pop("pools", ())
    if kinds:
        values["pools"] = Access(kinds=kinds, reason=origin)
    values.setdefault("tier", 1)
    return Claim(**values)


def _repeated(sheet: Sheet, found: list[tuple[Claim, tuple[str, str, int]]], problems: list[Finding]) -> None:
    seen: dict[tuple[str, str, int], int] = {}
    for claim, (_, name, row) in found:
        key = (claim.item, claim.commodity, claim.year)
        if key in seen and name == sheet.name:
            problems.append(sheet.fault("scenario.repeated", row=row, column=None, name=claim.item, year=claim.year))
        seen.setdefault(key, row)


def _overflow(file: str, claims: list[Claim]) -> Iterator[Finding]:
    total = sum(claim.claim.m2 for claim in claims)
    if total > cells.MOST_M2:
        yield finding("intake.total", "error", file=file, total=f"{total:,}")


def _words(plan_set: PlanSet, scenario: Scenario) -> _Words:
    plan = plan_set.plan
    items: dict[str, str] = {}
    for item in (*plan.components, *plan.parks, *plan.projects):
        for word in (item.id, item.name.zh, item.name.en, *item.aliases):
            items.setdefault(plain(word), item.id)
    markets: dict[tuple[str, int], set[str]] = {}
    pools: dict[str, str] = {}
    for pool in scenario.pools:
        markets.setdefault((pool.commodity, pool.year), set()).add(pool.kind_id)
        short = [_YEAR_NAMED.sub("", name).strip() for name in (pool.name.zh, pool.name.en)]
        for word in (pool.id, pool.kind_id, pool.name.zh, pool.name.en, *short):
            pools[plain(word)] = pool.kind_id
    classes = {plain(code): code for code in plan_set.land_classes}
    classes |= {plain(entry.name.zh): code for code, entry in plan_set.land_classes.items()}
    rules = [rule for policy in plan_set.policies.values() for rule in policy.rules]
    return _Words(
        items=items,
        commodities=_message_words("commodity", get_args(Commodity)),
        pools=pools,
        tenures=_message_words("tenure", get_args(Tenure)),
        bases=_message_words("basis", [word for word in get_args(Basis) if word != "document"]),
        classes=classes,
        rules={plain(word): rule.id for rule in rules for word in (rule.id, rule.name.zh, rule.name.en)},
        markets={key: frozenset(kinds) for key, kinds in markets.items()},
    )


def _message_words(stem: str, keys: tuple[str, ...] | list[str]) -> dict[str, str]:
    words = {plain(key): key for key in keys}
    for lang in ("zh", "en"):
        words |= {plain(messages.text(f"{stem}.{key}", lang)): key for key in keys}
    return words
