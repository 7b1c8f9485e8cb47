"""Report of `parkmap roads`, and the origin of a road file in other reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from parkmap.output.reports.base import Report
from parkmap.plan.schema import Basis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parkmap.finding import Finding
    from parkmap.layers.road_build import BuiltRoads
    from parkmap.layers.road_file import RoadMeta


class RoadOrigin(Report):
    """Where a road file is from."""

    origin: str
    date: str | None
    """Day of the data in ISO form; null where the source does not state it."""
    licence: str


class RoadProfile(Report):
    """What is open to one profile."""

    id: str
    name_zh: str
    name_en: str
    open_length_m: float
    speed_kmh: float
    speed_basis: Basis
    speed_origin_zh: str
    speed_origin_en: str


class RoadFinding(Report):
    """Something found on the way, with the ids concerned."""

    code: str
    severity: Literal["error", "warning", "note"]
    file: str | None
    ids: list[str]
    text_zh: str
    text_en: str
    advice_zh: str
    advice_en: str


class RoadsReport(Report):
    """Result of `parkmap roads build` and `parkmap roads fetch`."""

    source: RoadOrigin
    file: str
    bytes: int
    nodes: int
    segments: int
    length_m: float
    profiles: list[RoadProfile]
    findings: list[RoadFinding]


def road_origin(meta: RoadMeta) -> RoadOrigin:
    """Return where a road file is from.

    Parameters
    ----------
    meta
        Its metadata.
    """
    return RoadOrigin(origin=meta.origin, date=meta.date, licence=meta.licence)


def roads_report(built: BuiltRoads, file: str) -> RoadsReport:
    """Return what was built.

    Parameters
    ----------
    built
        The network.
    file
        Name of the road file.
    """
    return RoadsReport(
        source=road_origin(built.meta),
        file=file,
        bytes=len(built.content),
        nodes=built.nodes,
        segments=built.segments,
        length_m=round(built.length_m, 3),
        profiles=[
            RoadProfile(
                id=profile["id"],
                name_zh=profile["name"]["zh"],
                name_en=profile["name"]["en"],
                open_length_m=round(built.open_length_m[profile["id"]], 3),
                speed_kmh=profile["straight"]["kmh"],
                speed_basis=profile["straight"]["basis"],
                speed_origin_zh=profile["straight"]["origin"]["zh"],
                speed_origin_en=profile["straight"]["origin"]["en"],
            )
            for profile in built.meta.profiles
        ],
        findings=finding_entries(built.findings),
    )


def finding_entries(findings: Sequence[Finding]) -> list[RoadFinding]:
    """Return findings in both languages.

    Parameters
    ----------
    findings
        What was found.
    """
    return [
        RoadFinding(
            code=found.code,
            severity=found.severity,
            file=found.file,
            ids=list(found.ids),
            text_zh=found.text("zh"),
            text_en=found.text("en"),
            advice_zh=found.advice("zh"),
            advice_en=found.advice("en"),
        )
        for found in findings
    ]
