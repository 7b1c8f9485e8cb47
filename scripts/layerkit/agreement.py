"""Whether a district's polygon has the area that was published, and if not, why.

The rules know no district by name: they look at three areas only (polygon, polygon on land, published).
"""

from __future__ import annotations

from dataclasses import dataclass

from layerkit.measure import M2_PER_HA

TOLERANCE = 0.02  # part of the published area; two careful digitisings of one district differ by about this
HA_PER_KM2 = 1_000_000.0 / M2_PER_HA


@dataclass(frozen=True)
class Areas:
    """The areas of one district, in hectares.

    Parameters
    ----------
    measured_ha : float
        Of the polygon.
    land_ha : float
        Of the polygon on land.
    published_ha : float or None
        Published; None when no usable number was published.
    """

    measured_ha: float
    land_ha: float
    published_ha: float | None


@dataclass(frozen=True)
class Agreement:
    """The verdict on one district.

    Parameters
    ----------
    status : str
        agrees, sea, survey or unknown; it speaks of the whole polygon.
    land_clip : bool
        Whether clipping to land brings the area closer to the published one.
    note_zh, note_en : str
        The reason in one sentence.
    """

    status: str
    land_clip: bool
    note_zh: str
    note_en: str


def judge(areas: Areas, *, unknown_zh: str, unknown_en: str) -> Agreement:
    """Compare the areas of one district.

    Parameters
    ----------
    areas : Areas
        The areas to compare.
    unknown_zh, unknown_en : str
        Sentence to give when no area was published.

    Returns
    -------
    Agreement
        Status, whether to clip to land, and the reason.
    """
    published_ha = areas.published_ha
    if published_ha is None:
        return Agreement("unknown", land_clip=False, note_zh=unknown_zh, note_en=unknown_en)
    off_ha = areas.measured_ha - published_ha
    if abs(off_ha) <= TOLERANCE * published_ha:
        return _agrees(off_ha / published_ha)
    # Sea explains a surplus only where the polygon leaves the land by more than the boundary's own error.
    at_sea = off_ha > 0 and areas.measured_ha - areas.land_ha > TOLERANCE * published_ha
    return _sea(areas, published_ha) if at_sea else _survey(off_ha / published_ha)


def _agrees(off: float) -> Agreement:
    return Agreement(
        "agrees",
        land_clip=False,
        note_zh=f"与公布面积相差{off:+.2%}，在2%以内。",
        note_en=f"Differs from the published area by {off:+.2%}, within 2 %.",
    )


def _sea(areas: Areas, published_ha: float) -> Agreement:
    land_clip = abs(areas.land_ha - published_ha) < abs(areas.measured_ha - published_ha)
    whole, land, published = (f"{ha / HA_PER_KM2:.1f}" for ha in (areas.measured_ha, areas.land_ha, published_ha))
    if land_clip:
        zh = f"边界多边形含海域，共{whole}平方公里；裁到陆地后{land}平方公里，接近公布的{published}平方公里。"
        en = f"The polygon includes sea ({whole} km²); on land it has {land} km², near the published {published} km²."
    else:
        zh = (
            f"边界多边形（{whole}平方公里）含海域，而陆地图层缺少较新的填海（陆地部分{land}平方公里），"
            f"公布的{published}平方公里介于两者之间，因此不裁剪。"
        )
        en = (
            f"The polygon ({whole} km²) includes sea while the land layer lacks newer fill ({land} km² on land); "
            f"the published {published} km² lies between, so it is not clipped."
        )
    return Agreement("sea", land_clip=land_clip, note_zh=zh, note_en=en)


def _survey(off: float) -> Agreement:
    return Agreement(
        "survey",
        land_clip=False,
        note_zh=f"与公布面积相差{off:+.2%}，不是海域所致，边界数据与公布数字的来源或年份不同。",
        note_en=f"Differs from the published area by {off:+.2%}, not because of sea: "
        "boundary and figure differ in source or year.",
    )
