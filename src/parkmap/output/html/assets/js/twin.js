/* The second map of a comparison: the same ground, the second side's own layers, always the same view as the first. */
(function (pm) {
  "use strict";

  // Not the bounds: the first map alone says how far one may go, and the second comes back with it.
  const SHARED = ["crs", "maxZoom", "zoomSnap", "zoomDelta", "wheelPxPerZoomLevel", "preferCanvas"];

  let twin = null;
  let ground = []; // what both sides share, drawn once more: {group, layer}
  let busy = false; // one map is following the other

  /** The same path once more, for the second map. */
  function copyOf(path) {
    const { pane } = path.options;
    if (!twin.getPane(pane)) {
      twin.createPane(pane).style.zIndex = pm.map.getPane(pane).style.zIndex;
    }
    return new path.constructor(path.getLatLngs ? path.getLatLngs() : path.getLatLng(), { ...path.options, renderer: undefined });
  }

  /** A shared thing as the second map knows it: its card opens there. */
  const onTwin = (record) => ({ ...record, original: record, group: { ...record.group, data: { ...record.group.data, side: 1 } } });

  function copyGround() {
    ground = pm.groups.filter((group) => group.data.side === null).map((group) => {
      const layer = L.featureGroup();
      group.records.forEach((record) => {
        const copies = L.featureGroup([...record.rims, ...record.shapes, ...record.symbols].map(copyOf)).addTo(layer);
        if (group.data.interactive) {
          copies.on("click", (event) => pm.measuring || pm.openCard(onTwin(record), event.latlng, false));
        }
      });
      return { group, layer };
    });
  }

  function showGround() {
    ground.forEach(({ group, layer }) => twin[pm.map.hasLayer(group.layer) ? "addLayer" : "removeLayer"](layer));
    ground.forEach(({ layer }) => layer.eachLayer((copies) => copies.eachLayer((path) => path._map && path.bringToFront())));
  }

  /** Give one map the view of the other. */
  function follow(leader, follower) {
    if (pm.twin && !busy) {
      busy = true;
      follower.setView(leader.getCenter(), leader.getZoom(), { animate: false });
      busy = false;
    }
  }

  function nameIt() {
    twin.getContainer().setAttribute("aria-label", pm.say(pm.data.sides[1]));
  }

  function make() {
    const box = pm.el("div", { class: "pm-twin", role: "region" });
    pm.map.getContainer().after(box);
    const options = Object.fromEntries(SHARED.map((key) => [key, pm.map.options[key]]));
    twin = L.map(box, { ...options, zoomControl: false, attributionControl: false, center: pm.map.getCenter(), zoom: pm.map.getZoom() });
    pm.makeSidePanes(twin);
    pm.layFrame(twin);
    pm.basemapOn(twin);
    copyGround();
    pm.map.on("move zoom", () => follow(pm.map, twin));
    twin.on("move zoom", () => follow(twin, pm.map));
    twin.on("moveend", () => follow(pm.map, twin));
    pm.watchCards(twin);
    pm.measureOn(twin);
    nameIt();
    pm.on("language", nameIt);
    pm.on("visibility", () => pm.twin && showGround());
    pm.map.on("resize", () => pm.twin && meet());
  }

  /** Give both maps the same size, limits and view. */
  function meet() {
    busy = true;
    twin.invalidateSize({ pan: false });
    twin.setMinZoom(pm.map.getMinZoom());
    twin.setView(pm.map.getCenter(), pm.map.getZoom(), { animate: false });
    busy = false;
  }

  /** Carry the second side's layers, its labels and the tools from one map to the other. */
  function carry(from, to) {
    const own = pm.groups.filter((group) => group.data.side === 1 && from.hasLayer(group.layer));
    const named = from.hasLayer(pm.sideLabels);
    own.forEach((group) => from.removeLayer(group.layer));
    from.removeLayer(pm.sideLabels);
    own.forEach((group) => to.addLayer(group.layer));
    if (named) {
      to.addLayer(pm.sideLabels);
    }
    to.getContainer().querySelector(".leaflet-top.leaflet-right").append(document.querySelector(".pm-tools"));
  }

  /** Put the second side on a map of its own, or back under the divider. */
  pm.showTwin = function (on) {
    if (on === Boolean(pm.twin)) {
      return;
    }
    pm.closeCard();
    if (!twin) {
      make();
    }
    pm.twin = on ? twin : null;
    carry(on ? pm.map : twin, on ? twin : pm.map);
    pm.resized(false);
    meet();
    showGround();
  };
}(window.parkmap));
