/* The legend: only what is on the map now, in the order of the style file. */
(function (pm) {
  "use strict";

  const BEHIND = ["base", "outline", "theme"]; // kinds that stand under a heading of their own

  function frame() {
    return pm.svg("svg", { viewBox: "0 0 34 20", width: 34, height: 20, "aria-hidden": "true", class: "pm-key" });
  }

  function patch(picture, colour, fillOpacity, dash, fill) {
    const box = pm.svg("rect", { x: 2, y: 2.5, width: 30, height: 15, rx: 2.5, fill: fill || colour, "fill-opacity": fill ? 1 : fillOpacity, stroke: colour, "stroke-width": 1.5 });
    if (dash) {
      box.setAttribute("stroke-dasharray", dash);
    }
    picture.append(box);
  }

  function mark(picture, role) {
    const scale = 0.82;
    picture.append(pm.svg("path", {
      d: pm.symbolPath(role.symbol, 17, 10, pm.symbolRadius(role) * scale),
      fill: role.colour,
      stroke: "#fff",
      "stroke-width": 2.4,
      class: "pm-symbol",
    }));
  }

  function line(picture, colour, dash, width) {
    const stroke = pm.svg("path", { d: "M2 10H32", stroke: colour, "stroke-width": width, fill: "none" });
    if (dash) {
      stroke.setAttribute("stroke-dasharray", dash);
    }
    picture.append(stroke);
  }

  function entry(picture, words) {
    const row = pm.el("li");
    row.append(picture, pm.el("span", { dir: "auto" }, pm.say(words)));
    return row;
  }

  function list(title, rows, wide) {
    if (!rows.length) {
      return [];
    }
    const box = pm.el("div", { class: "pm-legend-part" });
    const items = pm.el("ul", { class: wide ? "pm-keys pm-keys-wide" : "pm-keys" });
    items.append(...rows);
    box.append(pm.el("h3", {}, title), items);
    return [box];
  }

  /** Roles on the map, and whether each is there as an area or as a line. */
  function present() {
    const found = new Map();
    pm.records.filter(pm.isShown).forEach(({ feature }) => {
      const seen = found.get(feature.style) || { area: false, line: false };
      seen.area = seen.area || feature.geometry.type.includes("Polygon") || feature.geometry.type === "GeometryCollection";
      seen.line = seen.line || feature.geometry.type.includes("LineString");
      found.set(feature.style, seen);
    });
    return found;
  }

  function roleRow(role, seen) {
    const picture = frame();
    if (role.draw === "line" || (seen.line && !seen.area)) {
      line(picture, role.colour, null, 3);
    } else if (seen.area) {
      patch(picture, role.colour, 0.25, null);
    }
    if (role.draw === "line") {
      return entry(picture, role);
    }
    if (pm.hasSymbol(role)) {
      mark(picture, role);
    } else if (!seen.area && !seen.line) {
      mark(picture, { ...role, symbol: "dot" });
    }
    return entry(picture, role);
  }

  function roleRows(found) {
    return Object.entries(pm.data.roles)
      .filter(([key, role]) => found.has(key) && !BEHIND.includes(role.draw))
      .map(([key, role]) => roleRow(role, found.get(key)));
  }

  const GREY = "#3d4a56";

  function areaRow(certainty) {
    const picture = frame();
    patch(picture, GREY, certainty.fill_opacity * 0.6, certainty.dash, certainty.hatch ? pm.hatchPicture("legend", GREY) : null);
    return entry(picture, certainty);
  }

  function pointRow(text) {
    const picture = frame();
    mark(picture, { symbol: "circle", colour: GREY });
    return entry(picture, { [pm.lang]: text });
  }

  function determinacyRows() {
    const named = pm.records.filter((record) => pm.isShown(record) && !BEHIND.includes(pm.role(record).draw));
    const areas = new Set(named.filter((record) => !pm.isPoint(record)).map((record) => record.feature.determinacy));
    const points = new Set(named.filter(pm.isPoint).map(pm.certainty));
    return [
      ...Object.entries(pm.data.determinacy).filter(([key]) => areas.has(key)).map(([, certainty]) => areaRow(certainty)),
      ...[...points].sort().map(pointRow),
    ];
  }

  function baseRows(found) {
    const coast = [...found.keys()].some((key) => pm.data.roles[key].draw === "base");
    return Object.entries(pm.data.roles)
      .filter(([key, role]) => (key === "sea" ? coast && !(pm.online && pm.online.shown) : found.has(key) && ["base", "outline"].includes(role.draw)))
      .map(([, role]) => {
        const picture = frame();
        if (role.draw === "outline") {
          line(picture, role.colour, null, 1.4);
        } else {
          const box = pm.svg("rect", { x: 2, y: 2.5, width: 30, height: 15, rx: 2.5, fill: role.colour, stroke: "#9aa7b1", "stroke-width": 0.8 });
          picture.append(box);
        }
        return entry(picture, role);
      });
  }

  /** A class as it is drawn over land, the hatching of what has no number included. */
  function classRow(found) {
    const picture = frame();
    const { colour: land } = pm.data.roles.land || found;
    const fill = found.missing ? pm.hatchPicture("missing", found.colour) : found.colour;
    const box = { x: 2, y: 2.5, width: 30, height: 15, rx: 2.5 };
    picture.append(pm.svg("rect", { ...box, fill: land }));
    picture.append(pm.svg("rect", { ...box, fill, "fill-opacity": found.missing ? 1 : pm.data.class_opacity, stroke: pm.data.class_edge, "stroke-width": 0.8 }));
    return entry(picture, found);
  }

  /** What the bars of the quota mean, under its classes. */
  function barRow() {
    const picture = frame();
    picture.append(pm.svg("rect", { x: 13, y: 1, width: 8, height: 18, fill: "#fff", stroke: pm.quotaInk }));
    picture.append(pm.svg("rect", { x: 13, y: 8, width: 8, height: 11, fill: pm.quotaInk }));
    return entry(picture, { [pm.lang]: pm.t("quota_bar") });
  }

  /** Title of the quota's part: what, of which year, and that it is an example where it is. */
  function quotaTitle(quota) {
    const [, name] = quota.commodities.find(([key]) => key === pm.quotaState.commodity) || ["", { zh: "", en: "" }];
    return `${pm.t("quota_legend").replace("{a}", pm.say(name)).replace("{b}", String(pm.quotaState.year))}${quota.stamp ? pm.t("example") : ""}`;
  }

  /** Classes of a layer that is coloured by a number or a property: its title, and the rows under it. */
  function classPart({ data }) {
    const isQuota = pm.data.quota && data.id === "quota";
    const title = isQuota ? quotaTitle(pm.data.quota) : [data.title, data.by].filter(Boolean).map(pm.say).join(" · ");
    return { title, rows: [...data.classes.map(classRow), ...(isQuota ? [barRow()] : [])], key: JSON.stringify([title, data.classes]) };
  }

  /** The parts of all layers with classes that are on the map; two sides of a comparison share theirs. */
  function classParts() {
    const shown = [...pm.groups, ...pm.dense].filter((group) => group.data.classes.length && pm.mapOf(group).hasLayer(group.layer));
    const parts = new Map(shown.reverse().map(classPart).map((part) => [part.key, part]));
    return [...parts.values()].flatMap(({ title, rows }) => list(title, rows, false));
  }

  pm.startLegend = function () {
    const redraw = () => {
      const found = present();
      pm.fill(pm.byId("pm-legend"), [
        ...list(pm.t("roles"), roleRows(found), false),
        ...classParts(),
        ...list(pm.t("determinacy"), determinacyRows(), true),
        ...list(pm.t("base"), baseRows(found), false),
      ]);
    };
    pm.on("language", redraw);
    pm.on("visibility", redraw);
    redraw();
  };
}(window.parkmap));
