"""Siting as layers of the map page: demand at the bottom, candidates, and the open sites on top."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from parkmap import messages
from parkmap.output.html.model import LayerGroup, MapPage
from parkmap.questions.drawing import features
from parkmap.questions.page.plan import plan_page
from parkmap.questions.site.tables import DEMAND, SITES, WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.questions.base import Answer
    from parkmap.results.plan import PlanResults

DETERMINACY: Final = "indicative"
"""A computed place is never a decision that anyone published."""


def page(base: PlanResults, answer: Answer) -> MapPage:
    """Return the page of the plan with the sites on it.

    Parameters
    ----------
    base
        The plan.
    answer
        Where sites should stand.
    """
    plain = plan_page(base, extra=tuple(layers(answer)))
    whole = answer.table(WHOLE.key)
    guessed = (messages.words("stamp.site_estimate"),) if whole.values["estimate"][0] else ()
    return dataclasses.replace(plain, stamps=(*plain.stamps, *guessed))


def layers(answer: Answer) -> Iterator[LayerGroup]:
    """Yield the layers, bottom first.

    Parameters
    ----------
    answer
        Where sites should stand.
    """
    opened, sites = {"existing", "new"}, answer.table(SITES.key)
    states = list(enumerate(sites.values["state"]))
    site: dict[str, Any] = {"style": "site", "determinacy": DETERMINACY}
    kept = features(answer, SITES, "site-{}", rows=[n for n, state in states if state in opened], label_rank=0, **site)
    shut = features(answer, SITES, "site-{}", rows=[n for n, state in states if state not in opened], **site)
    demand = features(answer, DEMAND, "demand-{}", style="demand", determinacy=DETERMINACY)
    parent = messages.words("layer.siting").capitalised()
    for name, drawn in (("demand", demand), ("shut", shut), ("open", kept)):
        title = messages.words(f"layer.site_{name}").capitalised()
        if drawn:
            yield LayerGroup(id=f"site-{name}", title=title, parent=parent, features=drawn, shown=name == "open")
