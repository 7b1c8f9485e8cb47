/* Printing: the map is laid out for the sheet before the browser takes its picture, and put back afterwards. */
(function (pm) {
  "use strict";

  const PARTS = ["pm-legend-section", "pm-sources-section"]; // folded or not, they belong on paper
  const SMALLEST = 0.6; // scale below which the column beside the map would be unreadable

  let before = null; // what the screen shows

  function remember() {
    return {
      bounds: pm.map.getBounds(),
      centre: pm.map.getCenter(),
      zoom: pm.map.getZoom(),
      snap: pm.map.options.zoomSnap,
      folded: PARTS.filter((id) => !pm.byId(id).open),
    };
  }

  /** Make the column beside the map as small as it must be to end with the sheet. */
  function fitColumn() {
    const panel = pm.byId("pm-panel");
    for (let scale = 1; scale > SMALLEST && panel.scrollHeight > panel.clientHeight + 1; scale -= 0.04) {
      panel.style.zoom = String(scale);
    }
  }

  function prepare() {
    if (before) {
      return;
    }
    before = remember();
    pm.map.closePopup();
    before.folded.forEach((id) => {
      pm.byId(id).open = true;
    });
    document.body.classList.add("pm-printing");
    fitColumn();
    const whole = before.bounds.contains(pm.wholeBounds());
    pm.map.options.zoomSnap = 0; // fill the sheet
    pm.map.invalidateSize({ pan: false });
    pm.map.fitBounds(whole ? pm.wholeBounds() : before.bounds, { padding: whole ? [24, 24] : [0, 0], animate: false });
    if (pm.dense.length) {
      pm.drawDenseNow();
    }
  }

  function restore() {
    if (!before) {
      return;
    }
    document.body.classList.remove("pm-printing");
    pm.byId("pm-panel").style.zoom = "";
    before.folded.forEach((id) => {
      pm.byId(id).open = false;
    });
    pm.map.options.zoomSnap = before.snap;
    pm.map.invalidateSize({ pan: false });
    pm.map.setView(before.centre, before.zoom, { animate: false });
    before = null;
  }

  pm.startPrint = function () {
    const paper = pm.byId("pm-paper");
    paper.addEventListener("change", () => {
      document.body.dataset.paper = paper.value;
    });
    document.body.dataset.paper = paper.value;
    pm.byId("pm-print").addEventListener("click", () => window.print());
    window.addEventListener("beforeprint", prepare);
    window.addEventListener("afterprint", restore);
  };
}(window.parkmap));
