"""Land quota."""

from typing import Final

PAIRS: Final[dict[str, tuple[str, str]]] = {
    "quota.floors": (
        "{supply} 平方米的供应不足以满足全部下限。",
        "The supply of {supply} m2 does not reach all floors.",
    ),
    "quota.floors.advice": ("降低下限或增加供应。", "Lower the floors or raise the supply."),
    "stamp.example": ("示例：表中含假设数据，不是用地决定", "EXAMPLE: contains assumed figures, not a land decision"),
    "stamp.example_short": ("示例", "example"),
    "quota_value": (
        "{year} 年分配 {allocated} 公顷，需求 {claim} 公顷 {stamp}",
        "{year}: {allocated} ha of {claim} ha claimed {stamp}",
    ),
    "commodity.land": ("用地", "land"),
    "commodity.floor_space": ("产业用房", "floor space"),
    "basis.document": ("文件", "document"),
    "basis.official": ("官方", "official"),
    "basis.press": ("报道", "press"),
    "basis.assumption": ("假设", "assumption"),
    "bound.floor": ("下限", "floor"),
    "bound.cap": ("上限", "cap"),
    "bound.claim": ("已满足", "met"),
    "bound.tier": ("供应在其等级之前用尽", "supply ended before its tier"),
    "bound.none": ("按比例", "proportional"),
    "note.method": (
        "方法：先保下限，再按等级，同级内按权重与需求成比例，最大余数法取整到 1 平方米。",
        (
            "Method: floors first, then tier by tier, inside a tier in proportion to weight and claim, rounded to "
            "1 m2 by largest remainder."
        ),
    ),
}
