/* Reading the compact encoding of layers of very many polygons; dense_encode.py says what it is. */
(function (pm) {
  "use strict";

  const WORLD = 256; // pixels of the whole world at zoom 0

  function bytesOf(base64) {
    const text = atob(base64.trim());
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i += 1) {
      bytes[i] = text.charCodeAt(i);
    }
    return bytes;
  }

  /** Unpack a zlib stream; browsers before 2023 have no stream for that and take the small program beside. */
  pm.inflate = async function (bytes, length) {
    if (typeof DecompressionStream === "function") {
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
      return new Uint8Array(await new Response(stream).arrayBuffer());
    }
    const whole = new Uint8Array(length);
    window.parkmapInflate(bytes.subarray(2), whole);
    return whole;
  };

  /** Read variable-length integers, each added to the one before where `sum` is asked for. */
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

  /** Running totals: where each part begins, with the end of the last one. */
  function starts(counts) {
    const found = new Uint32Array(counts.length + 1);
    counts.forEach((count, i) => {
      found[i + 1] = found[i] + count;
    });
    return found;
  }

  /** A function from row to text, for a column or the names. */
  function column(form, bytes, count) {
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
    const digits = { minimumFractionDigits: form.decimals, maximumFractionDigits: form.decimals };
    return (row) => (numbers[row] === form.none ? "" : (numbers[row] / 10 ** form.decimals).toLocaleString("en", digits));
  }

  function world(steps, step, toWorld) {
    const found = new Float64Array(steps.length);
    for (let i = 0; i < steps.length; i += 1) {
      found[i] = toWorld(steps[i] * step);
    }
    return found;
  }

  const eastward = (lon) => (lon / 360 + 0.5) * WORLD;
  const southward = (lat) => (0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)) * WORLD;

  /** Decode a layer: points in pixels of the world at zoom 0, and what the card says. */
  pm.decodeDense = async function (header, packed) {
    const raw = await pm.inflate(packed, header.bytes);
    const parts = {};
    let at = 0;
    header.sections.forEach(([name, length]) => {
      parts[name] = raw.subarray(at, at + length);
      at += length;
    });
    const rings = starts(integers(parts.rings, header.count, false));
    const points = starts(integers(parts.points, rings[header.count], false));
    const total = points[points.length - 1];
    return {
      count: header.count,
      rings,
      points,
      x: world(integers(parts.x, total, true), header.step, eastward),
      y: world(integers(parts.y, total, true), header.step, southward),
      classes: parts.class,
      name: column(header.names, parts.names, header.count),
      columns: header.columns.map((form, i) => ({ label: form.label, text: column(form, parts[`column-${i}`], header.count) })),
    };
  };

  /** The same from a file: length of the header, header, body. */
  pm.decodeDenseFile = function (buffer) {
    const length = new DataView(buffer).getUint32(0, true);
    const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
    return pm.decodeDense(header, new Uint8Array(buffer, 4 + length));
  };

  /** The body of a layer that stands in the page. */
  pm.denseBody = (index) => bytesOf(document.getElementById(`pm-dense-${index}`).textContent);

  pm.worldToLatLng = (x, y) => L.latLng((Math.atan(Math.sinh((0.5 - y / WORLD) * 2 * Math.PI)) * 180) / Math.PI, (x / WORLD - 0.5) * 360);
  pm.latLngToWorld = (latlng) => [eastward(latlng.lng), southward(latlng.lat)];
}(window.parkmap));
