"""Everything that `parkmap coverage --output` writes: map, report, tables and GeoJSON of one question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parkmap.output.bundles.plan import manifest
from parkmap.output.bundles.question import question_files
from parkmap.output.html.contents.coverage_page import coverage_page
from parkmap.output.reports.coverage import CoverageReport, coverage_report
from parkmap.output.reports.coverage_set import CoverageSetReport, coverage_set_report
from parkmap.output.reports.demand import demand_part
from parkmap.output.tables.coverage import coverage_tables
from parkmap.output.tables.coverage_set import coverage_set_tables
from parkmap.output.vector import feature_collection

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import geopandas as gpd

    from parkmap.messages import Lang
    from parkmap.output.html.basemap import Basemap
    from parkmap.output.reports.coverage_set import PlaceCover
    from parkmap.output.tables.model import Table
    from parkmap.results.coverage import CoverageResults


def coverage_outputs(results: CoverageResults, *, lang: Lang) -> tuple[CoverageReport | CoverageSetReport, list[Table]]:
    """Return the report of one plan, or of several, and its tables.

    Parameters
    ----------
    results
        The results.
    lang
        Language of the tables.
    """
    if results.land is not None:
        together = coverage_set_report(results, results.land)
        return together, coverage_set_tables(together, lang)
    report = coverage_report(results.first, demand=demand_part(results, next(iter(results.plans))))
    return report, coverage_tables(report, lang)


def coverage_bundle(
    results: CoverageResults,
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
    report, tables = coverage_outputs(results, lang=lang)
    page = coverage_page(results, report, review_number=review_number)
    geojson = dict(_geojson(results, report))
    files = question_files(
        "coverage", page, report, tables=tables, geojson=geojson, style=style, lang=lang, basemap=basemap
    )
    return files, _record(results, lang, review_number)


def _record(results: CoverageResults, lang: Lang, review_number: str | None) -> dict[str, Any]:
    others = [path for plan in list(results.plans.values())[1:] for _, path in plan.inputs]
    base = results.first.reading_also(*others, None if results.demand is None else results.demand.path)
    weight = results.demand.weight_field if results.demand else None
    record = manifest(base, lang=lang, review_number=review_number)
    return {**record, "plans": list(results.plans), "weight_field": weight}


def _geojson(results: CoverageResults, report: CoverageReport | CoverageSetReport) -> Iterator[tuple[str, str]]:
    """Yield file name and text of districts and of demand, each with what is covered of it."""
    districts = results.first.geography.districts
    demand = results.demand
    if isinstance(report, CoverageReport):
        said: dict[str, Any] = {"plan": report.plan, "as_of": report.as_of.isoformat()}
        rows = [{**entry.model_dump(), **said} for entry in report.districts]
        yield (
            "coverage-districts.geojson",
            feature_collection(_shapes(districts, rows), rows),
        )
        if report.demand is not None and demand is not None:
            rows = [{**entry.model_dump(), **said} for entry in report.demand.rows]
            yield "coverage-demand.geojson", feature_collection(demand.frame.geometry, rows)
        return
    said = {"as_of": report.as_of.isoformat()}
    rows = [{**_flat(entry, "_m2"), **said} for entry in report.land_m2]
    yield "coverage-districts.geojson", feature_collection(_shapes(districts, rows), rows)
    if report.demand is not None and demand is not None:
        rows = [{**_flat(entry, ""), **said} for entry in report.demand.rows]
        yield (
            "coverage-demand.geojson",
            feature_collection(_shapes(demand.frame, rows), rows),
        )


def _shapes(frame: gpd.GeoDataFrame, rows: Sequence[Mapping[str, Any]]) -> gpd.GeoSeries:
    """Return the geometry that belongs to each row."""
    return frame.geometry.loc[[row["id"] for row in rows]]


def _flat(entry: PlaceCover, unit: str) -> dict[str, Any]:
    """Return a row without nesting: GIS programs read one value per property."""
    row = entry.model_dump(exclude={"plans"})
    named = {key if key in {"id", "name_zh", "name_en"} else f"{key}{unit}": value for key, value in row.items()}
    for own in entry.plans:
        for part in ("low", "best", "high", "only"):
            named[f"{own.reference}_{part}{unit}"] = getattr(own, part)
    return named
