"""Seeded parcel layers whose true neighbours are known by construction."""

from __future__ import annotations

import numpy as np
import shapely

ORIGIN_M = (500_000.0, 2_500_000.0)
TURN = np.deg2rad(17.0)  # nothing runs along an axis


def _placed(x, y):
    return np.stack(
        [ORIGIN_M[0] + x * np.cos(TURN) - y * np.sin(TURN), ORIGIN_M[1] + x * np.sin(TURN) + y * np.cos(TURN)], axis=-1
    )


def clean(count: int, *, seed: int = 0, between: int = 1) -> np.ndarray:
    """Return a clean coverage: a crooked grid of about 30 m, every edge with `between` vertices of its own."""
    rng = np.random.default_rng(seed)
    side = int(np.ceil(np.sqrt(count)))
    column, row = np.meshgrid(np.arange(side + 1), np.arange(side + 1), indexing="ij")
    corner = _placed(30.0 * column + rng.uniform(-6, 6, column.shape), 30.0 * row + rng.uniform(-6, 6, row.shape))

    def steps(first, last):
        shares = np.linspace(0, 1, between + 2)[1:-1]
        return [first + (last - first) * share + rng.uniform(-2, 2, first.shape) for share in shares]

    along, up = steps(corner[:-1], corner[1:]), steps(corner[:, :-1], corner[:, 1:])
    rings = [
        corner[:-1, :-1], *(side_[:, :-1] for side_ in along),
        corner[1:, :-1], *(side_[1:] for side_ in up),
        corner[1:, 1:], *(side_[:, 1:] for side_ in reversed(along)),
        corner[:-1, 1:], *(side_[:-1] for side_ in reversed(up)),
    ]  # fmt: skip
    return shapely.polygons(np.stack([vertex.reshape(-1, 2) for vertex in rings], axis=1)[:count])


def clean_pairs(count: int) -> int:
    """Return the number of shared borders in `clean(count)` where count is a square."""
    side = int(np.sqrt(count))
    return 2 * side * (side - 1)


def bricks(rows: int, columns: int, *, jitter_m: float, seed: int = 0):
    """Return rows of parcels whose corners lie on the edges of the next row, each vertex moved by up to `jitter_m`.

    Returns the polygons, and of every true pair: smaller number, larger number, length of the border.
    """
    rng = np.random.default_rng(seed)
    width, height = 25.0, 40.0
    cut = width * (np.arange(columns + 1) + 0.5 * (np.arange(rows) % 2)[:, None])
    cut = cut + rng.uniform(-0.15, 0.15, cut.shape) * width
    low = np.arange(rows)[:, None] * height + np.zeros(columns)
    x = np.stack([cut[:, :-1], cut[:, 1:], cut[:, 1:], cut[:, :-1]], axis=-1)
    y = np.stack([low, low, low + height, low + height], axis=-1)
    ring = _jittered(_placed(x, y).reshape(-1, 4, 2), rng, jitter_m)
    number = np.arange(rows * columns).reshape(rows, columns)
    true = [(number[:, :-1].ravel(), number[:, 1:].ravel(), np.full(rows * (columns - 1), height))]
    for shift in (-2, -1, 0, 1, 2):  # a parcel meets at most the nearest few of the row above
        own = slice(max(0, -shift), columns - max(0, shift))
        above = slice(max(0, shift), columns - max(0, -shift))
        left = np.maximum(cut[:-1, :-1][:, own], cut[1:, :-1][:, above])
        right = np.minimum(cut[:-1, 1:][:, own], cut[1:, 1:][:, above])
        meets = right > left
        true.append((number[:-1, own][meets], number[1:, above][meets], (right - left)[meets]))
    first, second, length = (np.concatenate(part) for part in zip(*true, strict=True))
    order = np.lexsort((second, first))
    return shapely.polygons(ring), first[order], second[order], length[order]


def _jittered(ring, rng, jitter_m):
    if not jitter_m:
        return ring
    angle, away = rng.uniform(0, 2 * np.pi, ring.shape[:2]), jitter_m * np.sqrt(rng.uniform(0, 1, ring.shape[:2]))
    return ring + np.stack([away * np.cos(angle), away * np.sin(angle)], axis=-1)


def cut_at_random(rows: int, columns: int, *, jitter_m: float, inset_m: float = 0.0, seed: int = 0):
    """Return rows of parcels of 8 to 45 m, each row cut by itself: borders between rows may be as short as one likes.

    Each parcel is drawn smaller by `inset_m` on every side. Returns the same as `bricks`; lengths are those undrawn.
    """
    rng = np.random.default_rng(seed)
    rings, true, before = [], [], None
    for row in range(rows):
        cut = np.cumsum(np.append(rng.uniform(0, 30), rng.uniform(8, 45, columns)))
        ids = row * columns + np.arange(columns)
        left, right, low, high = cut[:-1] + inset_m, cut[1:] - inset_m, 40 * row + inset_m, 40 * (row + 1) - inset_m
        x, y = np.stack([left, right, right, left], axis=-1), np.array([low, low, high, high])
        rings.append(_placed(x, np.broadcast_to(y, x.shape)))
        true.append((ids[:-1], ids[1:], np.full(columns - 1, 40.0)))
        if before is not None:
            every = np.sort(np.concatenate([before, cut]))
            middle = (every[1:] + every[:-1]) / 2
            under, over = np.searchsorted(before, middle) - 1, np.searchsorted(cut, middle) - 1
            both = (np.minimum(under, over) >= 0) & (np.maximum(under, over) < columns) & (np.diff(every) > 0)
            true.append((ids[under[both]] - columns, ids[over[both]], np.diff(every)[both]))
        before = cut
    first, second, length = (np.concatenate(part) for part in zip(*true, strict=True))
    order = np.lexsort((second, first))
    ring = _jittered(np.concatenate(rings), rng, jitter_m)
    return shapely.polygons(ring), first[order], second[order], length[order]


def scattered(count: int, *, width_m: float, seed: int = 0) -> np.ndarray:
    """Return parcels of four to eight corners and 20 to 120 m, anywhere in a square: some overlap, most stand alone."""
    rng = np.random.default_rng(seed)
    centre = rng.uniform(0, width_m, (count, 2))
    corners, half_m = rng.integers(4, 9, count), rng.uniform(10, 60, count)
    angle = rng.uniform(0, 2 * np.pi, count)
    shapes = np.empty(count, dtype=object)
    for number in np.unique(corners):
        rows = np.flatnonzero(corners == number)
        turn = angle[rows, None] + np.arange(number) * 2 * np.pi / number
        radius = half_m[rows, None] * rng.uniform(0.7, 1.0, turn.shape)
        x, y = centre[rows, :1] + radius * np.cos(turn), centre[rows, 1:] + radius * np.sin(turn)
        shapes[rows] = shapely.polygons(_placed(x, y))
    return shapes
