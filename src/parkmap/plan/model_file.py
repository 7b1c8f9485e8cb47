"""Read one YAML file as a closed model; every finding names file, line and key, and none stops the next file."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from parkmap import messages
from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding
from parkmap.plan.yaml_file import KeyPath, YamlFile, dotted, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from parkmap.plan.catalog import Catalog

Model = TypeVar("Model", bound=BaseModel)


def read_model(catalog: Catalog, path: Path, model: type[Model]) -> Model:
    """Read one YAML file as a closed model.

    Parameters
    ----------
    catalog
        Names the file in findings.
    path
        The file.
    model
        What it must hold.

    Returns
    -------
    BaseModel
        The checked content.

    Raises
    ------
    InvalidInputError
        With every problem of the file, each with its line.
    """
    problems: list[Finding] = []
    source = read_checked(catalog, path, model, problems)
    if source is None:
        raise InvalidInputError(problems)
    return source[1]


def read_checked(
    catalog: Catalog, path: Path, model: type[Model], problems: list[Finding]
) -> tuple[YamlFile, Model] | None:
    """Read and check one file; what is wrong with it goes to the problems.

    Parameters
    ----------
    catalog
        Names the file in findings.
    path
        The file.
    model
        What it must hold.
    problems
        Gets what is wrong.
    """
    source = parse_yaml(catalog, path, problems)
    return None if source is None else validate_model(catalog, source, model, problems)


def parse_yaml(catalog: Catalog, path: Path, problems: list[Finding]) -> YamlFile | None:
    """Read one file as YAML; what is wrong with it goes to the problems.

    Parameters
    ----------
    catalog
        Names the file in findings.
    path
        The file.
    problems
        Gets what is wrong.
    """
    try:
        return read_yaml(path)
    except InvalidInputError as error:
        problems += [dataclasses.replace(f, file=catalog.display(path)) for f in error.findings]
        return None


def validate_model(
    catalog: Catalog, source: YamlFile, model: type[Model], problems: list[Finding], *, prefix: KeyPath = ()
) -> tuple[YamlFile, Model] | None:
    """Check a parsed file, or one entry of it; what is wrong goes to the problems.

    Parameters
    ----------
    catalog
        Names the file in findings.
    source
        The file.
    model
        What it must hold.
    problems
        Gets what is wrong.
    prefix
        Keys that lead to the entry; empty is the whole file.
    """
    data = source.data
    for key in prefix:
        data = data[key]
    try:
        return source, model.model_validate(data)
    except ValidationError as error:
        complaints = (((*prefix, *e["loc"]), _schema_finding(e)) for e in _complaints(error))
        problems += with_location(catalog, source, complaints)
        return None


def with_location(catalog: Catalog, source: YamlFile, found: Iterable[tuple[KeyPath, Finding]]) -> list[Finding]:
    """Return findings that know only their key path with file, line and key.

    Parameters
    ----------
    catalog
        Names the file.
    source
        The file.
    found
        Key path and finding.
    """
    name = catalog.display(source.path)
    return [dataclasses.replace(f, file=name, line=source.line(key), key=dotted(key)) for key, f in found]


def _complaints(error: ValidationError) -> list[Any]:
    """Return the errors of pydantic, without lists that are too short only because their entries are wrong."""
    told: list[Any] = list(error.errors())
    places = [one["loc"] for one in told]
    return [
        one
        for one in told
        if one["type"] != "too_short" or not any(p != one["loc"] and p[: len(one["loc"])] == one["loc"] for p in places)
    ]


def _schema_finding(error: dict[str, Any]) -> Finding:
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "missing":
        return finding("schema.missing", "error", name=error["loc"][-1])
    if kind == "extra_forbidden":
        return finding("schema.unknown_key", "error", name=error["loc"][-1])
    if value is None:
        return finding("schema.empty" if error["loc"] else "file.empty", "error")
    if kind == "literal_error":
        return finding("schema.not_allowed", "error", value=value, allowed=context["expected"])
    if kind == "value_error":
        why = context["error"]
        return finding("schema.rule", "error", why=why, why_zh=getattr(why, "zh", why))
    zh, en = _why(kind, context, error["msg"])
    return finding("schema.invalid", "error", value=str(value)[:80], why=en, why_zh=zh)


def _why(kind: str, context: Mapping[str, Any], told: str) -> tuple[str, str]:
    """Return what is wanted, in Chinese and English; in pydantic's words where it is nothing that plans have."""
    key = f"why.{WANTED.get(kind, kind)}"
    if key not in messages.TEXTS:
        return told, told
    return messages.text(key, "zh", **context), messages.text(key, "en", **context)


WANTED: Final = {
    "string_type": "text",
    "string_too_short": "blank",
    "int_type": "whole",
    "int_parsing": "whole",
    "int_from_float": "whole",
    "float_type": "number",
    "float_parsing": "number",
    "finite_number": "number",
    "bool_type": "flag",
    "bool_parsing": "flag",
    "tuple_type": "list",
    "list_type": "list",
    "model_type": "keys",
    "model_attributes_type": "keys",
    "dict_type": "keys",
    "date_type": "date",
    "date_parsing": "date",
    "date_from_datetime_parsing": "date",
    "date_from_datetime_inexact": "date",
    "too_short": "entries",
}
"""What pydantic calls a fault, and the key of our words for it."""
