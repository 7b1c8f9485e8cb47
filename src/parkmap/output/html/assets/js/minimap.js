/* The overview: the whole area in a corner, with a frame around what the window shows. Hidden while all is in view. */
(function (pm) {
  "use strict";

  const WIDTH = 168; // pixels
  const HIGHEST = 150;
  const FINEST = 0.6; // pixels; points closer than that are left out

  let picture = null;
  let frame = null;
  let box = null;
  let toPicture = null; // from a place to a point of the picture
  let toPlace = null;

  /** Fit the page's bounds, in the map's own projection, into the picture. */
  function fit() {
    const bounds = pm.wholeBounds();
    const first = pm.map.project(bounds.getNorthWest(), 0);
    const last = pm.map.project(bounds.getSouthEast(), 0);
    const scale = Math.min((WIDTH - 8) / (last.x - first.x), (HIGHEST - 8) / (last.y - first.y));
    toPicture = (latlng) => pm.map.project(latlng, 0).subtract(first).multiplyBy(scale).add([4, 4]);
    toPlace = (point) => pm.map.unproject(point.subtract([4, 4]).divideBy(scale).add(first), 0);
    return toPicture(bounds.getSouthEast()).add([4, 4]);
  }

  function ringPath(ring) {
    let before = null;
    const points = ring.map(toPicture).filter((point) => {
      const keep = !before || before.distanceTo(point) >= FINEST;
      before = keep ? point : before;
      return keep;
    });
    return points.length > 2 ? `M${points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L")}z` : "";
  }

  function shapePath(latlngs) {
    return Array.isArray(latlngs[0]) ? latlngs.map(shapePath).join("") : ringPath(latlngs);
  }

  function outline(record) {
    const d = record.shapes.map((shape) => shapePath(shape.getLatLngs())).join("");
    const role = pm.role(record);
    const fill = role.draw === "base" ? role.colour : "none";
    return pm.svg("path", { d, fill, stroke: role.draw === "base" ? "none" : "#8a96a1", "stroke-width": 0.7 });
  }

  /** Pixels that the overview takes at the left edge when it comes up; none on narrow maps, which go without. */
  pm.minimapWidth = function () {
    if (!box) {
      return 0;
    }
    const { hidden } = box;
    box.hidden = false;
    const { width } = box.getBoundingClientRect();
    box.hidden = hidden;
    return width;
  };

  function update() {
    const all = pm.map.getBounds().pad(0.02).contains(pm.wholeBounds());
    box.hidden = all;
    if (all) {
      return;
    }
    const first = toPicture(pm.map.getBounds().getNorthWest());
    const last = toPicture(pm.map.getBounds().getSouthEast());
    const wide = Math.max(3, last.x - first.x);
    const high = Math.max(3, last.y - first.y);
    Object.entries({ x: first.x, y: first.y, width: wide, height: high }).forEach(([name, value]) => frame.setAttribute(name, value.toFixed(1)));
  }

  function follow(event) {
    const at = picture.getBoundingClientRect();
    pm.map.panTo(toPlace(L.point(event.clientX - at.x, event.clientY - at.y)), { animate: false });
  }

  pm.startMinimap = function () {
    const based = pm.records.filter((record) => ["base", "outline"].includes(pm.role(record).draw));
    if (!based.length) {
      return;
    }
    const size = fit();
    picture = pm.svg("svg", { width: size.x.toFixed(0), height: size.y.toFixed(0), "aria-hidden": "true" });
    picture.append(...based.map(outline));
    frame = pm.svg("rect", { fill: "rgb(155 28 49 / 12%)", stroke: "#9b1c31", "stroke-width": 1.5 });
    picture.append(frame);
    box = pm.el("div", { class: "pm-minimap", role: "img", "data-label": "overview", hidden: "" });
    box.style.backgroundColor = pm.data.roles.sea.colour;
    box.append(picture);
    picture.addEventListener("pointerdown", (event) => {
      picture.setPointerCapture(event.pointerId);
      follow(event);
    });
    picture.addEventListener("pointermove", (event) => event.buttons && follow(event));
    pm.control("topleft", box);
    pm.map.on("move zoomend resize", update);
  };
}(window.parkmap));
