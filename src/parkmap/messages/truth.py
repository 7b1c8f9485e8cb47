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
}
