"""Problems of files, schema and references."""

from typing import Final

PAIRS: Final[dict[str, tuple[str, str]]] = {
    "file.not_utf8": ("文件不是 UTF-8 编码。", "The file is not UTF-8."),
    "file.not_utf8.advice": ("用记事本另存为 UTF-8。", "Save it again as UTF-8."),
    "file.unreadable": ("文件无法打开：{why}", "The file cannot be opened: {why}"),
    "file.unreadable.advice": (
        "检查文件是否存在、是否被其他程序占用。",
        "Check that it exists and that no other program holds it.",
    ),
    "file.not_yaml": ("YAML 格式有误：{why}", "Not valid YAML: {why}"),
    "file.not_yaml.advice": (
        "检查该行附近的缩进、冒号和引号。",
        "Check indentation, colons and quotes near this line.",
    ),
    "file.empty": ("文件没有内容。", "The file holds nothing."),
    "file.empty.advice": (
        "按 docs/plan-format.md 填写，或删除该文件。",
        "Fill it in by docs/plan-format.md, or delete it.",
    ),
    "file.not_mapping": ("文件内容应为“编号: 内容”的列表。", "The file must hold ids with their content below them."),
    "file.not_mapping.advice": ("参照随附的同名文件改写。", "Write it like the shipped file of the same name."),
    "style.missing": ("样式文件缺少：{names}", "The style file lacks: {names}"),
    "style.missing.advice": (
        "参照随附的 config/style.yaml 补上这些样式。",
        "Add these styles as in the shipped config/style.yaml.",
    ),
    "file.repeated_key": ("键“{name}”重复出现。", "The key '{name}' occurs twice."),
    "file.repeated_key.advice": ("保留一个，删除其余。", "Keep one of them."),
    "file.id_differs": ("id 与文件名不一致，文件名为“{name}”。", "The id differs from the file name '{name}'."),
    "file.id_differs.advice": ("让 id 与不带扩展名的文件名相同。", "Make the id the file name without its extension."),
    "schema.missing": ("缺少“{name}”。", "'{name}' is missing."),
    "schema.missing.advice": ("补上该键。", "Add this key."),
    "schema.unknown_key": ("不认识的键“{name}”。", "Unknown key '{name}'."),
    "schema.unknown_key.advice": ("检查拼写，或删除该键。", "Check the spelling, or remove the key."),
    "schema.not_allowed": ("值“{value}”不在允许范围内。", "'{value}' is not an allowed value."),
    "schema.not_allowed.advice": ("可用的值：{allowed}", "Allowed: {allowed}"),
    "schema.rule": ("内容不符合规则：{why_zh}", "Against a rule: {why}"),
    "schema.rule.advice": ("按规则修改该项。", "Change the entry to follow the rule."),
    "schema.invalid": ("值“{value}”无效：{why_zh}", "'{value}' is not valid: {why}"),
    "schema.invalid.advice": ("改为要求的类型或格式。", "Give a value of the required type or form."),
    "schema.empty": ("没有填写。", "Nothing is given."),
    "schema.empty.advice": (
        "填写该项；不是必需的键可以整行删除。",
        "Fill it in; a key that is not required may be removed.",
    ),
    "why.text": ("应为文字，数字请加引号", "text is needed, with quotes around digits"),
    "why.blank": ("不能留空", "it must not be blank"),
    "why.whole": ("应为整数", "a whole number is needed"),
    "why.number": ("应为数字", "a number is needed"),
    "why.flag": ("应为 true 或 false", "true or false is needed"),
    "why.list": (
        "应为列表，写成 [甲, 乙] 或每项前加“- ”",
        "a list is needed, as [a, b] or with '- ' before each entry",
    ),
    "why.keys": ("应为“键: 值”", "keys with their values are needed"),
    "why.date": ("应为日期，写成 2022-06-06 的形式", "a date is needed, written as 2022-06-06"),
    "why.entries": ("至少要有 {min_length} 项", "at least {min_length} entries are needed"),
    "why.greater_than": ("应大于 {gt}", "it must be above {gt}"),
    "why.greater_than_equal": ("应不小于 {ge}", "it must be at least {ge}"),
    "why.less_than": ("应小于 {lt}", "it must be below {lt}"),
    "why.less_than_equal": ("应不大于 {le}", "it must be at most {le}"),
    "why.string_pattern_mismatch": ("写法应符合 {pattern}", "it must be written as {pattern}"),
    "plan.unknown": ("没有编号为“{name}”的规划。", "There is no plan '{name}'."),
    "plan.unknown.advice": (
        "可能是：{near}。用 parkmap plans 查看全部规划。",
        "Perhaps: {near}. `parkmap plans` lists all.",
    ),
    "link.broken": ("引用的 {kind}“{name}”不存在。", "The {kind} '{name}' does not exist."),
    "link.broken.advice": (
        "最接近的是“{near}”；改正引用，或补上该条目。",
        "The nearest is '{near}'; correct the reference or add the entry.",
    ),
    "link.broken.advice.alone": ("改正引用，或补上该条目。", "Correct the reference or add the entry."),
    "link.repeated_id": ("编号“{name}”重复。", "The id '{name}' is used twice."),
    "link.repeated_id.advice": ("每个编号只能用一次，请改名。", "Rename one of them."),
    "link.cycle": ("“{name}”的上级关系成环。", "'{name}' is its own ancestor."),
    "link.cycle.advice": ("修改上级，使其不再指回自身。", "Change the parent so that it no longer leads back."),
    "scenario.unknown": ("规划 {plan} 没有情景“{name}”。", "Plan {plan} has no scenario '{name}'."),
    "scenario.unknown.advice": ("可用的情景：{near}", "There are: {near}"),
    "scenario.no_pool": (
        "{year} 年没有 {commodity} 的指标池，需求无从分配。",
        "No pool of {commodity} in {year}: the claim cannot be served.",
    ),
    "scenario.no_pool.advice": (
        "在 pools 中增加该年度的指标池，或改正年度与类别。",
        "Add a pool for that year, or correct year or commodity.",
    ),
    "scenario.floor": (
        "下限 {floor} 平方米大于可得上限 {wanted} 平方米。",
        "The floor of {floor} m2 exceeds what can be given, {wanted} m2.",
    ),
    "scenario.floor.advice": (
        "下限不得大于需求与上限中较小者。",
        "A floor must not exceed the smaller of claim and cap.",
    ),
    "scenario.repeated": ("“{name}”在 {year} 年重复申报。", "'{name}' claims twice in {year}."),
    "scenario.repeated.advice": ("合并为一条。", "Make it one claim."),
    "scenario.pool_order": (
        "指标池“{name}”排在“{other}”之后，与规则 {rule} 的先后次序相反。",
        "The pool '{name}' stands after '{other}', against the order of rule {rule}.",
    ),
    "scenario.pool_order.advice": (
        "按规则的次序排列指标池。",
        "List the pools in the order in which the rule draws on them.",
    ),
    "scenario.empty_group": (
        "约束“{name}”不包含任何需求。",
        "The bound '{name}' speaks of no claim.",
    ),
    "scenario.empty_group.advice": (
        "核对 of 下的条件，或删除该约束。",
        "Check the conditions under 'of', or remove the bound.",
    ),
    "scenario.no_claim": (
        "“{name}”在 {year} 年没有该类需求。",
        "'{name}' has no such claim in {year}.",
    ),
    "scenario.no_claim.advice": (
        "先补需求，或改正项目、类别、年度。",
        "Add the claim first, or correct item, commodity or year.",
    ),
    "scenario.no_amount": (
        "规则 {rule} 只有 {count} 项金额。",
        "Rule {rule} has only {count} amounts.",
    ),
    "scenario.no_amount.advice": (
        "amount 从 1 数起，改为规则中已有的一项。",
        "'amount' counts from 1; choose one that the rule has.",
    ),
    "scenario.ceiling": (
        "规则 {rule} 的第 {amount} 项只是封顶，不能单独申请。",
        "Amount {amount} of rule {rule} is only a ceiling; nobody applies for it.",
    ),
    "scenario.ceiling.advice": (
        "改用该规则中按比例或定额资助的一项；封顶会自动计入。",
        "Choose an amount that pays a share or a sum; the ceiling is counted by itself.",
    ),
    "scenario.no_cost": (
        "规则 {rule} 按费用资助，缺少费用。",
        "Rule {rule} pays on a cost, and no cost is given.",
    ),
    "scenario.no_cost.advice": ("补上 cost。", "Add 'cost'."),
}
