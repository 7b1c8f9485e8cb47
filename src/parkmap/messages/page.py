"""The map page."""

from typing import Final

PAIRS: Final[dict[str, tuple[str, str]]] = {
    "layer.land": ("陆地", "Land"),
    "layer.districts": ("行政区", "Administrative districts"),
    "layer.structure": ("空间结构", "Spatial structure"),
    "layer.listed": ("列名载体", "Listed in the plan"),
    "layer.parks": ("园区", "Parks"),
    "layer.projects": ("项目", "Projects"),
    "label.adcode": ("区划代码", "Adcode"),
    "label.area": ("面积", "Area"),
    "label.area_published": ("公布面积", "Published area"),
    "label.area_note": ("面积说明", "On the area"),
    "label.covered": ("覆盖", "Covered"),
    "label.unknown_items": ("范围未知", "Extent unknown"),
    "label.position": ("定位", "Position"),
    "label.clause": ("依据条款", "Clause"),
    "label.origin": ("数据来源", "Data origin"),
    "label.kind": ("类别", "Kind"),
    "label.aliases": ("又名", "Also named"),
    "label.district": ("行政区", "District"),
    "label.industries": ("产业", "Industries"),
    "label.lead_units": ("牵头单位", "Lead units"),
    "label.quota_land": ("用地指标", "Land quota"),
    "label.quota_floor_space": ("产业用房", "Floor space"),
    "label.note": ("说明", "Note"),
    "label.determinacy": ("确定性", "Determinacy"),
    "label.method": ("成图方法", "How it was drawn"),
    "label.geometry_note": ("位置说明", "On the place"),
}
