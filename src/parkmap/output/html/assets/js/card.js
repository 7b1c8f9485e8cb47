/* The card (popup) of a feature, and opening it by mouse, keyboard and search. */
(function (pm) {
  "use strict";

  let current = null; // record whose card is open
  let opener = null; // element that gets the focus back
  // Leaflet's own pan slides the map even where motion is not welcome; `reveal` does the same work.
  const popup = L.popup({ className: "pm-popup", minWidth: 260, autoPan: false });
  const MARGIN = 24; // pixels between the card and the edge of the map

  function head(record) {
    const block = pm.el("div", { class: "pm-card-head" });
    const names = pm.el("div");
    names.append(pm.el("h2", { dir: "auto" }, pm.say(record.feature.name)));
    const other = pm.sayOther(record.feature.name);
    if (other) {
      names.append(pm.el("p", { class: "pm-card-other", dir: "auto", lang: pm.lang === "zh" ? "en" : "zh-CN" }, other));
    }
    block.append(pm.symbolPicture(pm.role(record), 22), names);
    return block;
  }

  function kind(record) {
    const line = pm.el("p", { class: "pm-card-kind" });
    line.append(pm.el("span", {}, pm.say(pm.kind(record))));
    line.append(pm.el("span", {}, pm.certainty(record)));
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
    const whole = pm.el("table");
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
    return card;
  }

  function labelClose() {
    const button = popup.getElement() && popup.getElement().querySelector(".leaflet-popup-close-button");
    if (button) {
      button.setAttribute("aria-label", pm.t("close"));
      button.title = pm.t("close");
    }
  }

  /** Move the map until the whole card is on it, its top left corner first. */
  function reveal(map) {
    const card = popup.getElement().getBoundingClientRect();
    const window = map.getContainer().getBoundingClientRect();
    const beyond = (start, end, from, to) => Math.min(start - from - MARGIN, Math.max(0, end - to + MARGIN));
    const by = [beyond(card.left, card.right, window.left, window.right), beyond(card.top, card.bottom, window.top, window.bottom)];
    if (by.some((pixels) => pixels !== 0)) {
      map.panBy(by, { animate: pm.animate() });
    }
  }

  const markDense = (record) => pm.markDense && pm.markDense(record);

  /** Open a feature's card; with `focus`, move the keyboard into it and give it back when it closes. */
  pm.openCard = function (record, latlng, focus) {
    const size = pm.map.getSize();
    popup.options.maxWidth = Math.min(360, size.x - 48);
    popup.options.maxHeight = Math.max(160, Math.round(size.y * 0.6));
    popup.setLatLng(latlng || record.anchor).setContent(content(record));
    opener = focus ? document.activeElement : null;
    if (popup.isOpen() && current && pm.mapOf(current.group) !== pm.mapOf(record.group)) {
      popup.close();
    }
    popup.openOn(pm.mapOf(record.group));
    current = record;
    markDense(record);
    document.body.classList.add("pm-card-open");
    labelClose();
    reveal(pm.mapOf(record.group));
    if (focus) {
      popup.getElement().querySelector(".pm-card").focus({ preventScroll: true });
    }
  };

  function onClosed(event) {
    if (event.popup !== popup) {
      return;
    }
    current = null;
    markDense(null);
    document.body.classList.remove("pm-card-open");
    const at = document.activeElement;
    if (opener && opener.isConnected && (at === document.body || popup.getElement().contains(at))) {
      opener.focus({ preventScroll: true });
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

  /** Let a map's cards be closed by the keyboard, and give the focus back. */
  pm.watchCards = function (map) {
    map.on("popupclose", onClosed);
    map.getContainer().addEventListener("keydown", (event) => {
      if (event.key === "Escape" && current) {
        popup.close();
      }
    });
  };

  pm.startCards = function () {
    pm.watchCards(pm.map);
    pm.on("language", () => {
      if (current) {
        popup.setContent(content(current));
        labelClose();
        reveal(pm.mapOf(current.group));
      }
    });
    pm.on("visibility", () => {
      if (current && !pm.isShown(current)) {
        popup.close();
      }
    });
  };
}(window.parkmap));
