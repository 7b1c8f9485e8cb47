"""What stands in every workbook, and the legend of every map coloured by a number."""

from typing import Final

PAIRS: Final[dict[str, tuple[str, str]]] = {
    "contents.title": ("目录", "Contents"),
    "contents.table": ("表", "Table"),
    "contents.rows": ("行数", "Rows"),
    "note.rows_cut": (
        "共 {all} 行，超出工作表容量，此处只列前 {count} 行；全部见同名 CSV。",
        "{all} rows are more than a worksheet holds: the first {count} are here, all of them in the CSV of that name.",
    ),
    "form.nothing_to_draw": ("没有可画的地图。", "There is no map to draw."),
    "form.nothing_to_write": ("没有可输出的表。", "There is no table to write."),
    "class.missing": ("无数据", "No data"),
}
