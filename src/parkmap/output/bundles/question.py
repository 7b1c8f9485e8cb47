"""What every question about a plan writes alike: the map, the report, GeoJSON and a file per table."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from parkmap.output.html.page import render
from parkmap.output.reports.base import to_json
from parkmap.output.tables.csv_file import to_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from parkmap.messages import Lang
    from parkmap.output.html.basemap import Basemap
    from parkmap.output.html.model import MapPage
    from parkmap.output.reports.base import Report
    from parkmap.output.tables.model import Table


def question_files(
    name: str,
    page: MapPage,
    report: Report,
    *,
    tables: Iterable[Table],
    geojson: Mapping[str, str],
    style: Mapping[str, Any],
    lang: Lang,
    basemap: Basemap | None = None,
) -> dict[str, bytes]:
    """Return the files of one question.

    Parameters
    ----------
    name
        Name of the report file, without its ending.
    page, report, tables, geojson
        What is written; GeoJSON by file name.
    style
        Colours and symbols.
    lang
        Language of the map when it opens.
    basemap
        Online basemap of the map page, or None.

    Returns
    -------
    dict of str to bytes
        File name to content.
    """
    page = dataclasses.replace(page, basemap=basemap)
    texts = {"map.html": render(page, style=style, lang=lang), f"{name}.json": to_json(report), **geojson}
    files = {file: text.encode() for file, text in texts.items()}
    return {**files, **{f"{table.key}.csv": to_csv(table) for table in tables}}
