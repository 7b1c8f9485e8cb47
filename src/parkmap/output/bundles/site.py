"""Everything that `parkmap site --output` writes: map, report, tables and GeoJSON of one question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parkmap.output.bundles.question import question_files
from parkmap.output.html.contents.siting_page import siting_page
from parkmap.output.record import plan_record
from parkmap.output.tables.siting import siting_tables
from parkmap.output.vector import feature_collection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parkmap.messages import Lang
    from parkmap.output.html.basemap import Basemap
    from parkmap.output.reports.siting import SitingReport
    from parkmap.results.site import SiteResults


def site_bundle(
    results: SiteResults,
    report: SitingReport,
    *,
    lang: Lang,
    style: Mapping[str, Any],
    review_number: str | None = None,
    basemap: Basemap | None = None,
) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Return the files of one question, and what the run depended on.

    Parameters
    ----------
    results
        The results.
    report
        Their report.
    lang
        Language of tables and of the map when it opens.
    style
        Colours and symbols.
    review_number
        Map review number (审图号), if one was granted.
    basemap
        Online basemap of the map page, or None.

    Returns
    -------
    tuple of dict and dict
        File name to content; the manifest.
    """
    said = {"plan": report.plan, "model": report.model, "status": report.status, "method": report.method}
    sites = [{**entry.model_dump(), **said} for entry in report.sites]
    demand = [{**entry.model_dump(), **said, "unit": report.unit} for entry in report.demand]
    geojson = {
        "sites.geojson": feature_collection(results.sites.geometry, sites),
        "demand.geojson": feature_collection(results.demand.geometry, demand),
    }
    page = siting_page(results, review_number=review_number)
    tables = siting_tables(report, lang)
    record = plan_record(results.base, lang=lang, review_number=review_number)
    files = question_files(
        "site", page, report, tables=tables, geojson=geojson, style=style, lang=lang, basemap=basemap
    )
    return files, record
