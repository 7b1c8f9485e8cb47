/* The point symbols, the same on map, legend and cards: unit shapes, a Leaflet layer that draws them with either
 * renderer, and small pictures for the legend. */
(function (pm) {
  "use strict";

  /** Corners of a regular polygon or star on the unit circle, the first one at the top (turn in degrees). */
  function corners(count, turn, inner) {
    const points = [];
    const total = inner ? count * 2 : count;
    for (let i = 0; i < total; i += 1) {
      const angle = ((i * 360) / total + turn - 90) * (Math.PI / 180);
      const radius = inner && i % 2 ? inner : 1;
      points.push([Math.cos(angle) * radius, Math.sin(angle) * radius]);
    }
    return points;
  }

  // Radii differ so that the shapes look equally large; circle and dot have no corners.
  const SHAPES = {
    star: { points: corners(5, 0, 0.46), radius: 10.5 },
    triangle: { points: corners(3, 0), radius: 9.5 },
    square: { points: corners(4, 45), radius: 9.5 },
    "square-small": { points: corners(4, 45), radius: 7 },
    diamond: { points: corners(4, 0), radius: 9.2 },
    pentagon: { points: corners(5, 0), radius: 8.8 },
    hexagon: { points: corners(6, 0), radius: 8.6 },
    circle: { points: null, radius: 7.6 },
    dot: { points: null, radius: 4.6 },
  };

  /** Share of a symbol's radius that it takes up to the sides: a square's corners stand in the diagonals. */
  pm.symbolReach = (symbol) => (symbol.options.symbol.startsWith("square") ? 0.75 : 0.95);

  pm.hasSymbol = (role) => role.symbol in SHAPES;
  pm.symbolRadius = (role) => SHAPES[role.symbol].radius;

  function pathData(symbol, x, y, radius) {
    const { points } = SHAPES[symbol];
    if (!points) {
      return `M${x - radius},${y}a${radius},${radius} 0 1,0 ${radius * 2},0a${radius},${radius} 0 1,0 ${-radius * 2},0`;
    }
    const at = ([px, py]) => `${(x + px * radius).toFixed(2)},${(y + py * radius).toFixed(2)}`;
    return `M${points.map(at).join("L")}z`;
  }

  /** A point symbol; the white edge is drawn under the fill (paint-order in the style sheet). */
  pm.SymbolMarker = L.CircleMarker.extend({
    _project() {
      L.CircleMarker.prototype._project.call(this);
      // Symbols at the very same place stand side by side.
      this._point.x += this.options.shift || 0;
      this._updateBounds();
    },
    _updatePath() {
      this._renderer._updateSymbol(this);
    },
  });

  L.SVG.include({
    _updateSymbol(layer) {
      const { x, y } = layer._point;
      this._setPath(layer, layer._empty() ? "M0 0" : pathData(layer.options.symbol, x, y, layer._radius));
    },
  });

  L.Canvas.include({
    _updateSymbol(layer) {
      if (!this._drawing || layer._empty()) {
        return;
      }
      const context = this._ctx;
      const { points } = SHAPES[layer.options.symbol];
      context.beginPath();
      if (points) {
        points.forEach(([x, y]) => context.lineTo(layer._point.x + x * layer._radius, layer._point.y + y * layer._radius));
        context.closePath();
      } else {
        context.arc(layer._point.x, layer._point.y, layer._radius, 0, Math.PI * 2);
      }
      this._fillStroke(context, layer);
    },
  });

  /** Marker for a role at a place. */
  pm.symbolMarker = function (latlng, role, interactive) {
    return new pm.SymbolMarker(latlng, {
      symbol: role.symbol,
      radius: SHAPES[role.symbol].radius,
      fillColor: role.colour,
      fillOpacity: 1,
      color: "#ffffff",
      weight: 3,
      opacity: 1,
      interactive,
      className: "pm-symbol",
    });
  };

  /** A role's symbol as a small picture, or nothing for roles without one. */
  pm.symbolPicture = function (role, size) {
    const picture = pm.svg("svg", { viewBox: "-12 -12 24 24", width: size, height: size, "aria-hidden": "true", class: "pm-pic" });
    if (pm.hasSymbol(role)) {
      const { radius } = SHAPES[role.symbol];
      picture.append(pm.svg("path", { d: pathData(role.symbol, 0, 0, radius), fill: role.colour, class: "pm-symbol", stroke: "#fff", "stroke-width": 2 }));
    } else {
      picture.append(pm.svg("rect", { x: -9, y: -5.5, width: 18, height: 11, rx: 2, fill: role.colour, "fill-opacity": 0.35, stroke: role.colour, "stroke-width": 1.5 }));
    }
    return picture;
  };

  const STEP = 7; // pixels between the lines of a hatching
  const patterns = new Map();

  function svgHatch(key, colour) {
    const id = `pm-hatch-${key}`;
    const pattern = pm.svg("pattern", { id, width: STEP, height: STEP, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
    pattern.append(pm.svg("rect", { width: STEP, height: STEP, fill: colour, "fill-opacity": 0.16 }));
    pattern.append(pm.svg("rect", { width: 1.3, height: STEP, fill: colour, "fill-opacity": 0.42 }));
    const home = pm.svg("svg", { width: 0, height: 0, "aria-hidden": "true", class: "pm-hatches" });
    home.append(pattern);
    document.body.append(home);
    return `url(#${id})`;
  }

  function canvasHatch(colour) {
    const tile = document.createElement("canvas");
    const side = STEP + 1;
    tile.width = side;
    tile.height = side;
    const context = tile.getContext("2d");
    context.fillStyle = colour;
    context.globalAlpha = 0.16;
    context.fillRect(0, 0, side, side);
    context.strokeStyle = colour;
    context.globalAlpha = 0.42;
    [[-1, 1, 1, -1], [0, side, side, 0], [side - 1, side + 1, side + 1, side - 1]].forEach(([x0, y0, x1, y1]) => {
      context.beginPath();
      context.moveTo(x0, y0);
      context.lineTo(x1, y1);
      context.stroke();
    });
    return context.createPattern(tile, "repeat");
  }

  /** The fill of what is indicative: hatched in the colour of its role. */
  pm.hatch = function (key, role) {
    if (!patterns.has(key)) {
      patterns.set(key, pm.map.options.preferCanvas ? canvasHatch(role.colour) : svgHatch(key, role.colour));
    }
    return patterns.get(key);
  };

  /** The same for a small picture, whatever the map itself is drawn with. */
  pm.hatchPicture = function (key, colour) {
    const name = `picture-${key}`;
    if (!patterns.has(name)) {
      patterns.set(name, svgHatch(name, colour));
    }
    return patterns.get(name);
  };

  pm.symbolPath = pathData;
}(window.parkmap));
