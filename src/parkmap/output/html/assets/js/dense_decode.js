/* Reading the compact encoding of layers of very many polygons; dense_encode.py says what it is. */
(function (pm) {
  "use strict";

  const GRID = 2 ** 26; // steps around the world: places of dense layers are whole steps from its north-west corner

  function bytesOf(base64) {
    const text = atob(base64.trim());
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i += 1) {
      bytes[i] = text.charCodeAt(i);
    }
    return bytes;
  }

  /** Whether this browser can unpack what the page holds: Chrome and Edge from 80, Safari from 16.4, Firefox from 113. */
  pm.canInflate = () => typeof DecompressionStream === "function";

  /** Unpack a zlib stream. */
  pm.inflate = async function (bytes) {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };

  /** Read variable-length integers of up to 53 bits, each added to the one before where `sum` is asked for. */
  function integers(bytes, count, sum) {
    const found = new Float64Array(count);
    let at = 0;
    let last = 0;
    for (let i = 0; i < count; i += 1) {
      let value = 0;
      let weight = 1;
      let byte;
      do {
        byte = bytes[at];
        at += 1;
        value += (byte & 127) * weight;
        weight *= 128;
      } while (byte > 127);
      const plain = value % 2 ? -(value + 1) / 2 : value / 2;
      last = sum ? last + plain : plain;
      found[i] = last;
    }
    return found;
  }

  /** The same for places: each is added to the one before, and none has more than 31 bits. */
  function places(bytes, count) {
    const found = new Int32Array(count);
    let at = 0;
    let last = 0;
    for (let i = 0; i < count; i += 1) {
      let byte = bytes[at];
      let value = byte & 127;
      at += 1;
      for (let shift = 7; byte > 127; shift += 7) {
        byte = bytes[at];
        at += 1;
        value |= (byte & 127) << shift;
      }
      last += (value >>> 1) ^ -(value & 1);
      found[i] = last;
    }
    return found;
  }

  /** Running totals: where each part begins, with the end of the last one. */
  function starts(bytes, count) {
    const found = new Uint32Array(count + 1);
    integers(bytes, count, true).forEach((total, i) => {
      found[i + 1] = total;
    });
    return found;
  }

  /** A function from row to text, for a column or the names. */
  function textOf(form, bytes, count) {
    if (form.kind === "text") {
      const texts = new TextDecoder().decode(bytes).split("\n");
      return (row) => texts[row];
    }
    if (form.kind === "list") {
      const numbers = integers(bytes, count, false);
      return (row) => form.list[numbers[row]];
    }
    const numbers = integers(bytes, count, true);
    if (form.kind === "numbered") {
      return (row) => form.start + String(numbers[row]).padStart(form.width, "0");
    }
    return (row) => (numbers[row] === form.none ? "" : (numbers[row] / 10 ** form.decimals).toFixed(form.decimals));
  }

  /** The same, read only when it is first asked for: most pages are looked at before anything is clicked. */
  function column(form, bytes, count) {
    let text = null;
    return (row) => {
      text = text || textOf(form, bytes, count);
      return text(row);
    };
  }

  /** Unpack a body into its sections by name. */
  async function sections(header, packed) {
    const raw = await pm.inflate(packed);
    const parts = {};
    let at = 0;
    header.sections.forEach(([name, length]) => {
      parts[name] = raw.subarray(at, at + length);
      at += length;
    });
    return parts;
  }

  /** Decode a layer: places in steps of the grid, and what the card says. */
  pm.decodeDense = async function (header, packed) {
    const parts = await sections(header, packed);
    const rings = starts(parts.rings, header.count);
    const points = starts(parts.points, rings[header.count]);
    const total = points[points.length - 1];
    return {
      count: header.count,
      rings,
      points,
      x: places(parts.x, total),
      y: places(parts.y, total),
      classes: parts.class,
      name: column(header.names, parts.names, header.count),
      columns: header.columns.map((form, i) => ({ label: form.label, text: column(form, parts[`column-${i}`], header.count) })),
    };
  };

  /** A file: length of the header, header, body. */
  function opened(buffer) {
    const length = new DataView(buffer).getUint32(0, true);
    return [JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length))), new Uint8Array(buffer, 4 + length)];
  }

  /** Decode a layer from a file. */
  pm.decodeDenseFile = (buffer) => pm.decodeDense(...opened(buffer));

  /** Decode the file of all names: what each feature is called, and the number of its leaf tile. */
  pm.decodeDenseNames = async function (buffer) {
    const [header, packed] = opened(buffer);
    const parts = await sections(header, packed);
    const tiles = integers(parts.tiles, header.count, true);
    return { count: header.count, name: column(header.names, parts.names, header.count), tile: (row) => tiles[row] };
  };

  /** The body of a layer that stands in the page; the text is let go of. */
  pm.denseBody = function (index) {
    const element = pm.byId(`pm-dense-${index}`);
    const bytes = bytesOf(element.textContent);
    element.textContent = "";
    return bytes;
  };

  /** Pixels a step of the grid is wide at a zoom, where the world is 256 pixels at zoom 0. */
  pm.gridScale = (zoom) => (2 ** zoom * 256) / GRID;
  pm.gridToLatLng = (x, y) => L.latLng((Math.atan(Math.sinh((0.5 - y / GRID) * 2 * Math.PI)) * 180) / Math.PI, (x / GRID - 0.5) * 360);
  pm.latLngToGrid = ({ lat, lng }) => [(lng / 360 + 0.5) * GRID, (0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)) * GRID];
}(window.parkmap));
