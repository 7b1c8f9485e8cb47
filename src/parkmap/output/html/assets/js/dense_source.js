/* Where the features of a layer of very many polygons come from: the page itself, or tiles beside it. */
(function (pm) {
  "use strict";

  const SIDE = 256;
  const KEPT = 96; // tiles that are remembered
  const MOST_FETCHED = 12; // features found by name; each may need a tile

  pm.denseSide = SIDE;

  const plain = (text) => text.normalize("NFKC").toLowerCase();

  /** Rows by part of their name: those of just that name first, then those that begin with it, then the others. */
  function rowsNamed({ count, name }, wanted, most) {
    const [same, begin, other] = [[], [], []];
    for (let row = 0; row < count && begin.length < most; row += 1) {
      const at = plain(name(row)).indexOf(wanted);
      if (at === 0) {
        (plain(name(row)) === wanted ? same : begin).push(row);
      } else if (at > 0 && other.length < most) {
        other.push(row);
      }
    }
    return [...same, ...begin, ...other].slice(0, most);
  }

  /** Everything in the page. */
  class WholeSource {
    constructor(entry, number) {
      this.index = null;
      this.ready = pm.decodeDense(entry.header, pm.denseBody(number)).then((data) => {
        this.index = new pm.DenseIndex(data);
      });
    }

    draw(context, coords, styles, done) {
      const now = () => pm.drawDense(context, this.index, coords, SIDE, styles, done);
      if (this.index) {
        now();
      } else {
        this.ready.then(() => (context.canvas.pmGone ? done() : now()));
      }
    }

    async at(x, y) {
      await this.ready;
      const row = this.index.at(x, y);
      return row < 0 ? null : { data: this.index.data, row };
    }

    async find(wanted, most) {
      await this.ready;
      const { data } = this.index;
      return rowsNamed(data, wanted, most).map((row) => ({ data, row }));
    }
  }

  /** Tiles beside the page, fetched when they come into view. */
  class TileSource {
    constructor({ tiles }) {
      this.tiles = tiles;
      this.known = new Map();
      Object.entries(tiles.levels).forEach(([level, flat]) => {
        for (let i = 0; i < flat.length; i += 2) {
          this.known.set(`${level}-${flat[i]}-${flat[i + 1]}`, null);
        }
      });
      this.ready = Promise.resolve();
      this.names = null;
    }

    /** A tile, or nothing where there is none. */
    load(level, x, y) {
      const key = `${level}-${x}-${y}`;
      if (!this.known.has(key)) {
        return Promise.resolve(null);
      }
      if (!this.known.get(key)) {
        const read = level === this.tiles.leaf ? (buffer) => pm.decodeDenseFile(buffer).then((data) => new pm.DenseIndex(data)) : (buffer) => pm.inflate(buffer);
        this.known.set(key, this.fetch(key, read));
        this.forget();
      }
      return this.known.get(key);
    }

    async fetch(key, read) {
      if (window.location.protocol === "file:") {
        pm.denseTrouble("tiles_missing"); // a browser reads no file beside a page that is a file itself
        return null;
      }
      try {
        const answer = await fetch(`${this.tiles.folder}/${key}.bin`);
        if (!answer.ok) {
          throw new Error(String(answer.status));
        }
        return await read(await answer.arrayBuffer());
      } catch (error) {
        pm.denseTrouble("tiles_missing");
        return null;
      }
    }

    /** Let go of the tiles that were fetched first. */
    forget() {
      const held = [...this.known].filter(([, tile]) => tile);
      held.slice(0, Math.max(0, held.length - KEPT)).forEach(([key]) => {
        this.known.delete(key);
        this.known.set(key, null);
      });
    }

    draw(context, coords, styles, done) {
      const { leaf } = this.tiles;
      if (coords.z >= leaf) {
        const up = coords.z - leaf;
        this.load(leaf, coords.x >> up, coords.y >> up).then((index) => (index ? pm.drawDense(context, index, coords, SIDE, styles, done) : done()));
      } else {
        this.load(coords.z, coords.x, coords.y).then((cells) => {
          if (cells) {
            picture(context, cells, styles);
          }
          done();
        });
      }
    }

    async at(x, y) {
      const scale = pm.gridScale(this.tiles.leaf) / SIDE;
      const index = await this.load(this.tiles.leaf, Math.floor(x * scale), Math.floor(y * scale));
      const row = index ? index.at(x, y) : -1;
      return row < 0 ? null : { data: index.data, row };
    }

    async find(wanted, most) {
      this.names = this.names || this.fetch("names", pm.decodeDenseNames);
      const names = await this.names;
      const rows = names ? rowsNamed(names, wanted, Math.min(most, MOST_FETCHED)) : [];
      const found = await Promise.all(rows.map((row) => this.named(names.name(row), names.tile(row))));
      return found.filter((hit) => hit !== null);
    }

    /** The feature of a name in one of the leaf tiles. */
    async named(name, number) {
      const { leaf, levels } = this.tiles;
      const index = await this.load(leaf, levels[leaf][number * 2], levels[leaf][number * 2 + 1]);
      for (let row = 0; index && row < index.data.count; row += 1) {
        if (index.data.name(row) === name) {
          return { data: index.data, row };
        }
      }
      return null;
    }
  }

  /** A picture of classes, one cell a pixel. */
  function picture(context, cells, styles) {
    const small = pm.el("canvas", { width: SIDE, height: SIDE });
    const inner = small.getContext("2d");
    const image = inner.createImageData(SIDE, SIDE);
    const colours = new Uint32Array(image.data.buffer);
    cells.forEach((cell, i) => {
      colours[i] = cell ? styles[cell - 1].cell : 0;
    });
    inner.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, SIDE, SIDE);
  }

  pm.denseSource = (number) => {
    const entry = pm.data.dense[number];
    return entry.tiles ? new TileSource(entry) : new WholeSource(entry, number);
  };
}(window.parkmap));
