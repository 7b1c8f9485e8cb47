"""Part of the quota report: what constraint layers leave of each zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from parkmap.output.reports.base import Report

if TYPE_CHECKING:
    from parkmap.allocation.allocate import Quota
    from parkmap.output.reports.quota_names import QuotaNames


class DevelopableEntry(Report):
    """What constraint layers leave of one zone; null where its extent is unknown."""

    id: str
    name_zh: str
    name_en: str
    gross_m2: int | None
    taken_m2: dict[str, int | None]
    """Kind of layer to what it takes away on its own."""
    developable_m2: int | None


def developable_entries(quota: Quota, names: QuotaNames) -> list[DevelopableEntry]:
    """Return what constraint layers leave of each zone."""
    if quota.developable is None:
        return []
    entries = []
    for item, row in quota.developable.iterrows():
        values = {name: None if pd.isna(value) else int(value) for name, value in row.items()}
        gross, left = values.pop("gross_m2"), values.pop("developable_m2")
        label = names.items[str(item)]
        entries.append(
            DevelopableEntry(
                id=str(item),
                name_zh=label.zh,
                name_en=label.en,
                gross_m2=gross,
                taken_m2={str(name).removesuffix("_m2"): value for name, value in values.items()},
                developable_m2=left,
            )
        )
    return entries
