/* From the page's data to Leaflet layers: one per group; edges and fills by role and determinacy. */
(function (pm) {
  "use strict";

  // More stops than this would make the Tab key useless; search reaches every feature in any case.
  const MOST_TAB_STOPS = 400;

  const COAST = "#8fb0c4";
  const BEYOND = "#eef1f3"; // where the base ends

  function baseStyle(feature, role) {
    const own = feature.style === "land";
    return { stroke: own, color: COAST, weight: 0.8, fill: true, fillColor: role.colour, fillOpacity: 1 };
  }

  const LINE = 2.5; // pixels

  function lineStyle(feature, role, certainty) {
    return { color: role.colour, weight: feature.width || LINE, opacity: 0.9, dashArray: certainty.dash, fill: false, lineCap: "round" };
  }

  function outlineStyle(role, certainty) {
    return { color: role.colour, weight: 1.1, opacity: 0.75, dashArray: certainty.dash, fill: true, fillColor: role.colour, fillOpacity: 0 };
  }

  /** What is coloured by a number: its class says how much, and its edge says nothing. */
  function classStyle(feature, found) {
    if (!found) {
      return { stroke: false, weight: 0, fill: true, fillOpacity: 0 };
    }
    if (feature.geometry.type.endsWith("LineString")) {
      return { color: found.colour, weight: 3, opacity: 1, fill: false, lineCap: "round" };
    }
    const edge = { stroke: true, color: pm.data.class_edge, weight: 0.6, opacity: 0.8, lineJoin: "round", fill: true };
    return { ...edge, fillColor: found.missing ? pm.hatch("missing", found) : found.colour, fillOpacity: found.missing ? 1 : pm.data.class_opacity };
  }

  /** How a feature is drawn: the role gives the colour, the determinacy the dash and the strength of the fill. */
  function styleOf(feature, group) {
    const role = pm.data.roles[feature.style];
    const certainty = pm.data.determinacy[feature.determinacy];
    if (role.draw === "base") {
      return baseStyle(feature, role);
    }
    if (role.draw === "outline") {
      return outlineStyle(role, certainty);
    }
    if (role.draw === "theme") {
      return classStyle(feature, pm.classOf(group, feature.amount));
    }
    if (role.draw === "line") {
      return lineStyle(feature, role, certainty);
    }
    return {
      color: role.colour,
      weight: feature.width || (feature.geometry.type.endsWith("LineString") ? 3 : 1.6),
      opacity: 0.95,
      dashArray: certainty.dash,
      fillColor: certainty.hatch ? pm.hatch(feature.style, role) : role.colour,
      fillOpacity: certainty.hatch ? 1 : certainty.fill_opacity,
      lineJoin: "round",
    };
  }

  /** Draw a feature as its role, its determinacy and its class want it. */
  pm.restyle = function (record, more) {
    const style = styleOf(record.feature, record.group.data);
    const { stroke = true, color, opacity, weight, fillColor, fillOpacity } = style;
    record.shapes.forEach((shape) => shape.setStyle({ stroke, color, opacity, weight, fillColor, fillOpacity, ...(more ? more(style) : {}) }));
  };

  /** Whether a feature is a place without an extent. */
  pm.isPoint = (record) => record.feature.geometry.type.endsWith("Point");

  /** How sure a feature is, in words: a point has no extent that could be sure or not. */
  pm.certainty = function (record) {
    const { determinacy, origin } = record.feature;
    if (origin) {
      return pm.say(origin);
    }
    const key = `point_${determinacy}`;
    return pm.isPoint(record) && pm.data.texts[key] ? pm.t(key) : pm.say(pm.data.determinacy[determinacy]);
  };

  /** Paths below a layer, symbols apart from shapes. */
  function paths(layer, found) {
    if (layer instanceof L.LayerGroup) {
      layer.eachLayer((child) => paths(child, found));
    } else {
      (layer instanceof pm.SymbolMarker ? found.symbols : found.shapes).push(layer);
    }
    return found;
  }

  /** Lines have no inside, although Leaflet would fill them when asked to. */
  function unfillLines(shapes) {
    shapes.forEach((shape) => {
      if (shape instanceof L.Polyline && !(shape instanceof L.Polygon)) {
        shape.setStyle({ fill: false });
      }
    });
  }

  let groundRenderer = null;

  /** Land lies below everything, tiles of parcels included. */
  function ground() {
    if (!groundRenderer) {
      pm.map.createPane("pm-ground").style.zIndex = 210;
      groundRenderer = L.svg({ pane: "pm-ground", padding: 0.5 });
    }
    return { pane: "pm-ground", renderer: groundRenderer };
  }

  /** The mark of a place without an extent; of one that is coloured by a number, in the colour of its class. */
  function pointOf(latlng, feature, role, group) {
    const { colour } = pm.classOf(group, feature.amount) || role;
    return pm.symbolMarker(latlng, { symbol: pm.hasSymbol(role) ? role.symbol : "dot", colour }, group.interactive);
  }

  function shapeOf(feature, role, group) {
    const { interactive } = group;
    const pointToLayer = (_, latlng) => pointOf(latlng, feature, role, group);
    const options = { ...styleOf(feature, group), ...(role.draw === "base" ? ground() : {}), interactive, pointToLayer, smoothFactor: 0.8 };
    return L.GeoJSON.geometryToLayer({ type: "Feature", geometry: feature.geometry }, options);
  }

  /** Sea as far as the base knows the coast, with a thin frame; beyond it the page claims neither land nor sea. */
  pm.layFrame = function (map) {
    const base = pm.records.filter((record) => pm.role(record).draw === "base" && record.bounds.isValid());
    map.getContainer().style.backgroundColor = BEYOND;
    if (base.length) {
      const reach = base.reduce((all, record) => all.extend(record.bounds), L.latLngBounds([]));
      const pane = map.createPane("pm-sea");
      pane.style.zIndex = 200; // below everything, whatever is switched on and off
      const style = { fillColor: pm.data.roles.sea.colour, fillOpacity: 1, color: COAST, weight: 1, interactive: false };
      L.rectangle(reach, { ...style, pane: "pm-sea", renderer: L.svg({ pane: "pm-sea", padding: 1 }) }).addTo(map);
    }
  };

  /** A very pale surf along the coast sets the land off from the sea. */
  function surf(feature) {
    const rim = { ...ground(), stroke: true, color: "#ffffff", opacity: 0.32, fill: false, interactive: false, lineJoin: "round" };
    return [10, 5].map((weight) =>
      L.GeoJSON.geometryToLayer({ type: "Feature", geometry: feature.geometry }, { ...rim, weight })
    );
  }

  /** Where a feature's card opens; only what is named has a place of its own for that. */
  function anchorOf(feature, bounds) {
    if (feature.anchor) {
      return L.latLng(feature.anchor[1], feature.anchor[0]);
    }
    return bounds.isValid() ? bounds.getCenter() : null;
  }

  function makeRecord(group, feature) {
    const role = pm.data.roles[feature.style];
    const shape = shapeOf(feature, role, group.data);
    const layer = L.featureGroup([shape]);
    const record = { feature, group, layer, rims: [], bounds: layer.getBounds() };
    record.anchor = anchorOf(feature, record.bounds);
    if (role.draw === "base" && feature.style === "land") {
      record.rims = surf(feature);
      record.rims.forEach((rim) => layer.addLayer(rim));
    } else if (feature.anchor && pm.hasSymbol(role) && !paths(shape, { shapes: [], symbols: [] }).symbols.length) {
      layer.addLayer(pm.symbolMarker(record.anchor, role, group.data.interactive));
    }
    Object.assign(record, paths(layer, { shapes: [], symbols: [] }));
    record.shapes = record.shapes.filter((path) => !record.rims.includes(path));
    unfillLines(record.shapes);
    return record;
  }

  /** Let a feature be reached and opened without a mouse. */
  function makeReachable(record) {
    const path = record.symbols[0] || record.shapes[0];
    if (!path) {
      return;
    }
    const dress = () => {
      const element = path.getElement && path.getElement();
      if (!element) {
        return; // canvas: search is the way in
      }
      element.setAttribute("tabindex", pm.records.length > MOST_TAB_STOPS ? "-1" : "0");
      element.setAttribute("role", "button");
      element.setAttribute("aria-label", `${pm.say(record.feature.name)}, ${pm.say(pm.role(record))}`);
      element.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          pm.openCard(record, record.anchor, true);
        }
      });
    };
    path.on("add", dress);
    pm.on("language", () => {
      const element = path.getElement && path.getElement();
      if (element) {
        element.setAttribute("aria-label", `${pm.say(record.feature.name)}, ${pm.say(pm.role(record))}`);
      }
    });
  }

  function tip(record) {
    const box = pm.el("span", { class: "pm-tip-text", dir: "auto" }, pm.say(record.feature.name));
    const small = pm.el("small", {}, pm.say(pm.kind(record)));
    const whole = pm.el("span");
    whole.append(box, small);
    return whole;
  }

  /** Under the mouse the edge is thicker and the inside a little stronger. */
  const lift = (record) => pm.restyle(record, (style) => ({ weight: style.weight + 1.2, fillOpacity: Math.min(1, style.fillOpacity + 0.1) }));

  /** A district lies under everything: where a parcel is meant, the click is for the parcel. */
  function clicked(record, { latlng, originalEvent }) {
    if (originalEvent) {
      originalEvent.pmTaken = true;
    }
    if (pm.dense.length && pm.role(record).draw === "outline") {
      pm.denseAt(latlng).then((found) => pm.openCard(found || record, latlng, false));
    } else {
      pm.openCard(record, latlng, false);
    }
  }

  /** A district under parcels is no answer to what one points at. */
  const isGround = (record) => pm.role(record).draw === "outline" && pm.dense.some((group) => pm.map.hasLayer(group.layer));

  function makeInteractive(record) {
    record.layer.on("click", (event) => pm.measuring || clicked(record, event));
    record.layer.on("mouseover", () => pm.measuring || lift(record));
    record.layer.on("mouseout", () => pm.restyle(record));
    if (window.matchMedia("(hover: hover)").matches) {
      record.layer.bindTooltip(() => (pm.measuring || isGround(record) ? "" : tip(record)), { sticky: true, className: "pm-tip", opacity: 1, offset: [14, 0] });
    }
    makeReachable(record);
  }

  /** Set symbols that share a place side by side; the places themselves stay what they are. */
  pm.spread = function () {
    const places = new Map();
    pm.records.forEach((record) => {
      record.symbols.forEach((symbol) => {
        const { lat, lng } = symbol.getLatLng();
        const key = `${lat.toFixed(4)} ${lng.toFixed(4)} ${record.group.data.side}`;
        places.set(key, [...(places.get(key) || []), symbol]);
      });
    });
    places.forEach((symbols) => {
      const width = symbols.reduce((sum, symbol) => sum + symbol.getRadius() * 2 + 1, 0);
      let x = -width / 2;
      symbols.forEach((symbol) => {
        symbol.options.shift = symbols.length > 1 ? x + symbol.getRadius() : 0;
        x += symbol.getRadius() * 2 + 1;
        symbol.redraw();
      });
    });
  };

  /** The Leaflet layer of one group of the page. */
  pm.layer = function (index) {
    const group = { data: pm.data.groups[index], layer: L.featureGroup(), records: [] };
    group.data.features.forEach((feature) => {
      const record = makeRecord(group, feature);
      pm.settle(record);
      if (group.data.interactive) {
        makeInteractive(record);
      }
      group.records.push(record);
      pm.records.push(record);
      group.layer.addLayer(record.layer);
    });
    pm.groups.push(group);
    return group.layer;
  };

  /** Restore the drawing order: surf, then shapes, then symbols, each in the order of the groups. */
  pm.reorder = function () {
    const shown = pm.records.filter(pm.isShown);
    ["rims", "shapes", "symbols"].forEach((kind) => {
      shown.forEach((record) => record[kind].forEach((path) => path.bringToFront()));
    });
  };
}(window.parkmap));
