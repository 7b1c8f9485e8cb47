"""Rows of facts as features of a map page, each with its card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parkmap.facts.card import row_card
from parkmap.output.html.model import MapFeature
from parkmap.output.html.places import MAP_DECIMALS
from parkmap.output.vector import geometry_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parkmap.facts.columns import Table
    from parkmap.questions.base import Answer


def features(
    answer: Answer,
    table: Table,
    ids: str,
    *,
    by: str = "id",
    rows: Sequence[int] | None = None,
    **drawn: Any,  # noqa: ANN401  the other parameters of a feature
) -> tuple[MapFeature, ...]:
    """Return the rows of a table that have a shape as features.

    Parameters
    ----------
    answer
        The answer, which has rows and shapes.
    table
        Which of its tables; one of its columns is `name`.
    ids
        Their ids on the page, with a gap for that of the row.
    by
        Key of the column that holds it.
    rows
        Numbers of the rows; None is all of them.
    **drawn
        The other parameters of `MapFeature`: style and determinacy at least.
    """
    facts, chosen = answer.table(table.key), range(len(answer.table(table.key))) if rows is None else rows
    shapes = geometry_json(answer.shapes[table.key].iloc[list(chosen)], MAP_DECIMALS)
    return tuple(
        MapFeature(
            id=ids.format(facts.values[by][number]),
            name=facts.values["name"][number],
            geometry=shape,
            rows=tuple(row_card(facts, number, by=by)),
            **drawn,
        )
        for number, shape in zip(chosen, shapes, strict=True)
        if shape is not None and shape["coordinates"]
    )
