"""How well a set of places is linked by travel time, and the effect of a new link between two of them.

The linkage index of a set is the mean, over all ordered pairs, of T / max(T, t): 1 where every place is within the
reference time T of every other one, falling as times grow, 0 where nothing connects them. It is the global efficiency
of Latora and Marchiori (2001, eq. 1), E = mean of 1 / t, in units of 1 / T, with pairs closer than T counted as fully
linked.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from parkmap.errors import InvalidInputError
from parkmap.finding import finding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

REFERENCE_MINUTES: Final = 60.0
"""Reference time where none is stated: the one-hour commuting circle of NDRC document 2019-328."""


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Times:
    """Travel times between places, from row to column; arrays have the shape (n, n).

    Parameters
    ----------
    ids
        Ids of the places.
    minutes
        Best value; NaN where only a range is known, inf where nothing connects them.
    low, high
        Range within the accuracy of the places; NaN where nothing at all is known.
    way_m
        Travelled distance; NaN where it is not known.
    straight_m, straight_low_m, straight_high_m
        Straight distance, and its range; NaN as for the times.
    estimate
        Whether the time is a straight-line estimate.
    """

    ids: pd.Index
    minutes: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    way_m: NDArray[np.float64]
    straight_m: NDArray[np.float64]
    straight_low_m: NDArray[np.float64]
    straight_high_m: NDArray[np.float64]
    estimate: NDArray[np.bool_]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Linkage:
    """Result of `linkage`.

    Parameters
    ----------
    ids
        Ids of the places.
    pairs
        Index (item, other), each unordered pair once. straight_m, way_m; minutes, minutes_back; minutes_low,
        minutes_high (of both directions); estimate; status `known`, `range` (only between low and high),
        `unconnected` (no path between them), `unknown`.
    index_low, index, index_high
        Linkage index; None where a time that it needs is not known.
    harmonic_minutes
        Harmonic mean of all times, the typical time between two places; None as for `index`.
    new_links
        Index (item, other), best first: a link between the two, straight and at `link_kmh`. minutes_now (slower
        direction), minutes_new (over the link); index_after, gain (index points) and pairs_faster (number of pairs
        that get faster), missing where the index is not known; gain_near, gain_far: the gain if all times are at the
        low, or at the high end of their range.
    reference_minutes
        The reference time T.
    link_kmh
        Speed over a new link.
    """

    ids: pd.Index
    pairs: pd.DataFrame
    index_low: float | None
    index: float | None
    index_high: float | None
    harmonic_minutes: float | None
    new_links: pd.DataFrame
    reference_minutes: float
    link_kmh: float


def linkage(times: Times, *, link_kmh: float, reference_minutes: float = REFERENCE_MINUTES) -> Linkage:
    """Measure how well places are linked.

    Parameters
    ----------
    times
        Travel times between at least two places.
    link_kmh
        Speed over a new direct link.
    reference_minutes
        Reference time T.

    Returns
    -------
    Linkage
        Times in minutes, index from 0 to 1.

    Raises
    ------
    InvalidInputError
        When there are fewer than two places, or the reference time or the speed is not positive.
    """
    found = []
    if len(times.ids) < 2:  # noqa: PLR2004
        found.append(finding("linkage.too_few", "error", count=len(times.ids)))
    if not reference_minutes > 0:
        found.append(finding("linkage.reference", "error", value=reference_minutes))
    if not link_kmh > 0:
        found.append(finding("linkage.speed", "error", value=link_kmh))
    if found:
        raise InvalidInputError(found)
    index = linkage_index(times.minutes, reference_minutes)
    apart = ~np.eye(len(times.ids), dtype=bool)
    harmonic = None if index is None else _harmonic(times.minutes[apart])
    return Linkage(
        ids=times.ids,
        pairs=_pairs(times),
        index_low=linkage_index(times.high, reference_minutes),
        index=index,
        index_high=linkage_index(times.low, reference_minutes),
        harmonic_minutes=harmonic,
        new_links=_new_links(times, link_kmh, reference_minutes),
        reference_minutes=reference_minutes,
        link_kmh=link_kmh,
    )


def linkage_index(minutes: NDArray[np.float64], reference_minutes: float) -> float | None:
    """Return the linkage index of a table of travel times, or None where a time is not known.

    Parameters
    ----------
    minutes
        From row to column, shape (n, n), n > 1; inf where nothing connects them, NaN where that is not known.
    reference_minutes
        Reference time T.
    """
    apart = minutes[~np.eye(len(minutes), dtype=bool)]
    if np.isnan(apart).any():
        return None
    return float((reference_minutes / np.maximum(apart, reference_minutes)).mean())


def _harmonic(minutes: NDArray[np.float64]) -> float:
    with np.errstate(divide="ignore"):
        pace = float((1 / minutes).mean())
    return np.inf if pace == 0 else 1 / pace


def with_link(minutes: NDArray[np.float64], one: int, two: int, link_minutes: float) -> NDArray[np.float64]:
    """Return the travel times with a new link, in both directions.

    Parameters
    ----------
    minutes
        Times without it, shape (n, n), zero on the diagonal.
    one, two
        Positions of its ends.
    link_minutes
        Time over it.
    """
    over = minutes[:, [one]] + link_minutes + minutes[[two], :]
    back = minutes[:, [two]] + link_minutes + minutes[[one], :]
    return np.minimum(minutes, np.minimum(over, back))


def _new_links(times: Times, link_kmh: float, reference_minutes: float) -> pd.DataFrame:
    pace = 60 / (1000 * link_kmh)
    best, near, far = (
        (_without_diagonal(minutes), straight_m * pace)
        for minutes, straight_m in (
            (times.minutes, times.straight_m),
            (times.low, times.straight_low_m),
            (times.high, times.straight_high_m),
        )
    )
    rows: list[dict[str, Any]] = []
    for one, two in _pair_positions(len(times.ids)):
        after, gain, faster = _effect(*best, one, two, reference_minutes)
        ends = [_effect(*end, one, two, reference_minutes)[1] for end in (near, far)]
        now = best[0]
        rows.append(
            {
                "item": times.ids[one],
                "other": times.ids[two],
                "minutes_now": max(now[one, two], now[two, one]),
                "minutes_new": best[1][one, two],
                "index_after": after,
                "gain": gain,
                "pairs_faster": faster,
                "gain_near": ends[0],
                "gain_far": ends[1],
            }
        )
    frame = pd.DataFrame(rows).set_index(["item", "other"])
    worth = frame["gain"].fillna(frame[["gain_near", "gain_far"]].mean(axis=1))
    return frame.loc[worth.sort_values(ascending=False, kind="stable").index]


def _without_diagonal(minutes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return times with zeros on the diagonal."""
    now = minutes.copy()
    np.fill_diagonal(now, 0.0)
    return now


