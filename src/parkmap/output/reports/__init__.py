"""The JSON that other programs read: one closed model per command, which also makes the committed JSON schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parkmap.output.reports.adjacency import AdjacencyReport
from parkmap.output.reports.parcels import ParcelsReport

if TYPE_CHECKING:
    from parkmap.output.reports.base import Report

REPORTS: Final[dict[str, type[Report]]] = {
    "adjacency": AdjacencyReport,
    "adjacency-layer": ParcelsReport,
}
"""Report model of each command with `--json`."""
