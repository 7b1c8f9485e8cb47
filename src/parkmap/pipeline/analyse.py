"""What is asked of several plans, or of a plan and its documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.errors import InvalidInputError
from parkmap.layers.extents import published_areas_m2
from parkmap.plan.conflicts.readings import PlanReference
from parkmap.plan.load import load_plan
from parkmap.plan.sources.bilingual import bilingual_findings
from parkmap.plan.sources.citation_checks import citation_findings
from parkmap.plan.sources.registry import read_hashes
from parkmap.results.plan import analyse

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from parkmap.finding import Finding
    from parkmap.plan.catalog import Catalog


def check(catalog: Catalog, plan_id: str, *, as_of: dt.date, sources: Path | None = None) -> tuple[list[Finding], bool]:
    """Check one plan with its layers and, where given, against the texts of its documents.

    Parameters
    ----------
    catalog
        Where plans and layers lie.
    plan_id
        Id of the plan.
    as_of
        Day for which validity is told.
    sources
        Folder with the texts of the documents.

    Returns
    -------
    tuple of list of Finding and bool
        What was found, and whether the plan can be used at all.
    """
    try:
        results = analyse(catalog, plan_id, as_of=as_of)
        found = list(results.findings)
    except InvalidInputError as error:
        return list(error.findings), False
    as_written = load_plan(catalog, PlanReference.parse(plan_id).plan_id)
    found += bilingual_findings(as_written)
    if sources is not None:
        areas = published_areas_m2(results.geography)
        found += citation_findings(as_written, sources, hashes=read_hashes(catalog), areas_m2=areas)
    return found, True


def expand(catalog: Catalog, plan_ids: Sequence[str], *, every: bool) -> tuple[str, ...]:
    """Return the ids to work on.

    Parameters
    ----------
    catalog
        Where plans lie.
    plan_ids
        Ids that the user named.
    every
        True for all plans there are.
    """
    return tuple(catalog.plan_files()) if every else tuple(dict.fromkeys(plan_ids))
