"""Questions about one plan that are answered by measured frames: all that is to be said is what is measured."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from parkmap.questions.base import Answer, Document, Question
from parkmap.questions.heads import HEAD, head, plan_names, stamps

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import geopandas as gpd
    import pandas as pd

    from parkmap.facts.columns import Table
    from parkmap.questions.base import Workspace
    from parkmap.results.plan import PlanResults

    Measure = Callable[[PlanResults], Mapping[str, pd.DataFrame]]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Nothing:
    """What is asked beside the plan: nothing."""


def plan_question(key: str, text: str, *tables: Table, measure: Measure) -> Question:
    """Return a question about one plan, which `build` asks as well.

    Parameters
    ----------
    key
        Name of its command and of its method.
    text
        What it answers, in both languages, the first line short.
    *tables
        Tables of facts that answer it; rows about districts or items that are features have their geometry.
    measure
        From a plan to a frame for each table, by its key; its index holds the ids of what the rows are about.
    """
    document = Document(key=key, tables=(HEAD, *tables))

    def of_plan(results: PlanResults, _request: Nothing) -> Answer:
        return _answer(results, document, measure(results))

    def answer(workspace: Workspace, plans: tuple[str, ...], request: Nothing) -> Answer:
        return of_plan(workspace.plan(plans[0]), request)

    return Question(key=key, help=text, documents=(document,), request=Nothing, answer=answer, of_plan=of_plan)


def _answer(results: PlanResults, document: Document, frames: Mapping[str, Any]) -> Answer:
    from parkmap.facts.facts import facts

    names, under = plan_names(results), stamps(results)
    tables = [one for one in document.tables if one.key in frames]
    told = [facts(one, frames[one.key].rename_axis("id"), names=names, stamps=under) for one in tables]
    shapes = {one.key: _ground(results, one.about).loc[list(frames[one.key].index)] for one in tables if one.gis}
    return Answer(document=document, facts=(head(results), *told), base=results, shapes=shapes)


def _ground(results: PlanResults, about: str) -> gpd.GeoSeries:
    return results.geography.districts.geometry if about == "district" else results.items.geometry
