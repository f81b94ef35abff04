// The two views of a figure. A view names the directions that are right and down on the screen, and
// the direction toward the viewer.

import { dot } from "./turning.js";

// From the front, as in a mirror: the person's left (+x) is at the left of the screen, as in the
// camera's picture on this page, so that one can simply do what the drawing does.
export const FRONT = { name: "front", right: [-1, 0, 0], down: [0, -1, 0], near: [0, 0, 1] };
// From the person's right side: the nose points to the right.
export const SIDE = { name: "side", right: [0, 0, 1], down: [0, -1, 0], near: [-1, 0, 0] };

export const onScreen = (view, point) => [dot(view.right, point), dot(view.down, point)];
