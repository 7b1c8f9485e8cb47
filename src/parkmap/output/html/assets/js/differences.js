/* The list of what differs between two sides: one heading per sort of difference, each name a way to the map. */
(function (pm) {
  "use strict";

  const same = (a, b) => a.zh === b.zh && a.en === b.en;

  function entry(difference) {
    const item = pm.el("li");
    const { target } = difference;
    if (target !== null && pm.canGoTo(target)) {
      const button = pm.el("button", { type: "button", class: "pm-link", dir: "auto" }, pm.say(difference.name));
      button.addEventListener("click", () => pm.goTo(target));
      item.append(button);
    } else {
      item.append(pm.el("span", { dir: "auto" }, pm.say(difference.name)));
    }
    item.append(...difference.notes.map((note) => pm.el("p", { class: "pm-source", dir: "auto" }, pm.say(note))));
    return item;
  }

  function part(heading, list) {
    const box = pm.el("div", { class: "pm-legend-part" });
    const title = pm.el("h3", {}, pm.say(heading));
    title.append(pm.el("span", { class: "pm-number" }, String(list.length)));
    const items = pm.el("ul", { class: "pm-differences" });
    items.append(...list.map(entry));
    box.append(title, items);
    return box;
  }

  function redraw() {
    const headings = [];
    pm.data.differences.forEach(({ heading }) => headings.some((known) => same(known, heading)) || headings.push(heading));
    pm.fill(pm.byId("pm-differences"), headings.map((heading) => part(heading, pm.data.differences.filter((one) => same(one.heading, heading)))));
    pm.byId("pm-differences-count").textContent = pm.t("count", pm.data.differences.length);
  }

  pm.startDifferences = function () {
    pm.byId("pm-differences-section").hidden = !pm.data.differences.length;
    pm.on("language", redraw);
    redraw();
  };
}(window.parkmap));
