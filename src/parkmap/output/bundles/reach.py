"""Everything that `parkmap reach --output` writes: map, report, tables and GeoJSON of one question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parkmap.output.bundles.question import question_files
from parkmap.output.html.contents.reach_page import reach_page
from parkmap.output.record import plan_record
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
    geojson = reach_geojson(results, report)
    page = reach_page(results, review_number=review_number)
    tables = reach_tables(report, lang)
    record = plan_record(results.base, lang=lang, review_number=review_number)
    files = question_files(
        "reach", page, report, tables=tables, geojson=geojson, style=style, lang=lang, basemap=basemap
    )
    return files, {**record, "rules": report.rules.model_dump()}


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
