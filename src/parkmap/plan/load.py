"""From files to checked plans: every problem of every file is reported at once, with its line."""

from __future__ import annotations

import dataclasses
import difflib
from typing import TYPE_CHECKING

from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding
from parkmap.plan.document_links import earliest_findings, supersession_findings
from parkmap.plan.links import plan_link_findings, policy_link_findings, source_findings
from parkmap.plan.model_file import Model, parse_yaml, read_checked, validate_model, with_location
from parkmap.plan.references import broken_reference
from parkmap.plan.scenarios.land_classes import LandClass, LandClasses
from parkmap.plan.scenarios.links import Known, scenario_findings
from parkmap.plan.scenarios.variants import resolve_variant
from parkmap.plan.schema import Document, Plan, Policy, Scenario, Variant
from parkmap.plan.yaml_file import KeyPath, YamlFile, dotted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from parkmap.plan.catalog import Catalog


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
    registry = _registry(catalog, problems)
    problems += _registry_findings(catalog, registry)
    plan_source = parse_yaml(catalog, plan_files[plan_id], problems)
    policies = dict(_named(catalog, catalog.policy_files(), _policy_ids(plan_source), Policy, problems))
    scenarios = _scenarios(catalog, plan_id, problems)
    classes, class_files = _land_classes(catalog, problems)
    whole = None if plan_source is None else validate_model(catalog, plan_source, Plan, problems)
    for policy_file, policy in policies.values():
        problems += with_location(catalog, policy_file, policy_link_findings(policy, registry.ids))
        problems += _id_findings(catalog, policy_file, policy.id)
    if whole is None:
        raise InvalidInputError(problems)
    plan_file, plan = whole
    problems += with_location(catalog, plan_file, plan_link_findings(plan, registry.ids, tuple(catalog.policy_files())))
    problems += _id_findings(catalog, plan_file, plan.id)
    rules = {rule.id: rule for _, policy in policies.values() for rule in policy.rules}
    known = Known(plan=plan, rules=rules, documents=registry.ids, land_classes=classes)
    for scenario_file, scenario in scenarios.values():
        complaints = with_location(catalog, scenario_file, scenario_findings(scenario, known))
        # A rule is not missing because its policy could not be read.
        problems += [f for f in complaints if len(policies) == len(plan.policies) or not _about_rule(f)]
        problems += _id_findings(catalog, scenario_file, scenario.id)
    if problems:
        raise InvalidInputError(problems)
    documents = registry.documents
    own_files = (plan_file.path, *(f.path for f, _ in policies.values()), *(f.path for f, _ in scenarios.values()))
    return PlanSet(
        plan=plan,
        documents=documents,
        policies={key: policy for key, (_, policy) in policies.items()},
        scenarios={key: scenario for key, (_, scenario) in scenarios.items()},
        files=(*own_files, *registry.files, *class_files),
        land_classes=classes,
        origins=_origins(
            catalog,
            {
                "plan": plan_file,
                **{f"policies/{name}": file for name, (file, _) in policies.items()},
                **{f"scenarios/{name}": file for name, (file, _) in scenarios.items()},
                **{f"documents/{name}": file for name, file in registry.origins.items()},
            },
        ),
    )


def _origins(catalog: Catalog, files: Mapping[str, YamlFile]) -> dict[str, Origin]:
    return {key: Origin(name=catalog.display(file.path), source=file) for key, file in files.items()}


def _policy_ids(plan_source: YamlFile | None) -> list[str]:
    """Return the policies that a plan file names, even where the rest of it is no plan."""
    data = plan_source.data if plan_source is not None else None
    named = data.get("policies") if isinstance(data, dict) else None
    return [name for name in named if isinstance(name, str)] if isinstance(named, list) else []


def _about_rule(found: Finding) -> bool:
    return found.code == "link.broken" and dict(found.values).get("kind") == "rule"


def _unknown_plan(plan_id: str, known: Iterable[str]) -> Finding:
    names = list(known)
    near = difflib.get_close_matches(plan_id, names, n=1)
    hint = near[0] if near else ", ".join(names)
    return finding("plan.unknown", "error", name=plan_id, near=hint)


