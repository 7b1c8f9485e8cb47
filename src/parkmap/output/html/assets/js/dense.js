/* Layers of very many polygons on the map, in the layer tree, in the search, with cards. */
(function (pm) {
  "use strict";

  const CLOSEST = 16; // zoom to which the map goes for a layer or a feature
  const PAUSE_MS = 150; // of typing before names are looked through

  const Grid = L.GridLayer.extend({
    initialize(source, styles) {
      L.GridLayer.prototype.initialize.call(this, { tileSize: pm.denseSide, pane: "pm-dense", updateWhenZooming: false, keepBuffer: 1 });
      this._source = source;
      this._styles = styles;
      this.on("tileunload", (event) => {
        event.tile.pmGone = true;
      });
    },
    createTile(coords, done) {
      const { canvas, context } = pm.denseCanvas(pm.denseSide);
      this._source.draw(context, coords, this._styles, () => done(null, canvas));
      return canvas;
    },
  });

  /** Tiles for just the zoom of the map, and not for the nearest whole one: what need not be scaled is sharp, and moves
   * three times as fast where no graphics card helps. */
  const ExactGrid = Grid.extend({
    initialize(source, styles) {
      Grid.prototype.initialize.call(this, source, styles);
      this.on("load", () => L.GridLayer.prototype._pruneTiles.call(this));
    },
    _setView(center, zoom, noPrune, noUpdate) {
      this._exact = zoom;
      L.GridLayer.prototype._setView.call(this, center, zoom, noPrune, noUpdate);
    },
    _clampZoom() {
      return this._exact;
    },
    /** Tiles of the zoom before stay until those of the new one are drawn. */
    _pruneTiles() {
      if (!this.isLoading()) {
        L.GridLayer.prototype._pruneTiles.call(this);
      }
    },
  });

  const OPACITY = 0.72;

  /** A class's colours: inside, edge, and the inside as one number as canvases store it. */
  function styleOf({ colour }) {
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
    const dark = [r, g, b].map((part) => Math.round(part * 0.62));
    const cell = new Uint32Array(new Uint8Array([r, g, b, Math.round(OPACITY * 255)]).buffer)[0];
    return { fill: `rgb(${r} ${g} ${b} / ${OPACITY})`, edge: `rgb(${dark.join(" ")} / 0.9)`, cell };
  }

  /** The Leaflet layer of one dense layer of the page. */
  pm.denseLayer = function (number) {
    const entry = pm.data.dense[number];
    if (!pm.map.getPane("pm-dense")) {
      pm.map.createPane("pm-dense").style.zIndex = 390; // above the ground, below lines, symbols and names
    }
    if (!pm.canInflate()) {
      pm.denseTrouble("browser_old");
      return L.layerGroup();
    }
    const source = pm.denseSource(number);
    const layer = new (entry.tiles ? Grid : ExactGrid)(source, entry.classes.map(styleOf));
    const group = { data: { ...entry, interactive: true, features: { length: entry.count } }, layer, records: [], source };
    pm.dense.push(group);
    pm.groups.push(group);
    return layer;
  };

  /** Told once when a layer cannot be shown: the page was opened from a folder, tiles were left behind, … */
  pm.denseTrouble = function (key) {
    if (!pm.byId("pm-dense-note")) {
      pm.control("topleft", pm.el("p", { id: "pm-dense-note", class: "pm-dense-note", role: "status", "data-t": key }, pm.t(key)));
    }
  };

  /** The feature at a place in the uppermost dense layer that has one there, or nothing. */
  pm.denseAt = async function (latlng) {
    const [x, y] = pm.latLngToGrid(latlng);
    for (const group of [...pm.dense].reverse()) {
      const hit = pm.map.hasLayer(group.layer) && (await group.source.at(x, y));
      if (hit) {
        return recordOf(group, hit);
      }
    }
    return null;
  };

  function ringsOf({ data, row }) {
    const found = [];
    for (let ring = data.rings[row]; ring < data.rings[row + 1]; ring += 1) {
      const points = [];
      for (let i = data.points[ring]; i < data.points[ring + 1]; i += 1) {
        points.push(pm.gridToLatLng(data.x[i], data.y[i]));
      }
      found.push(points);
    }
    return found;
  }

  const both = (text) => ({ zh: text, en: text });

  /** A record as the cards know it, made when it is needed. */
  function recordOf(group, hit) {
    const { data, row } = hit;
    const outline = ringsOf(hit);
    const bounds = L.latLngBounds(outline.flat());
    const { classes, style, origin } = group.data;
    const feature = {
      id: data.name(row),
      name: both(data.name(row)),
      kind: classes.length > 1 ? classes[data.classes[row]] : null,
      style,
      origin,
      geometry: { type: "Polygon" },
      rows: data.columns.map(({ label, text }) => [label, both(text(row))]).filter(([, value]) => value.zh !== ""),
    };
    const isSame = (other) => other.data.name(other.row) === feature.id && (other.data !== data || other.row === row);
    return { feature, group, layer: group.layer, symbols: [], shapes: [], rims: [], bounds, anchor: bounds.getCenter(), outline, closest: CLOSEST, source: group.source, isSame };
  }
  pm.denseRecord = recordOf;

  let mark = null; // outline of the feature whose card is open

  pm.markDense = function (record) {
    if (mark) {
      mark.remove();
      mark = null;
    }
    if (record && record.outline) {
      mark = L.polygon(record.outline, { color: "#9b1c31", weight: 2.5, fill: false, interactive: false }).addTo(pm.map);
    }
  };

  let question = 0; // number of the search asked last

  /** Features of dense layers by part of their name; nothing once something else is asked for. */
  pm.denseFind = async function (wanted, most) {
    question += 1;
    const own = question;
    await new Promise((resolve) => {
      setTimeout(resolve, PAUSE_MS);
    });
    const found = [];
    for (const group of pm.dense) {
      if (own === question && found.length < most) {
        (await group.source.find(wanted, most - found.length)).forEach((hit) => found.push(recordOf(group, hit)));
      }
    }
    return own === question ? found : [];
  };

  /** Begin where the parcels are: one who adds them wants to see them; the whole map is one click away. */
  function lookAt(groups) {
    const bounds = L.latLngBounds([]);
    groups.forEach(({ data: { bounds: [west, south, east, north] } }) => bounds.extend([[south, west], [north, east]]));
    if (bounds.isValid()) {
      pm.fit(bounds, CLOSEST);
    }
  }

  pm.startDense = function () {
    pm.map.on("click", (event) => {
      if (!pm.measuring && !event.originalEvent.pmTaken) {
        pm.denseAt(event.latlng).then((record) => record && pm.openCard(record, event.latlng, false));
      }
    });
    pm.startDenseKeys();
    lookAt(pm.dense.filter((group) => pm.map.hasLayer(group.layer)));
    Promise.all(pm.dense.map((group) => group.source.ready)).then(() => document.body.classList.add("pm-dense-ready"));
  };
}(window.parkmap));
