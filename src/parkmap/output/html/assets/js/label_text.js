/* Breaking a name into the lines of a label, and measuring it. */
(function (pm) {
  "use strict";

  const MOST_LINES = 4;
  const NOT_FIRST = "）)】」》，、。；：·-–—/”’"; // never at the start of a line
  const NOT_LAST = "（(【「《“‘"; // never at the end of a line

  let context = null;
  const widths = new Map();

  function width(text, kind) {
    const key = kind.font + text;
    if (!widths.has(key)) {
      context = context || document.createElement("canvas").getContext("2d");
      context.font = kind.font;
      widths.set(key, context.measureText(text).width);
    }
    return widths.get(key) + kind.spacing * [...text].length; // SVG sets space behind the last letter as well
  }

  /** Pieces that a line may not divide: one CJK character, or a run of other characters up to a space. */
  function pieces(text) {
    const found = text.match(/[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]+\s*|\s+/gu) || [];
    return found.reduce((all, piece) => {
      const before = all[all.length - 1];
      if (before && (NOT_FIRST.includes(piece[0]) || NOT_LAST.includes(before[before.length - 1]))) {
        all[all.length - 1] = before + piece;
      } else {
        all.push(piece);
      }
      return all;
    }, []);
  }

  function fill(parts, limit, kind) {
    const lines = [""];
    parts.forEach((part) => {
      const last = lines[lines.length - 1];
      if (last && width((last + part).trimEnd(), kind) > limit) {
        lines.push(part);
      } else {
        lines[lines.length - 1] = last + part;
      }
    });
    return lines;
  }

  /** A name without what it adds in brackets at its end; the card has all of it. */
  function short(text) {
    const stem = text.replace(/\s*[（(][^（()）]*[)）]$/u, "");
    return [...stem].length > 1 ? stem : text;
  }

  function cut(line, limit, kind) {
    const letters = [...line];
    while (letters.length > 1 && width(`${letters.join("")}…`, kind) > limit) {
      letters.pop();
    }
    const kept = letters.join("");
    const word = kept.replace(/\s+\S*$/u, ""); // better a word less than half a word
    return `${(word.length > kept.length / 2 ? word : kept).trimEnd()}…`;
  }

  /** Lines of a label: as few as fit, about equally long, the last one cut with an ellipsis where there is too much. */
  pm.labelLines = function (name, kind) {
    const full = [...name.normalize("NFC").replace(/\s+/gu, " ").trim()].slice(0, 200).join("");
    if (width(full, kind) <= kind.limit) {
      return full ? [full] : [];
    }
    const text = short(full);
    const whole = width(text, kind);
    const parts = pieces(text);
    const wanted = Math.min(MOST_LINES, Math.ceil(whole / kind.limit));
    let lines = fill(parts, kind.limit, kind);
    for (let limit = whole / wanted; limit < kind.limit; limit += 4) {
      const tried = fill(parts, limit, kind);
      if (tried.length <= wanted) {
        lines = tried;
        break;
      }
    }
    if (lines.length > MOST_LINES) {
      lines = [...lines.slice(0, MOST_LINES - 1), cut(lines.slice(MOST_LINES - 1).join("").trim(), kind.limit, kind)];
    }
    lines = lines.map((line) => line.trim());
    return lines.map((line) => (width(line, kind) > kind.limit * 1.2 ? cut(line, kind.limit, kind) : line));
  };

  /** Width of the widest line, pixels. */
  pm.labelWidth = (lines, kind) => Math.max(...lines.map((line) => width(line, kind)));

  /** Forget measured widths: the fonts of the page may have changed, as they may with its language. */
  pm.forgetWidths = function () {
    widths.clear();
    context = null; // it remembers the fonts that it found
  };
}(window.parkmap));
