/* Lengths and areas on the ellipsoid (GRS 80, that of CGCS2000 and, to 0.1 mm, of WGS 84). */
(function (pm) {
  "use strict";

  const A = 6378137; // metres, semi-major axis
  const F = 1 / 298.257222101;
  const B = A * (1 - F);
  const E2 = F * (2 - F);
  const E = Math.sqrt(E2);
  const ROUNDS = 50;
  const CLOSE = 1e-12; // radians, 6 micrometres

  const radians = (degrees) => (degrees * Math.PI) / 180;

  /** One step of Vincenty's inverse formula (Survey Review 176, 1975): what follows from a longitude on the sphere. */
  function step(lambda, reduced) {
    const { sin1, cos1, sin2, cos2 } = reduced;
    const across = cos2 * Math.sin(lambda);
    const along = cos1 * sin2 - sin1 * cos2 * Math.cos(lambda);
    const sinSigma = Math.hypot(across, along);
    const cosSigma = sin1 * sin2 + cos1 * cos2 * Math.cos(lambda);
    const sinAlpha = sinSigma === 0 ? 0 : (cos1 * cos2 * Math.sin(lambda)) / sinSigma;
    const cos2Alpha = 1 - sinAlpha * sinAlpha;
    const middle = cos2Alpha === 0 ? 0 : cosSigma - (2 * sin1 * sin2) / cos2Alpha;
    return { sinSigma, cosSigma, sigma: Math.atan2(sinSigma, cosSigma), sinAlpha, cos2Alpha, middle };
  }

  function length({ sinSigma, cosSigma, sigma, cos2Alpha, middle }) {
    const u2 = (cos2Alpha * (A * A - B * B)) / (B * B);
    const a = 1 + (u2 / 16384) * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)));
    const b = (u2 / 1024) * (256 + u2 * (-128 + u2 * (74 - 47 * u2)));
    const inner = cosSigma * (2 * middle * middle - 1) - (b / 6) * middle * (4 * sinSigma * sinSigma - 3) * (4 * middle * middle - 3);
    return B * a * (sigma - b * sinSigma * (middle + (b / 4) * inner));
  }

  /** Metres between two places, to 0.1 mm; places on opposite sides of the globe do not occur on a city's map. */
  pm.distance = function (from, to) {
    const width = radians(to.lng - from.lng);
    const tan1 = (1 - F) * Math.tan(radians(from.lat));
    const tan2 = (1 - F) * Math.tan(radians(to.lat));
    const cos1 = 1 / Math.sqrt(1 + tan1 * tan1);
    const cos2 = 1 / Math.sqrt(1 + tan2 * tan2);
    const reduced = { cos1, cos2, sin1: tan1 * cos1, sin2: tan2 * cos2 };
    let lambda = width;
    let found = step(lambda, reduced);
    for (let round = 0; round < ROUNDS; round += 1) {
      const { sinSigma, cosSigma, sigma, sinAlpha, cos2Alpha, middle } = found;
      const c = (F / 16) * cos2Alpha * (4 + F * (4 - 3 * cos2Alpha));
      const next = width + (1 - c) * F * sinAlpha * (sigma + c * sinSigma * (middle + c * cosSigma * (2 * middle * middle - 1)));
      const moved = Math.abs(next - lambda);
      lambda = next;
      found = step(lambda, reduced);
      if (moved < CLOSE) {
        break;
      }
    }
    return found.sinSigma === 0 ? 0 : length(found);
  };

  /** Metres along a line of places. */
  pm.lineLength = (places) => places.slice(1).reduce((sum, place, i) => sum + pm.distance(places[i], place), 0);

  /** Height over the equator in the cylindrical equal-area projection of the ellipsoid (Snyder 1987, 10-15), metres. */
  function equalAreaHeight(latitude) {
    const s = Math.sin(radians(latitude));
    return (A * (1 - E2) * (s / (1 - E2 * s * s) + Math.atanh(E * s) / E)) / 2;
  }

  /** Square metres inside a ring of places; its edges are straight in an equal-area projection. */
  pm.ringArea = function (places) {
    const xy = places.map((place) => [A * radians(place.lng - places[0].lng), equalAreaHeight(place.lat)]);
    const twice = xy.reduce((sum, [x, y], i) => {
      const [nextX, nextY] = xy[(i + 1) % xy.length];
      return sum + (x * nextY - nextX * y);
    }, 0);
    return Math.abs(twice) / 2;
  };
}(window.parkmap));