def _scenarios(catalog: Catalog, plan_id: str, problems: list[Finding]) -> dict[str, tuple[YamlFile, Scenario]]:
    """Read the scenarios of a plan; a variant becomes whole by the scenario that it starts from."""
    sources = [
        (name, source)
        for name, path in catalog.scenario_files(plan_id).items()
        if (source := parse_yaml(catalog, path, problems)) is not None
    ]
    whole: dict[str, tuple[YamlFile, Scenario]] = {}
    for name, source in sources:
        if not _is_variant(source) and (entry := validate_model(catalog, source, Scenario, problems)) is not None:
            whole[name] = entry
    made: dict[str, tuple[YamlFile, Scenario]] = {}
    for name, source in sources:
        variant = validate_model(catalog, source, Variant, problems) if _is_variant(source) else None
        if variant is not None and variant[1].of in whole:
            made[name] = source, resolve_variant(variant[1], whole[variant[1].of][1])
        elif variant is not None:
            problems += with_location(catalog, source, [(("of",), broken_reference("scenario", variant[1].of, whole))])
    return dict(sorted({**whole, **made}.items()))


def _is_variant(source: YamlFile) -> bool:
    return isinstance(source.data, dict) and "of" in source.data


def _land_classes(catalog: Catalog, problems: list[Finding]) -> tuple[Mapping[str, LandClass], tuple[Path, ...]]:
    path = catalog.land_class_file()
    table = None if path is None else read_checked(catalog, path, LandClasses, problems)
    return ({}, ()) if table is None or path is None else (table[1].by_code, (path,))


def _named(
    catalog: Catalog, files: Mapping[str, Path], names: Iterable[str], model: type[Model], problems: list[Finding]
) -> Iterator[tuple[str, tuple[YamlFile, Model]]]:
    for name in names:
        if name in files and (source := read_checked(catalog, files[name], model, problems)) is not None:
            yield name, source


@dataclasses.dataclass(frozen=True)
class _Registry:
    """The documents that could be read, the ids of those that could not, and the file of each."""

    documents: dict[str, Document]
    unread: frozenset[str]
    files: tuple[Path, ...]
    origins: dict[str, YamlFile]

    @property
    def ids(self) -> frozenset[str]:
        """Ids that may be cited; a citation is not wrong because the entry that it cites is."""
        return self.unread | self.documents.keys()


def _registry(catalog: Catalog, problems: list[Finding]) -> _Registry:
    merged: dict[str, tuple[YamlFile, Document]] = {}
    unread: set[str] = set()
    files = catalog.document_files()
    for path in files:
        source = parse_yaml(catalog, path, problems)
        if source is None or source.data is None:
            continue
        if not isinstance(source.data, dict):
            problems += with_location(catalog, source, [((), finding("file.not_mapping", "error"))])
            continue
        for name in source.data:
            entry = validate_model(catalog, source, Document, problems, prefix=(name,))
            unread |= {str(name)} if entry is None else set()
            if entry is not None:
                merged[str(name)] = entry
    documents = {name: document for name, (_, document) in merged.items()}
    origins = {name: source for name, (source, _) in merged.items()}
    return _Registry(documents, frozenset(unread - documents.keys()), files, origins)


def _registry_findings(catalog: Catalog, registry: _Registry) -> Iterator[Finding]:
    """Yield broken references and contradictions between documents."""
    for name, document in registry.documents.items():
        broken_sources = (((name, *key), found) for key, found in source_findings(document, registry.ids))
        yield from with_location(catalog, registry.origins[name], broken_sources)
    between = (supersession_findings, earliest_findings)
    for name, key, found in (one for check in between for one in check(registry.documents, registry.ids)):
        yield from with_location(catalog, registry.origins[name], [((name, *key), found)])


def _id_findings(catalog: Catalog, source: YamlFile, own_id: str) -> list[Finding]:
    if source.path.stem == own_id:
        return []
    name = catalog.display(source.path)
    return [finding("file.id_differs", "error", file=name, key="id", line=source.line(("id",)), name=source.path.stem)]
