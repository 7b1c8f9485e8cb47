"""Coverage and adjacency."""

from typing import Final

PAIRS: Final[dict[str, tuple[str, str]]] = {
    "contact.border": ("共界", "shared border"),
    "contact.point": ("点接触", "point contact"),
    "contact.overlap": ("重叠", "overlap"),
    "contact.apart": ("相离", "apart"),
    "contact.undecidable": ("无法判定", "undecidable"),
    "contact.unknown": ("范围未知", "extent unknown"),
    "note.coverage": (
        "面积按椭球计算；多个要素重叠处只计一次；低、高由边界误差推出。",
        "Areas on the ellipsoid; overlaps count once; low and high follow from the accuracy of the edges.",
    ),
    "note.unknown_extent": (
        "另有 {count} 个要素或园区范围未公布，未计入覆盖：{names}",
        "{count} more have no published extent and are not counted: {names}",
    ),
    "note.more_rows": ("另有 {count} 行，见输出的文件。", "{count} more rows: the files have them all."),
    "note.adjacency": (
        "距离按图上形状量算，低、高由边界误差推出；误差不能判定的接触标为无法判定。范围未知的，距离量至定位点。",
        (
            "Distances between the drawn shapes; low and high follow from the accuracies; "
            "contact that they do not decide is undecidable. Where an extent is unknown the distance is to the anchor."
        ),
    ),
    "note.not_placed": ("{count} 个未落位，不参与邻接：{names}", "{count} without a place take no part: {names}"),
    "note.coverage_pairs": (
        "逐个要素单独计算；相互重叠的要素不可相加。",
        "Each zone by itself; zones that overlap do not add up.",
    ),
    "note.coverage_set": (
        (
            "每个规划按其全部要素的并集计算；“任一”为各规划的并集，“共同”为全部规划都覆盖，“两个以上”为至少两个规划覆盖，"
            "“仅此”为只有该规划覆盖。重叠处只计一次；低、高由边界误差推出。"
        ),
        (
            "Each plan is the union of its zones. 'any' is the union of the plans, 'all' what every plan covers, "
            "'two or more' what at least two cover, 'alone' what only this plan covers. Overlaps count once; "
            "low and high follow from the accuracy of the edges."
        ),
    ),
    "note.coverage_unknown": (
        "{count} 个要素或园区范围未公布，覆盖为下限",
        "{count} zone(s) without a published extent: what it covers is a lower bound",
    ),
    "note.demand_union": (
        (
            "覆盖按全部要素的并集计算，重叠处只计一次。低、中、高：面内需求均匀分布，低、高由边界误差推出。"
            "最少、最多：不论需求在面内如何分布都成立的界。"
        ),
        (
            "Covered is under the union of the zones; overlaps count once. Low, best, high: evenly spread inside each "
            "area, low and high from the accuracy of the edges. Least, most: bounds that hold however it is spread."
        ),
    ),
    "note.demand_source": (
        "需求 {file}，权重：{field}；{points} 个点，{areas} 个面。",
        "Demand {file}, weight: {field}; {points} point(s), {areas} area(s).",
    ),
    "note.demand_basis": ("数据依据：{basis}（{years}）。", "Basis of the numbers: {basis} ({years})."),
    "note.demand_even": (
        "需求在每个面内均匀分布，这是假设。",
        "Demand is spread evenly inside each area, which is an assumption.",
    ),
    "note.demand_outside": (
        "另有 {weight} 不在任何行政区内，只计入合计。",
        "{weight} more lie in no district and are in the total only.",
    ),
    "demand.total": ("合计", "total"),
    "demand.each_one": ("每个要素计 1", "each feature counts 1"),
    "title.coverage_items": ("各要素与园区的范围", "Extents of components and parks"),
    "extent.known": ("已知", "known"),
    "extent.unknown": ("未知", "unknown"),
    "title.coverage_demand": ("各行政区的需求覆盖", "Demand covered, by district"),
    "title.coverage_demand_items": ("各要素与园区覆盖的需求", "Demand under each component or park"),
    "title.coverage_demand_rows": ("逐个需求的覆盖", "Demand covered, one by one"),
    "title.coverage_set_land": ("多个规划的用地覆盖", "Land covered by several plans"),
    "title.coverage_set_plans": ("各规划的用地覆盖", "Land covered by each plan"),
    "title.coverage_set_demand": ("多个规划的需求覆盖", "Demand covered by several plans"),
    "title.coverage_set_demand_plans": ("各规划的需求覆盖", "Demand covered by each plan"),
    "head.place": ("地方", "place"),
    "head.overlap": ("重叠", "overlap"),
    "layer.covered_share": ("覆盖比例", "covered share"),
    "layer.covered_land": ("用地", "land"),
    "layer.covered_demand": ("需求", "demand"),
    "layer.covered_any": ("任一规划", "any plan"),
    "layer.covered_all": ("全部规划共同", "all plans"),
    "layer.covered_of": ("{what}：{side}", "{what}: {side}"),
    "label.cover_whole": ("总量", "whole"),
    "label.cover_low_high": ("覆盖：低 / 中 / 高", "covered: low / best / high"),
    "label.cover_bracket": ("{side}：低 / 中 / 高", "{side}: low / best / high"),
    "label.cover_share": ("覆盖比例", "covered share"),
    "label.cover_bounds": ("最少 / 最多", "least / most"),
    "label.cover_overlap": ("重叠", "overlap"),
    "label.cover_gap": ("未覆盖", "not covered"),
    "coverage.demand_kind": (
        "{count} 个需求既不是点也不是面。",
        "{count} feature(s) of demand are neither a point nor an area.",
    ),
    "coverage.demand_kind.advice": (
        "线和多点无法分摊权重：改为点或面，多点请拆成单点。",
        "Nobody could share the weight of lines and multipoints: give points or polygons, and split multipoints.",
    ),
    "coverage.demand_elsewhere": (
        "没有一个需求位于规划的行政区内（坐标范围 {where} 米）。",
        "None of the demand lies in a district of the plan (extent {where} m).",
    ),
    "coverage.demand_elsewhere.advice": (
        "检查坐标系和经纬度的顺序，或换成该市的数据。",
        "Check the coordinate system and the order of longitude and latitude, or give data of this city.",
    ),
    "coverage.outside": (
        "{count} 个需求有一部分或全部在行政区之外，共 {weight}。",
        "{count} feature(s) of demand lie outside all districts in whole or in part, {weight} in all.",
    ),
    "coverage.outside.advice": (
        "只计入合计；若不应如此，检查其位置。",
        "They are in the totals only; check where they are if that is not meant.",
    ),
    "coverage.no_weight": ("需求的权重合计为 0。", "The weights of demand add up to 0."),
    "coverage.no_weight.advice": ("用 --weight 选择有数值的字段。", "Choose a property with numbers with --weight."),
}
