/* Search by part of a name, in both languages and in pinyin, over what is drawn and over what is not. */
(function (pm) {
  "use strict";

  const MOST = 40; // results shown

  let results = [];
  let active = -1;
  let guessed = false; // whether the results are only near to what was typed
  let waiting = false; // for what layers of very many polygons have of the name

  /** Names as they are compared: width, case, spaces, marks and dashes do not matter. */
  const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s\p{P}]/gu, "");

  function index() {
    const drawn = pm.records
      .filter((record) => record.group.data.interactive && record.anchor)
      .map((record) => ({ record, name: record.feature.name, pinyin: record.feature.pinyin }));
    const open = pm.data.open.map((item, at) => ({ item, at, name: item.name, pinyin: item.pinyin }));
    return [...drawn, ...open].map((entry) => ({ ...entry, names: [plain(entry.name.zh), plain(entry.name.en)], spelt: entry.pinyin.split("\n") }));
  }

  /** What an analysis colours bears the names of other things; it is found while it is on the map. */
  const isThere = ({ record }) => !record || pm.role(record).draw !== "theme" || pm.isShown(record);

  /** Pinyin is typed with spaces, apostrophes and v or ü as one likes. */
  const typed = (words) => words.replace(/ü/gu, "v");

  /** Fewest letters to change, add or leave out until a word stands in a text (Sellers 1980). */
  function slips(word, text) {
    let row = new Array(text.length + 1).fill(0);
    [...word].forEach((letter, i) => {
      const next = [i + 1];
      for (let j = 0; j < text.length; j += 1) {
        next.push(Math.min(row[j] + (letter === text[j] ? 0 : 1), row[j + 1] + 1, next[j] + 1));
      }
      row = next;
    });
    return Math.min(...row);
  }

  /** Slips forgiven: one Chinese character in three or more, a Latin letter in every five. */
  const forgiven = (word) => (/[\u2e80-\u9fff]/u.test(word) ? Number(word.length >= 3) : Math.min(3, Math.floor(word.length / 5)));

  /** Names near to what was typed, nearest first; asked only where no name has it. */
  function near(entries, wanted, keys) {
    const most = forgiven(wanted);
    const found = entries.map((entry) => ({ entry, off: Math.min(...entry.names.map((name) => slips(wanted, name)), ...entry.spelt.map((name) => slips(keys, name))) }));
    return found.filter(({ off }) => off <= most).sort((a, b) => a.off - b.off).map(({ entry }) => entry);
  }

  function find(entries, words) {
    const wanted = plain(words);
    if (!wanted) {
      return [];
    }
    const keys = typed(wanted);
    const spells = (test) => (entry) => entry.names.some((name) => test(name, wanted)) || (keys.length > 1 && entry.spelt.some((name) => test(name, keys)));
    const hits = entries.filter(spells((name, part) => name.includes(part)));
    const starts = spells((name, part) => name.startsWith(part));
    const sorted = [...hits.filter(starts), ...hits.filter((entry) => !starts(entry))];
    guessed = !hits.length && forgiven(wanted) > 0;
    return guessed ? near(entries, wanted, keys) : sorted;
  }

  function option(entry, at) {
    const row = pm.el("li", { role: "option", id: `pm-found-${at}`, "aria-selected": String(at === active) });
    if (entry.record) {
      row.append(pm.symbolPicture(pm.look(entry.record), 18));
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

  const remark = (key) => pm.el("li", { class: "pm-found-none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, pm.t(key));

  function draw() {
    const input = pm.byId("pm-search");
    const list = pm.byId("pm-found");
    const asked = input.value.trim() !== "";
    const rows = results.slice(0, MOST).map(option);
    if (asked && guessed && rows.length) {
      rows.unshift(remark("search_near"));
    } else if (asked && !rows.length && !waiting) {
      rows.push(remark("search_none"));
    }
    pm.fill(list, rows);
    list.hidden = !asked;
    input.setAttribute("aria-expanded", String(asked));
    pm.byId("pm-found-count").textContent = asked ? pm.t("search_many", results.length) : "";
    if (active >= 0) {
      input.setAttribute("aria-activedescendant", `pm-found-${active}`);
      pm.byId(`pm-found-${active}`).scrollIntoView({ block: "nearest" });
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
    if (event.isComposing) {
      return; // the keys choose characters, not names
    }
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
    const wanted = asked.trim().normalize("NFKC").toLowerCase();
    waiting = Boolean(pm.dense.length && wanted && results.length < MOST);
    if (!waiting) {
      return;
    }
    pm.denseFind(wanted, MOST - results.length).then((found) => {
      if (input.value === asked) {
        waiting = false;
        results = [...(guessed && found.length ? [] : results), ...found.map((record) => ({ record, name: record.feature.name }))];
        guessed = guessed && !found.length;
        draw();
      }
    });
  }

  pm.startSearch = function () {
    const entries = index();
    const input = pm.byId("pm-search");
    input.addEventListener("input", () => {
      results = find(entries.filter(isThere), input.value);
      active = -1;
      more(input);
      draw();
    });
    input.addEventListener("keydown", onKey);
    input.addEventListener("blur", close);
    pm.on("language", close);
  };
}(window.parkmap));
