/* Two sides on one page: a divider that uncovers one or the other, or both maps beside each other (twin.js). */
(function (pm) {
  "use strict";

  const FAR = 1e5; // pixels; beyond any window
  const STEP = 0.02; // share of the width that an arrow key moves the divider
  const LEAP = 0.1;
  const NEARLY_ALL = 0.86; // where the divider goes so that a thing of one side can be seen
  const KEYS = { ArrowLeft: -STEP, ArrowDown: -STEP, ArrowRight: STEP, ArrowUp: STEP, PageDown: -LEAP, PageUp: LEAP, Home: -1, End: 1 };
  const LETTERS = ["A", "B"];

  let divider = null;
  let share = 0.5; // of the window's width, from the left, that shows the first side
  let names = [];

  const paneOf = (side) => `pm-side-${side}`;
  const isSwipe = () => document.body.dataset.compare === "swipe";

  /** Panes for what only one side has, each above the shared ground. */
  function makePanes(map) {
    LETTERS.forEach((_, side) => {
      if (!map.getPane(paneOf(side))) {
        map.createPane(paneOf(side)).style.zIndex = String(410 + side);
      }
    });
  }
  pm.makeSidePanes = makePanes;

  /** Draw what only one side has in that side's own pane. */
  pm.settle = function (record) {
    const { side } = record.group.data;
    if (side !== null) {
      makePanes(pm.map);
      [...record.shapes, ...record.symbols].forEach((path) => {
        path.options.pane = paneOf(side);
      });
    }
  };

  function clipped(side) {
    return [paneOf(side), side === 0 ? "pm-labels" : "pm-labels-1"].map((name) => pm.map.getPane(name)).filter(Boolean);
  }

  /** Set the divider and what it cuts off where its share says, whatever the map has done meanwhile. */
  function place() {
    const size = pm.map.getSize();
    const at = pm.map.containerPointToLayerPoint([Math.round(size.x * share), 0]);
    const between = (x0, x1) => `polygon(${x0}px ${at.y - FAR}px, ${x1}px ${at.y - FAR}px, ${x1}px ${at.y + FAR}px, ${x0}px ${at.y + FAR}px)`;
    const sides = [between(at.x - FAR, at.x), between(at.x, at.x + FAR)];
    sides.forEach((path, side) => clipped(side).forEach((pane) => {
      pane.style.clipPath = isSwipe() ? path : "";
    }));
    L.DomUtil.setPosition(divider, at);
    divider.style.height = `${size.y}px`;
  }

  function say() {
    const percent = Math.round(share * 100);
    divider.setAttribute("aria-valuenow", String(percent));
    divider.setAttribute("aria-valuetext", `A ${percent}%, B ${100 - percent}%`);
    names.forEach((name, side) => name.classList.toggle("pm-side-gone", isSwipe() && (side === 0 ? share < 0.02 : share > 0.98)));
  }

  /** Move the divider to a share of the window's width. */
  pm.swipeTo = function (wanted) {
    share = Math.min(1, Math.max(0, wanted));
    place();
    say();
  };

  /** Move the divider where it would hide a thing that the reader asked for. */
  pm.uncover = function (record) {
    const { side } = record.group.data;
    if (pm.data.sides && side !== null && isSwipe()) {
      pm.swipeTo(side === 0 ? NEARLY_ALL : 1 - NEARLY_ALL);
    }
  };

  function onKey(event) {
    const by = KEYS[event.key];
    if (by !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      pm.swipeTo(share + by);
    }
  }

  function follow(event) {
    const box = pm.map.getContainer().getBoundingClientRect();
    pm.swipeTo((event.clientX - box.left) / box.width);
  }

  function makeDivider() {
    const pane = pm.map.createPane("pm-divider");
    pane.style.zIndex = "640"; // over labels, under cards
    divider = pm.el("div", { class: "pm-divider", role: "slider", tabindex: "0", "data-label": "compare_divider", "aria-valuemin": "0", "aria-valuemax": "100", "aria-orientation": "horizontal" });
    const grip = pm.el("span", { class: "pm-grip", "aria-hidden": "true" });
    const icon = pm.svg("svg", { viewBox: "0 0 24 24", width: 24, height: 24 });
    icon.append(pm.svg("path", { d: "M9 6 3.5 12 9 18M15 6l5.5 6L15 18", fill: "none", stroke: "currentColor", "stroke-width": 2, "stroke-linecap": "round", "stroke-linejoin": "round" }));
    grip.append(icon);
    divider.append(grip);
    pane.append(divider);
    L.DomEvent.disableClickPropagation(divider);
    divider.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      divider.setPointerCapture(event.pointerId);
      divider.focus({ preventScroll: true });
    });
    divider.addEventListener("pointermove", (event) => divider.hasPointerCapture(event.pointerId) && follow(event));
    divider.addEventListener("keydown", onKey);
  }

  function nameOf(side) {
    const box = pm.el("div", { class: `pm-side-name pm-side-name-${side}` });
    box.append(pm.el("b", { "aria-hidden": "true" }, LETTERS[side]), pm.el("span", { dir: "auto" }));
    return box;
  }

  function modeButton(mode) {
    const button = pm.el("button", { type: "button", "data-mode": mode, "data-t": `compare_${mode}` });
    button.addEventListener("click", () => pm.compareAs(mode));
    return button;
  }

  function makeBar() {
    const bar = pm.el("div", { class: "pm-compare" });
    const modes = pm.el("div", { class: "pm-modes", role: "group", "data-label": "compare_modes" });
    modes.append(modeButton("swipe"), modeButton("double"));
    names = LETTERS.map((_, side) => nameOf(side));
    bar.append(names[0], modes, names[1]);
    pm.byId("pm-stage").append(bar);
  }

  function nameSides() {
    names.forEach((box, side) => {
      const text = pm.say(pm.data.sides[side]);
      box.querySelector("span").textContent = text;
      box.title = text;
    });
  }

  /** Show the two by a divider (`swipe`) or beside each other (`double`). */
  pm.compareAs = function (mode) {
    document.body.dataset.compare = mode;
    document.querySelectorAll(".pm-modes button").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.mode === mode)));
    pm.showTwin(mode === "double");
    pm.swipeTo(share);
    pm.tell("visibility");
  };

  pm.startCompare = function () {
    if (!pm.data.sides) {
      return;
    }
    document.body.dataset.compare = "swipe";
    makeBar();
    makeDivider();
    nameSides();
    pm.on("language", nameSides);
    pm.on("visibility", place);
    pm.map.on("move resize zoomend viewreset", place);
    document.querySelector("[data-mode=swipe]").setAttribute("aria-pressed", "true");
    document.querySelector("[data-mode=double]").setAttribute("aria-pressed", "false");
    pm.swipeTo(share);
  };
}(window.parkmap));
