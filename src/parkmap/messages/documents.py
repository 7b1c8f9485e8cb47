"""Gaps and validity of documents; roles and kinds."""

from typing import Final

PAIRS: Final[dict[str, tuple[str, str]]] = {
    "gap.undetermined": ("“{name}”未落位：{why}", "'{name_en}' is not placed: {why_en}"),
    "gap.undetermined.advice": (
        "取得依据后补上位置；在此之前只列出，不上图。",
        "Place it when there is evidence; until then it is listed, not drawn.",
    ),
    "gap.not_placed": (
        "“{name}”没有可靠位置，只列出，不上图。",
        "'{name_en}' has no reliable place; it is listed, not drawn.",
    ),
    "gap.not_placed.advice": ("取得位置依据后补充图层。", "Add it to the layers when there is evidence."),
    "gap.count": (
        "空间结构宣布“{role_zh}”{declared} 个，文中列名 {listed} 个。",
        "The structure declares {declared} of the role '{role_en}'; the text names {listed}.",
    ),
    "gap.count.advice": (
        "属文件本身的出入，报告中应予说明。",
        "The document itself is at odds; reports should say so.",
    ),
    "validity.expired": ("《{title}》已于 {day} 到期。", "'{title_en}' expired on {day}."),
    "validity.expired.advice": ("仅作历史参考；成果已加注。", "For the record only; outputs are stamped."),
    "validity.not_yet": ("《{title}》在 {day} 尚未施行。", "'{title_en}' is not yet in force on {day}."),
    "validity.not_yet.advice": ("核对 --as-of 日期。", "Check the --as-of date."),
    "validity.open": (
        "原文未载发布日期，{day} 是否有效无法判断：《{title}》。",
        "The text states no date of issue, so whether it is in force on {day} is open: '{title_en}'.",
    ),
    "validity.open.advice": (
        "查明发布日期后填入 config/documents.yaml。",
        "Enter the date of issue in config/documents.yaml once known.",
    ),
    "validity.word.in_force": ("有效", "in force"),
    "validity.word.expired": ("已到期", "expired"),
    "validity.word.not_yet": ("未施行", "not yet"),
    "validity.word.open": ("待定", "open"),
    "validity.stamp.in_force": ("有效性：{day} 时有效", "Validity: in force on {day}"),
    "validity.stamp.expired": (
        "有效性：{day} 时已到期，仅作历史参考",
        "Validity: expired by {day}, for the record only",
    ),
    "validity.stamp.not_yet": ("有效性：{day} 时尚未施行", "Validity: not yet in force on {day}"),
    "validity.stamp.open": (
        "有效性：原文未载发布日期，{day} 时是否有效待定",
        "Validity: no date of issue in the text, open on {day}",
    ),
    "stamp.indicative": (
        "要素与园区范围为示意，非法定边界",
        "Extents of components and parks are indicative, not official boundaries",
    ),
    "inferred": ("（据名称推定）", " (inferred from the name)"),
    "reason.no_place": ("原文未给出位置。", "The document gives no location."),
    "role.core": ("核", "core"),
    "role.belt": ("带", "belt"),
    "role.valley": ("谷", "valley"),
    "role.base": ("基地", "base"),
    "role.node": ("点", "node"),
    "role.district": ("片区", "district zone"),
    "role.centre": ("中心", "centre"),
    "role.corridor": ("廊道", "corridor"),
    "role.place": ("重点片区", "key area"),
    "kind.park": ("园区", "park"),
    "kind.facility": ("设施", "facility"),
    "kind.platform": ("平台", "platform"),
    "kind.institute": ("院所", "institute"),
    "kind.hospital": ("医院", "hospital"),
    "kind.company": ("企业项目", "company project"),
    "kind.market": ("市场", "market"),
    "kind.site": ("场所", "site"),
    "kind.programme": ("专项", "programme"),
}
