/* Printing: the map is laid out for the sheet before the browser takes its picture, and put back afterwards. */
(function (pm) {
  "use strict";

  const PARTS = ["pm-legend-section", "pm-sources-section"]; // folded or not, they belong on paper
  const SMALLEST = 0.76; // scale below which the column beside the map would be unreadable
  const GIVES_WAY = ["#pm-questions .pm-source", "#pm-questions dl", "#pm-questions > li", "#pm-questions-section"]; // in this order

  let before = null; // what the screen shows

  function remember() {
    return {
      whole: pm.isWhole(),
      bounds: pm.map.getBounds(),
      centre: pm.map.getCenter(),
      zoom: pm.map.getZoom(),
      snap: pm.map.options.zoomSnap,
      folded: PARTS.filter((id) => !pm.byId(id).open),
    };
  }

  const tooLong = (panel) => panel.scrollHeight > panel.clientHeight + 1;

  /** Leave away what the page still shows, from the end, and say so; notes, legend and sources always stay. */
  function shorten(panel) {
    const more = pm.el("p", { class: "pm-print-more pm-intro" }, pm.t("more"));
    pm.byId("pm-questions-section").append(more);
    for (const element of GIVES_WAY.flatMap((selector) => [...document.querySelectorAll(selector)].reverse())) {
      if (!tooLong(panel)) {
        return;
      }
      element.classList.add("pm-print-left");
    }
  }

  /** Make the column beside the map end with the sheet: smaller letters first, then fewer entries. */
  function fitColumn() {
    const panel = pm.byId("pm-panel");
    for (let scale = 1; scale > SMALLEST && tooLong(panel); scale -= 0.04) {
      panel.style.zoom = String(scale);
    }
    if (tooLong(panel)) {
      shorten(panel);
    }
  }

  function lengthen() {
    pm.byId("pm-panel").style.zoom = "";
    document.querySelectorAll(".pm-print-more").forEach((element) => element.remove());
    document.querySelectorAll(".pm-print-left").forEach((element) => element.classList.remove("pm-print-left"));
  }

  function prepare() {
    if (before) {
      return;
    }
    before = remember();
    pm.measurePause();
    before.folded.forEach((id) => {
      pm.byId(id).open = true;
    });
    document.body.classList.add("pm-printing");
    fitColumn();
    const whole = before.bounds.contains(pm.wholeBounds());
    pm.map.options.zoomSnap = 0; // fill the sheet
    pm.unlimited(() => {
      pm.map.invalidateSize({ pan: false });
      pm.map.fitBounds(whole ? pm.wholeBounds() : before.bounds, { padding: whole ? [24, 24] : [0, 0], animate: false });
    });
    if (pm.dense.length) {
      pm.drawDenseNow();
    }
  }

  function restore() {
    if (!before) {
      return;
    }
    document.body.classList.remove("pm-printing");
    lengthen();
    before.folded.forEach((id) => {
      pm.byId(id).open = false;
    });
    pm.map.options.zoomSnap = before.snap;
    pm.unlimited(() => {
      pm.map.invalidateSize({ pan: false });
      pm.map.setView(before.centre, before.zoom, { animate: false });
    });
    pm.stayWhole(before.whole); // some browsers tell the window's own size only later
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
