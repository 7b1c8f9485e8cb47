"""Trade-off between number of sites and objective: the optimum for each number of new sites, or for each budget."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from parkmap.analysis.siting.centre import p_centre
from parkmap.analysis.siting.cover import Backup, max_cover, set_cover
from parkmap.analysis.siting.median import p_median
from parkmap.defaults import SITING_SECONDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parkmap.analysis.siting.problem import Model, Problem
    from parkmap.analysis.siting.result import Siting


def locate(
    problem: Problem,
    model: Model,
    *,
    reach: float | None = None,
    backup: Backup = "none",
    least: Literal["count", "price"] = "count",
    seconds: float = SITING_SECONDS,
) -> Siting:
    """Answer a question by the model of that name.

    Parameters
    ----------
    problem
        The question.
    model
        Which model.
    reach
        How far a site serves; the cover models need it.
    backup
        What set cover asks of a second site.
    least
        What set cover counts: new sites, or their price.
    seconds
        Time limit.

    Returns
    -------
    Siting
        The answer.

    Raises
    ------
    InvalidInputError
        When the question is not well put.
    ValueError
        When a cover model gets no reach.
    """
    if model in {"set_cover", "max_cover"} and reach is None:
        raise ValueError(f"{model} needs a reach")
    if model == "set_cover":
        return set_cover(problem, reach=float(reach or 0.0), backup=backup, least=least, seconds=seconds)
    if model == "max_cover":
        return max_cover(problem, reach=float(reach or 0.0), seconds=seconds)
    return p_median(problem, seconds=seconds) if model == "p_median" else p_centre(problem, seconds=seconds)


def trade_off(
    problem: Problem,
    model: Model,
    *,
    counts: Sequence[int],
    reach: float | None = None,
    seconds: float = SITING_SECONDS,
) -> pd.DataFrame:
    """Return the optimum for each number of new sites.

    Parameters
    ----------
    problem
        The question; its own number is replaced.
    model
        `max_cover`, `p_median` or `p_centre`; set cover chooses the number itself.
    counts
        Numbers of new sites.
    reach
        How far a site serves; maximal cover needs it.
    seconds
        Time limit of each number.

    Returns
    -------
    DataFrame
        Index count, rising. status; objective, bound, gap; seconds; gain (what the objective improves over the row
        before); served_weight; mean_cost; opened (tuple of ids of new sites).

    Raises
    ------
    InvalidInputError
        When the question is not well put.
    ValueError
        For set cover.
    """
    if model == "set_cover":
        raise ValueError("set cover chooses the number of sites itself")
    order = sorted(set(counts))
    answers = [
        locate(dataclasses.replace(problem, count=count), model, reach=reach, seconds=seconds) for count in order
    ]
    frame = pd.DataFrame(
        {
            "status": [answer.status for answer in answers],
            "objective": [answer.objective for answer in answers],
            "bound": [answer.bound for answer in answers],
            "gap": [answer.gap for answer in answers],
            "seconds": [answer.seconds for answer in answers],
            "served_weight": [answer.served_weight for answer in answers],
            "mean_cost": [answer.mean_cost for answer in answers],
            "opened": [answer.opened for answer in answers],
        },
        index=pd.Index(order, name="count"),
    )
    gained = frame["objective"].diff() * (1 if model == "max_cover" else -1)
    frame.insert(3, "gain", np.where(np.isfinite(gained), gained, np.nan))
    return frame
