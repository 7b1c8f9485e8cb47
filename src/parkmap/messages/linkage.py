"""Graphs of neighbours, belts, and travel times between components."""

from typing import Final

PAIRS: Final[dict[str, tuple[str, str]]] = {
    "graph.missing_ids": ("有 {count} 个要素没有编号。", "{count} features have no id."),
    "graph.missing_ids.advice": ("补全编号，或换一个字段作为编号。", "Fill them in, or take another field as id."),
    "graph.repeated_ids": ("编号重复：{names}", "Ids occur more than once: {names}"),
    "graph.repeated_ids.advice": (
        "每个编号只能用一次；同一地块有多个部分时合并为一个多部分要素。",
        "Use every id once; merge the parts of one parcel into one multipart feature.",
    ),
    "graph.no_shape": ("没有几何图形：{names}", "No geometry: {names}"),
    "graph.no_shape.advice": ("补画图形，或删除这些要素。", "Draw them, or remove the features."),
    "graph.not_polygons": ("不是面：{names}", "Not polygons: {names}"),
    "graph.not_polygons.advice": (
        "点和线没有共界；把它们移到别的图层。",
        "Points and lines share no borders; move them to a layer of their own.",
    ),
    "graph.eps": ("容差 {eps} 米不可用。", "A tolerance of {eps} m cannot be used."),
    "graph.eps.advice": ("给出大于 0 的米数，例如 0.05。", "Give metres above 0, for example 0.05."),
    "graph.band": ("距离 {value} 米不可用。", "A distance of {value} m cannot be used."),
    "graph.band.advice": ("给出不小于 0 的米数。", "Give metres, 0 or more."),
    "graph.k": ("邻居数 {value} 不可用。", "{value} neighbours cannot be looked for."),
    "graph.k.advice": ("给出 1 以上的整数。", "Give a whole number from 1 on."),
    "graph.times_shape": (
        "出行时间表的大小为 {shape}，应为 {count} 行 {count} 列。",
        "The table of travel times has shape {shape}; {count} rows and columns are needed.",
    ),
    "graph.times_shape.advice": (
        "每个地点一行一列，顺序与编号一致。",
        "Give one row and one column per place, in the order of the ids.",
    ),
    "graph.times_negative": ("出行时间为负：{names}", "Negative travel times: {names}"),
    "graph.times_negative.advice": (
        "时间不得小于 0；不可达留空。",
        "Times are 0 or more; leave out what cannot be reached.",
    ),
    "graph.lengths": (
        "图的三个数组长度不一：{first}、{second}、{weight}。",
        "The arrays of the graph differ in length: {first}, {second}, {weight}.",
    ),
    "graph.lengths.advice": ("每对地点各给一个值。", "Give one value per pair in each."),
    "graph.positions": (
        "图引用了 {count} 个地点以外的位置。",
        "The graph refers to positions beyond its {count} places.",
    ),
    "graph.positions.advice": (
        "位置从 0 数起，小于地点数。",
        "Positions count from 0 and are below the number of places.",
    ),
    "graph.order": (
        "图中有重复、自连或未排序的点对。",
        "The graph holds pairs that repeat, join a place to itself, or are out of order.",
    ),
    "graph.order.advice": (
        "用 graph_of 由任意顺序的点对建图。",
        "Make it with graph_of, which takes pairs in any order.",
    ),
    "graph.weights": ("{count} 个权重为负或不是数。", "{count} weights are negative or not numbers."),
    "graph.weights.advice": ("权重必须是不小于 0 的有限数。", "Weights are finite numbers, 0 or more."),
    "graph.asymmetric": ("权重不对称：{names}", "The weights are not symmetric: {names}"),
    "graph.asymmetric.advice": (
        "两个方向的权重必须相同；先自行对称化（取平均、最大或最小）。",
        "Both directions need the same weight; make them symmetric first (mean, larger or smaller).",
    ),
    "graph.foreign": ("文件中的邻居不在编号之列：{names}", "Neighbours that are not among the ids: {names}"),
    "graph.foreign.advice": ("补上这些地点，或删除相关的行。", "Add the places, or remove the lines."),
    "graph.blank_ids": (
        "编号中有空白字符，不能写入 GAL/GWT：{names}",
        "Ids with white space cannot be written as GAL or GWT: {names}",
    ),
    "graph.blank_ids.advice": ("用 --id 换一个没有空白的字段。", "Take a field without blanks with --id."),
    "graph.text": ("第 {line} 行不是有效的 {format}。", "Line {line} is not valid {format}."),
    "graph.text.advice": (
        "首行为地点数，其后每个地点两行（GAL）或每对地点一行（GWT）。",
        "The first line holds the number of places; then two lines per place (GAL) or one per pair (GWT).",
    ),
    "linkage.too_few": (
        "联动至少需要两个地点，现有 {count} 个。",
        "Linkage needs two places or more; there are {count}.",
    ),
    "linkage.too_few.advice": ("再给出一个要素、园区或项目。", "Name one more component, park or project."),
    "linkage.few_of_role": (
        "{role} 类要素中只有 {count} 个知道位置或所在区，无法计算联动。",
        "Only {count} component(s) of the role {role} have a place or a district; there is nothing to link.",
    ),
    "linkage.few_of_role.advice": (
        "换一个类别（--role），或用 --item 指定要素。",
        "Choose another role, or name components with --item.",
    ),
    "linkage.unknown_item": (
        "没有编号为“{name}”的要素、园区或项目。",
        "There is no component, park or project '{name}'.",
    ),
    "linkage.unknown_item.advice": ("可用的编号：{known}", "There are: {known}"),
    "linkage.reference": ("基准时间 {value} 分钟不可用。", "A reference time of {value} minutes cannot be used."),
    "linkage.reference.advice": ("给出大于 0 的分钟数。", "Give minutes above 0."),
    "linkage.speed": ("速度 {value} 公里/小时不可用。", "A speed of {value} km/h cannot be used."),
    "linkage.speed.advice": ("给出大于 0 的速度。", "Give a speed above 0."),
    "note.no_belts": ("规划中没有带或廊道。", "The plan has no belt and no corridor."),
    "note.no_sets": (
        "没有一类要素有两个以上知道位置或所在区；可用 --item 指定地点。",
        "No role has two components whose place or district is known; name places with --item.",
    ),
    "belt.unknown": ("{name}：未知。{reason}", "{name}: unknown. {reason}"),
    "belt.no_members": ("文件没有列出其节点。", "The document does not list its members."),
    "belt.members_not_placed": ("节点没有位置：{names}", "Members without a place: {names}"),
    "status.known": ("已知", "known"),
    "status.range": ("只知范围", "range only"),
    "status.unknown": ("未知", "unknown"),
    "status.unconnected": ("不通", "no way"),
    "about": ("约", "~"),
    "not_sure": ("（误差内不能确定）", " (not sure within the accuracies)"),
    "basis_of_time.estimate": ("估算", "estimate"),
    "basis_of_time.network": ("路网", "streets"),
    "title.belts": ("产业带", "Belts"),
    "title.belt_members": ("节点", "Members"),
    "title.belt_gaps": ("节点间隔", "Gaps"),
    "title.belt_districts": ("所在行政区", "Districts"),
    "title.linkage": ("联动：出行时间（分钟）", "Linkage: travel times (minutes)"),
    "title.linkage_sets": ("联动", "Linkage"),
    "title.linkage_pairs": ("地点之间的出行", "Travel between places"),
    "title.new_links": ("新增直达通道的影响", "What a new direct link would change"),
    "head.role": ("类别", "role"),
    "head.minutes": ("时间（分钟）", "minutes"),
    "linkage.chosen": ("所选地点", "chosen places"),
    "note.continuity": (
        "连续性：沿节点连线，距任一节点不超过 {reach} 米的长度所占比例；范围由位置误差推出。",
        (
            "Continuity: share of the line from member to member that lies within {reach} m of one of them; "
            "its range follows from the accuracies."
        ),
    ),
    "note.axis": (
        "轴线是节点依次直连的折线；括号内为位置误差所致的低值和高值。",
        "The axis joins the members in order by straight lines; in brackets low and high within the accuracy.",
    ),
    "note.no_roads": (
        "没有道路文件，所有时间均为估算；用 parkmap roads 制作道路文件后以 --roads 给出。",
        "There is no road file, so every time is an estimate; make one with `parkmap roads` and name it with --roads.",
    ),
    "note.roads": ("道路：{origin}", "Streets: {origin}"),
    "note.estimate": (
        "估算（{profile}）：直线距离 × {factor}，时速 {kmh} 公里。系数依据：{detour}。速度依据：{speed}。",
        "Estimates ({profile}): straight distance x {factor} at {kmh} km/h. Factor: {detour}. Speed: {speed}.",
    ),
    "note.linkage_formula": (
        "指数 = 各有序点对 T / max(T, t) 的平均值，T = {minutes} 分钟；1 表示两两都在 T 以内。出处：{source}。",
        (
            "Index = mean over ordered pairs of T / max(T, t), T = {minutes} minutes; 1 means that all are within T of "
            "each other. Source: {source}."
        ),
    ),
    "note.new_links": (
        "假定新通道为直线、时速 {kmh} 公里，可双向通行；其余道路不变。范围：全部时间取低值或高值时的提高。",
        (
            "Assumes a straight link at {kmh} km/h, both ways, everything else unchanged. "
            "Range: the gain with all times at their low or high end."
        ),
    ),
    "parcels.geographic": (
        "文件坐标为经纬度（{crs}），无法以米量算共界。",
        "The file is in longitude and latitude ({crs}); borders cannot be measured in metres.",
    ),
    "parcels.geographic.advice": (
        "用 --crs 给出量算坐标系，例如 {zone}。",
        "Name a metric system with --crs, here {zone}.",
    ),
    "parcels.no_crs": ("文件没有坐标系。", "The file names no coordinate system."),
    "parcels.no_crs.advice": (
        "在 QGIS 中为图层设置其真实坐标系（如 EPSG:4547 等 CGCS2000 分带；Shapefile 需附 .prj）；不要猜测。",
        "Set its true system in QGIS (a CGCS2000 zone such as EPSG:4547; a shapefile needs its .prj); do not guess.",
    ),
    "parcels.degrees": (
        "坐标值像经纬度（{bounds}），而文件声明的坐标系是 {crs}。",
        "The coordinates look like degrees ({bounds}), but the file says {crs}.",
    ),
    "parcels.degrees.advice": (
        "在 QGIS 中把坐标系设为 EPSG:4490 或 EPSG:4326（只设置，不转换），再用 --crs 给出量算坐标系。",
        "Set the system to EPSG:4490 or EPSG:4326 in QGIS (set, do not transform), then name a metric one with --crs.",
    ),
    "parcels.not_degrees": (
        "文件声明为经纬度（{crs}），坐标值却是 {bounds}。",
        "The file says longitude and latitude ({crs}), but its coordinates run over {bounds}.",
    ),
    "parcels.not_degrees.advice": (
        "坐标像是以米为单位：在 QGIS 中设为其真实坐标系（只设置，不转换），例如 EPSG:4547。",
        "They look like metres: set their true system in QGIS (set, do not transform), for example EPSG:4547.",
    ),
    "parcels.misplaced": (
        "坐标（{bounds}）不在 {crs} 的适用范围内：长度比为 {low} 至 {high}。",
        "The coordinates ({bounds}) lie where {crs} is not made for: its lengths are {low} to {high} of the true ones.",
    ),
    "parcels.misplaced.advice": (
        "核对文件的坐标系与分带，或用 --crs 换一个适用的坐标系。",
        "Check the system and the zone of the file, or name one that fits with --crs.",
    ),
    "parcels.no_field": ("文件没有字段“{name}”。", "The file has no field '{name}'."),
    "parcels.no_field.advice": ("可用的字段：{known}", "There are: {known}"),
    "parcels.invalid": ("面无效：{names}（{why}）", "Invalid polygons: {names} ({why})"),
    "parcels.invalid.advice": (
        "在 QGIS 中运行“修正几何图形”，再核对这些地块的面积。",
        "Run 'Fix geometries' in QGIS, then check the areas of these parcels.",
    ),
    "graph.needs_times": ("按时间连接只适用于规划。", "A graph by travel time is for plans only."),
    "graph.needs_times.advice": (
        "自有图层请用 contact、band 或 nearest。",
        "For a layer of your own use contact, band or nearest.",
    ),
    "adjacency.plan_or_layer": ("请给出规划编号，或用 --layer 给出图层。", "Give a plan, or a layer with --layer."),
    "adjacency.plan_or_layer.advice": (
        "二者只取其一；规划见 parkmap plans。",
        "One of the two and not both; `parkmap plans` lists the plans.",
    ),
    "graph_rule.contact": (
        "邻居：确定共界或重叠（后式另含点接触），共 {pairs} 对",
        "Neighbours: borders and overlaps that are sure (queen: points too), {pairs} pairs",
    ),
    "graph_rule.possible": (
        "邻居：共界、重叠或在误差内可能相接，共 {pairs} 对",
        "Neighbours: borders, overlaps, and what may touch within the accuracies, {pairs} pairs",
    ),
    "graph_rule.band": ("邻居：相距不超过 {metres} 米，共 {pairs} 对", "Neighbours: within {metres} m, {pairs} pairs"),
    "graph_rule.nearest": (
        "邻居：最近的 {count} 个（任一方计入即可），共 {pairs} 对",
        "Neighbours: the {count} nearest of either, {pairs} pairs",
    ),
    "graph_rule.time": (
        "邻居：往返均不超过 {minutes} 分钟，共 {pairs} 对",
        "Neighbours: within {minutes} minutes there and back, {pairs} pairs",
    ),
    "relation.duplicate": ("同质", "duplicate"),
    "relation.partly": ("部分重合", "partly the same"),
    "relation.complementary": ("互补", "complementary"),
    "relation.different": ("不相关", "different"),
    "relation.unknown": ("产业未列", "no industries listed"),
    "title.adjacency_structure": ("邻接结构", "Structure of neighbours"),
    "title.adjacency_borders": ("周长、共界与外界", "Perimeter, shared and outer border"),
    "title.adjacency_industries": ("相邻地点的产业关系", "Industries of neighbours"),
    "title.parcels": ("地块邻接", "Adjacency of parcels"),
    "title.parcels_of": ("地块邻接：{file}", "Adjacency of parcels: {file}"),
    "title.parcel_polygons": ("逐个地块", "Parcel by parcel"),
    "title.parcel_pairs": ("重叠与最长共界", "Overlaps and longest borders"),
    "head.value_of": ("数值", "value"),
    "note.bridges": ("桥（断开则组团分裂）：{names}", "Bridges, without which a cluster falls apart: {names}"),
    "note.identity": (
        "恒等式：周长 = 共界之和 + 外界，最大偏差 {gap} 米（平面长度）。紧凑度为 4πA/P²，圆为 1。",
        (
            "Identity: perimeter = shared + outer border, off by {gap} m at most (planar lengths). "
            "Compactness is 4 pi A / P^2, 1 for a circle."
        ),
    ),
    "note.relations": (
        "相似度为共有产业占双方全部产业的比例（Jaccard 1901）；0.5 及以上为同质；无共有但同属一个大类为互补。",
        (
            "Similarity is the share of common industries among all of both (Jaccard 1901); from 0.5 on they are "
            "duplicates; none in common but in the same wide field: complementary."
        ),
    ),
    "parcels.identity": (
        "恒等式：周长 = 共界之和 + 外界，单个地块最大偏差 {gap} 米；偏差明显说明有边界被多个邻居重复占用。",
        (
            "Identity: perimeter = shared + outer border, off by {gap} m at most for a polygon; "
            "a large gap means a border claimed by more than one neighbour."
        ),
    ),
    "parcels.scale": (
        "长度为平面坐标系内的长度，与地面长度之比为 {low} 至 {high}。",
        "Lengths are those in the plane of the system, {low} to {high} times those on the ground.",
    ),
    "parcels.kind.rook": ("邻接规则：共边（车式）", "Rule: a line in common (rook)"),
    "parcels.kind.queen": ("邻接规则：共边或共点（后式）", "Rule: a line or a point in common (queen)"),
    "parcels.kind.tolerant": (
        "邻接规则：容差 {eps} 米内共边，点接触单列；不超过容差的缝隙与重叠视为绘图误差",
        "Rule: a line in common within {eps} m, points apart; gaps and overlaps up to that count as drawing errors",
    ),
    "step.reading": ("读取", "reading"),
    "step.edges": ("拆分边界", "taking edges apart"),
    "step.exact": ("匹配相同的边", "matching equal edges"),
    "step.tolerance": ("容差匹配", "matching within the tolerance"),
    "step.overlaps": ("查找重叠", "looking for overlaps"),
    "step.points": ("查找点接触", "looking for point contacts"),
    "step.totals": ("汇总", "adding up"),
    "step.graph": ("建图", "making the graph"),
    "step.structure": ("分析结构", "looking at the structure"),
    "step.writing": ("写出", "writing"),
    "matrix.unit.m": ("米", "metres"),
    "matrix.unit.km": ("公里", "kilometres"),
    "matrix.unit.minutes": ("分钟", "minutes"),
    "matrix.order": (
        "地点按反向 Cuthill-McKee 次序排列，相邻者靠近对角线",
        "places in reverse Cuthill-McKee order: neighbours stand near the diagonal",
    ),
    "matrix.title": ("邻接矩阵：{name}", "Matrix of neighbours: {name}"),
    "layer.neighbours": ("邻接", "Neighbours"),
    "layer.district_borders": ("行政区共界", "Borders between districts"),
    "layer.borders": ("共界", "Shared borders"),
    "layer.links": ("邻居连线", "Links between neighbours"),
    "layer.own_parcels": ("地块", "Parcels"),
}
