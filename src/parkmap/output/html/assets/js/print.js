/* Printing: the map is laid out for the sheet before the browser takes its picture, and put back afterwards. */
(function (pm) {
  "use strict";

  let before = null; // what the screen shows

  function prepare() {
    if (before) {
      return;
    }
    before = { bounds: pm.map.getBounds(), centre: pm.map.getCenter(), zoom: pm.map.getZoom(), snap: pm.map.options.zoomSnap };
    pm.map.closePopup();
    document.body.classList.add("pm-printing");
    pm.map.options.zoomSnap = 0; // fill the sheet
    pm.map.invalidateSize({ pan: false });
    pm.map.fitBounds(before.bounds, { animate: false });
  }

  function restore() {
    if (!before) {
      return;
    }
    document.body.classList.remove("pm-printing");
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
