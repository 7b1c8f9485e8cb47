"""From files to checked plans: every problem of every file is reported at once, with its line."""

from __future__ import annotations

import dataclasses
import difflib
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding
from parkmap.plan.land_classes import LandClass, LandClasses
from parkmap.plan.links import plan_link_findings, policy_link_findings
from parkmap.plan.references import broken
from parkmap.plan.scenario_links import Known, scenario_findings
from parkmap.plan.schema import Document, Plan, Policy, Scenario, Variant
from parkmap.plan.variants import resolved
from parkmap.plan.yaml_file import KeyPath, YamlFile, dotted, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from parkmap.plan.catalog import Catalog

_Model = TypeVar("_Model", bound=BaseModel)


@dataclasses.dataclass(frozen=True, kw_only=True)
class PlanSet:
    """A plan with everything it cites, checked together.

    Parameters
    ----------
    plan
        The plan.
    documents
        Documents by id: those the plan, its policies and scenarios cite.
    policies
        Policies by id.
    scenarios
        Scenarios by id.
    files
        Every file that was read, as inputs of a run.
    origins
        Where each of them was read, by `plan`, `policies/<id>`, `scenarios/<id>` and `documents/<id>`: for findings
        that name file and line.
    land_classes
        Land classes by code; empty where there is no register.
    """

    plan: Plan
    documents: Mapping[str, Document]
    policies: Mapping[str, Policy]
    scenarios: Mapping[str, Scenario]
    files: tuple[Path, ...]
    origins: Mapping[str, Origin] = dataclasses.field(default_factory=dict)
    land_classes: Mapping[str, LandClass] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Origin:
    """A file, with the name under which the user knows it."""

    name: str
    source: YamlFile

    def located(self, key: KeyPath, found: Finding) -> Finding:
        """Return a finding with file, line and key."""
        return dataclasses.replace(found, file=self.name, line=self.source.line(key), key=dotted(key))


def load_plan(catalog: Catalog, plan_id: str) -> PlanSet:
    """Load one plan with its documents, policies and scenarios.

    Parameters
    ----------
    catalog
        Where to look.
    plan_id
        Id of the plan.

    Returns
    -------
    PlanSet
        The plan and what it refers to.

    Raises
    ------
    InvalidInputError
        With every problem of every file concerned.
    """
    plan_files = catalog.plan_files()
    if plan_id not in plan_files:
        raise InvalidInputError([_unknown_plan(plan_id, plan_files)])
    problems: list[Finding] = []
    source = _read(catalog, plan_files[plan_id], Plan, problems)
    registries: dict[str, YamlFile] = {}
    documents, document_files = _documents(catalog, problems, registries)
    if source is None:
        raise InvalidInputError(problems)
    plan_file, plan = source
    policies = dict(_named(catalog, catalog.policy_files(), plan.policies, Policy, problems))
    scenarios = _scenarios(catalog, plan_id, problems)
    classes, class_files = _land_classes(catalog, problems)
    problems += _located(catalog, plan_file, plan_link_findings(plan, documents, tuple(catalog.policy_files())))
    problems += _id_findings(catalog, plan_file, plan.id)
    for policy_file, policy in policies.values():
        problems += _located(catalog, policy_file, policy_link_findings(policy, documents))
        problems += _id_findings(catalog, policy_file, policy.id)
    rules = {rule.id: rule for _, policy in policies.values() for rule in policy.rules}
    known = Known(plan=plan, rules=rules, documents=documents, land_classes=classes)
    for scenario_file, scenario in scenarios.values():
        problems += _located(catalog, scenario_file, scenario_findings(scenario, known))
        problems += _id_findings(catalog, scenario_file, scenario.id)
    if problems:
        raise InvalidInputError(problems)
    own_files = (plan_file.path, *(f.path for f, _ in policies.values()), *(f.path for f, _ in scenarios.values()))
    return PlanSet(
        plan=plan,
        documents=documents,
        policies={key: policy for key, (_, policy) in policies.items()},
        scenarios={key: scenario for key, (_, scenario) in scenarios.items()},
        files=(*own_files, *document_files, *class_files),
        land_classes=classes,
        origins=_origins(
            catalog,
            {
                "plan": plan_file,
                **{f"policies/{name}": file for name, (file, _) in policies.items()},
                **{f"scenarios/{name}": file for name, (file, _) in scenarios.items()},
                **{f"documents/{name}": file for name, file in registries.items()},
            },
        ),
    )


def read_model(catalog: Catalog, path: Path, model: type[_Model]) -> _Model:
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
    source = _read(catalog, path, model, problems)
    if source is None:
        raise InvalidInputError(problems)
    return source[1]


def _origins(catalog: Catalog, files: Mapping[str, YamlFile]) -> dict[str, Origin]:
    return {key: Origin(name=catalog.display(file.path), source=file) for key, file in files.items()}


def _unknown_plan(plan_id: str, known: Iterable[str]) -> Finding:
    names = list(known)
    near = difflib.get_close_matches(plan_id, names, n=1)
    hint = near[0] if near else ", ".join(names)
    return finding("plan.unknown", "error", name=plan_id, near=hint)


