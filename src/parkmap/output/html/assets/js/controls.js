/* What stands on the map itself: zoom, whole map, full screen, north arrow, scale, position, review number. */
(function (pm) {
  "use strict";

  const ICONS = {
    zoom_in: "M10 4.5v11M4.5 10h11",
    zoom_out: "M4.5 10h11",
    home: "M3.5 7V3.5H7M13 3.5h3.5V7M16.5 13v3.5H13M7 16.5H3.5V13M8 8h4v4H8z",
    measure: "M3 13.5 13.5 3 17 6.5 6.5 17zM6 10.5l2 2M8.5 8l1.2 1.2M11 5.5l2 2",
    fullscreen: "M12 3.5h4.5V8M16.5 3.5 11.5 8.5M8 16.5H3.5V12M3.5 16.5l5-5",
  };

  function button(key, onClick) {
    const element = pm.el("button", { type: "button", class: "pm-tool", "data-label": key, "data-tool": key });
    const icon = pm.svg("svg", { viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true" });
    icon.append(pm.svg("path", { d: ICONS[key], fill: "none", stroke: "currentColor", "stroke-width": 1.6, "stroke-linecap": "round", "stroke-linejoin": "round" }));
    element.append(icon);
    element.addEventListener("click", onClick);
    return element;
  }

  /** A Leaflet control around an element, deaf to the map's own mouse handling. */
  pm.control = function (position, element) {
    const Control = L.Control.extend({
      onAdd() {
        L.DomEvent.disableClickPropagation(element);
        L.DomEvent.on(element, "click", L.DomEvent.stopPropagation); // also where the click takes its own target away
        L.DomEvent.disableScrollPropagation(element);
        return element;
      },
    });
    new Control({ position }).addTo(pm.map);
  };

  /** What must be in view, from the page's data. */
  pm.wholeBounds = function () {
    const [west, south, east, north] = pm.data.bounds;
    return L.latLngBounds([south, west], [north, east]);
  };

  /** Room left around the data so that nothing on the map covers it: below for the line of notes, and beside or
   * below the tools, whichever lets the map be larger. */
  function paddings(part) {
    const window = pm.map.getSize();
    const size = (selector) => document.querySelector(selector).getBoundingClientRect();
    const margin = window.x < 600 ? 12 : 36;
    const top = pm.data.sides ? size(".pm-modes").bottom - size(".pm-stage").top + 12 : margin;
    const bottom = Math.min(size(".pm-bar").height + 20, window.y * 0.4);
    const tools = size(".pm-tools");
    const left = part ? Math.max(margin, pm.minimapWidth() + 28) : margin; // the overview comes up with a part
    return [
      { paddingTopLeft: [left, top], paddingBottomRight: [tools.width + 28, bottom] },
      { paddingTopLeft: [margin, Math.max(top, Math.min(tools.height + 28, window.y * 0.4))], paddingBottomRight: [margin, bottom] },
    ];
  }

  /** Show an area as large as it can be without being covered. */
  pm.fit = function (bounds, maxZoom) {
    const zoomWith = ({ paddingTopLeft, paddingBottomRight }) =>
      pm.map.getBoundsZoom(bounds, false, L.point(paddingTopLeft).add(paddingBottomRight));
    const [beside, below] = paddings(!bounds.contains(pm.wholeBounds()));
    pm.map.fitBounds(bounds, { ...(zoomWith(below) > zoomWith(beside) ? below : beside), maxZoom, animate: false });
  };

  let whole = false; // whether the map still stands as `wholeMap` left it

  pm.wholeMap = function () {
    pm.fit(pm.wholeBounds());
    pm.relabel(); // they keep clear of what stands on the map, which has its place in the window
    whole = true;
  };

  /** Whether nobody has moved the map since; then a change of the window shows the whole map again. */
  pm.isWhole = () => whole;
  pm.stayWhole = (on) => {
    whole = on;
  };

  /** Do something to the view while Leaflet does not move it back into its limits, which is an animation that would
   * end after it. */
  pm.unlimited = function (work) {
    const limit = pm.map.options.maxBounds;
    pm.map.setMaxBounds(null);
    work();
    pm.map.setMaxBounds(limit);
  };

  /** Tell the map its size: one that shows the whole goes on doing so, another keeps its centre or its left edge. */
  pm.resized = function (centre) {
    if (document.body.classList.contains("pm-printing")) {
      return; // a sheet has its own zoom
    }
    const keep = whole;
    pm.unlimited(() => {
      pm.map.invalidateSize({ pan: centre });
      pm.map.setMinZoom(0); // getBoundsZoom would not go below the limit that stands
      if (keep) {
        pm.wholeMap(); // before the new limit, which would start an animation towards itself
      }
    });
    limits();
    whole = keep;
  };

  function limits() {
    pm.map.setMinZoom(0);
    pm.map.setMinZoom(Math.max(0, pm.map.getBoundsZoom(pm.wholeBounds(), false) - 0.75));
  }

  function toggleFullscreen() {
    if (document.fullscreenElement) {
      document.exitFullscreen();
    } else {
      document.documentElement.requestFullscreen();
    }
  }

  function tools() {
    const bar = pm.el("div", { class: "pm-tools" });
    bar.append(button("zoom_in", () => pm.map.zoomIn()), button("zoom_out", () => pm.map.zoomOut()), button("home", pm.wholeMap));
    const ruler = button("measure", () => pm.measure(!pm.measuring));
    ruler.setAttribute("aria-pressed", "false");
    bar.append(ruler);
    if (document.fullscreenEnabled) {
      bar.append(button("fullscreen", toggleFullscreen));
    }
    pm.control("topright", bar);
    document.addEventListener("fullscreenchange", () => {
      const element = bar.querySelector("[data-tool=fullscreen]");
      element.dataset.label = document.fullscreenElement ? "fullscreen_exit" : "fullscreen";
      element.setAttribute("aria-label", pm.t(element.dataset.label));
      element.title = pm.t(element.dataset.label);
    });
  }

  function north() {
    const box = pm.el("div", { class: "pm-north", role: "img", "data-label": "north_label" });
    const arrow = pm.svg("svg", { viewBox: "0 0 24 30", width: 24, height: 30, "aria-hidden": "true" });
    arrow.append(pm.svg("path", { d: "M12 1 20 28 12 22.5z", fill: "#24313d" }));
    arrow.append(pm.svg("path", { d: "M12 1 4 28 12 22.5z", fill: "#ffffff", stroke: "#24313d", "stroke-width": 1, "stroke-linejoin": "round" }));
    box.append(pm.el("span", { "data-t": "north", "aria-hidden": "true" }), arrow);
    return box;
  }

  const degrees = (value, plus, minus) => `${Math.abs(value).toFixed(4)}° ${value < 0 ? minus : plus}`;

  function position() {
    const line = pm.el("output", { class: "pm-position", "data-label": "position" });
    const write = (latlng) => {
      line.textContent = `${degrees(latlng.lng, "E", "W")}  ${degrees(latlng.lat, "N", "S")}`;
    };
    pm.map.on("mousemove", (event) => write(event.latlng));
    pm.map.on("moveend", () => write(pm.map.getCenter()));
    return line;
  }

  /** Datum, and whose basemap it is. */
  function attribution() {
    const line = pm.el("span", { class: "pm-attribution" });
    const write = () => {
      line.textContent = pm.online && pm.online.shown ? `WGS 84 · ${pm.say(pm.data.basemap.attribution)}` : pm.t("attribution");
    };
    pm.on("language", write);
    pm.on("visibility", write);
    write();
    return line;
  }

  function foot() {
    const box = pm.el("div", { class: "pm-foot" });
    const scale = L.control.scale({ imperial: false, maxWidth: pm.isNarrow() ? 84 : 110 }).addTo(pm.map);
    const upper = pm.el("div", { class: "pm-foot-upper" });
    const lower = pm.el("div", { class: "pm-foot-lower" });
    upper.append(scale.getContainer(), north());
    lower.append(position(), attribution());
    box.append(upper, lower);
    return box;
  }

  /** The line along the lower edge: review number at the left, as the rule is, scale and north at the right. */
  function bar() {
    const line = pm.el("div", { class: "pm-bar" });
    line.append(pm.el("div", { class: "pm-review", id: "pm-review" }), foot());
    pm.control("bottomleft", line);
  }

  pm.startControls = function () {
    const container = pm.map.getContainer();
    container.setAttribute("role", "region");
    container.dataset.label = "map";
    document.querySelector(".pm-stage").id = "pm-stage";
    document.querySelector(".pm-skip").addEventListener("click", (event) => {
      event.preventDefault(); // no entry in the browser's history, and the map itself takes the keys
      container.focus({ preventScroll: true });
    });
    tools();
    bar();
  };

  pm.startView = function () {
    pm.map.on("movestart zoomstart", () => {
      whole = false;
    });
    pm.wholeMap();
    limits();
    window.addEventListener("resize", () => window.requestAnimationFrame(() => pm.resized(true)));
  };
}(window.parkmap));