def _effect(
    now: NDArray[np.float64], link: NDArray[np.float64], one: int, two: int, reference_minutes: float
) -> tuple[float, float, float]:
    """Return index after a link, gain, and number of pairs that get faster; NaN where the times are not known."""
    before = linkage_index(now, reference_minutes)
    if before is None or np.isnan(link[one, two]):
        return np.nan, np.nan, np.nan
    after = with_link(now, one, two, float(link[one, two]))
    index = linkage_index(after, reference_minutes)
    faster = int(np.triu((after < now) | (after < now).T, k=1).sum())
    return (np.nan, np.nan, np.nan) if index is None else (index, index - before, faster)


def _pairs(times: Times) -> pd.DataFrame:
    first, second = (np.array(side, dtype=int) for side in zip(*_pair_positions(len(times.ids)), strict=True))
    there, back = times.minutes[first, second], times.minutes[second, first]
    low = np.fmin(times.low[first, second], times.low[second, first])
    high = np.fmax(times.high[first, second], times.high[second, first])
    columns = {
        "straight_m": times.straight_m[first, second],
        "way_m": times.way_m[first, second],
        "minutes": there,
        "minutes_back": back,
        "minutes_low": low,
        "minutes_high": high,
        "estimate": times.estimate[first, second],
        "status": np.select(
            [np.isinf(there) | np.isinf(back), ~np.isnan(there), ~np.isnan(high)],
            ["unconnected", "known", "range"],
            default="unknown",
        ),
    }
    index = pd.MultiIndex.from_arrays([times.ids[first], times.ids[second]], names=["item", "other"])
    return pd.DataFrame(columns, index=index)


def _pair_positions(count: int) -> Iterable[tuple[int, int]]:
    return [(one, two) for one in range(count) for two in range(one + 1, count)]
