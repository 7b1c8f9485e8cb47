/* Features of dense layers without a mouse: the one at the crosshair in the middle of the map, and from there the next
 * one in each direction. */
(function (pm) {
  "use strict";

  // The way on the grid, whose rows run southwards, and the arrow that shows it.
  const WAYS = { west: [-1, 0, "←"], north: [0, -1, "↑"], south: [0, 1, "↓"], east: [1, 0, "→"] };
  const STEPS = 8; // looked at along a feature's extent
  const FARTHEST = 24; // extents beyond which there is no next feature

  /** The extent of a feature on the grid, through its outline on the globe. */
  function extent({ bounds }) {
    const [west, north] = pm.latLngToGrid(bounds.getNorthWest());
    const [east, south] = pm.latLngToGrid(bounds.getSouthEast());
    return { x: (west + east) / 2, y: (north + south) / 2, wide: east - west, high: south - north };
  }

  /** The nearest other feature in a direction, straight ahead before to the sides; nothing where there is none. */
  async function next(record, [dx, dy]) {
    const { x, y, wide, high } = extent(record);
    const [along, across] = dx ? [wide, high] : [high, wide];
    const step = Math.max(1, along / STEPS);
    for (let on = along / 2 + step; on < along * FARTHEST; on += step) {
      for (const share of [0, -0.3, 0.3]) {
        const aside = share * across;
        const hit = await record.source.at(x + dx * on + (dx ? 0 : aside), y + dy * on + (dx ? aside : 0));
        if (hit && !record.isSame(hit)) {
          return pm.denseRecord(record.group, hit);
        }
      }
    }
    return null;
  }

  async function go(record, way) {
    const found = await next(record, WAYS[way]);
    const button = document.querySelector(`.pm-card [data-way=${way}]`);
    if (found) {
      pm.openCard(found, found.anchor, true);
      document.querySelector(`.pm-card [data-way=${way}]`).focus({ preventScroll: true });
    } else if (button) {
      button.setAttribute("aria-disabled", "true");
    }
  }

  /** Buttons that lead from a feature of a dense layer to the next one; nothing for other features. */
  pm.denseWays = function (record) {
    const row = pm.el("div", { class: "pm-ways", role: "group", "aria-label": pm.t("parcel_next") });
    row.append(pm.el("span", { "aria-hidden": "true" }, pm.t("parcel_next")));
    Object.entries(WAYS).forEach(([way, [, , arrow]]) => {
      const button = pm.el("button", { type: "button", "data-way": way, "aria-label": pm.t(`parcel_${way}`), title: pm.t(`parcel_${way}`) }, arrow);
      button.addEventListener("click", () => go(record, way));
      row.append(button);
    });
    return row;
  };

  /** What the keys do, beside the crosshair, which is there while the map has the keyboard. */
  function hint(key) {
    const container = pm.map.getContainer();
    container.dataset.keys = pm.t(key);
    container.setAttribute("aria-description", pm.t(key));
  }

  async function openMiddle() {
    const record = await pm.denseAt(pm.map.getCenter());
    if (record) {
      pm.openCard(record, record.anchor, true);
    } else {
      hint("parcel_none");
    }
  }

  pm.startDenseKeys = function () {
    const container = pm.map.getContainer();
    container.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target === container && !pm.measuring) {
        openMiddle();
      }
    });
    const again = () => hint("parcel_keys");
    pm.map.on("movestart", again);
    pm.on("language", again);
    again();
  };
}(window.parkmap));
