// How the neck carries the head. Units are half a head's height; the origin is where the neck meets
// the head in the neutral.

import { part, plus, rotationOf, turned } from "./turning.js";

export const NECK_BASE = [0, -1.12, -0.32];
const NECK = [0, 1.12, 0.32];
const NECK_SHARE = 0.45; // the neck bends this far while the head goes all the way

/** Where head and neck are in a pose. */
export function carry(pose) {
  const half = part(pose, NECK_SHARE);
  const head = rotationOf(pose);
  const top = plus(NECK_BASE, turned(rotationOf({ ...half, rotation: half.rotation * 0.5 }), NECK));
  return { head, top, place: (point) => plus(top, turned(head, point)) };
}
