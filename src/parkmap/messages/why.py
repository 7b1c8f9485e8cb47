"""Why a park got this much, told from the ledger."""

from typing import Final

PAIRS: Final[dict[str, tuple[str, str]]] = {
    "title.why": ("指标缘由", "Why"),
    "why.head": (
        "{name}，{year}年{commodity}：申请 {claim} 平方米，分得 {allocated} 平方米{size}。",
        "{name}, {commodity} of {year}: {claim} m2 claimed, {allocated} m2{size} allocated.",
    ),
    "why.market": (
        "{year}年{commodity}共供应 {supply} 平方米，{count} 项申请合计 {claims} 平方米；分配方法：{method}。",
        "{commodity} of {year}: {supply} m2 supplied, {count} claims of {claims} m2 in all; method: {method}.",
    ),
    "why.tiers": (
        "前面各级共得 {before} 平方米；本级 {count} 项申请 {claims}、共得 {got} 平方米；后面各级共得 {after} 平方米。",
        "Earlier tiers get {before} m2; its own tier of {count} gets {got} of {claims} m2; later tiers {after} m2.",
    ),
    "why.stage.floor": ("先保下限 {m2} 平方米{rule}，{pool}。", "The floor of {m2} m2 comes first{rule}, {pool}."),
    "why.stage.share": ("按第{tier}级{rule}分得 {m2} 平方米，{pool}。", "Tier {tier}{rule} brings {m2} m2, {pool}."),
    "why.stage.share.nothing": ("按第{tier}级{rule}没有分得。", "Tier {tier}{rule} brings nothing."),
    "why.stage.method": ("按“{method}”分得 {m2} 平方米，{pool}。", "By the method ({method}): {m2} m2, {pool}."),
    "why.stage.method.nothing": ("按“{method}”没有分得。", "By the method ({method}) it gets nothing."),
    "why.stage.rounding": ("取整得 {m2} 平方米，{pool}。", "Rounding adds {m2} m2, {pool}."),
    "why.stage.override": (
        "人工核定调整 {m2} 平方米，{pool}：{by_hand}。",
        "Set by hand: {m2} m2, {pool}: {by_hand}.",
    ),
    "why.pool": ("出自“{pool}”{rule}", "from '{pool}'{rule}"),
    "why.no_pool": ("不动用指标池", "from no pool"),
    "why.rule": ("（依据《{document}》{clause}，{name}）", " (under {clause} of the {document}: {name})"),
    "why.no_rule": ("（没有规则依据，属假设）", " (an assumption: no rule gives it)"),
    "why.bound.claim": ("申请全部满足。", "The claim is met in full."),
    "why.bound.cap": ("到上限 {cap} 平方米为止{rule}。", "It stops at the cap of {cap} m2{rule}."),
    "why.bound.floor": (
        "按分配方法所得不超过下限，因此只得到下限。",
        "The method alone gives no more than its floor, so it gets the floor.",
    ),
    "why.bound.tier": (
        "供应在第{tier}级之前用尽{rule}。",
        "The supply ended before tier {tier}{rule}.",
    ),
    "why.bound.group": ("“{group}”的上限已用尽{rule}。", "The bound '{group}' is reached{rule}."),
    "why.bound.supply": (
        "可用的供应已用尽：{how}；本项得到申请的 {percent}%{weight}。",
        "The supply open to it is used up: {how}; it gets {percent} % of its claim{weight}.",
    ),
    "why.weight": ("（权重 {weight}）", " (weight {weight})"),
    "why.how.priority": (
        "同级各项按权重与申请量之积的比例分，受上下限约束",
        "its tier shares in proportion to weight times claim, within floors and caps",
    ),
    "why.how.proportional": (
        "各项按权重与申请量之积的比例分，受上下限约束",
        "all share in proportion to weight times claim, within floors and caps",
    ),
    "why.how.equal-awards": (
        "各项分得同样多，受上下限约束",
        "all get the same amount, within floors and caps",
    ),
    "why.how.equal-losses": (
        "各项比申请少得同样多，受上下限约束",
        "all fall short of their claims by the same amount, within floors and caps",
    ),
    "why.how.talmud": (
        "申请的一半以内各项分得同样多，超过一半的部分各项少得同样多，受上下限约束",
        "up to half the claim all get the same amount, above it all fall short by the same, within floors and caps",
    ),
    "why.how.max-min": (
        "先尽量提高满足率最低的一项，再依次提高其余各项",
        "the share met that is lowest is raised as far as possible, then the next",
    ),
    "why.how.proportional-fair": (
        "使权重与分配量对数之积的总和最大",
        "the sum of weight times the logarithm of the amount is as large as possible",
    ),
    "why.how.max-benefit": (
        "使权重与面积之积的总和最大，权重高的先得",
        "the sum of weight times area is as large as possible, so that high weights come first",
    ),
    "why.how.indivisible": (
        "使权重与面积之积的总和最大，整块项目要么全给要么不给",
        "the sum of weight times area is as large as possible, with indivisible projects whole or not at all",
    ),
    "why.how.dial": (
        "在“等级优先”和“按比例”两种结果之间按调节值取中",
        "it lies between the results of strict priority and of proportional shares, as the dial is set",
    ),
    "why.bound.indivisible": (
        "整块项目要么全给要么不给，这次放不下。",
        "It is indivisible and did not fit.",
    ),
    "why.bound.override": ("数额由人工核定。", "The amount was set by hand."),
    "why.size": ("（{ha} 公顷）", " ({ha} ha)"),
    "why.unmet": ("未满足 {m2} 平方米{size}。", "{m2} m2{size} stay unmet."),
    "why.met_at": (
        "其他条件不变，其所在市场的总供应达到 {m2} 平方米时可全部满足。",
        "All else equal, a supply of {m2} m2 in its market would meet it in full.",
    ),
    "why.met_never": (
        "仅增加供应不能使其全部满足，因为受上限、分组约束或可用指标池限制。",
        "More supply alone cannot meet it in full: a cap, a group or the open pools hold it back.",
    ),
    "why.range": (
        "全部权重在 ±{percent}% 内变动时，指标在 {low} 至 {high} 平方米之间。",
        "With every weight off by up to {percent} %, the quota lies between {low} and {high} m2.",
    ),
    "why.pools_open": ("可用的指标池：{names}。", "It may draw on: {names}."),
    "why.tenure": ("供地方式：{tenure}{rule}。", "Tenure: {tenure}{rule}."),
    "why.class": (
        "地类：{code} {name}（GB/T 21010-2017：{gb}）{relation}。",
        "Land class: {code} {name} (GB/T 21010-2017: {gb}){relation}.",
    ),
    "why.class.same": ("", ""),
    "why.class.part": ("，只是旧类的一部分", ", only a part of the older class"),
    "why.class.whole": ("，合并了几个旧类", ", gathering several older classes"),
    "why.class.overlap": ("，两个分类范围交叉", ", the scopes cross"),
    "why.far.land": (
        "按容积率 {far}，可建约 {m2} 平方米。",
        "At a floor-area ratio of {far} it carries about {m2} m2 of floor.",
    ),
    "why.far.floor_space": (
        "按容积率 {far}，约需用地 {m2} 平方米。",
        "At a floor-area ratio of {far} it needs about {m2} m2 of land.",
    ),
    "why.none": (
        "情景“{scenario}”各项约束无法同时满足，没有分配：差 {m2} 平方米。",
        "Under scenario '{scenario}' the bounds cannot hold together, so nothing is allocated: {m2} m2 are missing.",
    ),
    "why.conflict": ("相互冲突：{text}{rule}。", "In conflict: {text}{rule}."),
    "why.change": ("最省的调整：{text}{rule}。", "The cheapest way out: {text}{rule}."),
    "why.no_claim": (
        "“{name}”在情景“{scenario}”中没有申请用地或用房。",
        "'{name}' claims nothing under scenario '{scenario}'.",
    ),
    "why.unknown": ("规划 {plan} 没有“{name}”。", "Plan {plan} has no '{name}'."),
    "why.unknown.advice": ("最接近的：{near}", "The nearest: {near}"),
}
