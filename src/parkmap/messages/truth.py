"""Citations, readings, conflicts and the comparison of plans."""

from typing import Final

PAIRS: Final[dict[str, tuple[str, str]]] = {
    "cite.no_text": ("没有找到所引文件的原文。", "The text of the cited document is not there."),
    "cite.no_text.advice": ("把原文放到该位置。", "Put the text at this place."),
    "cite.text_changed": ("原文与登记的校验值不同。", "The text differs from the registered checksum."),
    "cite.text_changed.advice": (
        "核对原文版本；确认后更新 config/documents.yaml 中的 sha256。",
        "Check the version of the text; then update sha256 in config/documents.yaml.",
    ),
    "cite.no_clause": ("{document} 中没有条款“{clause}”。", "{document} has no clause '{clause}'."),
    "cite.no_clause.advice": (
        "最接近的是“{near}”；核对条款路径，例如 三/(四)。",
        "The nearest is '{near}'; check the path of headings, for example 三/(四).",
    ),
    "cite.clause_changed": (
        "{document} 的条款“{clause}”与登记的校验值不同。",
        "Clause '{clause}' of {document} differs from its registered checksum.",
    ),
    "cite.clause_changed.advice": (
        "核对条款有无改动；确认后用 parkmap check --sources 目录 --register 重新登记。",
        "Check what changed in the clause; then register it again with parkmap check --sources DIR --register.",
    ),
    "cite.not_registered": (
        "{document} 的条款“{clause}”没有登记校验值。",
        "Clause '{clause}' of {document} has no registered checksum.",
    ),
    "cite.not_registered.advice": (
        "用 parkmap check --sources 目录 --register 登记。",
        "Register it with parkmap check --sources DIR --register.",
    ),
    "cite.not_in_clause": ("条款“{clause}”中没有“{phrase}”。", "Clause '{clause}' does not hold '{phrase}'."),
    "cite.not_in_clause.advice": (
        "该条款中最接近的是“{near}”，全文中见于：{other}；改正名称、数字或条款。",
        "The nearest in that clause is '{near}'; elsewhere it stands in: {other}. Correct name, number or clause.",
    ),
    "cite.registry": ("条款校验值登记文件格式有误：{why}", "The registry of clause checksums is malformed: {why}"),
    "cite.registry.advice": (
        "删除该文件，再用 parkmap check --all --sources 目录 --register 重新登记。",
        "Delete the file and register again with parkmap check --all --sources DIR --register.",
    ),
    "cite.not_in_text": ("全文中没有“{phrase}”。", "The text does not hold '{phrase}'."),
    "cite.not_in_text.advice": (
        "最接近的是“{near}”；按原文改正，原文未载的填 null。",
        "The nearest is '{near}'; write it as the text does, and null where the text states nothing.",
    ),
    "link.alias_cycle": (
        "“{name}”与“{other}”互为别名。",
        "'{name}' and '{other}' are aliases of each other.",
    ),
    "link.alias_cycle.advice": (
        "只保留一个条目，另一个名称写入它的 aliases。",
        "Keep one entry and put the other name into its aliases.",
    ),
    "period.cycle": ("“{name}”与“{other}”互相取代。", "'{name}' and '{other}' replace each other."),
    "period.cycle.advice": (
        "后发的文件取代先发的，删去反向的一条。",
        "The later document replaces the earlier; drop the other way.",
    ),
    "period.order": (
        "“{name}”（{day}）早于它所取代的“{other}”（{other_day}）。",
        "'{name}' ({day}) is earlier than '{other}' ({other_day}), which it replaces.",
    ),
    "period.order.advice": ("核对两份文件的发布日期。", "Check both days of issue."),
    "period.reversed": (
        "范围的终止日 {last} 早于起始日 {first}。",
        "The extent ends on {last}, before its first day {first}.",
    ),
    "period.reversed.advice": ("核对 area_valid_from 和 area_valid_to。", "Check area_valid_from and area_valid_to."),
    "period.overlap": (
        "“{name}”与“{other}”是同一处的两个范围，有效期重叠。",
        "'{name}' and '{other}' are extents of one place and hold on the same day.",
    ),
    "period.overlap.advice": (
        "前一范围的 area_valid_to 应早于后一范围的 area_valid_from。",
        "End the earlier extent (area_valid_to) before the later one begins (area_valid_from).",
    ),
    "period.two_ends": (
        "《{title}》载明的终止日 {day} 与 {years} 年有效期推出的 {other} 不同。",
        "'{title_en}' states {day} as its last day; its term of {years} years ends on {other}.",
    ),
    "period.two_ends.advice": ("以载明的终止日为准；核对原文。", "The stated day is used; check the text."),
    "period.outside": (
        "规则的期限 {first} 至 {last} 超出所在文件的期限 {start} 至 {end}。",
        "The rule applies from {first} to {last}, beyond its document's {start} to {end}.",
    ),
    "period.outside.advice": ("核对规则的 period。", "Check the rule's period."),
    "validity.extent": (
        "所用范围“{name}”的有效期为 {first} 至 {last}，{day} 时有效的是“{instead}”。",
        "The extent in use, {name_en}, held from {first} to {last}; on {day} it is {instead_en}.",
    ),
    "validity.extent.advice": (
        "历史规划宜用当时的范围；要用现行范围，见 parkmap conflicts 中的读法。",
        "Show a past plan with the extent of its time; for today's see the readings in parkmap conflicts.",
    ),
    "validity.rule": (
        "规则“{name}”的期限为 {first} 至 {last}，{day} 时不适用。",
        "Rule '{name_en}' applies from {first} to {last}, not on {day}.",
    ),
    "validity.rule.advice": ("仅作历史参考。", "For the record only."),
    "validity.superseded": (
        "《{title}》自 {day} 起被《{other}》取代。",
        "'{title_en}' was replaced by '{other_en}' on {day}.",
    ),
    "validity.superseded.advice": ("仅作历史参考；成果已加注。", "For the record only; outputs are stamped."),
    "validity.word.superseded": ("已被取代", "superseded"),
    "validity.stamp.superseded": (
        "有效性：{day} 时已被取代，仅作历史参考",
        "Validity: superseded by {day}, for the record only",
    ),
    "stamp.readings": ("采用的其他读法：{names}", "Under other readings: {names}"),
    "reading.unknown": ("没有编号为“{name}”的读法。", "There is no reading '{name}'."),
    "reading.unknown.advice": (
        "可能是：{near}。用 parkmap conflicts 查看全部读法。",
        "Perhaps: {near}. `parkmap conflicts` lists all.",
    ),
    "reading.twice": (
        "“{name}”与“{other}”是同一问题（{conflict}）的两种读法。",
        "'{name}' and '{other}' answer the same question ({conflict}).",
    ),
    "reading.twice.advice": ("每个问题只选一种读法。", "Choose one reading for each question."),
    "conflict.count_open": ("若干", "several"),
    "conflict.day_open": ("日期未知", "day unknown"),
    "conflict.units_listed": ("责任单位：{units}", "Responsible units: {units}"),
    "conflict.outside": (
        "{item}：伸入{districts}，不在“{listed}”之列",
        "{item} reaches into {districts}, outside the list: {listed}",
    ),
    "conflict.outside.in_use": ("按条文所写的全部范围", "The whole of it, as the clause names it"),
    "conflict.outside.limited": ("{item}：只算{districts}一段", "Only the part of {item} in {districts}"),
    "conflict.lead_units": (
        "{item}：涉及{districts}，责任单位中没有该区政府",
        "{item} touches {districts}, whose government is not among its responsible units",
    ),
    "conflict.lead_units.in_use": (
        "范围按条文，责任单位照录",
        "Its extent as the clause names it, the units as listed",
    ),
    "conflict.lead_units.limited": (
        "{item}：只算有责任单位的{districts}一段",
        "Only the part of {item} in {districts}, which has a responsible government",
    ),
    "conflict.unlisted": (
        "“{placeholder}”只有宣布没有名单：宣布 {count} 个（{role}），列名 {listed} 个",
        "{placeholder}: declared without a list ({role}: {count} declared, {listed} named)",
    ),
    "conflict.unlisted.in_use": (
        "“{placeholder}”列为未定，不上图",
        "{placeholder} stays undetermined and is not drawn",
    ),
    "conflict.count": (
        "空间结构宣布 {declared} 个（{role}），文中列名 {listed} 个",
        "The formula declares {declared} ({role}); the text names {listed}",
    ),
    "conflict.count.in_use": ("列名的 {listed} 个都算", "All {listed} that are named count"),
    "conflict.target": (
        "目标“{indicator}”为{value}，文中列名 {counted} 个",
        "Target '{indicator}': {value}; the text names {counted}",
    ),
    "conflict.target.in_use": ("按列名计 {counted} 个", "{counted}, counting those that are named"),
    "conflict.list": (
        "“{listed}”与空间结构不一致：结构中有 {missing} 处不在名单，名单中有 {extra} 处不在结构",
        "{listed}: {missing} elements of the structure are not in it, {extra} of its entries are not in the structure",
    ),
    "conflict.list.extra": ("名单中不属空间结构的：{names}", "In the list and not in the structure: {names}"),
    "conflict.list.missing": ("{item}（{role}）不在名单", "{item} ({role}) is not in the list"),
    "conflict.list.in_use": ("按空间结构，不按“{listed}”", "By the structure, not by the list: {listed}"),
    "conflict.list.only": ("只算“{listed}”列名的", "Only what is named in: {listed}"),
    "conflict.alias": ("{item}：括号内另有一名“{inner}”", "{item} holds a second name in brackets: {inner}"),
    "conflict.alias.name": ("作别名", "taken as another name"),
    "conflict.alias.in_use": ("“{inner}”与{item}是同一处", "{inner} and {item} are one place"),
    "conflict.alias.apart": ("“{inner}”只是{item}的一部分", "{inner} is only a part of {item}"),
    "conflict.alias.undetermined": (
        "按此读法“{inner}”是{item}的一部分，位置和范围未写。",
        "Under this reading {inner} is a part of {item}; neither place nor extent is given.",
    ),
    "conflict.roles": (
        "{count} 个要素的角色据名称推定，原文没有指明：{names}",
        "The roles of {count} elements were read from their names; the text does not assign them: {names}",
    ),
    "conflict.roles.in_use": ("按名称推定角色", "Roles as read from the names"),
    "conflict.roles.stated": (
        "只认原文指明的角色，其余作重点片区",
        "Only roles that the text assigns; the rest are key areas",
    ),
    "conflict.roles.read": ("{item}：读作{role}", "{item}: read as {role}"),
    "conflict.extent": ("{item}：先后公布过 {count} 种范围", "{count} extents of {item} were published"),
    "conflict.extent.one": (
        "{place}，{area} 公顷，{first} 至 {last}",
        "{place}, {area} ha, {first} to {last}",
    ),
    "conflict.units": (
        "{count} 个责任单位名称此后有变，涉及 {items} 项",
        "{count} responsible units have other names now; {items} entries name them",
    ),
    "conflict.units.in_use": ("照录原文名称", "Names as the text has them"),
    "conflict.unit": (
        "{year} 年{change}“{now}”，涉及 {items} 项（{verified}）",
        "{change} {now} in {year}; {items} entries ({verified})",
    ),
    "conflict.unit.renamed": ("改为", "Renamed to"),
    "conflict.unit.merged": ("并入", "Merged into"),
    "conflict.unit.split": ("拆出", "Split, now"),
    "conflict.unit.verified.True": ("已核对文件", "decree looked up"),
    "conflict.unit.verified.False": ("未核对文件，引用前请查证", "decree not looked up, check before quoting"),
}
