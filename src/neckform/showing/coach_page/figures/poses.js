// What each drawing shows. Stretches with sides are written for the LEFT; the right is its mirror
// image, never typed twice. The degrees are for the eye: a little more than the targets.

import { FRONT, SIDE } from "./views.js";

/*
 * pose    degrees, as in the conventions
 * trail   the point of the head whose path the arrow follows, in units of half a head's height;
 *         from and until are shares of the movement, aside moves the arrow out of the face
 * feel    which muscle is drawn as being stretched
 * hand    whose hand may rest on the head: "same" side, "both"
 */
const DRAWINGS = {
  neutral: {
    view: FRONT,
    pose: {},
    label: "Head upright, looking straight ahead, shoulders loose",
  },
  "cervical-paraspinal": {
    view: SIDE,
    pose: { flexion: 46 },
    trail: { point: [0, 0.35, 1.8] },
    feel: "nape",
    hand: "both",
    label:
      "Seen from the side: the chin goes down toward the chest, the shoulders stay where they are",
  },
  "upper-trapezius": {
    view: FRONT,
    pose: { lateral: 34 },
    trail: { point: [0, 1.95, 0] },
    feel: "neck-side",
    label:
      "Seen from the front, as in a mirror: the ear goes toward the SIDE shoulder",
  },
  "levator-scapulae": {
    view: FRONT,
    pose: { flexion: 32, rotation: 42 },
    trail: { point: [0, 0.1, 1.75], aside: [-0.72, -0.3], from: 0.15, until: 0.85 },
    feel: "neck-back",
    hand: "same",
    label:
      "Seen from the front, as in a mirror: turned to the SIDE and looking down, nose toward the armpit",
  },
  flexion: {
    view: SIDE,
    pose: { flexion: 46 },
    trail: { point: [0, 0.35, 1.8] },
    label: "Seen from the side: chin down",
  },
  extension: {
    view: SIDE,
    pose: { flexion: -36 },
    trail: { point: [0, 0.2, 1.75] },
    label: "Seen from the side: chin up",
  },
  rotation: {
    view: FRONT,
    pose: { rotation: 58 },
    trail: { point: [0, 0.1, 2], from: 0.48, above: 0.5 },
    label: "Seen from the front, as in a mirror: the head turned to the SIDE",
  },
  lateral: {
    view: FRONT,
    pose: { lateral: 36 },
    trail: { point: [0, 1.95, 0] },
    label: "Seen from the front, as in a mirror: the head tilted to the SIDE",
  },
};

/** Where it may be felt, in words; beside the drawing that shows it. */
export const FEEL = {
  "cervical-paraspinal": "You may feel a gentle pull at the back of the neck.",
  "upper-trapezius": "You may feel a gentle pull at the other side of the neck.",
  "levator-scapulae": "You may feel a gentle pull at the back of the neck, on the other side.",
};

/** "rotation-left", "left-rotation", "left_lateral" ... are a direction with its side. */
function parted(id, side) {
  if (DRAWINGS[id]) return { id, side };
  const words = id.split(/[-_ ]/);
  const found = words.find((word) => DRAWINGS[word]);
  return found
    ? { id: found, side: words.find((word) => word === "left" || word === "right") ?? side }
    : { id: "neutral", side: null };
}

export function drawingOf(wanted, wantedSide = null) {
  const { id, side } = parted(wanted, wantedSide);
  const drawing = DRAWINGS[id];
  const sign = side === "right" ? -1 : 1;
  const { flexion = 0, rotation = 0, lateral = 0 } = drawing.pose;
  const trail = drawing.trail && {
    from: 0.1,
    until: 0.98,
    ...drawing.trail,
    point: [drawing.trail.point[0] * sign, ...drawing.trail.point.slice(1)],
  };
  return {
    ...drawing,
    sign,
    trail,
    pose: { flexion, rotation: rotation * sign, lateral: lateral * sign },
    label: drawing.label.replaceAll("SIDE", side ?? "left"),
  };
}
