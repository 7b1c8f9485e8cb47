/* Permanent labels: placed anew at every zoom, the more important first, none over another, none over a foreign
 * symbol. They are laid out for the whole map, not for the window, so that they stay put while one pans. */
(function (pm) {
  "use strict";

  let here = null; // the map whose labels are being laid out

  const CELL = 96; // pixels; side of a cell of the collision grid
  const MOST_SPOTS = 24; // places tried along the edge of a band
  const LESSER = 2; // steps of rank from which a symbol may be covered by a label
  const DEAR = 1000; // cost of a place that is only taken for a name that must be there
  const TIGHTER = 0.375; // share of the spacing of Chinese characters that Latin letters take; as in map.css
  const GAP = 2; // pixels kept free around a label

  // limit: width at which a name is broken into lines.
  const KINDS = {
    item: { size: 12.5, leading: 15.5, spacing: 0, limit: 138, weight: 600 },
    minor: { size: 11.5, leading: 14.5, spacing: 0, limit: 128, weight: 500 },
    district: { size: 13.5, leading: 17, spacing: 4, limit: 190, weight: 500 },
  };

  const MINOR = new Set(["dot", "square-small"]);

  function kindOf(record) {
    const role = pm.role(record);
    if (role.draw === "outline" || role.draw === "base") {
      return "district";
    }
    return MINOR.has(role.symbol) ? "minor" : "item";
  }

  /** Boxes in a grid, so that asking whether a place is free does not look at all of them. */
  class Boxes {
    constructor() {
      this.cells = new Map();
    }

    cellsOf(box, visit) {
      for (let x = Math.floor(box.x0 / CELL); x <= Math.floor(box.x1 / CELL); x += 1) {
        for (let y = Math.floor(box.y0 / CELL); y <= Math.floor(box.y1 / CELL); y += 1) {
          visit(`${x},${y}`);
        }
      }
    }

    add(box) {
      this.cellsOf(box, (key) => {
        if (!this.cells.has(key)) {
          this.cells.set(key, []);
        }
        this.cells.get(key).push(box);
      });
    }

    /** Boxes of others that lie in the way. */
    hits(box) {
      const found = new Set();
      this.cellsOf(box, (key) => {
        (this.cells.get(key) || []).forEach((other) => {
          const apart = other.x1 <= box.x0 || other.x0 >= box.x1 || other.y1 <= box.y0 || other.y0 >= box.y1;
          if (!apart && other.owner !== box.owner) {
            found.add(other);
          }
        });
      });
      return [...found];
    }
  }

  /** Places for a label beside a symbol: offset of the text's middle, and how its lines are set. */
  function besideSymbol(w, h, r) {
    const dx = r + 5 + w / 2;
    const dy = r + 4 + h / 2;
    return [
      [dx, 0, "start"], [-dx, 0, "end"], [0, dy, "middle"], [0, -dy, "middle"],
      [dx - 4, dy - 8, "start"], [dx - 4, -dy + 8, "start"], [-dx + 4, dy - 8, "end"], [-dx + 4, -dy + 8, "end"],
    ];
  }

  /** Places for a label inside an area without a symbol: the one with the most room first, then ever farther ones. */
  function inside(w, h) {
    const steps = [0, -1, 1, -2, 2, -3, 3];
    const spots = steps.flatMap((x) => steps.map((y) => [(x * w) / 3, y * h, "middle"]));
    return spots.sort((a, b) => Math.hypot(a[0], a[1]) - Math.hypot(b[0], b[1]));
  }

  /** Pixels between a feature's anchor and its nearest edge. */
  function room(record) {
    const [lon, lat, radius] = record.feature.anchor;
    return here.latLngToLayerPoint([lat, lon]).y - here.latLngToLayerPoint([lat + radius, lon]).y;
  }

  /** Places for the label of a band or a line too narrow for it: above or below its widest place, then along its edge. */
  function besideBand(record, w, h, free) {
    const at = here.latLngToLayerPoint(record.anchor);
    const edge = record.shapes[0].getLatLngs().flat(Infinity);
    const step = Math.max(1, Math.floor(edge.length / MOST_SPOTS));
    const spots = edge.filter((_, i) => i % step === 0).map((latlng) => here.latLngToLayerPoint(latlng).subtract(at));
    const beside = (spot, r) => besideSymbol(w, h, r).slice(2, 4).map(([dx, dy, align]) => [spot.x + dx, spot.y + dy, align]);
    return [...beside(L.point(0, 0), free), ...spots.flatMap((spot) => beside(spot, 0)), [0, 0, "middle"]];
  }

  function candidates(record, name, w, h) {
    if (record.symbols.length) {
      return besideSymbol(w, h, record.symbols[0].getRadius());
    }
    const free = room(record);
    return name === "district" || free > h / 2 ? inside(w, h) : besideBand(record, w, h, free);
  }

  /** Whether a place is still on the feature; only districts are moved far enough to matter. */
  function isOn(record, point) {
    const areas = record.shapes.filter((shape) => shape instanceof L.Polygon);
    return areas.length === 0 || areas.some((shape) => contains(shape, point));
  }

  function contains(shape, point) {
    const at = here.layerPointToLatLng(point);
    let odd = false;
    const walk = (ring) => {
      if (Array.isArray(ring[0])) {
        ring.forEach(walk);
        return;
      }
      ring.forEach((a, i) => {
        const b = ring[(i + 1) % ring.length];
        if (a.lat > at.lat !== b.lat > at.lat && at.lng < ((b.lng - a.lng) * (at.lat - a.lat)) / (b.lat - a.lat) + a.lng) {
          odd = !odd;
        }
      });
    };
    walk(shape.getLatLngs());
    return odd;
  }

  function boxAt(record, x, y, w, h) {
    return { x0: x - w / 2 - GAP, x1: x + w / 2 + GAP, y0: y - h / 2 - GAP, y1: y + h / 2 + GAP, owner: record.feature };
  }

  /** The window as it stands over the whole map: at that zoom no label is cut by its edge. When one has zoomed in,
   * labels are laid out without regard to the window, so that they do not jump while one pans. */
  function frame() {
    const [west, south, east, north] = pm.data.bounds;
    const all = L.bounds(here.latLngToLayerPoint([north, west]), here.latLngToLayerPoint([south, east]));
    const size = here.getSize();
    if (all.getSize().x > size.x || all.getSize().y > size.y) {
      return null;
    }
    const seen = L.bounds(here.containerPointToLayerPoint([4, 4]), here.containerPointToLayerPoint(size.subtract([4, 4])));
    return seen.contains(all) ? seen : null;
  }

  const IN_FRONT = ".pm-tools, .pm-side-name, .pm-modes, .pm-review, .pm-foot-upper";

  /** Boxes of what stands on the map, while the labels belong to the window. */
  function inFront(edge) {
    if (!edge) {
      return [];
    }
    const home = here.getContainer().getBoundingClientRect();
    return [...document.querySelectorAll(IN_FRONT)].map((element) => element.getBoundingClientRect()).filter(({ width }) => width > 0).map((box) => {
      const [first, last] = [[box.left, box.top], [box.right, box.bottom]].map(([x, y]) => here.containerPointToLayerPoint([x - home.left, y - home.top]));
      return { x0: first.x, x1: last.x, y0: first.y, y1: last.y, owner: null };
    });
  }

  function within(box, edge) {
    return !edge || (box.x0 >= edge.min.x && box.x1 <= edge.max.x && box.y0 >= edge.min.y && box.y1 <= edge.max.y);
  }

  /** What it costs to put a label over symbols: never over one of about the same importance, at need over lesser ones.
   * What must be named (rank 0) is named even so, where it hides least and is cut least by the window. */
  function cost(record, spot, taken) {
    const covered = taken.symbols.hits(spot.box);
    const must = record.feature.rank === 0;
    const lesser = covered.every((box) => (box.owner.rank ?? Infinity) >= record.feature.rank + LESSER);
    const free = within(spot.box, taken.frame) && !taken.labels.hits(spot.box).length;
    if (free && lesser) {
      return covered.length;
    }
    return must ? DEAR * (1 + covered.length + taken.labels.hits(spot.box).length + outside(spot.box, taken.frame)) : Infinity;
  }

  /** Pixels by which a box sticks out of the window. */
  function outside(box, edge) {
    const over = (low, high, from, to) => Math.max(0, from - low) + Math.max(0, high - to);
    return edge ? over(box.x0, box.x1, edge.min.x, edge.max.x) + over(box.y0, box.y1, edge.min.y, edge.max.y) : 0;
  }

  /** A kind with its font, which is known only once the style sheet has been read, and its spacing in this language. */
  function dressed(kind) {
    const family = getComputedStyle(document.documentElement).getPropertyValue("--pm-font");
    return { ...kind, font: `${kind.weight} ${kind.size}px ${family}`, spacing: kind.spacing * (pm.lang === "zh" ? 1 : TIGHTER) };
  }

  /** The best free place for a label, the first of equals, or nothing. */
  function place(record, taken) {
    const name = kindOf(record);
    const kind = dressed(KINDS[name]);
    const lines = pm.labelLines(pm.say(record.feature.name), kind);
    if (!lines.length) {
      return null;
    }
    const w = pm.labelWidth(lines, kind);
    const h = lines.length * kind.leading;
    const at = record.symbols.length ? record.symbols[0]._point : here.latLngToLayerPoint(record.anchor);
    const found = candidates(record, name, w, h)
      .map(([dx, dy, align]) => ({ x: at.x + dx, y: at.y + dy, align, moved: dx !== 0 || dy !== 0, box: boxAt(record, at.x + dx, at.y + dy, w, h) }))
      .filter((spot) => name !== "district" || !spot.moved || isOn(record, spot))
      .map((spot) => ({ ...spot, cost: cost(record, spot, taken) }))
      .reduce((best, spot) => (spot.cost < best.cost ? spot : best), { cost: Infinity });
    if (found.cost === Infinity) {
      return null;
    }
    taken.labels.add(found.box);
    return { record, name, kind, lines, w, h, x: found.x, y: found.y, align: found.align };
  }

  function draw(label) {
    const left = { start: label.x - label.w / 2, middle: label.x, end: label.x + label.w / 2 }[label.align];
    const text = pm.svg("text", { class: `pm-label pm-label-${label.name}`, "text-anchor": label.align, "data-id": label.record.feature.id });
    label.lines.forEach((line, i) => {
      const y = label.y - label.h / 2 + label.kind.leading * (i + 0.5) + label.kind.size * 0.36;
      const span = pm.svg("tspan", { x: left.toFixed(1), y: y.toFixed(1) });
      span.textContent = line;
      text.append(span);
    });
    return text;
  }

  const LabelLayer = L.Layer.extend({
    options: { pane: "pm-labels", side: null },
    initialize(options) {
      L.setOptions(this, options);
    },
    onAdd(map) {
      const pane = map.getPane(this.options.pane) || map.createPane(this.options.pane);
      pane.classList.add("pm-label-pane");
      this._box = pm.svg("svg", { class: "pm-labels leaflet-zoom-hide", "aria-hidden": "true", width: 1, height: 1 });
      pane.append(this._box);
      this.layout();
    },
    onRemove() {
      this._box.remove();
    },
    getEvents() {
      return { zoomend: this.layout, viewreset: this.layout, resize: this.layout };
    },
    names({ group }) {
      return this.options.side === null || group.data.side === null || group.data.side === this.options.side;
    },
    layout() {
      here = this._map;
      const taken = { labels: new Boxes(), symbols: new Boxes(), frame: frame() };
      const shown = pm.records.filter((record) => this.names(record) && pm.isShown(record));
      shown.forEach((record) => {
        record.symbols.forEach((symbol) => {
          const { x, y } = symbol._point;
          const r = symbol.getRadius() * pm.symbolReach(symbol);
          taken.symbols.add({ x0: x - r, x1: x + r, y0: y - r, y1: y + r, owner: record.feature });
        });
      });
      inFront(taken.frame).forEach((box) => taken.labels.add(box));
      if (pm.data.quota) {
        pm.quotaBoxes().forEach((box) => taken.symbols.add(box));
      }
      const named = shown.filter((record) => record.feature.anchor);
      named.sort((a, b) => a.feature.rank - b.feature.rank);
      pm.fill(this._box, named.map((record) => place(record, taken)).filter(Boolean).map(draw));
    },
  });

  /** Labels of everything, or of what both sides share and one of them. */
  pm.labelLayer = (pane, side) => new LabelLayer({ pane, side });

  pm.showLabels = function (on) {
    [pm.labels, pm.sideLabels].filter(Boolean).forEach((layer) => {
      const map = layer.options.side === 1 && pm.twin ? pm.twin : pm.map;
      map[on ? "addLayer" : "removeLayer"](layer);
    });
  };

  pm.relabel = () => [pm.labels, pm.sideLabels].forEach((layer) => layer && layer._map && layer.layout());

  pm.startLabels = function () {
    pm.labels = pm.labelLayer("pm-labels", pm.data.sides ? 0 : null).addTo(pm.map);
    pm.sideLabels = pm.data.sides ? pm.labelLayer("pm-labels-1", 1).addTo(pm.map) : null;
    pm.on("language", pm.relabel);
    pm.on("visibility", pm.relabel);
    // Widths measured before a font was ready would be wrong.
    if (document.fonts && document.fonts.ready) {
      document.fonts.ready.then(() => {
        pm.forgetWidths();
        pm.relabel();
      });
    }
  };
}(window.parkmap));
