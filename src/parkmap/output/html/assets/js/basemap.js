/* Tiles of an online basemap, where the page was asked to carry one. Tiles in GCJ-02 are laid where they belong in
 * WGS 84; the data stays where it is. */
(function (pm) {
  "use strict";

  // Krasovsky's ellipsoid, as in the published formula of GCJ-02 (coordinates "with a deviation", GB 20263).
  const A = 6378245;
  const E2 = 0.00669342162296594323;
  const ROUNDS = 30;
  const CLOSE = 1e-9; // degrees, 0.1 mm
  const SEAM = 1; // pixels by which a shifted tile is larger: neighbours are rounded each for itself

  const radians = (degrees) => (degrees * Math.PI) / 180;
  const wave = (x, ...terms) => terms.reduce((sum, [height, factor]) => sum + height * Math.sin(x * factor * Math.PI), 0);

  /** Degrees by which GCJ-02 lies off WGS 84 at a place. */
  function offset({ lat, lng }) {
    const x = lng - 105;
    const y = lat - 35;
    const root = Math.sqrt(Math.abs(x));
    const common = wave(x, [20, 6], [20, 2]);
    const north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root +
      ((common + wave(y, [20, 1], [40, 1 / 3], [160, 1 / 12], [320, 1 / 30])) * 2) / 3;
    const east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root +
      ((common + wave(x, [20, 1], [40, 1 / 3], [150, 1 / 12], [300, 1 / 30])) * 2) / 3;
    const magic = 1 - E2 * Math.sin(radians(lat)) ** 2;
    const meridian = (A * (1 - E2)) / magic ** 1.5;
    const prime = A / Math.sqrt(magic);
    return { lat: north / radians(meridian), lng: east / radians(prime * Math.cos(radians(lat))) };
  }

  pm.toGcj = function (latlng) {
    const off = offset(latlng);
    return L.latLng(latlng.lat + off.lat, latlng.lng + off.lng);
  };

  /** The inverse has no closed form; this closes below a millimetre in a few rounds. */
  pm.fromGcj = function (latlng) {
    let found = latlng;
    for (let i = 0; i < ROUNDS; i += 1) {
      const back = pm.toGcj(found);
      const next = L.latLng(found.lat + latlng.lat - back.lat, found.lng + latlng.lng - back.lng);
      const moved = Math.max(Math.abs(next.lat - found.lat), Math.abs(next.lng - found.lng));
      found = next;
      if (moved < CLOSE) {
        break;
      }
    }
    return found;
  };

  /** Tiles whose own grid is GCJ-02: asked for by it, and each laid by its own corner in WGS 84. */
  const ShiftedTiles = L.TileLayer.extend({
    _getTiledPixelBounds(centre) {
      return L.TileLayer.prototype._getTiledPixelBounds.call(this, pm.toGcj(centre));
    },
    _getTilePos(coords) {
      const corner = this._map.unproject(coords.scaleBy(this.getTileSize()), coords.z);
      return this._map.project(pm.fromGcj(corner), coords.z).subtract(this._level.origin).round();
    },
    _initTile(tile) {
      L.TileLayer.prototype._initTile.call(this, tile);
      const { x, y } = this.getTileSize();
      Object.assign(tile.style, { width: `${x + SEAM}px`, height: `${y + SEAM}px` });
    },
  });

  /** One address of several, the same one for the same tile. */
  function address(layer, { hosts, key }, path) {
    layer.getTileUrl = function (coords) {
      const values = { x: coords.x, y: coords.y, z: coords.z, key };
      const filled = path.replace(/\{(x|y|z|key)\}/g, (_, name) => String(values[name]));
      return hosts[(coords.x + coords.y) % hosts.length] + filled;
    };
    return layer;
  }

  function tiles(basemap) {
    const Kind = basemap.datum === "gcj02" ? ShiftedTiles : L.TileLayer;
    const options = { maxNativeZoom: basemap.max_zoom, maxZoom: pm.map.getMaxZoom() };
    return basemap.paths.map((path) => address(new Kind("", options), basemap, path));
  }

  const own = () => pm.groups.filter((group) => group.data.features.some((feature) => pm.data.roles[feature.style].draw === "base"));

  function showOn({ map, layers }, on) {
    layers.forEach((layer) => (on ? map.addLayer(layer) : map.removeLayer(layer)));
    const sea = map.getPane("pm-sea");
    if (sea) {
      sea.style.display = on ? "none" : "";
    }
  }

  /** Show the online basemap in place of the page's own land and sea, or the other way round. */
  pm.showBasemap = function (on) {
    pm.online.shown = on;
    pm.online.maps.forEach((one) => showOn(one, on));
    own().forEach((group) => (on ? pm.map.removeLayer(group.layer) : pm.map.addLayer(group.layer)));
    document.body.classList.toggle("pm-online", on);
    pm.tell("visibility");
  };

  /** Without a network the page falls back on its own base. */
  function watch(layer) {
    let loaded = false;
    layer.on("tileload", () => {
      loaded = true;
    });
    layer.on("tileerror", () => {
      if (!loaded && pm.online.shown) {
        pm.showBasemap(false);
      }
    });
  }

  /** Let a map carry the basemap too. */
  pm.basemapOn = function (map) {
    if (pm.online) {
      const layers = tiles(pm.data.basemap);
      layers.forEach(watch);
      pm.online.maps.push({ map, layers });
      showOn(pm.online.maps.at(-1), pm.online.shown);
    }
  };

  pm.startBasemap = function () {
    if (!pm.data.basemap) {
      return;
    }
    pm.online = { shown: false, maps: [] };
    pm.basemapOn(pm.map);
    pm.showBasemap(true);
  };
}(window.parkmap));
