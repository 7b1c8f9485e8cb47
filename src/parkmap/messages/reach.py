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
    "roads.ends_apart": (
        "{count} 条路段的几何线端点距其节点超过 {limit} 米。",
        "The line of {count} segment(s) ends more than {limit} m from its node.",
    ),
    "roads.ends_apart.advice": (
        "重新导出路网，使线的端点落在节点上。",
        "Export again with lines that end at their nodes.",
    ),
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
    "roads.other_speeds": (
        "道路文件生成后，“{profile}”方式的速度在 config/travel.yaml 中已有改动；路上时间仍按文件内的速度计算。",
        "The speeds of {profile} in config/travel.yaml changed since the file was built, which keeps its own.",
    ),
    "roads.other_speeds.advice": ("用 parkmap roads build 重新生成。", "Build it again with `parkmap roads build`."),
    "features.not_found": ("找不到文件。", "The file does not exist."),
    "features.not_found.advice": ("检查路径。", "Check the path."),
    "features.no_column": ("文件没有字段“{name}”。", "The file has no property {name}."),
    "features.no_column.advice": ("可用的字段：{known}", "Its properties: {known}"),
    "features.no_number": (
        "{count} 个要素的字段“{name}”缺失、为负或不是数值。",
        "{count} feature(s) have no number, or a negative one, in {name}.",
    ),
    "features.no_number.advice": ("为每个要素补上不小于 0 的数值。", "Give every feature a number of at least 0."),
    "reach.both_units": ("时间界限与距离界限只能给出一种。", "Cut-offs are given in minutes and in metres."),
    "reach.both_units.advice": ("--minutes 与 --metres 二者只选其一。", "Use --minutes or --metres, not both."),
    "reach.cutoffs": ("范围界限必须为正且由小到大。", "Cut-offs must be positive and rise."),
    "reach.cutoffs.advice": ("例如 --minutes 5,10,15。", "For example --minutes 5,10,15."),
    "reach.no_sites": ("没有可用的设施点。", "There is no site."),
    "reach.no_sites.advice": (
        "用 --sites 提供设施点文件，或用 --item 选择已落位的要素、园区。",
        "Give a file with --sites, or choose placed items with --item.",
    ),
    "reach.no_demand": ("需求图层没有要素。", "The demand layer has no feature."),
    "reach.no_demand.advice": ("检查导出范围。", "Check the extent that was exported."),
    "reach.weight": (
        "{count} 个需求点的权重缺失或为负。",
        "{count} demand point(s) have a missing or negative weight.",
    ),
    "reach.weight.advice": ("为每个需求点补上不小于 0 的权重。", "Give every point a weight of at least 0."),
    "reach.unknown_item": ("规划中没有编号“{name}”。", "The plan has no item {name}."),
    "reach.unknown_item.advice": ("可用的编号：{known}", "Available: {known}"),
    "reach.no_point": (
        "{count} 个要素没有落位，或只是沿线走廊，未作为设施点。",
        "{count} item(s) have no place, or are bands along a line, and are no sites.",
    ),
    "reach.no_point.advice": ("如需分析，用 --sites 提供其位置。", "Give their places with --sites if they matter."),
    "reach.no_roads": (
        "没有道路文件：全部结果为直线距离乘以绕行系数 {factor} 的估算。",
        "There is no road file: every result is an estimate, straight distance times a detour factor of {factor}.",
    ),
    "reach.no_roads.advice": (
        "用 parkmap roads build 生成 layers/<城市>/roads.npz，或用 --roads 指定。",
        "Make layers/<city>/roads.npz with `parkmap roads build`, or name a file with --roads.",
    ),
    "reach.outside": (
        "{count} 个设施点在道路文件范围之外，按直线估算。",
        "{count} site(s) lie outside the road file and are estimated.",
    ),
    "reach.outside.advice": ("扩大道路数据的范围。", "Extend the road data."),
    "reach.off_network": (
        "{count} 个设施点距可通行道路超过 {limit} 米，按直线估算。",
        "{count} site(s) are farther than {limit} m from any usable street and are estimated.",
    ),
    "reach.off_network.advice": (
        "核对位置，或用 --snap-limit-m 放宽。",
        "Check their places, or widen the limit with --snap-limit-m.",
    ),
    "reach.near_edge": (
        "{count} 个设施点靠近道路文件边缘，服务范围可能被截断。",
        "{count} site(s) are near the edge of the road file; their areas may be cut short.",
    ),
    "reach.near_edge.advice": ("导出略大的道路范围。", "Extract a larger area of streets."),
    "access.bands": (
        "分级有 {cutoffs} 个，权重有 {weights} 个。",
        "There are {cutoffs} bands and {weights} weights.",
    ),
    "access.bands.advice": ("每级给一个权重。", "Give one weight per band."),
    "access.capacity": ("{count} 个设施点的容量缺失或为负。", "{count} site(s) have a missing or negative capacity."),
    "access.capacity.advice": ("为每个设施点补上不小于 0 的容量。", "Give every site a capacity of at least 0."),
    "reach.method.network": ("路网", "streets"),
    "reach.method.estimate": ("估算", "estimate"),
    "reach.method.mixed": ("部分估算", "partly estimated"),
    "reach.direction.from_sites": ("由设施点出发", "from the sites"),
    "reach.direction.to_sites": ("前往设施点", "to the sites"),
    "reach.band.minutes": ("{value} 分钟", "{value} min"),
    "reach.band.metres": ("{value} 米", "{value} m"),
    "title.reach_sites": ("服务范围", "Service areas"),
    "title.reach_districts": ("各行政区内的服务范围", "Service areas in each district"),
    "title.reach_totals": ("可达需求", "Demand within reach"),
    "title.reach_catchments": ("各设施点的需求", "Demand of each site"),
    "title.reach_demand": ("各需求点", "Demand points"),
    "title.roads": ("道路文件", "Road file"),
    "travel.told": ("{profile}，{speed}（{origin}）", "{profile}, {speed} ({origin})"),
    "note.reach_rules": (
        "{travel}；道路两侧各 {buffer:g} 米；小于 {hole:,.0f} 平方米的空洞已填。",
        "{travel}; {buffer:g} m on each side of a street; holes below {hole:,.0f} m2 are filled.",
    ),
    "note.reach_estimate": (
        "“估算”为直线距离乘以绕行系数 {factor:g}（{origin}），不是沿路计算。",
        "`estimate` is straight distance times a detour factor of {factor:g} ({origin}), not a way along streets.",
    ),
    "note.reach_preset": (
        "{name}：{document} {clause}。{note}",
        "{name}: {document}, {clause}. {note}",
    ),
    "note.reach_roads": ("道路数据：{origin}，{date}，{licence}。", "Streets: {origin}, {date}, {licence}."),
    "note.no_date": ("日期未载", "no date stated"),
    "note.reach_access": (
        "容量除以需求量；增强型的分级权重：{weights}。",
        "Capacity over demand; band weights of the enhanced method: {weights}.",
    ),
    "note.roads_size": (
        "{nodes:,} 个节点，{segments:,} 条路段，{length:,.1f} 公里，{bytes:,} 字节。",
        "{nodes:,} nodes, {segments:,} segments, {length:,.1f} km, {bytes:,} bytes.",
    ),
    "layer.reach": ("服务范围", "Service areas"),
    "layer.reach_band": ("{band}以内（{method}）", "Within {band} ({method})"),
    "layer.reach_sites": ("设施点", "Sites"),
    "layer.reach_streets": ("可达道路，{band}以内", "Streets within {band}"),
    "stamp.reach_estimate": (
        "服务范围含直线估算，不是沿路计算",
        "Service areas contain straight-line estimates, not ways along streets",
    ),
    "roads.fetching": (
        "正在从 OpenStreetMap 获取“{place}”的道路",
        "Fetching the streets of {place} from OpenStreetMap",
    ),
    "roads.reading": ("正在读取 {file}", "Reading {file}"),
}
