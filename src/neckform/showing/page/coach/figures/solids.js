// Rounded solids drawn flat: the outline of an ellipsoid, and what is seen of a cap on it (hair).

import { cross, dot, plus, scaled, turned, turnedBack, unit } from "./turning.js";
import { onScreen } from "./views.js";

const STEPS = 40;

/** Outline of an ellipsoid with half axes `radii` at `centre`, turned by `matrix`: an ellipse. */
export function outline(view, matrix, centre, radii) {
  const [cx, cy] = onScreen(view, centre);
  // The squared half axes on the screen are those of this 2 x 2 matrix.
  let xx = 0,
    xy = 0,
    yy = 0;
  for (let axis = 0; axis < 3; axis += 1) {
    const along = scaled([matrix[0][axis], matrix[1][axis], matrix[2][axis]], radii[axis]);
    const [x, y] = onScreen(view, along);
    xx += x * x;
    xy += x * y;
    yy += y * y;
  }
  const middle = (xx + yy) / 2,
    spread = Math.hypot((xx - yy) / 2, xy);
  return {
    cx,
    cy,
    rx: Math.sqrt(middle + spread),
    ry: Math.sqrt(Math.max(0, middle - spread)),
    turn_deg: (0.5 * Math.atan2(2 * xy, xx - yy) * 180) / Math.PI,
  };
}

/** Points of a circle on the unit ball: around `axis`, at height `height` along it. */
function circle(axis, height) {
  const across = unit(cross(axis, Math.abs(axis[1]) < 0.9 ? [0, 1, 0] : [1, 0, 0]));
  const along = cross(axis, across);
  const radius = Math.sqrt(Math.max(0, 1 - height * height));
  return Array.from({ length: STEPS }, (_, step) => {
    const angle = (2 * Math.PI * step) / STEPS;
    return plus(
      scaled(axis, height),
      plus(scaled(across, radius * Math.cos(angle)), scaled(along, radius * Math.sin(angle))),
    );
  });
}

/** The points for which `keep` holds, in their order round the circle, starting after a gap. */
function arc(points, keep) {
  const kept = points.map(keep);
  if (kept.every(Boolean)) return { points, whole: true };
  const start = kept.findIndex((now, index) => now && !kept[(index + STEPS - 1) % STEPS]);
  if (start < 0) return { points: [], whole: false };
  const found = [];
  for (let step = 0; step < STEPS && kept[(start + step) % STEPS]; step += 1)
    found.push(points[(start + step) % STEPS]);
  return { points: found, whole: false };
}

/**
 * What is seen of the cap {u : u · axis > height} of an ellipsoid, as a polygon on the screen.
 * Worked out on the unit ball, where both the cap's rim and the outline are circles.
 */
export function capPolygon(view, matrix, centre, radii, axis, height) {
  const near = turnedBack(matrix, view.near);
  const facing = unit([near[0] / radii[0], near[1] / radii[1], near[2] / radii[2]]);
  const rim = arc(circle(axis, height), (u) => dot(u, facing) > 0);
  const edge = arc(circle(facing, 0), (u) => dot(u, axis) > height);
  let round;
  if (rim.whole && edge.points.length === 0) round = rim.points;
  else if (edge.whole) round = edge.points;
  else {
    // Join the two arcs end to nearest end.
    const end = rim.points[rim.points.length - 1];
    const away = (u) => (end && u ? Math.hypot(u[0] - end[0], u[1] - end[1], u[2] - end[2]) : 0);
    const forward = away(edge.points[0]) <= away(edge.points[edge.points.length - 1]);
    round = [...rim.points, ...(forward ? edge.points : [...edge.points].reverse())];
  }
  return round.map((u) =>
    onScreen(
      view,
      plus(centre, turned(matrix, [u[0] * radii[0], u[1] * radii[1], u[2] * radii[2]])),
    ),
  );
}
