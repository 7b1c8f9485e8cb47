"""Users' own tables."""

from typing import Final

PAIRS: Final[dict[str, tuple[str, str]]] = {
    "intake.note": ("需求取自 {file}。", "Claims are taken from {file}."),
    "intake.origin": ("取自 {file} 第 {row} 行，未注明依据。", "From {file}, row {row}; no basis is given."),
    "intake.not_a_table": ("不是可读的 CSV 或 XLSX 文件：{why}", "Not a readable CSV or XLSX file: {why}"),
    "intake.not_a_table.advice": (
        "在 Excel 中另存为“.xlsx”或“CSV UTF-8”。",
        "Save it again as .xlsx or as CSV UTF-8.",
    ),
    "intake.no_heads": (
        "前十行中找不到表头，至少需要园区、年份和需求三列。",
        "No column heads in the first ten rows; park, year and claim are needed at least.",
    ),
    "intake.no_heads.advice": (
        "表头示例：园区、类别、年份、需求（平方米）、下限（平方米）、上限（平方米）、等级。",
        "For example: item, commodity, year, claim_m2, floor_m2, cap_m2, tier.",
    ),
    "intake.unknown_head": ("不认识的列“{value}”。", "Unknown column '{value}'."),
    "intake.unknown_head.advice": ("删除该列，或改用：{known}", "Remove it, or use one of: {known}"),
    "intake.repeated_head": ("列“{value}”重复。", "The column '{value}' occurs twice."),
    "intake.repeated_head.advice": ("保留一列。", "Keep one of them."),
    "intake.no_unit": ("列“{value}”没有写单位。", "The column '{value}' names no unit."),
    "intake.no_unit.advice": (
        "在表头写明单位，如“需求（平方米）”“需求（公顷）”“需求（亩）”。",
        "Name it in the head: claim_m2, claim_ha or claim_mu.",
    ),
    "intake.missing_head": ("缺少列“{value}”。", "The column '{value}' is missing."),
    "intake.missing_head.advice": ("补上该列。", "Add it."),
    "intake.empty": ("此处不能为空。", "This cell must not be empty."),
    "intake.empty.advice": ("填写，或删除整行。", "Fill it in, or remove the row."),
    "intake.not_a_number": ("“{value}”不是数。", "'{value}' is not a number."),
    "intake.not_a_number.advice": ("填写数字，不带单位和文字。", "Give digits without unit or words."),
    "intake.separators": (
        "“{value}”的逗号不在千分位上。",
        "The commas of '{value}' do not part thousands.",
    ),
    "intake.separators.advice": (
        "小数点用“.”，千分位逗号每三位一个，如 1,234.5。",
        "Write a point before decimals and a comma every three digits: 1,234.5.",
    ),
    "intake.no_rows": ("表头下没有任何需求。", "There is no claim below the heads."),
    "intake.no_rows.advice": ("每个园区每年填写一行。", "Write one row per park and year."),
    "intake.wrong_total": (
        "合计 {value} 平方米，与以上各行之和 {total} 平方米不符。",
        "The total of {value} m2 is not the sum of the rows above, {total} m2.",
    ),
    "intake.wrong_total.advice": (
        "改正合计或各行，或删除合计行。",
        "Correct the total or the rows, or remove the row of totals.",
    ),
    "intake.negative": ("“{value}”小于零。", "'{value}' is below zero."),
    "intake.negative.advice": ("面积不能为负。", "Areas are not negative."),
    "intake.not_whole": ("“{value}”不是整平方米。", "'{value}' is no whole number of square metres."),
    "intake.not_whole.advice": (
        "指标精确到 1 平方米；公顷最多写四位小数。",
        "Land counts in whole square metres; hectares have at most four decimals.",
    ),
    "intake.too_large": ("“{value}”超过全部土地。", "'{value}' is more than all land."),
    "intake.too_large.advice": ("检查单位。", "Check the unit."),
    "intake.not_between": (
        "“{value}”不是 {least} 到 {most} 之间的整数。",
        "'{value}' is no whole number from {least} to {most}.",
    ),
    "intake.not_between.advice": ("改正该数。", "Correct the number."),
    "intake.not_positive": ("“{value}”不是正数。", "'{value}' is not positive."),
    "intake.not_positive.advice": ("改为大于零的数。", "Give a number above zero."),
    "intake.not_listed": ("不认识“{value}”。", "'{value}' is not known."),
    "intake.not_listed.advice": ("最接近的：{near}", "The nearest: {near}"),
    "intake.indivisible_floor": (
        "整块项目不能只保一部分：下限 {floor}，需求 {wanted} 平方米。",
        "An indivisible claim has no part of it as a floor: {floor} of {wanted} m2.",
    ),
    "intake.indivisible_floor.advice": (
        "下限填 0 或填全部需求，或改为可分割。",
        "Set the floor to 0 or to the whole claim, or make it divisible.",
    ),
    "intake.total": ("需求合计 {total} 平方米，超过全部土地。", "The claims add up to {total} m2, more than all land."),
    "intake.total.advice": ("检查单位。", "Check the units."),
}
