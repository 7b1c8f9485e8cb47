"""Everything that `parkmap build` writes for one plan, as file names and bytes."""

from __future__ import annotations

import importlib.metadata
import platform
from typing import TYPE_CHECKING, Any, Final

from parkmap.output import reports, tables
from parkmap.output.files import sha256
from parkmap.output.html.page import render
from parkmap.output.html.plan_page import plan_page
from parkmap.output.vector import geojson_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from parkmap.messages import Lang
    from parkmap.results import PlanResults

RECORDED_PACKAGES: Final = ("parkmap", "folium", "geopandas", "numpy", "pandas", "pyogrio", "pyproj", "shapely")


def bundle(
    results: PlanResults, *, lang: Lang, style: Mapping[str, Any], review_number: str | None
) -> dict[str, bytes]:
    """Return map, reports, tables and GIS files of one plan.

    Parameters
    ----------
    results
        The results of one plan.
    lang
        Language of tables and of the map when it opens.
    style
        Colours and symbols.
    review_number
        Map review number (审图号), if one was granted.

    Returns
    -------
    dict of str to bytes
        File name to content.
    """
    coverage = reports.coverage_report(results)
    adjacency = reports.adjacency_report(results, of="items")
    districts = reports.adjacency_report(results, of="districts")
    quota = reports.quota_report(results)
    texts = {
        "map.html": render(plan_page(results, review_number=review_number), style=style, lang=lang),
        "show.json": reports.to_json(reports.show_report(results)),
        "coverage.json": reports.to_json(coverage),
        "adjacency.json": reports.to_json(adjacency),
        "adjacency-districts.json": reports.to_json(districts),
        **geojson_files(results),
    }
    sheets = [*tables.coverage_tables(coverage, lang), *tables.adjacency_tables(adjacency, lang)]
    if quota is not None:
        texts["quota.json"] = reports.to_json(quota)
        sheets += tables.quota_tables(quota, lang)
    files = {name: text.encode() for name, text in texts.items()}
    return {**files, **{f"{sheet.key}.csv": tables.to_csv(sheet) for sheet in sheets}}


def manifest(results: PlanResults, *, lang: Lang, review_number: str | None) -> dict[str, Any]:
    """Return what a run depended on: plan, day, language, inputs with hashes, versions.

    Parameters
    ----------
    results
        The results of one plan.
    lang
        Language of the outputs.
    review_number
        Map review number, if one was granted.
    """
    return {
        "plan": results.plan.id,
        "scenario": results.scenario.id if results.scenario else None,
        "as_of": results.as_of.isoformat(),
        "validity": results.validity,
        "lang": lang,
        "review_number": review_number,
        "versions": {"python": platform.python_version(), **_versions(RECORDED_PACKAGES)},
        "inputs": {name: sha256(path.read_bytes()) for name, path in results.inputs},
    }


def _versions(names: Iterable[str]) -> dict[str, str]:
    return {name: importlib.metadata.version(name) for name in names}