def _read(catalog: Catalog, path: Path, model: type[_Model], problems: list[Finding]) -> tuple[YamlFile, _Model] | None:
    source = _parsed(catalog, path, problems)
    return None if source is None else _validated(catalog, source, model, problems)


def _parsed(catalog: Catalog, path: Path, problems: list[Finding]) -> YamlFile | None:
    try:
        return read_yaml(path)
    except InvalidInputError as error:
        problems += [dataclasses.replace(f, file=catalog.display(path)) for f in error.findings]
        return None


def _validated(
    catalog: Catalog, source: YamlFile, model: type[_Model], problems: list[Finding]
) -> tuple[YamlFile, _Model] | None:
    try:
        return source, model.model_validate(source.data)
    except ValidationError as error:
        problems += _schema_findings(catalog, source, error)
        return None


def _scenarios(catalog: Catalog, plan_id: str, problems: list[Finding]) -> dict[str, tuple[YamlFile, Scenario]]:
    """Read the scenarios of a plan; a variant becomes whole by the scenario that it starts from."""
    sources = [
        (name, source)
        for name, path in catalog.scenario_files(plan_id).items()
        if (source := _parsed(catalog, path, problems)) is not None
    ]
    whole: dict[str, tuple[YamlFile, Scenario]] = {}
    for name, source in sources:
        if not _is_variant(source) and (read := _validated(catalog, source, Scenario, problems)) is not None:
            whole[name] = read
    made: dict[str, tuple[YamlFile, Scenario]] = {}
    for name, source in sources:
        variant = _validated(catalog, source, Variant, problems) if _is_variant(source) else None
        if variant is not None and variant[1].of in whole:
            made[name] = source, resolved(variant[1], whole[variant[1].of][1])
        elif variant is not None:
            problems += _located(catalog, source, [(("of",), broken("scenario", variant[1].of, whole))])
    return dict(sorted({**whole, **made}.items()))


def _is_variant(source: YamlFile) -> bool:
    return isinstance(source.data, dict) and "of" in source.data


def _land_classes(catalog: Catalog, problems: list[Finding]) -> tuple[Mapping[str, LandClass], tuple[Path, ...]]:
    path = catalog.land_class_file()
    read = None if path is None else _read(catalog, path, LandClasses, problems)
    return ({}, ()) if read is None or path is None else (read[1].by_code, (path,))


def _named(
    catalog: Catalog, files: Mapping[str, Path], names: Iterable[str], model: type[_Model], problems: list[Finding]
) -> Iterator[tuple[str, tuple[YamlFile, _Model]]]:
    for name in names:
        if name in files and (source := _read(catalog, files[name], model, problems)) is not None:
            yield name, source


def _documents(
    catalog: Catalog, problems: list[Finding], registries: dict[str, YamlFile]
) -> tuple[dict[str, Document], tuple[Path, ...]]:
    merged: dict[str, Document] = {}
    files = catalog.document_files()
    for path in files:
        try:
            source = read_yaml(path)
        except InvalidInputError as error:
            problems += [dataclasses.replace(f, file=catalog.display(path)) for f in error.findings]
            continue
        for name, content in dict(source.data or {}).items():
            try:
                merged[name] = Document.model_validate(content)
                registries[name] = source
            except ValidationError as error:
                problems += _schema_findings(catalog, source, error, prefix=(name,))
    return merged, files


def _id_findings(catalog: Catalog, source: YamlFile, own_id: str) -> list[Finding]:
    if source.path.stem == own_id:
        return []
    name = catalog.display(source.path)
    return [finding("file.id_differs", "error", file=name, key="id", line=source.line(("id",)), name=own_id)]


def _located(catalog: Catalog, source: YamlFile, found: Iterable[tuple[KeyPath, Finding]]) -> list[Finding]:
    """Add file, line and key to findings that know only their key path."""
    name = catalog.display(source.path)
    return [dataclasses.replace(f, file=name, line=source.line(key), key=dotted(key)) for key, f in found]


def _schema_findings(
    catalog: Catalog, source: YamlFile, error: ValidationError, *, prefix: KeyPath = ()
) -> list[Finding]:
    return _located(catalog, source, ((_key(prefix, e["loc"]), _schema_finding(dict(e))) for e in error.errors()))


def _key(prefix: KeyPath, loc: tuple[int | str, ...]) -> KeyPath:
    return (*prefix, *loc)


def _schema_finding(error: dict[str, Any]) -> Finding:
    kind = error["type"]
    context = error.get("ctx", {})
    if kind == "missing":
        return finding("schema.missing", "error", name=error["loc"][-1])
    if kind == "extra_forbidden":
        return finding("schema.unknown_key", "error", name=error["loc"][-1])
    if kind == "literal_error":
        return finding("schema.not_allowed", "error", value=error["input"], allowed=context["expected"])
    if kind == "value_error":
        return finding("schema.rule", "error", why=context["error"])
    return finding("schema.invalid", "error", value=str(error["input"])[:80], why=error["msg"])
