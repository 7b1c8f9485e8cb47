/* Land quota in the panel: which commodity, which year, a bar for every claim. */
(function (pm) {
  "use strict";

  const STEP_MS = 1400; // how long a year stands while the years are played
  const M2_PER_HA = 10000;

  const state = { commodity: null, year: null, timer: null };

  pm.quotaState = state;

  const hectares = (m2) => (m2 / M2_PER_HA).toLocaleString("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const percent = (share) => (share.claim ? Math.floor((100 * share.allocated) / share.claim) : 0);

  pm.quotaHectares = hectares;
  pm.quotaPercent = percent;

  /** Rows of the list for what is chosen. */
  pm.quotaRows = (rows) => rows.filter((row) => row.commodity === state.commodity && row.year === state.year);

  /** Largest claim of the commodity in any year: bars of two years stay comparable. */
  pm.quotaLargest = () => Math.max(1, ...pm.data.quota.items.filter((row) => row.commodity === state.commodity).map((row) => row.claim));

  const years = () => [...new Set(pm.data.quota.items.filter((row) => row.commodity === state.commodity).map((row) => row.year))].sort();

  function settle() {
    const known = years();
    if (!known.includes(state.year)) {
      state.year = known[known.length - 1];
    }
  }

  function stop() {
    clearInterval(state.timer);
    state.timer = null;
  }

  function change(part) {
    Object.assign(state, part);
    settle();
    draw();
    pm.tell("quota");
  }

  function commodities() {
    const set = pm.el("div", { class: "pm-switch", role: "group", "aria-label": pm.t("quota_commodity") });
    pm.data.quota.commodities.forEach(([key, name]) => {
      const button = pm.el("button", { type: "button", "aria-pressed": String(key === state.commodity), "data-quota": key }, pm.say(name));
      button.addEventListener("click", () => change({ commodity: key }));
      set.append(button);
    });
    return set;
  }

  function next() {
    const known = years();
    change({ year: known[(known.indexOf(state.year) + 1) % known.length] });
  }

  function play() {
    if (state.timer) {
      stop();
    } else {
      state.timer = setInterval(next, STEP_MS);
      next();
      return;
    }
    draw();
  }

  /** The slider over the years, where there are several. */
  function timeline() {
    const row = pm.el("div", { class: "pm-years" });
    const known = years();
    if (known.length < 2) {
      row.append(pm.el("span", {}, String(state.year)));
      return row;
    }
    const slider = pm.el("input", { type: "range", min: 0, max: known.length - 1, step: 1, "aria-label": pm.t("quota_year"), "data-quota": "year" });
    slider.addEventListener("input", () => {
      stop();
      change({ year: known[Number(slider.value)] });
    });
    const button = pm.el("button", { type: "button", "data-quota": "play" });
    button.addEventListener("click", play);
    row.append(slider, pm.el("output", {}), button);
    return row;
  }

  /** Tell the slider the year. It stays what it is: a new one in its place would let go of the mouse. */
  function setTimeline() {
    const slider = pm.byId("pm-quota").querySelector("input[type=range]");
    if (!slider) {
      return;
    }
    const button = slider.parentNode.querySelector("button");
    slider.value = String(years().indexOf(state.year));
    slider.setAttribute("aria-valuetext", String(state.year));
    slider.parentNode.querySelector("output").textContent = String(state.year);
    button.setAttribute("aria-pressed", String(Boolean(state.timer)));
    button.textContent = pm.t(state.timer ? "quota_pause" : "quota_play");
  }

  function name(row) {
    if (!pm.canGoTo(row.id)) {
      return pm.el("span", { class: "pm-bar-name", dir: "auto" }, pm.say(row.name));
    }
    const button = pm.el("button", { type: "button", class: "pm-bar-name pm-link", dir: "auto", "data-quota": `item-${row.id}` }, pm.say(row.name));
    button.addEventListener("click", () => pm.goTo(row.id));
    return button;
  }

  function bar(row, largest) {
    const entry = pm.el("li");
    const track = pm.el("span", { class: "pm-bar-track", "aria-hidden": "true" });
    track.style.width = `${(100 * row.claim) / largest}%`;
    const filled = pm.el("span", { class: "pm-bar-fill" });
    filled.style.width = `${row.claim ? (100 * row.allocated) / row.claim : 0}%`;
    track.append(filled);
    const numbers = pm.t("quota_of").replace("{a}", hectares(row.allocated)).replace("{b}", hectares(row.claim));
    entry.append(name(row), pm.el("span", { class: "pm-bar-number" }, `${numbers} · ${percent(row)}%`), track);
    return entry;
  }

  function total(rows) {
    const sum = rows.reduce((all, row) => ({ claim: all.claim + row.claim, allocated: all.allocated + row.allocated }), { claim: 0, allocated: 0 });
    const numbers = pm.t("quota_of").replace("{a}", hectares(sum.allocated)).replace("{b}", hectares(sum.claim));
    return pm.el("p", { class: "pm-quota-total" }, `${pm.t("quota_total")} ${numbers} · ${percent(sum)}%`);
  }

  function onMap() {
    const label = pm.el("label", { class: "pm-tick" });
    const box = pm.el("input", { type: "checkbox", "data-quota": "map" });
    box.checked = pm.quotaShown();
    box.addEventListener("change", () => pm.showQuota(box.checked));
    label.append(box, pm.el("span", {}, pm.t("quota_on_map")));
    return label;
  }

  let frame = null; // what the parts of the section were made for
  let parts = null;

  /** The section's parts, made anew only for another commodity or language. */
  function framed(home) {
    const key = `${state.commodity} ${pm.lang}`;
    if (frame !== key) {
      frame = key;
      parts = Object.fromEntries(["notes", "sum", "list"].map((name) => [name, pm.el("div")]));
      pm.fill(home, [parts.notes, commodities(), timeline(), parts.sum, parts.list]);
    }
    return parts;
  }

  function draw() {
    const home = pm.byId("pm-quota");
    const at = home.contains(document.activeElement) ? document.activeElement.dataset.quota : null;
    const rows = pm.quotaRows(pm.data.quota.items).sort((a, b) => b.claim - a.claim);
    const list = pm.el("ul", { class: "pm-bars" });
    list.append(...rows.map((row) => bar(row, pm.quotaLargest())));
    const notes = [pm.data.quota.stamp, pm.quotaShown() ? pm.data.quota.note : null].filter(Boolean);
    const part = framed(home);
    pm.fill(part.notes, [...notes.map((words, i) => pm.el("p", { class: i ? "pm-intro" : "pm-intro pm-quota-stamp", dir: "auto" }, pm.say(words))), onMap()]);
    pm.fill(part.sum, [total(rows)]);
    pm.fill(part.list, [list]);
    setTimeline();
    const again = at && home.querySelector(`[data-quota="${CSS.escape(at)}"]`);
    if (again) {
      again.focus({ preventScroll: true });
    }
  }

  pm.startQuota = function () {
    const { quota } = pm.data;
    pm.byId("pm-quota-section").hidden = !quota || quota.items.length === 0;
    if (!quota || !quota.items.length) {
      return;
    }
    state.commodity = quota.commodities[0][0];
    settle();
    draw();
    pm.on("language", draw);
    pm.on("visibility", draw);
    pm.startQuotaMap();
  };
}(window.parkmap));
