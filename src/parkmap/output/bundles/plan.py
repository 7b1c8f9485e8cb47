"""Everything that `parkmap build` writes for one plan, as file names and bytes."""

from __future__ import annotations

import importlib.metadata
import platform
from typing import TYPE_CHECKING, Any, Final

from parkmap.output.bundles.quota import quota_files
from parkmap.output.figure.sheet import picture
from parkmap.output.files import sha256
from parkmap.output.html.contents.plan_page import plan_page
from parkmap.output.html.page import render
from parkmap.output.reports.adjacency import adjacency_report
from parkmap.output.reports.base import to_json
from parkmap.output.reports.coverage import coverage_report
from parkmap.output.reports.listing import check_report
from parkmap.output.reports.plan import show_report
from parkmap.output.tables.adjacency import adjacency_tables
from parkmap.output.tables.coverage import coverage_tables
from parkmap.output.tables.csv_file import to_csv
from parkmap.output.tables.plan import findings_table, show_tables
from parkmap.output.vector import geojson_files
from parkmap.plan.validity import status_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from parkmap.messages import Lang
    from parkmap.output.html.basemap import Basemap
    from parkmap.output.reports.quota import QuotaReport
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


def bundle(
    results: PlanResults,
    *,
    lang: Lang,
    style: Mapping[str, Any],
    review_number: str | None,
    quota: QuotaReport | None = None,
    basemap: Basemap | None = None,
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
    quota
        Report on the quota; None writes nothing about it.
    basemap
        Online basemap of the map page, or None.

    Returns
    -------
    dict of str to bytes
        File name to content.
    """
    coverage = coverage_report(results)
    adjacency = adjacency_report(results, of="items")
    districts = adjacency_report(results, of="districts")
    shown = show_report(results)
    checked = check_report(((results.plan.id, found) for found in results.findings), results.as_of)
    page = plan_page(results, review_number=review_number, basemap=basemap)
    texts = {
        "map.html": render(page, style=style, lang=lang),
        "show.json": to_json(shown),
        "check.json": to_json(checked),
        "coverage.json": to_json(coverage),
        "adjacency.json": to_json(adjacency),
        "adjacency-districts.json": to_json(districts),
        **geojson_files(results),
    }
    sheets = [*show_tables(shown, lang), *findings_table(checked, lang)]
    sheets += [*coverage_tables(coverage, lang), *adjacency_tables(adjacency, lang)]
    files = {name: text.encode() for name, text in texts.items()}
    if quota is not None:
        still = picture(page, crs=results.plan.crs, style=style, lang=lang, layout="report", form="png")
        files |= quota_files(quota, lang, map_png=still)
    for form in ("png", "pdf"):
        files[f"figure.{form}"] = picture(page, crs=results.plan.crs, style=style, lang=lang, layout="a4", form=form)
    return {**files, **{f"{sheet.key}.csv": to_csv(sheet) for sheet in sheets}}


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
    known = results.plan_set.documents
    return {
        "plan": results.plan.id,
        "scenario": results.scenario.id if results.scenario else None,
        "as_of": results.as_of.isoformat(),
        "validity": results.validity,
        "documents": {name: status_in(known, name, results.as_of) for name in sorted(_cited(results))},
        "readings": [reading.id for reading in results.readings],
        "lang": lang,
        "review_number": review_number,
        "versions": {"python": platform.python_version(), **_versions(RECORDED_PACKAGES)},
        "inputs": {name: sha256(path.read_bytes()) for name, path in results.inputs},
    }


def _cited(results: PlanResults) -> set[str]:
    return {results.plan.document, *(policy.document for policy in results.plan_set.policies.values())}


def _versions(names: Iterable[str]) -> dict[str, str]:
    return {name: importlib.metadata.version(name) for name in names}
