/* Drawing very many polygons on tiles of canvas, a few milliseconds at a time so that the map never stands still. */
(function (pm) {
  "use strict";

  const MOVING_MS = 8; // of drawing between two pictures while the map is moved
  const RESTING_MS = 60; // and while it rests
  const CHUNK = 1500; // features drawn without looking at the clock
  const EDGES_FROM = 5; // pixels of a feature from which its edge is drawn in a darker colour
  const DOT = 1.4; // pixels below which a feature is a dot

  const jobs = [];
  let running = false;

  const moving = () => Boolean(pm.map.dragging.moving() || pm.map._animatingZoom || (pm.map._panAnim && pm.map._panAnim._inProgress));

  function later() {
    if (moving()) {
      requestAnimationFrame(work);
    } else {
      setTimeout(work, 0);
    }
  }

  function work() {
    const end = performance.now() + (moving() ? MOVING_MS : RESTING_MS);
    while (jobs.length && performance.now() < end) {
      const job = jobs[jobs.length - 1]; // the newest tile is where one looks
      if (job.dead() || job.step()) {
        jobs.splice(jobs.indexOf(job), 1);
        job.done();
      }
    }
    running = jobs.length > 0;
    if (running) {
      later();
    }
  }

  function enqueue(job) {
    jobs.push(job);
    if (!running) {
      running = true;
      later();
    }
  }

  pm.denseBusy = () => jobs.length > 0;

  function trace(context, data, row, view) {
    for (let ring = data.rings[row]; ring < data.rings[row + 1]; ring += 1) {
      const [first, end] = [data.points[ring], data.points[ring + 1]];
      let lastX = (data.x[first] - view.x) * view.scale;
      let lastY = (data.y[first] - view.y) * view.scale;
      context.moveTo(lastX, lastY);
      for (let i = first + 1; i < end; i += 1) {
        const x = (data.x[i] - view.x) * view.scale;
        const y = (data.y[i] - view.y) * view.scale;
        if (Math.abs(x - lastX) + Math.abs(y - lastY) > view.fine) {
          context.lineTo(x, y);
          lastX = x;
          lastY = y;
        }
      }
      context.closePath();
    }
  }

  function dot(context, box, row, view) {
    const x = (box[row * 4] - view.x) * view.scale;
    const y = (box[row * 4 + 1] - view.y) * view.scale;
    context.rect(x, y, Math.max(1, (box[row * 4 + 2] - box[row * 4]) * view.scale), Math.max(1, (box[row * 4 + 3] - box[row * 4 + 1]) * view.scale));
  }

  function paint(context, index, rows, view, style) {
    const { box, data } = index;
    context.beginPath();
    rows.forEach((row) => {
      const wide = (box[row * 4 + 2] - box[row * 4]) * view.scale;
      if (wide < DOT) {
        dot(context, box, row, view);
      } else {
        trace(context, data, row, view);
      }
    });
    context.fillStyle = style.fill;
    context.fill();
    if (view.edges) {
      context.strokeStyle = style.edge;
      context.lineWidth = 0.8;
      context.stroke();
    }
  }

  /** Rows of a tile by class, cut into chunks. */
  function chunks(index, rows) {
    const classes = new Map();
    rows.forEach((row) => {
      const key = index.data.classes[row];
      if (!classes.has(key)) {
        classes.set(key, []);
      }
      classes.get(key).push(row);
    });
    const found = [];
    // The same order on every tile, so that where features meet no tile looks different.
    [...classes].sort(([a], [b]) => a - b).forEach(([key, own]) => {
      for (let at = 0; at < own.length; at += CHUNK) {
        found.push([key, own.slice(at, at + CHUNK)]);
      }
    });
    return found;
  }

  /** A canvas of the size of a tile, sharp on fine screens. */
  pm.denseCanvas = function (side) {
    const canvas = pm.el("canvas", { class: "pm-dense-tile" });
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    canvas.width = side * ratio;
    canvas.height = side * ratio;
    const context = canvas.getContext("2d");
    context.scale(ratio, ratio);
    return { canvas, context };
  };

  /** Draw what of an index lies in a tile; `done` is called when it is, or when the tile is gone. */
  pm.drawDense = function (context, index, coords, side, styles, done) {
    const scale = 2 ** coords.z;
    const view = { scale, x: (coords.x * side) / scale, y: (coords.y * side) / scale };
    const rim = 1 / scale;
    const reach = side / scale;
    const rows = index.query(view.x - rim, view.y - rim, view.x + reach + rim, view.y + reach + rim);
    view.edges = index.size * scale >= EDGES_FROM;
    view.fine = view.edges ? 0.7 : 1.6; // pixels between two corners, along both axes
    const parts = chunks(index, rows);
    if (!parts.length) {
      done();
      return;
    }
    enqueue({
      dead: () => Boolean(context.canvas.pmGone),
      step() {
        const [key, own] = parts.shift();
        paint(context, index, own, view, styles[key]);
        return parts.length === 0;
      },
      done,
    });
  };
}(window.parkmap));
