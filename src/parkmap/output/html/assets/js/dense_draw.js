/* Drawing very many polygons on tiles of canvas, a few milliseconds at a time so that the map never stands still. */
(function (pm) {
  "use strict";

  const MOVING_MS = 8; // of drawing between two pictures while the map is moved
  const RESTING_MS = 60; // and while it rests
  const CHUNK = 1000; // features drawn without looking at the clock
  const EDGES_FROM = 5; // pixels of a feature from which its edge is drawn in a darker colour
  const SMALL = 3; // dots of the screen up to which a feature is a few dots and no path

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

  function workUntil(end) {
    while (jobs.length && performance.now() < end) {
      const job = jobs[jobs.length - 1]; // the newest tile is where one looks
      if (job.dead() || job.step()) {
        jobs.splice(jobs.indexOf(job), 1);
        job.done();
      }
    }
  }

  function work() {
    workUntil(performance.now() + (moving() ? MOVING_MS : RESTING_MS));
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

  /** Draw what is waiting at once: a printer does not come back later. */
  pm.drawDenseNow = () => workUntil(Infinity);

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

  function paint(context, data, rows, view, style) {
    context.beginPath();
    rows.forEach((row) => trace(context, data, row, view));
    context.fillStyle = style.fill;
    context.fill();
    if (view.edges) {
      context.strokeStyle = style.edge;
      context.lineWidth = 0.8;
      context.stroke();
    }
  }

  /** Features of a dot or two: no path would show more of them. */
  function dots(context, { box, data }, rows, view, styles) {
    const { width, height } = context.canvas;
    const image = context.createImageData(width, height);
    const cells = new Uint32Array(image.data.buffer);
    const scale = view.scale * view.ratio;
    rows.forEach((row) => {
      const left = Math.max(0, Math.floor((box[row * 4] - view.x) * scale));
      const top = Math.max(0, Math.floor((box[row * 4 + 1] - view.y) * scale));
      const right = Math.min(width, Math.max(left + 1, Math.round((box[row * 4 + 2] - view.x) * scale)));
      const bottom = Math.min(height, Math.max(top + 1, Math.round((box[row * 4 + 3] - view.y) * scale)));
      for (let y = top; y < bottom; y += 1) {
        cells.fill(styles[data.classes[row]].cell, y * width + left, y * width + right);
      }
    });
    context.putImageData(image, 0, 0);
  }

  /** Rows by class, in the same order on every tile, so that where features meet no tile looks different. */
  function byClass(data, rows) {
    const classes = new Map();
    rows.forEach((row) => {
      const key = data.classes[row];
      if (!classes.has(key)) {
        classes.set(key, []);
      }
      classes.get(key).push(row);
    });
    return [...classes].sort(([a], [b]) => a - b);
  }

  /** What must be done to draw some rows, in steps. */
  function stepsOf(context, index, rows, view, styles) {
    const { box, data } = index;
    const most = SMALL / (view.scale * view.ratio);
    const isSmall = (row) => box[row * 4 + 2] - box[row * 4] <= most && box[row * 4 + 3] - box[row * 4 + 1] <= most;
    const small = rows.filter(isSmall);
    const steps = small.length ? [() => dots(context, index, small, view, styles)] : [];
    byClass(data, small.length ? rows.filter((row) => !isSmall(row)) : rows).forEach(([key, own]) => {
      for (let at = 0; at < own.length; at += CHUNK) {
        steps.push(() => paint(context, data, own.slice(at, at + CHUNK), view, styles[key]));
      }
    });
    return steps;
  }

  /** A canvas of the size of a tile, sharp on fine screens. */
  pm.denseCanvas = function (side) {
    const canvas = pm.el("canvas", { class: "pm-dense-tile" });
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    canvas.width = Math.round(side * ratio);
    canvas.height = Math.round(side * ratio);
    const context = canvas.getContext("2d");
    context.scale(canvas.width / side, canvas.height / side);
    return { canvas, context };
  };

  /** Draw what of an index lies in a tile; `done` is called when it is, or when the tile is gone. */
  pm.drawDense = function (context, index, coords, side, styles, done) {
    const scale = pm.gridScale(coords.z);
    const reach = side / scale;
    const view = { scale, x: coords.x * reach, y: coords.y * reach, ratio: context.canvas.width / side };
    view.edges = index.size * scale >= EDGES_FROM;
    view.fine = view.edges ? 0.7 : 1.6; // pixels between two corners, along both axes
    let steps = null; // found when it is this tile's turn
    enqueue({
      dead: () => Boolean(context.canvas.pmGone),
      step() {
        if (!steps) {
          const rim = 1 / scale;
          const rows = index.query(view.x - rim, view.y - rim, view.x + reach + rim, view.y + reach + rim);
          steps = stepsOf(context, index, rows, view, styles);
        } else {
          steps.shift()();
        }
        return steps.length === 0;
      },
      done,
    });
  };
}(window.parkmap));
