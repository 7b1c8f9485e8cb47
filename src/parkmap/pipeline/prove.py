"""The texts of the documents, beside checking: register their clauses, and follow one entry to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.output.files import write_file
from parkmap.output.reports.item import ItemReport, item_report
from parkmap.plan.conflicts.readings import PlanReference
from parkmap.plan.load import load_plan
from parkmap.plan.sources.citation_checks import cited_hashes, read_texts
from parkmap.plan.sources.registry import hashes_text, read_hashes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from parkmap.plan.catalog import Catalog
    from parkmap.results.plan import PlanResults


def register_clauses(catalog: Catalog, plan_ids: Iterable[str], sources: Path, *, afresh: bool) -> Path:
    """Record the hash of every clause that some plans cite, in the registry of the user's own folder.

    Parameters
    ----------
    catalog
        Where plans lie.
    plan_ids
        Ids of the plans.
    sources
        Folder with the texts of the documents.
    afresh
        True forgets what was registered before, so that clauses no longer cited leave the registry.

    Returns
    -------
    Path
        The registry.
    """
    hashes = {} if afresh else read_hashes(catalog, own_only=True)
    for plan_id in plan_ids:
        plan_set = load_plan(catalog, PlanReference.parse(plan_id).plan_id)
        texts, _ = read_texts(plan_set, sources)
        for document, clauses in cited_hashes(plan_set, texts).items():
            hashes[document] = {**hashes.get(document, {}), **clauses}
    write_file(catalog.own_clause_file(), hashes_text(hashes).encode(), overwrite=True)
    return catalog.own_clause_file()


def item_chain(catalog: Catalog, results: PlanResults, name: str, *, sources: Path | None) -> ItemReport:
    """Return what an entry rests on: clauses, documents, geometry, accuracy.

    Parameters
    ----------
    catalog
        Where the registry of clauses lies.
    results
        The results of one plan.
    name
        Id of the entry.
    sources
        Folder with the texts of the documents, to prove and quote; None goes without.

    Raises
    ------
    InvalidInputError
        When nothing has that id.
    """
    texts = None if sources is None else read_texts(results.plan_set, sources)[0]
    return item_report(results, name, hashes=read_hashes(catalog), texts=texts)
