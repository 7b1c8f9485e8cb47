"""What a run depended on, for its manifest."""

from __future__ import annotations

import importlib.metadata
import platform
from typing import TYPE_CHECKING, Any, Final

from parkmap.output.files import sha256
from parkmap.plan.validity import status_in

if TYPE_CHECKING:
    from parkmap.messages import Lang
    from parkmap.results.plan import PlanResults

RECORDED_PACKAGES: Final = (
    "parkmap",
    "folium",
    "geopandas",
    "matplotlib",
    "numpy",
    "pandas",
    "pyogrio",
    "pyproj",
    "python-docx",
    "shapely",
    "xlsxwriter",
)


def plan_record(results: PlanResults, *, lang: Lang, review_number: str | None) -> dict[str, Any]:
    """Return what a run about a plan depended on.

    Parameters
    ----------
    results
        The plan.
    lang
        Language of the outputs.
    review_number
        Map review number, if one was granted.
    """
    known = results.plan_set.documents
    cited = {results.plan.document, *(policy.document for policy in results.plan_set.policies.values())}
    return {
        "plan": results.plan.id,
        "scenario": results.scenario.id if results.scenario else None,
        "as_of": results.as_of.isoformat(),
        "validity": results.validity,
        "documents": {name: status_in(known, name, results.as_of) for name in sorted(cited)},
        "readings": [reading.id for reading in results.readings],
        **run_record(lang=lang, review_number=review_number),
        "inputs": {name: sha256(path.read_bytes()) for name, path in results.inputs},
    }


def run_record(*, lang: Lang, review_number: str | None) -> dict[str, Any]:
    """Return what any run depended on beside its inputs.

    Parameters
    ----------
    lang
        Language of the outputs.
    review_number
        Map review number, if one was granted.
    """
    versions = {name: importlib.metadata.version(name) for name in RECORDED_PACKAGES}
    return {"lang": lang, "review_number": review_number, "versions": {"python": platform.python_version(), **versions}}
