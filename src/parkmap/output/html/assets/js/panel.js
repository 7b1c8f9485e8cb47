/* The side panel: title, notes, layer tree, open items, sources, language, and opening and closing the panel. */
(function (pm) {
  "use strict";

  const TAGS = { zh: "zh-CN", en: "en" };
  const MOST_QUESTIONS = 3; // the same of open questions
  const MOST_OPEN = 12; // a longer list of open items is told by kind, each folded at first

  function review() {
    const { review: number } = pm.data;
    return number ? pm.t("reviewed", number) : pm.t("not_reviewed");
  }

  function stamp(words) {
    return pm.el("p", { class: "pm-stamp", dir: "auto" }, pm.say(words));
  }

  function showOpenItems() {
    pm.openPanel(true);
    const section = pm.byId("pm-open-section");
    section.open = true;
    section.scrollIntoView({ block: "start", behavior: pm.animate() ? "smooth" : "auto" });
    section.querySelector("summary").focus({ preventScroll: true });
  }

  /** Bring one entry of the list of what is not drawn into view. */
  pm.showOpenItem = function (index) {
    pm.openPanel(true);
    pm.byId("pm-open-section").open = true;
    const row = pm.byId(`pm-open-${index}`);
    const part = row.closest(".pm-open-kind");
    if (part) {
      part.open = true;
    }
    row.scrollIntoView({ block: "center" });
    row.focus({ preventScroll: true });
  };

  /** How much is not drawn, and the way to the list. */
  function chip() {
    const button = pm.el("button", { type: "button", class: "pm-chip" }, pm.t("open_chip", pm.data.open.length));
    button.addEventListener("click", showOpenItems);
    return button;
  }

  function notes() {
    const lines = pm.data.stamps.map(stamp);
    if (pm.data.open.length) {
      lines.push(chip());
    }
    pm.fill(pm.byId("pm-notes"), lines);
    pm.byId("pm-notes").hidden = lines.length === 0;
    pm.fill(pm.byId("pm-review"), [
      pm.el("p", { class: "pm-review-line" }, review()),
      ...pm.data.stamps.map((words) => pm.el("p", { class: "pm-review-stamp", dir: "auto" }, pm.say(words))),
    ]);
    if (pm.data.open.length) {
      pm.byId("pm-review").append(chip());
    }
  }

  function openItem(item, index) {
    const entry = pm.el("li", { id: `pm-open-${index}`, tabindex: "-1" });
    const head = pm.el("p", { class: "pm-open-name" });
    head.append(pm.el("strong", { dir: "auto" }, pm.say(item.name)), pm.el("span", { class: "pm-tag", dir: "auto" }, pm.say(item.role)));
    entry.append(head);
    entry.append(pm.el("p", { dir: "auto" }, pm.say(item.reason)));
    entry.append(pm.el("p", { class: "pm-source", dir: "auto" }, pm.say(item.source)));
    return entry;
  }

  /** The list of what is not drawn: a short one as it is, a long one under a heading for each kind. */
  function openList() {
    const entries = pm.data.open.map(openItem);
    if (entries.length <= MOST_OPEN) {
      return entries;
    }
    const kinds = new Map();
    pm.data.open.forEach((item, index) => {
      const kind = pm.say(item.role);
      kinds.set(kind, [...(kinds.get(kind) || []), entries[index]]);
    });
    return [...kinds].map(([kind, members]) => {
      const part = pm.el("details", { class: "pm-open-kind" });
      const summary = pm.el("summary", { dir: "auto" }, kind);
      summary.append(pm.el("span", { class: "pm-number" }, String(members.length)));
      const list = pm.el("ul");
      list.append(...members);
      part.append(summary, list);
      const row = pm.el("li", { class: "pm-open-group" });
      row.append(part);
      return row;
    });
  }

  /** A question that the document leaves open: the reading in use, the others, the passages. */
  function question(entry) {
    const item = pm.el("li");
    item.append(pm.el("p", { class: "pm-question", dir: "auto" }, pm.say(entry.topic)));
    const readings = pm.el("dl");
    const line = (label, words) => readings.append(pm.el("dt", {}, pm.t(label)), pm.el("dd", { dir: "auto" }, pm.say(words)));
    line("reading_in_use", entry.in_use);
    entry.others.forEach((other) => line("reading_other", other));
    if (entry.reason) {
      line("reading_reason", entry.reason);
    }
    item.append(readings);
    item.append(...entry.says.map((said) => pm.el("p", { class: "pm-source", dir: "auto" }, pm.say(said))));
    return item;
  }

  /** Fill the list of what is not drawn, each kind as open as it was. */
  function fillOpen() {
    const list = pm.byId("pm-open");
    const unfolded = [...list.querySelectorAll(".pm-open-kind")].map((part) => part.open);
    pm.fill(list, openList());
    list.querySelectorAll(".pm-open-kind").forEach((part, i) => {
      part.open = Boolean(unfolded[i]);
    });
  }

  function lists() {
    pm.byId("pm-open-section").hidden = pm.data.open.length === 0;
    pm.byId("pm-open-count").textContent = pm.t("count", pm.data.open.length);
    fillOpen();
    pm.byId("pm-questions-section").hidden = pm.data.questions.length === 0;
    pm.byId("pm-questions-count").textContent = pm.t("count", pm.data.questions.length);
    pm.fill(pm.byId("pm-questions"), pm.data.questions.map(question));
    pm.byId("pm-sources-section").hidden = pm.data.sources.length === 0;
    pm.fill(pm.byId("pm-sources"), pm.data.sources.map((words) => pm.el("li", { dir: "auto" }, pm.say(words))));
  }

  /** A box to tick, with its title and a quiet number behind. */
  function tick(title, checked, count, onChange) {
    const label = pm.el("label", { class: "pm-tick" });
    const box = pm.el("input", { type: "checkbox" });
    box.checked = checked;
    box.addEventListener("change", () => onChange(box.checked));
    label.append(box, pm.el("span", { dir: "auto" }, title));
    if (count !== null) {
      label.append(pm.el("span", { class: "pm-number" }, String(count)));
    }
    return label;
  }

  function show(group, on) {
    if (on) {
      pm.mapOf(group).addLayer(group.layer);
    } else {
      pm.mapOf(group).removeLayer(group.layer);
    }
  }

  function groupTick(group) {
    const { data } = group;
    const label = tick(pm.say(data.title), pm.mapOf(group).hasLayer(group.layer), data.interactive ? data.features.length : null, (on) => {
      show(group, on);
      pm.tell("visibility");
    });
    label.dataset.group = data.id;
    return label;
  }

  /** Headings in the order of the page's uppermost groups, each with its groups. */
  function headings() {
    const found = [];
    [...pm.groups].reverse().forEach((group) => {
      const { parent } = group.data;
      const same = found.find((heading) => heading.parent && parent && heading.parent.zh === parent.zh && heading.parent.en === parent.en);
      if (same) {
        same.groups.push(group);
      } else {
        found.push({ parent, groups: [group] });
      }
    });
    return found;
  }

  function branch({ parent, groups }) {
    const rows = groups.map(groupTick);
    if (!parent) {
      return rows;
    }
    const set = pm.el("fieldset", { class: "pm-branch" });
    const on = groups.filter((group) => pm.mapOf(group).hasLayer(group.layer)).length;
    const legend = pm.el("legend");
    const all = tick(pm.say(parent), on === groups.length, null, (checked) => {
      groups.forEach((group) => show(group, checked));
      pm.tell("visibility");
    });
    all.querySelector("input").indeterminate = on > 0 && on < groups.length;
    legend.append(all);
    set.append(legend, ...rows);
    return [set];
  }

  function tree() {
    // Redrawing would lose the place of the keyboard: remember which box it was on.
    const box = pm.byId("pm-layers");
    const at = [...box.querySelectorAll("input")].indexOf(document.activeElement);
    const labels = tick(pm.t("labels"), pm.map.hasLayer(pm.labels), null, pm.showLabels);
    labels.classList.add("pm-tick-labels");
    const online = pm.online ? [tick(pm.t("basemap", pm.say(pm.data.basemap.name)), pm.online.shown, null, pm.showBasemap)] : [];
    pm.fill(box, [...headings().flatMap(branch), ...online, labels]);
    if (at >= 0) {
      box.querySelectorAll("input")[at].focus({ preventScroll: true });
    }
  }

  /** Write the texts that elements name by a key. */
  pm.writeTexts = function () {
    document.title = pm.say(pm.data.title);
    pm.byId("pm-title").textContent = pm.say(pm.data.title);
    pm.byId("pm-subtitle").textContent = pm.say(pm.data.subtitle);
    document.querySelectorAll("[data-t]").forEach((element) => {
      element.textContent = pm.t(element.dataset.t);
    });
    document.querySelectorAll("[data-label]").forEach((element) => {
      element.setAttribute("aria-label", pm.t(element.dataset.label));
      if (element.tagName === "BUTTON") {
        element.title = pm.t(element.dataset.label);
      }
    });
    document.querySelectorAll("[data-hint]").forEach((element) => {
      element.placeholder = pm.t(element.dataset.hint);
    });
    document.querySelectorAll("[data-lang]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.lang === pm.lang));
    });
  };

  /** Open or close the panel: a column on wide windows, a drawer over the map on narrow ones. */
  pm.openPanel = function (open) {
    if (document.body.classList.contains("pm-closed") === !open) {
      return;
    }
    document.body.classList.toggle("pm-closed", !open);
    pm.byId("pm-panel").inert = !open;
    const button = pm.byId("pm-menu");
    button.setAttribute("aria-expanded", String(open));
    button.dataset.label = open ? "panel_close" : "panel_open";
    button.setAttribute("aria-label", pm.t(button.dataset.label));
    button.title = pm.t(button.dataset.label);
    pm.resized(false);
  };

  let column = true; // whether the panel was open when the window was wide

  /** The column of a wide window would lie as a drawer over the map of a narrow one, so it is put away meanwhile. */
  function turnDrawer(narrow) {
    if (document.body.classList.contains("pm-printing")) {
      return; // a sheet has its own layout, whatever its width
    }
    column = narrow ? !document.body.classList.contains("pm-closed") : column;
    pm.openPanel(!narrow && column);
  }

  pm.startPanel = function () {
    const redraw = () => {
      pm.writeTexts();
      notes();
      lists();
      tree();
    };
    const retell = () => {
      redraw();
      pm.resized(false); // the head may be higher in the other language
    };
    pm.byId("pm-menu").dataset.label = "panel_close";
    document.querySelectorAll("[data-lang]").forEach((button) => {
      button.addEventListener("click", () => {
        pm.lang = button.dataset.lang;
        document.documentElement.lang = TAGS[pm.lang]; // the language decides which font a browser takes
        pm.forgetWidths();
        pm.tell("language");
      });
    });
    pm.byId("pm-menu").addEventListener("click", () => pm.openPanel(document.body.classList.contains("pm-closed")));
    pm.byId("pm-panel").addEventListener("keydown", (event) => {
      if (event.key === "Escape" && pm.isNarrow()) {
        pm.openPanel(false);
        pm.byId("pm-menu").focus();
      }
    });
    pm.on("language", retell);
    pm.on("visibility", () => {
      pm.reorder();
      tree();
    });
    redraw();
    pm.byId("pm-open-section").open = true;
    pm.byId("pm-questions-section").open = pm.data.questions.length <= MOST_QUESTIONS;
    if (pm.isNarrow()) {
      pm.openPanel(false);
    }
    pm.onNarrow(turnDrawer);
  };
}(window.parkmap));
