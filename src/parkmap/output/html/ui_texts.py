"""The page's own words; what the plan says comes with the page's data."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, dict[str, str]]] = {
    "attribution": {"zh": "WGS 84 · 无底图瓦片", "en": "WGS 84 · no basemap tiles"},
    "close": {"zh": "关闭", "en": "Close"},
    "count": {"zh": "{n} 项", "en": "{n}"},
    "determinacy": {"zh": "范围性质", "en": "How sure the extent is"},
    "base": {"zh": "底图", "en": "Base"},
    "fullscreen": {"zh": "全屏", "en": "Full screen"},
    "fullscreen_exit": {"zh": "退出全屏", "en": "Leave full screen"},
    "home": {"zh": "显示全图", "en": "Whole map"},
    "labels": {"zh": "名称注记", "en": "Name labels"},
    "language": {"zh": "语言", "en": "Language"},
    "layers": {"zh": "图层", "en": "Layers"},
    "legend": {"zh": "图例", "en": "Legend"},
    "map": {"zh": "地图", "en": "Map"},
    "north": {"zh": "北", "en": "N"},
    "north_label": {"zh": "上方为北", "en": "North is up"},
    "not_drawn": {"zh": "未上图", "en": "not drawn"},
    "not_reviewed": {"zh": "内部工作用图，未经审图", "en": "Internal working map, not reviewed"},
    "notes": {"zh": "说明", "en": "Notes"},
    "open_chip": {"zh": "另有 {n} 项未定位，未上图", "en": "{n} more items have no place and are not drawn"},
    "open_intro": {
        "zh": "文件提到但无法确定位置或范围，因此不绘制，也不推测。",
        "en": "Named by the documents, but without a place or extent that could be determined: not drawn, not guessed.",
    },
    "open_items": {"zh": "未定事项", "en": "Open items"},
    "other": {"zh": "其他", "en": "Other"},
    "panel": {"zh": "图例与说明", "en": "Legend and notes"},
    "panel_close": {"zh": "收起面板", "en": "Close the panel"},
    "panel_open": {"zh": "打开面板", "en": "Open the panel"},
    "paper": {"zh": "纸张", "en": "Paper"},
    "position": {"zh": "经纬度（WGS 84）", "en": "Longitude and latitude (WGS 84)"},
    "print": {"zh": "打印", "en": "Print"},
    "reviewed": {"zh": "审图号：{n}", "en": "Map review number: {n}"},
    "roles": {"zh": "规划要素", "en": "Plan elements"},
    "search": {"zh": "搜索", "en": "Search"},
    "search_hint": {"zh": "搜索名称（中文或英文）", "en": "Search names (Chinese or English)"},
    "search_many": {"zh": "{n} 项结果", "en": "{n} results"},
    "search_none": {"zh": "没有找到", "en": "Nothing found"},
    "sources": {"zh": "资料来源", "en": "Sources"},
    "zoom_in": {"zh": "放大", "en": "Zoom in"},
    "zoom_out": {"zh": "缩小", "en": "Zoom out"},
}
