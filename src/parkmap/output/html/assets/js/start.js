/* Runs last: every layer is made, the page comes to life. */
(function (pm) {
  "use strict";

  pm.start = function () {
    pm.layFrame();
    pm.startControls();
    pm.startView();
    pm.spread();
    pm.startLabels();
    pm.startPanel();
    pm.startQuota();
    pm.startLegend();
    pm.startMeasure();
    pm.startMinimap();
    pm.startSearch();
    pm.startCards();
    pm.startPrint();
    pm.startBasemap();
    pm.reorder();
    pm.wholeMap();
    document.body.classList.add("pm-ready");
  };
}(window.parkmap));
