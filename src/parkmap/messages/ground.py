"""Problems of layers and coordinate systems; determinacy and methods."""

from typing import Final

PAIRS: Final[dict[str, tuple[str, str]]] = {
    "layer.not_found": ("找不到图层文件。", "The layer file does not exist."),
    "layer.not_found.advice": (
        "检查规划文件中的 layers，或把文件放到该位置。",
        "Check `layers` in the plan, or put the file there.",
    ),
    "layer.unreadable": ("图层无法读取：{why}", "The layer cannot be read: {why}"),
    "layer.unreadable.advice": (
        "用 QGIS 打开检查，或重新导出为 GeoJSON。",
        "Open it in QGIS, or export it again as GeoJSON.",
    ),
    "layer.several": ("文件有 {count} 个图层：{names}", "The file has {count} layers: {names}"),
    "layer.several.advice": (
        '在文件名后注明其中一个，例如 "文件|layername={example}"（QGIS 的写法）。',
        'Name one after the file as QGIS does: "file|layername={example}".',
    ),
    "layer.not_in_file": ("文件没有图层“{name}”。", "The file has no layer '{name}'."),
    "layer.not_in_file.advice": ("可用的图层：{known}", "There are: {known}"),
    "layer.no_geometry": ("文件没有几何图形。", "The file has no geometry."),
    "layer.no_geometry.advice": ("提供点、线或面图层。", "Give a layer of points, lines or polygons."),
    "layer.missing_columns": ("缺少字段：{names}", "Missing properties: {names}"),
    "layer.missing_columns.advice": ("为每个要素补上这些字段。", "Add them to every feature."),
    "layer.empty": ("图层没有要素。", "The layer has no feature."),
    "layer.empty.advice": ("检查导出范围。", "Check the extent that was exported."),
    "layer.unnamed": ("要素缺少 id、name_zh 或 name_en。", "Features lack id, name_zh or name_en."),
    "layer.unnamed.advice": ("补全名称和编号。", "Complete names and ids."),
    "layer.no_origin": ("要素没有写来源（origin）。", "Features do not say where they are from (origin)."),
    "layer.no_origin.advice": (
        "写明出处；不知道就写“来源不明”。",
        "Say where they are from; if nobody knows, say that.",
    ),
    "layer.area_basis": (
        "有公布面积（area_published_ha）却没有依据（area_basis）。",
        "There is a published area (area_published_ha) without its basis (area_basis).",
    ),
    "layer.area_basis.advice": (
        "依据写 document、official、press 或 assumption。",
        "Give document, official, press or assumption as its basis.",
    ),
    "layer.districts_unknown": (
        "要素的 districts 引用了不存在的行政区：{names}",
        "The features' districts name districts that no layer has: {names}",
    ),
    "layer.districts_unknown.advice": (
        "改用行政区图层的 id，多个用英文逗号隔开。",
        "Use ids of the district layer, with commas between them.",
    ),
    "layer.sort.text": ("字段 {column} 应为文字：{value}", "The property {column} must be text: {value}"),
    "layer.sort.text.advice": ("改为文字，不要用列表或真假值。", "Write words, no list and no true or false."),
    "layer.sort.code": ("字段 {column} 应为代码：{value}", "The property {column} must be a code: {value}"),
    "layer.sort.code.advice": ("写一个数字代码，没有则留空。", "Write one code, or leave it empty."),
    "layer.sort.number": (
        "字段 {column} 应为大于 0 的公顷数：{value}",
        "The property {column} must be a number of hectares above 0: {value}",
    ),
    "layer.sort.number.advice": (
        "只写数字，未公布则留空。",
        "Write the number alone, or leave it empty where none is published.",
    ),
    "layer.sort.day": ("字段 {column} 应为日期：{value}", "The property {column} must be a date: {value}"),
    "layer.sort.day.advice": ("写成 2021-09-06 的形式，不知道则留空。", "Write it as 2021-09-06, or leave it empty."),
    "layer.sort.flag": (
        "字段 {column} 应为 true 或 false：{value}",
        "The property {column} must be true or false: {value}",
    ),
    "layer.sort.flag.advice": ("写 true 或 false，不加引号。", "Write true or false without quotes."),
    "layer.sort.basis": (
        "字段 {column} 的值不在允许范围内：{value}",
        "The property {column} has a value that is not allowed: {value}",
    ),
    "layer.sort.basis.advice": (
        "可用的值：document、official、press、assumption",
        "Allowed: document, official, press, assumption",
    ),
    "layer.repeated_id": ("要素 id 重复。", "Feature ids occur twice."),
    "layer.repeated_id.advice": ("每个 id 只能用一次。", "Use every id once."),
    "layer.word": ("字段 {column} 的值不在允许范围内。", "The property {column} has a value that is not allowed."),
    "layer.word.advice": ("可用的值：{allowed}", "Allowed: {allowed}"),
    "layer.accuracy": (
        "accuracy_m 缺失、不是数字、为负数或超过 1000 公里。",
        "accuracy_m is missing, no number, negative or above 1,000 km.",
    ),
    "layer.accuracy.advice": ("填写边界可能偏离的米数。", "Give the metres by which the edge may be off."),
    "layer.undetermined_drawn": (
        "undetermined 的要素必须没有几何图形，其他要素必须有。",
        "Undetermined features must have no geometry, all others must have one.",
    ),
    "layer.undetermined_drawn.advice": (
        "删除几何图形，或改写 determinacy。",
        "Remove the geometry, or change determinacy.",
    ),
    "layer.invalid_geometry": ("几何图形无效（自相交等）。", "The geometry is invalid (crosses itself, for example)."),
    "layer.invalid_geometry.advice": ("在 QGIS 中运行“修正几何图形”。", "Run 'Fix geometries' in QGIS."),
    "layer.empty_geometry": ("几何图形为空。", "The geometry is empty."),
    "layer.empty_geometry.advice": (
        "补画图形，或设为 null 并标为 undetermined。",
        "Draw it, or set it to null and mark it undetermined.",
    ),
    "layer.no_shape": ("要素没有几何图形。", "Features have no geometry."),
    "layer.no_shape.advice": ("行政区和陆地必须有面。", "Districts and land must be polygons."),
    "layer.shape": ("几何类型不符，应为 {allowed}。", "Wrong geometry type; expected {allowed}."),
    "layer.shape.advice": ("改用要求的类型。", "Use the required type."),
    "layer.far_away": ("坐标不在中国范围内。", "The coordinates lie outside China."),
    "layer.far_away.advice": (
        "检查经纬度是否颠倒、坐标系是否正确。",
        "Check whether longitude and latitude are swapped, or the system is wrong.",
    ),
    "layer.districts_mismatch": (
        "行政区之间有重叠，或共界不一致。",
        "Districts overlap, or their shared borders differ.",
    ),
    "layer.districts_mismatch.advice": (
        "在 QGIS 中用拓扑检查修正共界。",
        "Repair the shared borders with the topology checker of QGIS.",
    ),
    "crs.missing": ("文件没有坐标系。", "The file names no coordinate system."),
    "crs.missing.advice": (
        "声明为 EPSG:4326 或 EPSG:4490 后再使用；不要猜测。",
        "Declare EPSG:4326 or EPSG:4490 once you know it; do not guess.",
    ),
    "crs.not_geographic": (
        "坐标系为 {crs}，应为 WGS 84 或 CGCS2000 经纬度。",
        "The system is {crs}; WGS 84 or CGCS2000 longitude and latitude is needed.",
    ),
    "crs.not_geographic.advice": (
        "转换为 EPSG:4326 或 EPSG:4490 后再使用。",
        "Convert the file to EPSG:4326 or EPSG:4490.",
    ),
    "crs.elsewhere": (
        "{crs} 不适用于图层所在的地区，面积和距离会失真。",
        "{crs} is made for another part of the earth; areas and distances would be wrong.",
    ),
    "crs.elsewhere.advice": (
        "选用中央经线靠近该城市的 CGCS2000 高斯-克吕格投影。",
        "Choose the CGCS2000 Gauss-Kruger zone whose central meridian is nearest to the city.",
    ),
    "crs.not_metric": (
        "{crs} 不是以米为单位、适合量算的投影坐标系。",
        "{crs} is not a projected system in metres that is fit for measuring.",
    ),
    "crs.not_metric.advice": (
        "使用 CGCS2000 高斯-克吕格，例如 EPSG:4547；Web 墨卡托不可用于面积。",
        "Use a CGCS2000 Gauss-Kruger zone such as EPSG:4547; Web Mercator is refused for areas.",
    ),
    "determinacy.surveyed": ("实测", "surveyed"),
    "determinacy.published": ("公布", "published"),
    "determinacy.indicative": ("示意", "indicative"),
    "determinacy.undetermined": ("未定", "undetermined"),
    "method.digitised_boundary": ("数字化边界", "digitised boundary"),
    "method.surveyed_boundary": ("实测边界", "surveyed boundary"),
    "method.anchor_point": ("定位点，范围未公布", "anchor point, extent not published"),
    "method.area_disc": (
        "以定位点为心、按公布面积所作的圆，限于所在行政区",
        "disc of the published area around the anchor, kept to its districts",
    ),
    "method.buffered_path": (
        "依次连接节点的折线缓冲区，限于陆地",
        "buffered line through its nodes in order, kept to land",
    ),
    "method.not_placed": ("未落位", "not placed"),
    "unknown_extent": ("范围未公布", "extent not published"),
    "constraint.empty": ("约束图层没有要素。", "The constraint layer has no feature."),
    "constraint.empty.advice": ("检查导出范围，或去掉该图层。", "Check what was exported, or leave the layer out."),
    "constraint.not_areas": ("第 {rows} 个要素不是面。", "Feature(s) {rows} are no areas."),
    "constraint.not_areas.advice": ("约束图层只能是面要素。", "Constraint layers hold polygons only."),
    "constraint.invalid": ("第 {rows} 个要素的图形无效。", "Feature(s) {rows} have an invalid shape."),
    "constraint.invalid.advice": ("修复自相交等问题后再用。", "Repair self-intersections and the like first."),
}
