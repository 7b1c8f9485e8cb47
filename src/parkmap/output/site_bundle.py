"""Everything that `parkmap site --output` writes: map, report, tables and GeoJSON of one question."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from parkmap.output.html.page import render
from parkmap.output.html.siting_layer import siting_page
from parkmap.output.reports.base import to_json
from parkmap.output.tables.csv_file import to_csv
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
) -> dict[str, bytes]:
    """Return the files of one question.

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
    dict of str to bytes
        File name to content.
    """
    said = {"plan": report.plan, "model": report.model, "status": report.status, "method": report.method}
    sites = [{**entry.model_dump(), **said} for entry in report.sites]
    demand = [{**entry.model_dump(), **said, "unit": report.unit} for entry in report.demand]
    page = dataclasses.replace(siting_page(results, review_number=review_number), basemap=basemap)
    texts = {
        "map.html": render(page, style=style, lang=lang),
        "site.json": to_json(report),
        "sites.geojson": feature_collection(results.sites.geometry, sites),
        "demand.geojson": feature_collection(results.demand.geometry, demand),
    }
    files = {name: text.encode() for name, text in texts.items()}
    return {**files, **{f"{table.key}.csv": to_csv(table) for table in siting_tables(report, lang)}}
