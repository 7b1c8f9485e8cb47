/* The page's one namespace: data, language, and the few helpers that every part uses.
 *
 * Whatever comes from a plan is put on the page by textContent or setAttribute, never as markup. */
(function (root) {
  "use strict";

  const pm = (root.parkmap = {});

  pm.data = null; // the page's data, as written by payload.py
  pm.map = null;
  pm.twin = null; // the second map, while two are compared side by side
  pm.online = null; // the online basemap, on a page that carries one
  pm.lang = "zh";
  pm.records = []; // one per feature on the page, in drawing order
  pm.dense = []; // one entry per layer of very many polygons
  pm.groups = []; // one Leaflet layer per group, in drawing order
  pm.listeners = { language: [], visibility: [], quota: [] };

  /** Read the data and adopt the map; runs before the first layer is made. */
  pm.load = function (map) {
    pm.map = map;
    pm.data = JSON.parse(document.getElementById("parkmap-data").textContent);
    pm.lang = pm.data.lang;
    pm.data.groups.forEach((group) => group.features.forEach((feature) => {
      feature.geometry = pm.data.shapes[feature.shape]; // what several layers draw is in the page once
    }));
  };

  pm.on = function (event, listener) {
    pm.listeners[event].push(listener);
  };

  pm.tell = function (event) {
    pm.listeners[event].forEach((listener) => listener());
  };

  /** A text of the page itself, with its gap filled. */
  pm.t = function (key, n) {
    const text = pm.data.texts[key][pm.lang];
    return n === undefined ? text : text.replace("{n}", () => String(n));
  };

  /** A text of the plan, in the language chosen. */
  pm.say = function (words) {
    return words ? words[pm.lang] : "";
  };

  /** The same text in the other language, or nothing where it does not differ. */
  pm.sayOther = function (words) {
    const other = words[pm.lang === "zh" ? "en" : "zh"];
    return other === words[pm.lang] ? "" : other;
  };

  pm.byId = (id) => document.getElementById(id);

  /** Make an element: attributes as given, text as text. */
  pm.el = function (tag, attributes, text) {
    const element = document.createElement(tag);
    Object.entries(attributes || {}).forEach(([name, value]) => element.setAttribute(name, value));
    if (text !== undefined) {
      element.textContent = text;
    }
    return element;
  };

  const SVG = "http://www.w3.org/2000/svg";

  /** Make an SVG element. */
  pm.svg = function (tag, attributes) {
    const element = document.createElementNS(SVG, tag);
    Object.entries(attributes || {}).forEach(([name, value]) => element.setAttribute(name, value));
    return element;
  };

  /** Fill an element anew. */
  pm.fill = function (element, children) {
    element.replaceChildren(...children);
    return element;
  };

  /** The class of a number in a layer, as its legend has it; none where the layer has no class for it. */
  pm.classOf = function (group, amount) {
    if (!group.classes.length) {
      return null;
    }
    const fits = amount === null ? (one) => one.missing : (one) => !one.missing && (one.up_to === null || amount <= one.up_to);
    return group.classes.find(fits) || null;
  };

  pm.role = (record) => pm.data.roles[record.feature.style];

  /** Symbol and colour of a feature: those of its role, or the colour of its class. */
  pm.look = (record) => ({ ...pm.role(record), ...(pm.classOf(record.group.data, record.feature.amount) || {}) });

  /** What a feature is, in the plan's own words where it has some. */
  pm.kind = (record) => record.feature.kind || pm.role(record);

  /** The map that draws a group: the second of two that are compared has its own while they lie side by side. */
  pm.mapOf = (group) => (pm.twin && group.data.side === 1 ? pm.twin : pm.map);
  pm.isShown = (record) => pm.mapOf(record.group).hasLayer(record.group.layer);

  /** Whether motion on the page is welcome. */
  pm.animate = () => !root.matchMedia("(prefers-reduced-motion: reduce)").matches;

  const narrow = root.matchMedia("(max-width: 759px)");
  pm.isNarrow = () => narrow.matches;
  pm.onNarrow = (listener) => narrow.addEventListener("change", () => listener(narrow.matches));
}(window));
