/* The measuring tool: click a line; length and, from three points on, the area inside, in the units of planners. */
(function (pm) {
  "use strict";

  const M2_PER_MU = 2000 / 3; // 1 亩
  const INK = "#9b1c31";

  let points = [];
  let shape = null; // what is drawn
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

  function draw() {
    shape.clearLayers();
    const all = preview ? [...points, preview] : points;
    if (all.length > 2) {
      shape.addLayer(L.polygon(all, { stroke: false, fillColor: INK, fillOpacity: 0.12, interactive: false, pane: "pm-measure" }));
    }
    shape.addLayer(L.polyline(all, { color: INK, weight: 2, interactive: false, pane: "pm-measure" }));
    points.forEach((at) => {
      shape.addLayer(L.circleMarker(at, { radius: 4, color: "#fff", weight: 1.5, fillColor: INK, fillOpacity: 1, interactive: false, pane: "pm-measure" }));
    });
  }

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
    if (event.key === "Enter" && event.target === pm.map.getContainer()) {
      add(pm.map.getCenter()); // the way without a mouse: move the map with the arrow keys
    } else if (event.key === "Backspace") {
      undo();
    } else if (event.key === "Escape") {
      pm.measure(false);
    }
  }

  const onClick = (event) => add(event.latlng);

  function onMove(event) {
    if (points.length) {
      preview = event.latlng;
      draw();
      write();
    }
  }

  /** Switch the tool on or off. */
  pm.measure = function (on) {
    if (on === pm.measuring) {
      return;
    }
    pm.measuring = on;
    const container = pm.map.getContainer();
    container.classList.toggle("pm-measuring", on);
    document.querySelector("[data-tool=measure]").setAttribute("aria-pressed", String(on));
    box.hidden = !on;
    const attach = on ? "on" : "off";
    pm.map[attach]("click", onClick)[attach]("mousemove", onMove)[attach]("mouseout", leave);
    pm.map.doubleClickZoom[on ? "disable" : "enable"]();
    if (on) {
      pm.map.closePopup();
      container.addEventListener("keydown", onKey);
      write();
      container.focus({ preventScroll: true });
    } else {
      container.removeEventListener("keydown", onKey);
      clear();
    }
  };

  function leave() {
    if (preview) {
      preview = null;
      refresh();
    }
  }

  pm.startMeasure = function () {
    const pane = pm.map.createPane("pm-measure");
    pane.style.zIndex = 640;
    pane.style.pointerEvents = "none";
    shape = L.layerGroup().addTo(pm.map);
    box = pm.el("div", { class: "pm-measure", role: "group", "data-label": "measure", hidden: "" });
    pm.control("topleft", box);
    pm.on("language", () => pm.measuring && write());
  };
}(window.parkmap));
