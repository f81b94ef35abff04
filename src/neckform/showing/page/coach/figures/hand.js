// An arm whose hand may rest on the head. It is optional, so it is drawn a little faintly. It follows
// and never pulls.

import { makeSvg, setAttr } from "../parts/dom.js";
import { between, limb, plus } from "./limb.js";
import { carry } from "./skeleton.js";
import { part } from "./turning.js";
import { onScreen } from "./views.js";

// Hand: on the head, for the left. Shoulder and elbow: on the screen, for the left.
const ARMS = {
  same: { hand: [0.2, 1.56, -0.1], shoulder: [-1.72, 1.86], elbow: [-2.16, -0.62] },
  both: { hand: [0, 1.5, -0.35], shoulder: [-0.62, 2.05], elbow: [-1.72, 0.02] },
};
// Half as wide as each part is where it begins and ends; the sleeve covers a share of the upper arm.
const UPPER = [0.33, 0.25],
  FORE = [0.25, 0.15],
  SLEEVE = [0.4, 0.35],
  SLEEVE_SHARE = 0.62;
// The hand lies ahead of the wrist, along x: its palm, four fingers and the thumb.
const PALM = [
  [-0.06, -0.15], [0.1, -0.19], [0.34, -0.19], [0.44, -0.14], [0.46, 0.02], [0.44, 0.15], [0.3, 0.19],
  [0.08, 0.17], [-0.06, 0.14],
];
const FINGERS = [
  [[0.4, -0.13], [0.58, -0.15], [0.7, -0.1]],
  [[0.43, -0.04], [0.64, -0.05], [0.79, 0.02]],
  [[0.43, 0.05], [0.62, 0.05], [0.75, 0.11]],
  [[0.4, 0.13], [0.54, 0.15], [0.64, 0.2]],
  [[0.12, -0.15], [0.24, -0.28], [0.4, -0.31]],
];

export function createHand(svg, { view, pose: whole, hand: which, sign }) {
  const arm = ARMS[which];
  // All is worked out for the left; the right is its mirror image.
  const across = view.name === "front" ? sign : 1;
  const write = ([x, y]) => `${(x * across).toFixed(3)} ${y.toFixed(3)}`;
  const line = (points) => `M${points.map(write).join("L")}`;
  const path = (className) => makeSvg("path", { class: className });
  const upper = path("arm-upper"),
    fore = path("arm-fore"),
    crease = path("arm-crease"),
    sleeve = path("arm-sleeve"),
    palm = path("palm"),
    edges = path("finger-edge"),
    fingers = path("finger");
  svg.append(makeSvg("g", { class: "hand" }, upper, fore, crease, sleeve, edges, palm, fingers));

  return {
    pose(share) {
      const { place } = carry(part(whole, share));
      const seen = onScreen(view, place([arm.hand[0] * sign, arm.hand[1], arm.hand[2]]));
      const rests = [seen[0] * across, seen[1]];
      const { shoulder, elbow } = arm;
      // The palm rests where the hand does, so the wrist lies a little before it.
      const reach = Math.hypot(rests[0] - elbow[0], rests[1] - elbow[1]);
      const wrist = between(elbow, rests, 1 - 0.28 / reach);
      const along = [(rests[0] - elbow[0]) / reach, (rests[1] - elbow[1]) / reach];
      const onHand = ([x, y]) => plus(plus(wrist, along, x), [-along[1], along[0]], y);
      setAttr(upper, "d", `${line(limb(shoulder, elbow, UPPER))}z`);
      setAttr(sleeve, "d", `${line(limb(shoulder, between(shoulder, elbow, SLEEVE_SHARE), SLEEVE))}z`);
      setAttr(fore, "d", `${line(limb(elbow, wrist, FORE))}z`);
      const inner = between(elbow, between(shoulder, wrist, 0.5), 0.16);
      setAttr(crease, "d", line([between(inner, shoulder, 0.04), inner, between(inner, wrist, 0.07)]));
      setAttr(palm, "d", `${line(PALM.map(onHand))}z`);
      const each = FINGERS.map((finger) => line(finger.map(onHand))).join("");
      setAttr(edges, "d", each);
      setAttr(fingers, "d", each);
    },
  };
}
