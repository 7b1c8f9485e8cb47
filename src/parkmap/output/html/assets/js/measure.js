/* The measuring tool: click a line; length and, from three points on, the area inside, in the units of planners. */
(function (pm) {
  "use strict";

  const M2_PER_MU = 2000 / 3; // 1 亩
  const INK = "#9b1c31";

  let points = [];
  const maps = []; // {map, shape}: what is drawn on each; there are two while two plans lie side by side
  let box = null;
  let preview = null; // place under the mouse

  pm.measuring = false;

  const number = (value, digits) => value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

  /** A length: metres, or kilometres from one on. */
  pm.lengthText = (metres) => (metres < 1000 ? `${number(metres, metres < 100 ? 1 : 0)} m` : `${number(metres / 1000, metres < 100000 ? 2 : 1)} km`);

  /** An area in hectares, square kilometres and mu. */
  pm.areaText = function (m2) {
    const digits = m2 < 1e6 ? 2 : 1;
    return [pm.t("unit_ha", number(m2 / 1e4, digits)), `${number(m2 / 1e6, m2 < 1e7 ? 3 : 2)} km²`, pm.t("unit_mu", number(m2 / M2_PER_MU, digits))];
  };

  function line(label, values) {
    const row = pm.el("div", { class: "pm-measured" });
    row.append(pm.el("dt", {}, label));
    const cell = pm.el("dd");
    cell.append(...values.map((value) => pm.el("span", {}, value)));
    row.append(cell);
    return row;
  }

  function results() {
    const all = preview ? [...points, preview] : points;
    const rows = [];
    if (all.length > 1) {
      rows.push(line(pm.t("measure_length"), [pm.lengthText(pm.lineLength(all))]));
    }
    if (all.length > 2) {
      rows.push(line(pm.t("measure_perimeter"), [pm.lengthText(pm.lineLength([...all, all[0]]))]));
      rows.push(line(pm.t("measure_area"), pm.areaText(pm.ringArea(all))));
    }
    return rows;
  }

  function button(key, onClick) {
    const element = pm.el("button", { type: "button", "data-measure": key }, pm.t(`measure_${key}`));
    element.addEventListener("click", onClick);
    return element;
  }

  function write() {
    const list = pm.el("dl", { "aria-live": "polite" });
    list.append(...results());
    const buttons = pm.el("div", { class: "pm-measure-buttons" });
    buttons.append(button("undo", undo), button("clear", clear), button("end", () => pm.measure(false)));
    pm.fill(box, [pm.el("p", {}, pm.t(points.length ? "measure_more" : "measure_hint")), list, buttons]);
  }

  function drawOn(shape, all) {
    shape.clearLayers();
    if (all.length > 2) {
      shape.addLayer(L.polygon(all, { stroke: false, fillColor: INK, fillOpacity: 0.12, interactive: false, pane: "pm-measure" }));
    }
    shape.addLayer(L.polyline(all, { color: INK, weight: 2, interactive: false, pane: "pm-measure" }));
    points.forEach((at) => {
      shape.addLayer(L.circleMarker(at, { radius: 4, color: "#fff", weight: 1.5, fillColor: INK, fillOpacity: 1, interactive: false, pane: "pm-measure" }));
    });
  }

  const draw = () => maps.forEach(({ shape }) => drawOn(shape, preview ? [...points, preview] : points));

  function refresh() {
    draw();
    const at = document.activeElement && document.activeElement.dataset.measure;
    write();
    const again = at && box.querySelector(`[data-measure=${at}]`);
    if (again) {
      again.focus();
    }
  }

  function add(latlng) {
    points.push(latlng);
    preview = null;
    refresh();
  }

  function undo() {
    points.pop();
    preview = null;
    refresh();
  }

  function clear() {
    points = [];
    preview = null;
    refresh();
  }

  function onKey(event) {
    if (!pm.measuring) {
      return;
    }
    if (event.key === "Enter" && event.target === event.currentTarget) {
      add(pm.map.getCenter()); // the way without a mouse: move the map with the arrow keys
    } else if (event.key === "Backspace") {
      undo();
    } else if (event.key === "Escape") {
      pm.measure(false);
    }
  }

  function onMove(event) {
    if (pm.measuring && points.length) {
      preview = event.latlng;
      refresh();
    }
  }

  /** Make a map ready for what is measured on it, or for everything else again. */
  function take(map) {
    map.getContainer().classList.toggle("pm-measuring", pm.measuring);
    map.doubleClickZoom[pm.measuring ? "disable" : "enable"]();
  }

  /** Switch the tool on or off. */
  pm.measure = function (on) {
    if (on === pm.measuring) {
      return;
    }
    pm.measuring = on;
    const ruler = document.querySelector("[data-tool=measure]");
    ruler.setAttribute("aria-pressed", String(on));
    maps.forEach(({ map }) => take(map));
    if (on) {
      pm.closeCard();
      write();
      box.hidden = false;
      pm.map.getContainer().focus({ preventScroll: true });
    } else {
      if (box.contains(document.activeElement)) {
        ruler.focus({ preventScroll: true });
      }
      box.hidden = true;
      clear();
    }
  };

  /** Forget the place under the mouse, which is none that was clicked. */
  pm.measurePause = function () {
    if (preview) {
      preview = null;
      refresh();
    }
  };

  /** Let one measure on a map. */
  pm.measureOn = function (map) {
    const pane = map.createPane("pm-measure");
    pane.style.zIndex = 640;
    pane.style.pointerEvents = "none";
    maps.push({ map, shape: L.layerGroup().addTo(map) });
    map.on("click", ({ latlng }) => pm.measuring && add(latlng)).on("mousemove", onMove).on("mouseout", pm.measurePause);
    map.getContainer().addEventListener("keydown", onKey);
    take(map);
  };

  pm.startMeasure = function () {
    pm.measureOn(pm.map);
    box = pm.el("div", { class: "pm-measure", role: "group", "data-label": "measure", hidden: "" });
    pm.control("topleft", box);
    pm.on("language", () => pm.measuring && write());
  };
}(window.parkmap));
