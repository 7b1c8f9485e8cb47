/* Search by part of a name, in both languages and in pinyin, over what is drawn and over what is not. */
(function (pm) {
  "use strict";

  const MOST = 40; // results shown

  let results = [];
  let active = -1;
  let waiting = false; // for what layers of very many polygons have of the name

  const plain = (text) => text.normalize("NFKC").toLowerCase();

  function index() {
    const drawn = pm.records
      .filter((record) => record.group.data.interactive && record.anchor)
      .map((record) => ({ record, name: record.feature.name, pinyin: record.feature.pinyin }));
    const open = pm.data.open.map((item, at) => ({ item, at, name: item.name, pinyin: item.pinyin }));
    return [...drawn, ...open].map((entry) => ({ ...entry, text: plain(`${entry.name.zh}\n${entry.name.en}`) }));
  }

  /** Pinyin is typed with spaces, apostrophes and v or ü as one likes. */
  const typed = (words) => words.replace(/[\s'’·-]/gu, "").replace(/ü/gu, "v");

  function find(entries, words) {
    const wanted = plain(words.trim());
    if (!wanted) {
      return [];
    }
    const keys = typed(wanted);
    const spelt = (entry) => keys.length > 1 && entry.pinyin.includes(keys);
    const starts = (entry) =>
      entry.text.split("\n").some((name) => name.startsWith(wanted)) ||
      (keys.length > 1 && entry.pinyin.split("\n").some((name) => name.startsWith(keys)));
    const hits = entries.filter((entry) => entry.text.includes(wanted) || spelt(entry));
    return [...hits.filter(starts), ...hits.filter((entry) => !starts(entry))];
  }

  function option(entry, at) {
    const row = pm.el("li", { role: "option", id: `pm-found-${at}`, "aria-selected": String(at === active) });
    if (entry.record) {
      row.append(pm.symbolPicture(pm.role(entry.record), 18));
    }
    const names = pm.el("span", { class: "pm-found-name" });
    names.append(pm.el("span", { dir: "auto" }, pm.say(entry.name)));
    const other = pm.sayOther(entry.name);
    if (other) {
      names.append(pm.el("small", { dir: "auto" }, other));
    }
    row.append(names);
    const tag = entry.record ? pm.say(pm.role(entry.record)) : pm.t("not_drawn");
    row.append(pm.el("span", { class: entry.record ? "pm-tag" : "pm-tag pm-tag-open" }, tag));
    row.addEventListener("mousedown", (event) => {
      event.preventDefault(); // keep the focus in the field until the choice is made
      choose(at);
    });
    return row;
  }

  function close() {
    const input = pm.byId("pm-search");
    pm.byId("pm-found").hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  }

  function draw() {
    const input = pm.byId("pm-search");
    const list = pm.byId("pm-found");
    const asked = input.value.trim() !== "";
    const rows = results.slice(0, MOST).map(option);
    if (asked && !rows.length && !waiting) {
      rows.push(pm.el("li", { class: "pm-found-none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, pm.t("search_none")));
    }
    pm.fill(list, rows);
    list.hidden = !asked;
    input.setAttribute("aria-expanded", String(asked));
    pm.byId("pm-found-count").textContent = asked ? pm.t("search_many", results.length) : "";
    if (active >= 0) {
      input.setAttribute("aria-activedescendant", `pm-found-${active}`);
      list.children[active].scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function choose(at) {
    const entry = results[at];
    if (!entry) {
      return;
    }
    pm.byId("pm-search").value = pm.say(entry.name);
    close();
    if (entry.record) {
      if (pm.isNarrow()) {
        pm.openPanel(false);
      }
      pm.visit(entry.record);
      return;
    }
    pm.showOpenItem(entry.at);
  }

  function onKey(event) {
    const last = Math.min(results.length, MOST) - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      active = Math.max(-1, Math.min(last, active + step));
      draw();
    } else if (event.key === "Enter") {
      choose(Math.max(0, active));
    } else if (event.key === "Escape" && !pm.byId("pm-found").hidden) {
      event.stopPropagation();
      close();
    }
  }

  /** What layers of very many polygons have of that name comes a moment later. */
  function more(input) {
    const asked = input.value;
    const wanted = plain(asked.trim());
    waiting = Boolean(pm.dense.length && wanted && results.length < MOST);
    if (!waiting) {
      return;
    }
    pm.denseFind(wanted, MOST - results.length).then((found) => {
      if (input.value === asked) {
        waiting = false;
        results = [...results, ...found.map((record) => ({ record, name: record.feature.name, text: "", pinyin: "" }))];
        draw();
      }
    });
  }

  pm.startSearch = function () {
    const entries = index();
    const input = pm.byId("pm-search");
    input.addEventListener("input", () => {
      results = find(entries, input.value);
      active = -1;
      more(input);
      draw();
    });
    input.addEventListener("keydown", onKey);
    input.addEventListener("blur", close);
    pm.on("language", close);
  };
}(window.parkmap));
