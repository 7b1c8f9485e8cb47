"""The land quota of one side of a comparison: districts coloured by the share of their claims that is met."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from parkmap import messages
from parkmap.output.html.layers.quota import quota_board, quota_layer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.output.html.model import LayerGroup, MapFeature, Share
    from parkmap.results.plan import PlanResults

HECTARE_M2: Final = 10_000
COMMODITY: Final = "land"


def quota_group(results: PlanResults, *, year: int | None, shown: bool) -> Iterator[LayerGroup]:
    """Yield the land quota of one side as one layer; nothing where it has none.

    Parameters
    ----------
    results
        The results of the side.
    year
        The year; None takes the last one.
    shown
        Whether the layer is switched on at first.
    """
    board = quota_board(results)
    years = [] if board is None else [share.year for share in board.districts if share.commodity == COMMODITY]
    if board is None or not years:
        return
    at = max(years) if year is None else year
    rows = {share.id: share for share in board.districts if share.commodity == COMMODITY and share.year == at}
    layer = quota_layer(results, board)
    features = tuple(_coloured(feature, rows[feature.id]) for feature in layer.features if feature.id in rows)
    title = messages.words("compare.quota" if board.stamp is None else "compare.quota.example", year=at)
    yield dataclasses.replace(layer, title=title, features=features, shown=shown)


def _coloured(feature: MapFeature, row: Share) -> MapFeature:
    """Return a district in the colour of the share of its claims that is met, rounded down, named by the amounts."""
    percent = None if row.claim_m2 == 0 else row.allocated_m2 * 100 // row.claim_m2
    amounts = {key: f"{m2 / HECTARE_M2:,.1f}" for key, m2 in (("allocated", row.allocated_m2), ("claim", row.claim_m2))}
    return dataclasses.replace(feature, name=messages.words("compare.share", **amounts), amount=percent, label_rank=1)
