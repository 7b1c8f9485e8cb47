/* Layers of very many polygons: in the page or in tiles beside it, on the map, in the layer tree, with cards. */
(function (pm) {
  "use strict";

  const SIDE = 256;
  const KEPT = 48; // decoded tiles that are remembered

  /** Everything in the page. */
  class WholeSource {
    constructor(entry, number) {
      this.ready = pm.decodeDense(entry.header, pm.denseBody(number)).then((data) => {
        this.index = new pm.DenseIndex(data);
      });
    }

    draw(context, coords, styles, done) {
      this.ready.then(() => pm.drawDense(context, this.index, coords, SIDE, styles, done));
    }

    async at(x, y) {
      await this.ready;
      const row = this.index.at(x, y);
      return row < 0 ? null : { data: this.index.data, row };
    }

    async find(wanted, most) {
      await this.ready;
      const { data } = this.index;
      const found = [];
      for (let row = 0; row < data.count && found.length < most; row += 1) {
        if (data.name(row).toLowerCase().includes(wanted)) {
          found.push({ data, row });
        }
      }
      return found;
    }
  }

  /** Tiles beside the page, fetched when they come into view. */
  class TileSource {
    constructor(entry) {
      this.tiles = entry.tiles;
      this.known = new Map();
      Object.entries(entry.tiles.levels).forEach(([level, flat]) => {
        for (let i = 0; i < flat.length; i += 2) {
          this.known.set(`${level}-${flat[i]}-${flat[i + 1]}`, null);
        }
      });
      this.ready = Promise.resolve();
    }

    /** A decoded tile, or nothing where there is none. */
    load(level, x, y) {
      const key = `${level}-${x}-${y}`;
      if (window.location.protocol === "file:") {
        pm.denseTrouble(); // a browser reads no file beside a page that is a file itself
        return Promise.resolve(null);
      }
      if (!this.known.has(key)) {
        return Promise.resolve(null);
      }
      if (!this.known.get(key)) {
        this.known.set(key, this.fetch(key, level));
        this.forget();
      }
      return this.known.get(key);
    }

    async fetch(key, level) {
      try {
        const answer = await fetch(`${this.tiles.folder}/${key}.bin`);
        if (!answer.ok) {
          throw new Error(String(answer.status));
        }
        const buffer = await answer.arrayBuffer();
        return level === this.tiles.leaf ? new pm.DenseIndex(await pm.decodeDenseFile(buffer)) : await pm.inflate(new Uint8Array(buffer), SIDE * SIDE);
      } catch (error) {
        pm.denseTrouble();
        return null;
      }
    }

    /** Let go of the tiles that were fetched first. */
    forget() {
      const held = [...this.known].filter(([, tile]) => tile);
      held.slice(0, Math.max(0, held.length - KEPT)).forEach(([key]) => {
        this.known.delete(key);
        this.known.set(key, null);
      });
    }

    leafOf(coords) {
      const up = coords.z - this.tiles.leaf;
      return this.load(this.tiles.leaf, coords.x >> up, coords.y >> up);
    }

    draw(context, coords, styles, done) {
      if (coords.z >= this.tiles.leaf) {
        this.leafOf(coords).then((index) => (index ? pm.drawDense(context, index, coords, SIDE, styles, done) : done()));
      } else {
        this.load(coords.z, coords.x, coords.y).then((cells) => {
          if (cells) {
            picture(context, cells, styles);
          }
          done();
        });
      }
    }

    async at(x, y) {
      const scale = 2 ** this.tiles.leaf / SIDE;
      const index = await this.load(this.tiles.leaf, Math.floor(x * scale), Math.floor(y * scale));
      const row = index ? index.at(x, y) : -1;
      return row < 0 ? null : { data: index.data, row };
    }

    find() {
      return Promise.resolve([]); // what is not here cannot be searched
    }
  }

  /** A picture of classes, one cell a pixel. */
  function picture(context, cells, styles) {
    const small = pm.el("canvas", { width: SIDE, height: SIDE });
    const inner = small.getContext("2d");
    const image = inner.createImageData(SIDE, SIDE);
    cells.forEach((cell, i) => {
      if (cell) {
        image.data.set(styles[cell - 1].pixel, i * 4);
      }
    });
    inner.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, SIDE, SIDE);
  }

  const Grid = L.GridLayer.extend({
    initialize(source, styles) {
      L.GridLayer.prototype.initialize.call(this, { tileSize: SIDE, pane: "pm-dense", updateWhenZooming: false, keepBuffer: 1 });
      this._source = source;
      this._styles = styles;
      this.on("tileunload", (event) => {
        event.tile.pmGone = true;
      });
    },
    createTile(coords, done) {
      const { canvas, context } = pm.denseCanvas(SIDE);
      this._source.draw(context, coords, this._styles, () => done(null, canvas));
      return canvas;
    },
  });

  function styleOf({ colour }) {
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
    const dark = [r, g, b].map((part) => Math.round(part * 0.62));
    return { fill: `rgb(${r} ${g} ${b} / 0.72)`, edge: `rgb(${dark.join(" ")} / 0.9)`, pixel: [r, g, b, 184] };
  }

  /** The Leaflet layer of one dense layer of the page. */
  pm.denseLayer = function (number) {
    const entry = pm.data.dense[number];
    if (!pm.map.getPane("pm-dense")) {
      pm.map.createPane("pm-dense").style.zIndex = 390; // above the ground, below lines, symbols and names
    }
    const source = entry.tiles ? new TileSource(entry) : new WholeSource(entry, number);
    const layer = new Grid(source, entry.classes.map(styleOf));
    const group = { data: { ...entry, interactive: true, features: { length: entry.count } }, layer, records: [], source };
    pm.dense.push(group);
    pm.groups.push(group);
    return layer;
  };

  /** Told once when tiles cannot be fetched: the page was opened from a folder, or they were left behind. */
  pm.denseTrouble = function () {
    if (!pm.byId("pm-dense-note")) {
      pm.control("topleft", pm.el("p", { id: "pm-dense-note", class: "pm-dense-note", role: "status", "data-t": "tiles_missing" }, pm.t("tiles_missing")));
    }
  };

  /** The feature at a place in the uppermost dense layer that has one there, or nothing. */
  pm.denseAt = async function (latlng) {
    const [x, y] = pm.latLngToWorld(latlng);
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
        points.push(pm.worldToLatLng(data.x[i], data.y[i]));
      }
      found.push(points);
    }
    return found;
  }

  const both = (text) => ({ zh: text, en: text });

  /** A record as the cards know it, made when it is needed. */
  function recordOf(group, hit) {
    const { data, row } = hit;
    const bounds = L.latLngBounds(ringsOf(hit).flat());
    const { classes, style, determinacy } = group.data;
    const feature = {
      id: data.name(row),
      name: both(data.name(row)),
      kind: classes.length > 1 ? classes[data.classes[row]] : null,
      style,
      determinacy,
      geometry: { type: "Polygon" },
      rows: data.columns.map(({ label, text }) => [label, both(text(row))]).filter(([, value]) => value.zh !== ""),
    };
    return { feature, group, layer: group.layer, symbols: [], shapes: [], rims: [], bounds, anchor: bounds.getCenter(), outline: ringsOf(hit) };
  }

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

  /** Features of dense layers by part of their name. */
  pm.denseFind = async function (wanted, most) {
    const found = [];
    for (const group of pm.dense) {
      (await group.source.find(wanted, most - found.length)).forEach((hit) => found.push(recordOf(group, hit)));
    }
    return found;
  };

  pm.startDense = function () {
    pm.map.on("click", (event) => {
      if (!pm.measuring && !event.originalEvent.pmTaken && pm.dense.length) {
        pm.denseAt(event.latlng).then((record) => record && pm.openCard(record, event.latlng, false));
      }
    });
    Promise.all(pm.dense.map((group) => group.source.ready)).then(() => document.body.classList.add("pm-dense-ready"));
  };
}(window.parkmap));
