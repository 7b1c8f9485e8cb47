"""Roads, service areas and accessibility."""

from typing import Final

PAIRS: Final[dict[str, tuple[str, str]]] = {
    "roads.empty": ("道路网没有路段。", "The road network has no segment."),
    "roads.empty.advice": (
        "检查导出范围是否覆盖规划区，文件是否含 highway 要素。",
        "Check that the extract covers the area and holds ways with `highway`.",
    ),
    "roads.loose_edge": ("{count} 条路段的端点不在路网中。", "{count} segment(s) lead to a node that does not exist."),
    "roads.loose_edge.advice": (
        "重新导出路网，保持节点与路段一致。",
        "Export again, nodes with segments.",
    ),
    "roads.length": ("{count} 条路段的长度为负数或缺失。", "{count} segment(s) have a negative or missing length."),
    "roads.length.advice": (
        "改正长度，或删除长度字段，由 parkmap 按坐标量算。",
        "Correct the length, or drop it: parkmap measures along the coordinates.",
    ),
    "roads.length_differs": (
        "{count} 条路段所载长度与坐标量算相差超过 {percent}%，已按坐标量算。",
        "The stated length of {count} segment(s) is off by more than {percent} % of the measured one, which is used.",
    ),
    "roads.length_differs.advice": ("核对这些路段的几何图形。", "Check the geometry of these segments."),
    "roads.no_line": ("{count} 条路段没有几何线。", "{count} segment(s) have no line."),
    "roads.no_line.advice": ("重新导出路网。", "Export the network again."),
    "roads.node_place": ("{count} 个节点没有坐标。", "{count} node(s) have no coordinates."),
    "roads.node_place.advice": ("重新导出路网。", "Export the network again."),
    "roads.speed": (
        "{count} 条路段缺少“{profile}”方式的速度。",
        "{count} segment(s) have no speed for the profile {profile}.",
    ),
    "roads.speed.advice": (
        "在 config/travel.yaml 中为其道路类别写明速度，或列入 closed。",
        "State the speed of their class in config/travel.yaml, or list the class under `closed`.",
    ),
    "roads.unknown_class": (
        "道路类别 {highway} 在“{profile}”方式中没有速度，{count} 条路段按不可通行处理。",
        "The profile {profile} states no speed for the class {highway}; {count} segment(s) count as closed to it.",
    ),
    "roads.unknown_class.advice": (
        "在 config/travel.yaml 中为该类别写明速度，或列入 closed。",
        "State a speed for the class in config/travel.yaml, or list it under `closed`.",
    ),
    "roads.profile_closed": ("没有路段可供“{profile}”方式通行。", "No segment is open to the profile {profile}."),
    "roads.profile_closed.advice": (
        "导出时包含该方式可用的道路。",
        "Extract the streets that the profile uses as well.",
    ),
    "roads.unconnected": (
        "“{profile}”方式下路网分为 {count} 个互不连通的部分，最大部分占长度的 {percent}%；较小部分的节点见编号。",
        (
            "For {profile} the network falls into {count} parts that are not connected; the largest has {percent} % of "
            "the length. One node of each smaller part is named."
        ),
    ),
    "roads.unconnected.advice": (
        "占比不足 {least}% 的孤立部分不用于落点；如属断线，请修正数据。",
        "Sites are not snapped to parts with less than {least} %; repair the data where a link is broken.",
    ),
    "roads.no_profile": ("路网文件没有“{profile}”方式。", "The road file has no profile {profile}."),
    "roads.no_profile.advice": ("可用的方式：{known}", "Available: {known}"),
    "roads.not_found": ("找不到道路文件。", "The road file does not exist."),
    "roads.not_found.advice": (
        "先用 parkmap roads build 由 .osm、.osm.pbf 或 .graphml 生成。",
        "Make it first with `parkmap roads build` from .osm, .osm.pbf or .graphml.",
    ),
    "roads.no_source": ("找不到道路数据文件。", "The file with the streets does not exist."),
    "roads.no_source.advice": ("检查 --osm 的路径。", "Check the path after --osm."),
    "roads.cut": (
        "{count} 条道路引用了文件中没有的节点，已在该处断开（多见于按范围裁剪的数据）。",
        "{count} way(s) refer to nodes that the file lacks and are cut there, as extracts cut by a boundary often do.",
    ),
    "roads.cut.advice": (
        "若断开处影响分析，导出略大的范围。",
        "Extract a slightly larger area if the cuts matter.",
    ),
    "roads.unreadable": ("道路文件无法读取：{why}", "The road file cannot be read: {why}"),
    "roads.unreadable.advice": (
        "用 parkmap roads build 重新生成；原始文件须为 .osm、.osm.pbf 或 .graphml。",
        "Build it again with `parkmap roads build`; raw files are .osm, .osm.pbf or .graphml.",
    ),
    "roads.version": (
        "道路文件的格式版本为 {version}，本程序使用 {own}。",
        "The road file has format version {version}; this program reads {own}.",
    ),
    "roads.version.advice": ("用 parkmap roads build 重新生成。", "Build it again with `parkmap roads build`."),
    "roads.crs": ("道路坐标为 {crs}，应为经纬度。", "The road file is in {crs}; longitude and latitude are needed."),
    "roads.crs.advice": ("导出为 EPSG:4326。", "Export it in EPSG:4326."),
    "roads.no_network": (
        "无法从 OpenStreetMap 获取“{place}”的道路：{why}",
        "The roads of {place} cannot be fetched from OpenStreetMap: {why}",
    ),
    "roads.no_network.advice": (
        "联网后重试；离线时请另行取得 .osm.pbf，再用 parkmap roads build --osm 文件。",
        "Try again with a network, or get an .osm.pbf elsewhere and use `parkmap roads build --osm FILE`.",
    ),
    "roads.no_place": ("OpenStreetMap 查不到“{place}”。", "OpenStreetMap does not know the place {place}."),
    "roads.no_place.advice": (
        "写明上级地名，例如“福田区, 深圳市, 中国”。",
        "Add the larger unit, for example 'Futian, Shenzhen, China'.",
    ),
    "travel.no_profile": ("没有“{name}”这种出行方式。", "There is no travel profile {name}."),
    "travel.no_profile.advice": ("可用：{known}", "Available: {known}"),
    "travel.no_preset": ("没有“{name}”这个预设。", "There is no preset {name}."),
    "travel.no_preset.advice": ("可用：{known}", "Available: {known}"),
}
