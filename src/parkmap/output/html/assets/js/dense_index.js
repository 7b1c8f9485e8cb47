/* Which of very many polygons touch a box or hold a place: a grid of cells, each with the rows that touch it. */
(function (pm) {
  "use strict";

  const PER_CELL = 8; // features in a cell, about
  const MOST = 1024; // cells along a side

  /** West, north, east, south of each feature. */
  function boxes({ count, rings, points, x, y }) {
    const found = new Int32Array(count * 4);
    for (let row = 0; row < count; row += 1) {
      const end = points[rings[row + 1]];
      let i = points[rings[row]];
      let [west, north, east, south] = [x[i], y[i], x[i], y[i]];
      for (i += 1; i < end; i += 1) {
        west = x[i] < west ? x[i] : west;
        east = x[i] > east ? x[i] : east;
        north = y[i] < north ? y[i] : north;
        south = y[i] > south ? y[i] : south;
      }
      found[row * 4] = west;
      found[row * 4 + 1] = north;
      found[row * 4 + 2] = east;
      found[row * 4 + 3] = south;
    }
    return found;
  }

  function reach(box, count) {
    const all = [Infinity, Infinity, -Infinity, -Infinity];
    for (let row = 0; row < count; row += 1) {
      all[0] = Math.min(all[0], box[row * 4]);
      all[1] = Math.min(all[1], box[row * 4 + 1]);
      all[2] = Math.max(all[2], box[row * 4 + 2]);
      all[3] = Math.max(all[3], box[row * 4 + 3]);
    }
    return all;
  }

  /** Whether a ring's edge runs beside a place an odd number of times: holes count by themselves. */
  function holds(data, row, x, y) {
    let odd = false;
    for (let ring = data.rings[row]; ring < data.rings[row + 1]; ring += 1) {
      const [first, end] = [data.points[ring], data.points[ring + 1]];
      for (let i = first, j = end - 1; i < end; j = i, i += 1) {
        const [yi, yj] = [data.y[i], data.y[j]];
        if (yi > y !== yj > y && x < data.x[i] + ((data.x[j] - data.x[i]) * (y - yi)) / (yj - yi)) {
          odd = !odd;
        }
      }
    }
    return odd;
  }

  pm.DenseIndex = class {
    constructor(data) {
      this.data = data;
      this.box = boxes(data);
      this.reach = reach(this.box, data.count);
      const [x0, y0, x1, y1] = this.reach;
      this.side = Math.max(1, Math.min(MOST, Math.ceil(Math.sqrt(data.count / PER_CELL))));
      this.scaleX = this.side / Math.max(x1 - x0, 1);
      this.scaleY = this.side / Math.max(y1 - y0, 1);
      this.fill();
      this.seen = new Uint32Array(data.count); // number of the question in which a row was met last
      this.question = 0;
      this.size = Math.sqrt(((x1 - x0) * (y1 - y0)) / Math.max(1, data.count)); // of a feature, about
    }

    column(x) {
      return Math.max(0, Math.min(this.side - 1, Math.floor((x - this.reach[0]) * this.scaleX)));
    }

    line(y) {
      return Math.max(0, Math.min(this.side - 1, Math.floor((y - this.reach[1]) * this.scaleY)));
    }

    /** Put each row into the cells that its box touches: first count, then place. */
    fill() {
      const { box, data, side } = this;
      this.start = new Uint32Array(side * side + 1);
      const each = (visit) => {
        for (let row = 0; row < data.count; row += 1) {
          const [left, right] = [this.column(box[row * 4]), this.column(box[row * 4 + 2])];
          const bottom = this.line(box[row * 4 + 3]);
          for (let line = this.line(box[row * 4 + 1]); line <= bottom; line += 1) {
            for (let cell = line * side + left; cell <= line * side + right; cell += 1) {
              visit(cell, row);
            }
          }
        }
      };
      each((cell) => {
        this.start[cell + 1] += 1;
      });
      for (let cell = 0; cell < side * side; cell += 1) {
        this.start[cell + 1] += this.start[cell];
      }
      const next = this.start.slice();
      this.rows = new Uint32Array(this.start[side * side]);
      each((cell, row) => {
        this.rows[next[cell]] = row;
        next[cell] += 1;
      });
    }

    /** Rows whose boxes touch a box. */
    query(x0, y0, x1, y1) {
      const { box, reach: all, seen, side } = this;
      const found = [];
      if (x0 > all[2] || x1 < all[0] || y0 > all[3] || y1 < all[1]) {
        return found;
      }
      this.question += 1;
      for (let line = this.line(y0); line <= this.line(y1); line += 1) {
        const [first, end] = [this.start[line * side + this.column(x0)], this.start[line * side + this.column(x1) + 1]];
        for (let i = first; i < end; i += 1) {
          const row = this.rows[i];
          if (seen[row] !== this.question) {
            seen[row] = this.question;
            if (box[row * 4] <= x1 && box[row * 4 + 2] >= x0 && box[row * 4 + 1] <= y1 && box[row * 4 + 3] >= y0) {
              found.push(row);
            }
          }
        }
      }
      return found;
    }

    /** The uppermost row that holds a place, or -1. */
    at(x, y) {
      return this.query(x, y, x, y).reduce((best, row) => (row > best && holds(this.data, row, x, y) ? row : best), -1);
    }
  };
}(window.parkmap));
