// How the head moves in a drawing. The program gives the angles; nothing here knows a stretch or a
// direction by name.

import { word } from "../parts/words.js";
import { FRONT, SIDE } from "./views.js";

// The points of the head whose path the arrow follows, in units of half a head's height.
const CROWN = [0, 1.95, 0];
const CHIN = [0, 0.35, 1.8];
const NOSE = [0, 0.1, 2];

/** Nothing moves: head upright, shoulders loose. */
export const NEUTRAL = {
  view: "front",
  side: null,
  flexion_deg: 0,
  rotation_deg: 0,
  lateral_deg: 0,
  get label() {
    return word("figure.neutral");
  },
  get lang() {
    return document.documentElement.lang;
  },
};

/*
 * The arrow. from and until are shares of the movement; aside moves it out of the face; above shows a
 * path as it is seen from above.
 */
function trailOf(view, { flexion, rotation, lateral }) {
  if (flexion === 0 && rotation === 0 && lateral === 0) return null;
  const whole = { from: 0.1, until: 0.98, aside: [0, 0], above: 0 };
  if (view === SIDE) return { ...whole, point: CHIN };
  if (Math.abs(lateral) > Math.abs(rotation)) return { ...whole, point: CROWN };
  // A turn seen straight from the front would be a straight line across the face.
  if (Math.abs(flexion) < Math.abs(rotation) / 2)
    return { ...whole, point: NOSE, from: 0.48, above: 0.5 };
  return { ...whole, point: NOSE, from: 0.15, until: 0.85, aside: [-0.72, -0.3] };
}

/** Turns the program's figure into what the parts of a drawing need. */
export function drawingOf(figure) {
  const view = figure.view === "side" ? SIDE : FRONT;
  const pose = {
    flexion: figure.flexion_deg,
    rotation: figure.rotation_deg,
    lateral: figure.lateral_deg,
  };
  // Hand, muscle and arrow are written for the left; the right is their mirror image.
  const sign = figure.side === "right" ? -1 : 1;
  return { ...figure, view, pose, sign, trail: trailOf(view, pose) };
}
