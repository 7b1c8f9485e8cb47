"""Coverage and adjacency."""

from typing import Final

PAIRS: Final[dict[str, tuple[str, str]]] = {
    "contact.border": ("共界", "shared border"),
    "contact.point": ("点接触", "point contact"),
    "contact.overlap": ("重叠", "overlap"),
    "contact.apart": ("相离", "apart"),
    "contact.undecidable": ("无法判定", "undecidable"),
    "contact.unknown": ("范围未知", "extent unknown"),
    "note.coverage": (
        "面积按椭球计算；多个要素重叠处只计一次；低、高由边界误差推出。",
        "Areas on the ellipsoid; overlaps count once; low and high follow from the accuracy of the edges.",
    ),
    "note.unknown_extent": (
        "另有 {count} 个要素或园区范围未公布，未计入覆盖：{names}",
        "{count} more have no published extent and are not counted: {names}",
    ),
    "note.adjacency": (
        "距离按图上形状量算，低、高由边界误差推出；误差不能判定的接触标为无法判定。范围未知的，距离量至定位点。",
        (
            "Distances between the drawn shapes; low and high follow from the accuracies; "
            "contact that they do not decide is undecidable. Where an extent is unknown the distance is to the anchor."
        ),
    ),
    "note.not_placed": ("{count} 个未落位，不参与邻接：{names}", "{count} without a place take no part: {names}"),
}
