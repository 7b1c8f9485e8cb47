/* Runs last: every layer is made, the page comes to life. */
(function (pm) {
  "use strict";

  pm.start = function () {
    pm.layFrame(pm.map);
    pm.startControls();
    pm.startCompare();
    pm.startView();
    pm.spread();
    pm.startLabels();
    pm.startPanel();
    pm.startDifferences();
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
    if (pm.dense.length) {
      pm.startDense();
    }
    pm.writeTexts(); // also of what was made after the panel
    document.body.classList.add("pm-ready");
  };
}(window.parkmap));
