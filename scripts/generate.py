"""Write what follows from the schema and the command line: JSON schemas, reference pages, the new-plan template.

One schema, four products: validation (pydantic itself), JSON schemas for editors, a reference page, a template.
`--check` writes nothing and fails where a committed file differs.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel, TypeAdapter

import describe_api
from parkmap import questions
from parkmap.cli.main import COMMANDS, group
from parkmap.facts.document import schema
from parkmap.plan.scenarios.land_classes import LandClasses
from parkmap.plan.schema import Document, Plan, Policy, Scenario, Variant
from parkmap.plan.travel import Travel
from parkmap.questions.roads import ROADS

ROOT = Path(__file__).resolve().parents[1]
INPUTS: dict[str, type[BaseModel]] = {
    "plan": Plan,
    "policy": Policy,
    "scenario": Scenario,
    "scenario-variant": Variant,
    "land-classes": LandClasses,
    "travel": Travel,
}
Schema = dict[str, Any]


def products() -> dict[str, str]:
    """Return every generated file with its text."""
    files = {f"config/schema/{name}.json": _json(model.model_json_schema()) for name, model in INPUTS.items()}
    files["config/schema/documents.json"] = _json(TypeAdapter(dict[str, Document]).json_schema())
    for name in questions.NAMES:
        for document in questions.question(name).documents:
            files[f"config/schema/report-{document.key}.json"] = _json(schema(document.key, document.tables))
    files[f"config/schema/report-{ROADS.key}.json"] = _json(schema(ROADS.key, ROADS.tables))
    files["docs/plan-format.md"] = _reference()
    files["docs/template/plan.yaml"] = _template()
    files["docs/cli.md"] = _commands()
    files["src/parkmap/api/methods.pyi"] = describe_api.stub()
    files["docs/api.md"] = describe_api.page()
    return files


def _json(schema: Schema) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _reference() -> str:
    """Return the reference page: one table per class, in the order in which a reader meets them."""
    lines = ["# Plan, policy, scenario and document files", "", "Generated from the schema; do not edit.", ""]
    seen: set[str] = set()
    pages: list[tuple[str, type[BaseModel]]] = [*INPUTS.items(), ("documents", Document)]
    for name, model in pages:
        schema = model.model_json_schema()
        lines += [f"## {name}", ""]
        for title, definition in ((schema["title"], schema), *schema.get("$defs", {}).items()):
            if title not in seen:
                seen.add(title)
                lines += _class_table(title, definition)
    return "\n".join(lines).rstrip() + "\n"


def _class_table(title: str, definition: Schema) -> list[str]:
    lines = [f"### {title}", "", definition.get("description", ""), "", "| key | type | required | meaning |"]
    lines.append("|---|---|---|---|")
    required = definition.get("required", [])
    for key, field in definition.get("properties", {}).items():
        words = field.get("description", "").replace("|", "\\|").replace("\n", " ")
        lines.append(f"| `{key}` | {_type(field)} | {'yes' if key in required else ''} | {words} |")
    return [*lines, ""]


def _type(field: Schema) -> str:
    if "$ref" in field:
        return str(field["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in field:
        return " or ".join(_type(choice) for choice in field["anyOf"])
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if field.get("type") == "array":
        return f"list of {_type(field.get('items', {}))}"
    return str(field.get("format") or field.get("type") or field.get("const", "any"))


def _template() -> str:
    """Return a plan file with every key explained, to be filled in from the top."""
    schema = Plan.model_json_schema()
    lines = ["# yaml-language-server: $schema=../../config/schema/plan.json"]
    lines.append("# A new plan: fill in, delete what is not needed.")
    lines += _template_lines(schema, schema["$defs"], indent=0)
    return "\n".join(lines) + "\n"


def _template_lines(definition: Schema, defs: Schema, *, indent: int) -> list[str]:
    pad = " " * indent
    lines: list[str] = []
    for key, field in definition.get("properties", {}).items():
        words = field.get("description", "").split("\n")[0]
        need = "" if key in definition.get("required", []) else "optional. "
        inner = _definition(field, defs)
        lines.append(f"{pad}# {need}{words}".rstrip())
        if inner is None:
            lines.append(f"{pad}{key}: {'[]' if field.get('type') == 'array' else ''}".rstrip())
        elif field.get("type") == "array":
            first, *rest = _template_lines(inner, defs, indent=indent + 4)
            lines += [f"{pad}{key}:", first, *_as_entry(rest, indent)]
        else:
            lines += [f"{pad}{key}:", *_template_lines(inner, defs, indent=indent + 2)]
    return lines


def _as_entry(lines: list[str], indent: int) -> list[str]:
    """Put the dash of a list entry before its first key."""
    position = next(i for i, line in enumerate(lines) if not line.lstrip().startswith("#"))
    marked = " " * (indent + 2) + "- " + lines[position][indent + 4 :]
    return [*lines[:position], marked, *lines[position + 1 :]]


def _definition(field: Schema, defs: Schema) -> Schema | None:
    reference = field.get("$ref") or field.get("items", {}).get("$ref")
    return None if reference is None else dict(defs[str(reference).rsplit("/", 1)[-1]])


def _commands() -> str:
    """Return the help text of every command."""
    lines = ["# Command line", "", "Generated from the commands; do not edit.", ""]
    context = click.Context(group, info_name="parkmap", max_content_width=100, terminal_width=100)
    lines += ["## parkmap", "", "```", group.get_help(context), "```", ""]
    for name in COMMANDS:
        command = group.get_command(context, name)
        if command is not None:
            lines += _command_lines(command, name, context)
    return "\n".join(lines).rstrip() + "\n"


def _command_lines(command: click.Command, name: str, parent: click.Context) -> list[str]:
    """Return the help text of a command and of what stands under it."""
    context = click.Context(command, info_name=name, parent=parent, max_content_width=100, terminal_width=100)
    lines = [f"## {context.command_path}", "", "```", command.get_help(context), "```", ""]
    for inner_name, inner in (command.commands if isinstance(command, click.Group) else {}).items():
        lines += _command_lines(inner, inner_name, context)
    return lines


def main() -> None:
    """Write the files, or with `--check` compare them."""
    check = "--check" in sys.argv[1:]
    stale = []
    for name, text in products().items():
        path = ROOT / name
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    if check and stale:
        sys.exit(f"out of date, run scripts/generate.py: {', '.join(stale)}")


if __name__ == "__main__":
    main()
