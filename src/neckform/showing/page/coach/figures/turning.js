// Rotations of docs/conventions.md: x right in the picture, y up, z toward the viewer;
// R = Ry(rotation) · Rx(flexion) · Rz(-lateral), each in degrees.

const RAD = Math.PI / 180;

const times = (a, b) =>
  a.map((row) => [0, 1, 2].map((j) => row[0] * b[0][j] + row[1] * b[1][j] + row[2] * b[2][j]));

export function rotationOf({ flexion = 0, rotation = 0, lateral = 0 }) {
  const [cf, sf] = [Math.cos(flexion * RAD), Math.sin(flexion * RAD)];
  const [cr, sr] = [Math.cos(rotation * RAD), Math.sin(rotation * RAD)];
  const [cl, sl] = [Math.cos(-lateral * RAD), Math.sin(-lateral * RAD)];
  const rx = [
    [1, 0, 0],
    [0, cf, -sf],
    [0, sf, cf],
  ];
  const ry = [
    [cr, 0, sr],
    [0, 1, 0],
    [-sr, 0, cr],
  ];
  const rz = [
    [cl, -sl, 0],
    [sl, cl, 0],
    [0, 0, 1],
  ];
  return times(ry, times(rx, rz));
}

export const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a, b) => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export const plus = (a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const scaled = (a, factor) => [a[0] * factor, a[1] * factor, a[2] * factor];
export const turned = (matrix, v) => [dot(matrix[0], v), dot(matrix[1], v), dot(matrix[2], v)];
/** The transposed matrix times v: back again. */
export const turnedBack = (m, v) =>
  [0, 1, 2].map((j) => m[0][j] * v[0] + m[1][j] * v[1] + m[2][j] * v[2]);
export function unit(v) {
  const length = Math.hypot(...v);
  return scaled(v, 1 / length);
}

/** Part of a movement: 0 is neutral, 1 the whole. */
export const part = (pose, share) => ({
  flexion: (pose.flexion ?? 0) * share,
  rotation: (pose.rotation ?? 0) * share,
  lateral: (pose.lateral ?? 0) * share,
});
