/* What stands on the map itself: zoom, whole map, full screen, north arrow, scale, position, review number. */
(function (pm) {
  "use strict";

  const ICONS = {
    zoom_in: "M10 4.5v11M4.5 10h11",
    zoom_out: "M4.5 10h11",
    home: "M3.5 7V3.5H7M13 3.5h3.5V7M16.5 13v3.5H13M7 16.5H3.5V13M8 8h4v4H8z",
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
  function control(position, element) {
    const Control = L.Control.extend({
      onAdd() {
        L.DomEvent.disableClickPropagation(element);
        L.DomEvent.disableScrollPropagation(element);
        return element;
      },
    });
    new Control({ position }).addTo(pm.map);
  }

  /** What must be in view, from the page's data. */
  pm.wholeBounds = function () {
    const [west, south, east, north] = pm.data.bounds;
    return L.latLngBounds([south, west], [north, east]);
  };

  /** Room left around the data: the controls on the map must not cover it. */
  function padding() {
    const narrow = pm.map.getSize().x < 600;
    return narrow
      ? { paddingTopLeft: [16, 24], paddingBottomRight: [16, 96] }
      : { paddingTopLeft: [40, 40], paddingBottomRight: [72, 84] };
  }

  pm.wholeMap = function () {
    pm.map.fitBounds(pm.wholeBounds(), { ...padding(), animate: false });
  };

  function limits() {
    const least = pm.map.getBoundsZoom(pm.map.options.maxBounds, true);
    const whole = pm.map.getBoundsZoom(pm.wholeBounds(), false);
    pm.map.setMinZoom(Math.max(0, Math.min(least, whole - 0.75)));
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
    if (document.fullscreenEnabled) {
      bar.append(button("fullscreen", toggleFullscreen));
    }
    control("topright", bar);
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

  function foot() {
    const box = pm.el("div", { class: "pm-foot" });
    const scale = L.control.scale({ imperial: false, maxWidth: pm.isNarrow() ? 84 : 110 }).addTo(pm.map);
    const upper = pm.el("div", { class: "pm-foot-upper" });
    const lower = pm.el("div", { class: "pm-foot-lower" });
    upper.append(scale.getContainer(), north());
    lower.append(position(), pm.el("span", { class: "pm-attribution", "data-t": "attribution" }));
    box.append(upper, lower);
    control("bottomright", box);
  }

  pm.startControls = function () {
    const container = pm.map.getContainer();
    container.setAttribute("role", "region");
    container.dataset.label = "map";
    document.querySelector(".pm-stage").id = "pm-stage";
    control("bottomleft", pm.el("div", { class: "pm-review", id: "pm-review" }));
    tools();
    foot();
  };

  pm.startView = function () {
    pm.wholeMap();
    limits();
    pm.map.on("resize", limits);
  };
}(window.parkmap));
