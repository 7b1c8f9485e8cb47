/* The card (popup) of a feature, and opening it by mouse, keyboard and search. */
(function (pm) {
  "use strict";

  let current = null; // record whose card is open
  let opener = null; // element that gets the focus back
  // Leaflet's own pan slides the map even where motion is not welcome; `reveal` does the same work.
  const popup = L.popup({ className: "pm-popup", minWidth: 260, autoPan: false });
  const MARGIN = 24; // pixels between the card and the edge of the map
  const GAP = 8; // and what stands on the map
  const IN_FRONT = ".pm-tools, .pm-minimap, .pm-measure, .pm-dense-note, .pm-side-name, .pm-modes, .pm-review, .pm-foot"; // would lie over a card

  function head(record) {
    const block = pm.el("div", { class: "pm-card-head" });
    const names = pm.el("div");
    names.append(pm.el("h2", { dir: "auto" }, pm.say(record.feature.name)));
    const other = pm.sayOther(record.feature.name);
    if (other) {
      names.append(pm.el("p", { class: "pm-card-other", dir: "auto", lang: pm.lang === "zh" ? "en" : "zh-CN" }, other));
    }
    block.append(pm.symbolPicture(pm.look(record), 22), names);
    return block;
  }

  /** Whether a card tells the numbers of an analysis; all others end with where the thing is known from. */
  const isAnalysis = (record) => pm.role(record).draw === "theme";

  function kind(record) {
    const line = pm.el("p", { class: "pm-card-kind" });
    line.append(pm.el("span", {}, pm.say(pm.kind(record))));
    if (!isAnalysis(record)) { // what it says of a place is no extent of its own
      line.append(pm.el("span", {}, pm.certainty(record)));
    }
    return line;
  }

  /** Other things that a line names, each with the way there; what is nowhere on the page stays text. */
  function linkList(links) {
    const list = pm.el("ul", { class: "pm-links" });
    links.forEach(([id, name]) => {
      const entry = pm.el("li");
      if (pm.canGoTo(id)) {
        const button = pm.el("button", { type: "button", class: "pm-link", dir: "auto" }, pm.say(name));
        button.addEventListener("click", () => pm.goTo(id));
        entry.append(button);
      } else {
        entry.append(pm.el("span", { dir: "auto" }, pm.say(name)));
      }
      list.append(entry);
    });
    return list;
  }

  function table(record) {
    const body = pm.el("tbody");
    record.feature.rows.forEach(([label, value, links]) => {
      const row = pm.el("tr");
      row.append(pm.el("th", { scope: "row", dir: "auto" }, pm.say(label)));
      const cell = pm.el("td", { dir: "auto" }, links ? undefined : pm.say(value));
      if (links) {
        cell.append(linkList(links));
      }
      row.append(cell);
      body.append(row);
    });
    const whole = pm.el("table", isAnalysis(record) ? {} : { class: "pm-evidence" });
    whole.append(body);
    return whole;
  }

  function content(record) {
    const card = pm.el("div", { class: "pm-card", role: "dialog", tabindex: "-1" });
    card.setAttribute("aria-label", pm.say(record.feature.name));
    // A link replaces the card that it stands in, and the map would take its click for one beside the card.
    card.addEventListener("click", (event) => event.stopPropagation());
    card.append(head(record), kind(record));
    if (record.feature.rows.length) {
      card.append(table(record));
    }
    if (record.source) {
      card.append(pm.denseWays(record));
    }
    return card;
  }

  function labelClose() {
    const button = popup.getElement() && popup.getElement().querySelector(".leaflet-popup-close-button");
    if (button) {
      button.setAttribute("aria-label", pm.t("close"));
      button.title = pm.t("close");
    }
  }

  const apart = (a, b) => a.right + GAP <= b.left || b.right + GAP <= a.left || a.bottom + GAP <= b.top || b.bottom + GAP <= a.top;
  const moved = ({ left, top, width, height }, x, y) => ({ left: left + x, top: top + y, right: left + x + width, bottom: top + y + height });

  /** Where something stands on the map; the overview also where it would, since moving the map may bring it up. */
  function boxOf(element) {
    const { hidden } = element;
    element.hidden = hidden && !element.matches(".pm-minimap");
    const box = element.getBoundingClientRect();
    element.hidden = hidden;
    return box;
  }

  /** The shortest way for a card, already inside the window, out from under what stands on the map; none where there
   * is no room for both. */
  function aside(card, window) {
    const fronts = [...document.querySelectorAll(IN_FRONT)].map(boxOf).filter(({ width }) => width > 0);
    const across = [0, ...fronts.flatMap((front) => [front.left - GAP - card.right, front.right + GAP - card.left])];
    const along = [0, ...fronts.flatMap((front) => [front.top - GAP - card.bottom, front.bottom + GAP - card.top])];
    const ways = across.flatMap((x) => along.map((y) => [x, y])).sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
    const isFree = ([x, y]) => {
      const at = moved(card, x, y);
      const inside = at.left >= window.left + GAP && at.right <= window.right - GAP && at.top >= window.top + GAP && at.bottom <= window.bottom - GAP;
      return inside && fronts.every((front) => apart(at, front));
    };
    return ways.find(isFree) || [0, 0];
  }

  /** Move the map until the whole card is on it, its top left corner first, and nothing lies over the card. */
  function reveal(map) {
    const card = popup.getElement().getBoundingClientRect();
    const window = map.getContainer().getBoundingClientRect();
    const beyond = (start, end, from, to) => Math.min(start - from - MARGIN, Math.max(0, end - to + MARGIN));
    const by = [beyond(card.left, card.right, window.left, window.right), beyond(card.top, card.bottom, window.top, window.bottom)];
    const [x, y] = aside({ ...moved(card, -by[0], -by[1]), width: card.width, height: card.height }, window);
    const whole = [by[0] - x, by[1] - y];
    if (whole.some((pixels) => pixels !== 0)) {
      map.panBy(whole, { animate: pm.animate() });
    }
  }

  let limit = null; // how far the map may be moved while no card is open

  /** A card of a place near the edge may need the map to be moved farther than its reader could. */
  function lift() {
    limit = limit || pm.map.options.maxBounds;
    pm.map.setMaxBounds(null);
  }

  function lower() {
    if (limit) {
      pm.map.panInsideBounds(limit, { animate: pm.animate() }); // Leaflet itself would slide in any case
      pm.map.setMaxBounds(limit);
      limit = null;
    }
  }

  const markDense = (record) => pm.markDense && pm.markDense(record);

  /** Open a feature's card; with `focus`, move the keyboard into it and give it back when it closes. */
  pm.openCard = function (record, latlng, focus) {
    const map = pm.mapOf(record.group);
    const size = pm.map.getSize();
    const at = document.activeElement;
    // A link in a card leads on to another card: the focus goes back to where the first one was opened.
    const home = current && popup.getElement().contains(at) ? opener : focus && at;
    if (current && pm.mapOf(current.group) !== map) {
      popup.close();
    }
    popup.options.maxWidth = Math.min(360, size.x - 48);
    popup.options.maxHeight = Math.max(160, Math.round(size.y * 0.6));
    popup.setLatLng(latlng || record.anchor).setContent(content(record));
    popup.openOn(map);
    current = record;
    opener = home;
    markDense(record);
    document.body.classList.add("pm-card-open");
    labelClose();
    lift();
    reveal(map);
    if (focus) {
      popup.getElement().querySelector(".pm-card").focus({ preventScroll: true });
    }
  };

  pm.closeCard = () => popup.close();

  function onClosed(event) {
    if (event.popup !== popup) {
      return;
    }
    const at = document.activeElement;
    const lost = at === document.body || popup.getElement().contains(at);
    const map = pm.mapOf(current.group);
    current = null;
    lower();
    markDense(null);
    document.body.classList.remove("pm-card-open");
    if (lost) {
      [map.getContainer(), opener].filter(Boolean).forEach((element) => element.focus({ preventScroll: true })); // what is hidden takes no focus
    }
    opener = null;
  }

  /** Bring a feature into view and open its card. */
  pm.visit = function (record) {
    if (!pm.isShown(record)) {
      pm.mapOf(record.group).addLayer(record.group.layer);
      pm.tell("visibility");
    }
    const bounds = record.bounds;
    if (bounds.getSouthWest().equals(bounds.getNorthEast())) {
      pm.map.setView(record.anchor, Math.max(pm.map.getZoom(), 13), { animate: false });
    } else {
      pm.map.fitBounds(bounds, { maxZoom: record.closest || 14, padding: [48, 48], animate: false });
    }
    pm.uncover(record);
    pm.openCard(record, record.anchor, true);
  };

  const recordOf = (id) => pm.records.find((record) => record.feature.id === id && record.group.data.interactive && record.anchor);
  const openAt = (id) => pm.data.open.findIndex((item) => item.id !== null && item.id === id);

  pm.canGoTo = (id) => Boolean(recordOf(id)) || openAt(id) >= 0;

  /** Show a thing by its id: on the map, or in the list of what is not drawn. */
  pm.goTo = function (id) {
    const record = recordOf(id);
    if (record) {
      if (pm.isNarrow()) {
        pm.openPanel(false);
      }
      pm.visit(record);
    } else if (openAt(id) >= 0) {
      popup.close();
      pm.showOpenItem(openAt(id));
    }
  };

  /** Marking a card's text and letting go beside the card is no click beside it. */
  function watchSelecting(container) {
    let began = null;
    container.addEventListener("mousedown", ({ target }) => {
      began = target;
    }, true);
    container.addEventListener("click", (event) => {
      const card = popup.getElement();
      if (event.detail && current && card.contains(began) && !card.contains(event.target)) {
        event.stopPropagation();
      }
    }, true);
  }

  /** Let a map's cards give the focus back when they close. */
  pm.watchCards = function (map) {
    map.on("popupclose", onClosed);
    watchSelecting(map.getContainer());
  };

  /** Escape closes the card wherever the keyboard is, but for a drawer over the map, which it closes first. */
  function onKey(event) {
    const drawer = pm.isNarrow() && pm.byId("pm-panel").contains(event.target);
    if (event.key === "Escape" && current && !drawer) {
      popup.close();
    }
  }

  pm.startCards = function () {
    pm.watchCards(pm.map);
    document.addEventListener("keydown", onKey);
    pm.on("language", () => {
      if (current) {
        popup.setContent(content(current));
        labelClose();
        reveal(pm.mapOf(current.group));
      }
    });
    pm.on("visibility", () => {
      if (current && !pm.isShown(current.original || current)) {
        popup.close();
      }
    });
  };
}(window.parkmap));
