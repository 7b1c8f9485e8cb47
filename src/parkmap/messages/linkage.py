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
}
