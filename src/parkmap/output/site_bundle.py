"""Everything that `parkmap site --output` writes: map, report, tables and GeoJSON of one question."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from parkmap.output.html.page import render
from parkmap.output.html.siting_layer import siting_page
from parkmap.output.reports.base import to_json
from parkmap.output.tables.csv_file import to_csv
from parkmap.output.tables.siting import siting_tables
from parkmap.output.vector import geometry_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from parkmap.messages import Lang
    from parkmap.output.reports.base import Report
    from parkmap.output.reports.siting import SitingReport
    from parkmap.results.site import SiteResults


def site_bundle(
    results: SiteResults,
    report: SitingReport,
    *,
    lang: Lang,
    style: Mapping[str, Any],
    review_number: str | None = None,
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

    Returns
    -------
    dict of str to bytes
        File name to content.
    """
    said = {"plan": report.plan, "model": report.model, "status": report.status, "method": report.method}
    texts = {
        "map.html": render(siting_page(results, review_number=review_number), style=style, lang=lang),
        "site.json": to_json(report),
        "sites.geojson": _collection(results.sites, report.sites, said),
        "demand.geojson": _collection(results.demand, report.demand, {**said, "unit": report.unit}),
    }
    files = {name: text.encode() for name, text in texts.items()}
    return {**files, **{f"{table.key}.csv": to_csv(table) for table in siting_tables(report, lang)}}


def _collection(frame: gpd.GeoDataFrame, entries: Sequence[Report], said: Mapping[str, Any]) -> str:
    """Write features, one per line, so that two versions can be compared line by line."""
    lines = [
        json.dumps(
            {"type": "Feature", "properties": {**entry.model_dump(), **said}, "geometry": geometry}, ensure_ascii=False
        )
        for entry, geometry in zip(entries, geometry_json(frame.geometry), strict=True)
    ]
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n"
