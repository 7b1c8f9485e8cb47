"""Everything that `parkmap reach --output` writes: map, report, tables and GeoJSON of one question."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from parkmap.output.html.page import render
from parkmap.output.html.reach_layer import reach_page
from parkmap.output.reports.base import to_json
from parkmap.output.tables.csv_file import to_csv
from parkmap.output.tables.reach import reach_tables
from parkmap.output.vector import feature_collection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parkmap.messages import Lang
    from parkmap.output.html.basemap import Basemap
    from parkmap.output.reports.reach import ReachReport
    from parkmap.results.reach import ReachResults


def reach_bundle(
    results: ReachResults,
    report: ReachReport,
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
    page = dataclasses.replace(reach_page(results, review_number=review_number), basemap=basemap)
    texts = {
        "map.html": render(page, style=style, lang=lang),
        "reach.json": to_json(report),
        **reach_geojson(results, report),
    }
    files = {name: text.encode() for name, text in texts.items()}
    return {**files, **{f"{table.key}.csv": to_csv(table) for table in reach_tables(report, lang)}}


def reach_geojson(results: ReachResults, report: ReachReport) -> dict[str, str]:
    """Return areas, reached streets and sites as RFC 7946 GeoJSON; every feature says `network` or `estimate`.

    Parameters
    ----------
    results
        The results.
    report
        Their report, whose rows become the properties.
    """
    names = {site.id: {"name_zh": site.name_zh, "name_en": site.name_en} for site in report.sites}
    said = {
        "plan": report.plan,
        "profile": report.rules.profile,
        "direction": report.rules.direction,
        "roads_origin": report.roads.origin if report.roads else None,
        "roads_licence": report.roads.licence if report.roads else None,
    }
    areas = [{**area.model_dump(), **names[area.site], **said} for area in report.areas]
    sites = [{**site.model_dump(), **said} for site in report.sites]
    last = {area.site: area for area in report.areas}  # the widest band is the last of each site
    streets = [
        {**last[site].model_dump(exclude={"area_m2"}), **names[site], **said} for site in results.areas.streets.index
    ]
    return {
        "reach-streets.geojson": feature_collection(results.areas.streets, streets),
        "reach-areas.geojson": feature_collection(results.areas.areas.geometry, areas),
        "reach-sites.geojson": feature_collection(results.sites.geometry, sites),
    }
