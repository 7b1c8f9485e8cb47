"""Words of comparing: two plans, readings, scenarios or years."""

from __future__ import annotations

from typing import Final

PAIRS: Final[dict[str, tuple[str, str]]] = {
    "compare.cities": (
        "{city} 与 {other} 的规划没有共同的行政区图层，无法比较。",
        "Plans of {city} and {other} do not share their districts and cannot be compared.",
    ),
    "compare.cities.advice": ("比较同一城市的规划。", "Compare plans of one city, over the same district layer."),
    "compare.in_use": ("采用的读法", "readings in use"),
    "compare.stamp": ("{side}：{stamp}", "{side}: {stamp}"),
    "compare.park": ("园区", "park"),
    "compare.project": ("项目", "project"),
    "compare.none": ("未覆盖", "not covered"),
    "compare.sum": ("合计", "sum"),
    "fate.added": ("新增", "added"),
    "fate.dropped": ("取消", "dropped"),
    "fate.kept": ("保留", "kept"),
    "fate.changed": ("调整", "changed"),
    "fate.same": ("不变", "same"),
    "aspect.renamed": ("更名", "renamed"),
    "aspect.moved": ("位置或范围变动", "moved"),
    "aspect.role": ("角色变动", "role"),
    "aspect.part_of": ("隶属变动", "part of another"),
    "aspect.within": ("限定区变动", "limited to other districts"),
    "district.in": ("新纳入", "newly in"),
    "district.out": ("不再纳入", "no longer in"),
    "title.compare": ("要素与园区的变化", "Components and parks"),
    "title.possibly_one": ("可能同为一处（误差内无法判定）", "Perhaps one place (the accuracies do not decide)"),
    "title.compare_districts": ("行政区的进出", "Districts in and out"),
    "title.matrix": ("面积转移矩阵（按角色）", "Area transfer matrix (by role)"),
    "title.transfer": ("面积转移明细", "Area transfer, zone by zone"),
    "note.side": ("{side}：{name}（情景 {scenario}）；", "{side}: {name} (scenario {scenario}); "),
    "note.compare": (
        "同一处在一城各规划中用同一编号；编号不同而名称开头相同、位置可能重合的另列。",
        "Matched by id: one place has one id in all plans of a city; entries that may be one are listed apart.",
    ),
    "note.transfer": (
        "按图上形状切分，面积按椭球计算；范围未公布的不参与，不足 50 平方米的碎块不列。",
        "Cut along the drawn shapes, areas on the ellipsoid; unknown extents take no part, splinters are not listed.",
    ),
    "compare.one_year": (
        "只给出了一方的年份（{year}）。",
        "The year of one side only is given ({year}).",
    ),
    "compare.one_year.advice": ("--year-a 与 --year-b 须同时给出。", "--year-a and --year-b go together."),
    "compare.year": (
        "情景 {scenario} 没有 {year} 年；有 {years}。",
        "Scenario {scenario} has nothing in {year}; it has {years}.",
    ),
    "compare.year.advice": ("改用情景中的年份。", "Take a year of the scenario."),
    "compare.lettered": ("{letter} · {name}", "{letter} · {name}"),
    "compare.quota": ("用地指标（{year} 年）", "Land quota ({year})"),
    "compare.quota.example": ("用地指标（{year} 年，示例）", "Land quota ({year}, example)"),
    "compare.share": ("{allocated}/{claim} 公顷", "{allocated} of {claim} ha"),
    "compare.from_to": ("{before} → {after}", "{before} → {after}"),
    "compare.renamed": ("原名：{name}", "before: {name}"),
    "compare.moved": ("移动 {distance}", "moved {distance}"),
    "compare.perhaps": (
        "与“{name}”可能同为一处，误差内无法判定",
        "perhaps one place with “{name}”; the accuracies do not decide",
    ),
    "compare.coverage": ("覆盖的变化", "Coverage that differs"),
    "compare.covered": ("{shares}（{change} 公顷）", "{shares} ({change} ha)"),
    "compare.unknown": ("范围未知的要素 {before} → {after} 处", "extents not known: {before} → {after}"),
    "compare.contacts": ("接触的变化", "Contacts that differ"),
    "compare.contact.null": ("无", "none"),
    "compare.allocations": ("用地指标的变化", "Quota that differs"),
    "compare.allocated": (
        "{commodity} {year}：{before} → {after}",
        "{commodity} {year}: {before} → {after}",
    ),
    "compare.targets": ("目标的变化", "Targets that differ"),
    "compare.target": ("{value} {unit}（{year}）", "{value} {unit} ({year})"),
}
