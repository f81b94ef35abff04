// Arms, legs and trunks on the screen: parts between two joints.

const STEPS = 12; // of each half circle

export const plus = ([x, y], [a, b], times = 1) => [x + a * times, y + b * times];
export const between = (from, to, share) => plus(from, [to[0] - from[0], to[1] - from[1]], share);

/** The outline of a limb between two joints, round at both. */
export function limb(from, to, [begins, ends]) {
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
  const round = (joint, radius, first) =>
    Array.from({ length: STEPS + 1 }, (_, step) => {
      const at = angle + first + (step * Math.PI) / STEPS;
      return plus(joint, [Math.cos(at), Math.sin(at)], radius);
    });
  return [...round(from, begins, Math.PI / 2), ...round(to, ends, -Math.PI / 2)];
}
