"""The map page."""

from typing import Final

PAIRS: Final[dict[str, tuple[str, str]]] = {
    "page.example": ("（示例）", " (example)"),
    "page.other_classes": ("其他", "Others"),
    "amount.hectares": ("{n} 公顷", "{n} ha"),
    "page.own_data": ("自有数据：{file}", "Own data: {file}"),
    "page.no_value": ("（空）", "(empty)"),
    "page.tiles": (
        "地块已切成 {count} 个瓦片文件，写入 {folder}；请与网页一起放到网页服务器上（如 python -m http.server）。",
        (
            "Parcels are written as {count} files of tiles to {folder}; put it beside the page on a web server "
            "(for example python -m http.server)."
        ),
    ),
    "parcels.elsewhere": (
        "没有一个地块位于规划城市范围内：地块范围 {here}，城市范围 {there}（西、南、东、北，度）。",
        "No parcel lies in the city of the plan: parcels {here}, city {there} (west, south, east, north; degrees).",
    ),
    "parcels.elsewhere.advice": (
        "核对文件的坐标系，以及所选规划是否为该城市。",
        "Check the coordinate system of the file, and whether the plan is one of that city.",
    ),
    "page.quota": (
        "{year} 年分配 {allocated} 公顷，需求 {claim} 公顷{stamp}",
        "{year}: {allocated} ha of {claim} ha claimed{stamp}",
    ),
    "page.quota_left_out": (
        "跨区或未定行政区的 {count} 个主体未计入分区着色。",
        "{count} that lie in several districts, or in none that is known, are left out of the district colours.",
    ),
    "page.data_of": ("{layer}数据：{origin}", "{layer}: {origin}"),
    "layer.base": ("底图", "Base map"),
    "layer.land": ("陆地", "Land"),
    "layer.districts": ("行政区", "Administrative districts"),
    "layer.roads": ("道路", "Roads"),
    "road.motorway": ("高速公路", "Motorway"),
    "road.trunk": ("快速路", "Trunk road"),
    "road.primary": ("主干路", "Primary road"),
    "road.secondary": ("次干路", "Secondary road"),
    "road.tertiary": ("支路", "Tertiary road"),
    "basemap.no_key": (
        "天地图需要密钥，环境变量 {variable} 没有设置。",
        "Tianditu needs a key, and the environment variable {variable} is not set.",
    ),
    "basemap.no_key.advice": (
        "在天地图网站申请密钥后设置该变量，或改用其他底图。",
        "Apply for a key on Tianditu's site and set the variable, or take another basemap.",
    ),
    "basemap.odd_key": (
        "环境变量 {variable} 中的天地图密钥含字母和数字以外的字符。",
        "The Tianditu key in the environment variable {variable} holds more than letters and digits.",
    ),
    "basemap.odd_key.advice": ("只保留密钥本身，去掉引号和空格。", "Keep the key alone, without quotes or spaces."),
    "basemap.online": (
        "提示：打开这个页面会向 {host} 请求底图瓦片；没有网络时改用自带底图。",
        "note: this page asks {host} for tiles when it is opened; without a network it shows its own base.",
    ),
    "basemap.key_in_page": (
        "警告：天地图密钥写在页面里，任何拿到文件的人都能看到；请勿对外分发。",
        "warning: the Tianditu key stands in the page, and whoever has the file can read it; do not hand it on.",
    ),
    "figure.boxes": (
        "图件字体没有以下字符，图中以方框代替：{signs}",
        "The font of pictures lacks these characters, which are drawn as boxes: {signs}",
    ),
    "layer.analysis": ("分析", "Analyses"),
    "layer.quota": ("用地指标", "Land quota"),
    "layer.structure": ("空间结构", "Spatial structure"),
    "layer.listed": ("列名载体", "Listed in the plan"),
    "layer.parks": ("园区", "Parks"),
    "layer.parcels": ("地块", "Parcels"),
    "layer.projects": ("项目", "Projects"),
    "label.area": ("面积", "Area"),
    "label.quota_land": ("用地指标", "Land quota"),
    "label.quota_floor_space": ("产业用房", "Floor space"),
}
