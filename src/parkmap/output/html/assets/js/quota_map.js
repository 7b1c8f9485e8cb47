/* Land quota on the map: districts coloured by the share of their claims that is met, a bar at every place. */
(function (pm) {
  "use strict";

  const HIGHEST = 58; // pixels of the longest bar
  const LOWEST = 3;
  const WIDE = 9;
  const INK = "#3b1f66";

  let layer = null;

  pm.quotaInk = INK;

  const theme = () => pm.groups.find((group) => group.data.id === "quota");

  pm.quotaShown = () => Boolean(theme()) && pm.map.hasLayer(theme().layer);

  /** The same as ticking the layer in the tree. */
  pm.showQuota = function (on) {
    pm.map[on ? "addLayer" : "removeLayer"](theme().layer);
    pm.tell("visibility");
  };

  function paintDistricts() {
    const found = new Map(pm.quotaRows(pm.data.quota.districts).map((row) => [row.id, row]));
    theme().records.forEach((record) => {
      const row = found.get(record.feature.id);
      record.feature.amount = row && row.claim ? pm.quotaPercent(row) : null;
      pm.restyle(record);
    });
  }

  /** Where the bars stand: beside the symbol, on the ground of its place. */
  function bars() {
    if (!pm.quotaShown()) {
      return [];
    }
    const largest = pm.quotaLargest();
    const records = new Map(pm.records.filter((record) => record.group.data.interactive && pm.isShown(record)).map((record) => [record.feature.id, record]));
    return pm.quotaRows(pm.data.quota.items)
      .filter((row) => records.has(row.id) && records.get(row.id).anchor)
      .map((row) => {
        const record = records.get(row.id);
        const symbol = record.symbols[0];
        const at = symbol ? symbol._point : pm.map.latLngToLayerPoint(record.anchor);
        const height = Math.max(LOWEST, (HIGHEST * row.claim) / largest);
        const x = at.x - WIDE / 2;
        const foot = at.y - (symbol ? symbol.getRadius() + 3 : 0);
        return { row, record, x, foot, height };
      });
  }

  /** What labels must keep clear of. */
  pm.quotaBoxes = () =>
    bars().map(({ record, x, foot, height }) => ({ x0: x - 1, x1: x + WIDE + 1, y0: foot - height - 14, y1: foot, owner: { id: `bar-${record.feature.id}`, rank: 0 } }));

  function picture({ row, record, x, foot, height }) {
    const group = pm.svg("g", { class: "pm-quota-bar" });
    const met = row.claim ? (height * row.allocated) / row.claim : 0;
    group.append(pm.svg("rect", { x, y: foot - height, width: WIDE, height, fill: "#ffffff", stroke: INK, "stroke-width": 1 }));
    group.append(pm.svg("rect", { x, y: foot - met, width: WIDE, height: met, fill: INK }));
    const text = pm.svg("text", { x: x + WIDE / 2, y: foot - height - 3, "text-anchor": "middle", class: "pm-quota-number" });
    text.textContent = pm.quotaHectares(row.allocated);
    group.append(text);
    group.addEventListener("click", (event) => {
      if (!pm.measuring) {
        event.stopPropagation();
        pm.openCard(record, record.anchor, false);
      }
    });
    return group;
  }

  const BarLayer = L.Layer.extend({
    onAdd(map) {
      const pane = map.getPane("pm-quota") || map.createPane("pm-quota");
      this._box = pm.svg("svg", { class: "pm-labels leaflet-zoom-hide", "aria-hidden": "true", width: 1, height: 1 });
      pane.append(this._box);
      this.layout();
    },
    onRemove() {
      this._box.remove();
    },
    getEvents() {
      return { zoomend: this.layout, viewreset: this.layout };
    },
    layout() {
      pm.fill(this._box, bars().map(picture));
    },
  });

  function update() {
    paintDistricts();
    layer.layout();
    pm.tell("visibility");
  }

  pm.startQuotaMap = function () {
    paintDistricts();
    layer = new BarLayer().addTo(pm.map);
    pm.on("quota", update);
    pm.on("visibility", () => layer.layout());
  };
}(window.parkmap));
