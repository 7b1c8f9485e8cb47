"""The JSON that other programs read: one closed model per command, which also makes the committed JSON schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parkmap.output.reports.adjacency import AdjacencyReport
from parkmap.output.reports.item import ItemReport
from parkmap.output.reports.listing import CheckReport, PlansReport
from parkmap.output.reports.parcels import ParcelsReport
from parkmap.output.reports.plan import ShowReport
from parkmap.output.reports.quota import QuotaReport
from parkmap.output.reports.why import WhyReport

if TYPE_CHECKING:
    from parkmap.output.reports.base import Report

REPORTS: Final[dict[str, type[Report]]] = {
    "plans": PlansReport,
    "check": CheckReport,
    "show": ShowReport,
    "item": ItemReport,
    "adjacency": AdjacencyReport,
    "adjacency-layer": ParcelsReport,
    "quota": QuotaReport,
    "why": WhyReport,
}
"""Report model of each command with `--json`."""
