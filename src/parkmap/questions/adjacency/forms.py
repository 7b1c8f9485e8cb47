"""Single files of an answer about adjacency: pairs, graph, borders, the picture of the matrix, the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from parkmap import messages
from parkmap.analysis.adjacency.exchange import to_gal, to_gwt
from parkmap.output.tables.csv_file import to_keyed_csv
from parkmap.questions.adjacency import tables
from parkmap.questions.files import geojson_of, page_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from parkmap.output.context import Context
    from parkmap.questions.adjacency.answer import Neighbours
    from parkmap.questions.base import Answer


def _matrix(answer: Answer, ending: str, context: Context) -> bytes:
    from parkmap.output.figure.matrix import matrix_picture

    form: Literal["png", "svg"] = "png" if ending == "png" else "svg"
    found: Neighbours = answer.results
    names = [found.name(place)[context.lang] for place in found.graph.ids]
    title = messages.text("matrix.title", context.lang, name=found.title[context.lang])
    return matrix_picture(found.graph, names, title=title, lang=context.lang, form=form)


MAKERS: Final[Mapping[str, Callable[[Answer, str, Context], bytes | None]]] = {
    "csv": lambda answer, _ending, context: to_keyed_csv(answer.table(context.table or tables.JOINED.key)),
    "gal": lambda answer, _ending, _context: to_gal(answer.results.graph).encode(),
    "gwt": lambda answer, _ending, _context: to_gwt(answer.results.graph).encode(),
    "geojson": lambda answer, _ending, _context: geojson_of(answer, answer.table(tables.LINES.key)).encode(),
    "matrix": _matrix,
    "map": lambda answer, _ending, context: page_bytes(answer, context),
}
"""From answer, ending of the file and context to its content, by name of the option."""
