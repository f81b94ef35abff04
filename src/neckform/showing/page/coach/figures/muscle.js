// Where a stretch may be felt: a soft band from the head to the shoulder or the back.

import { makeSvg, setAttr } from "../parts/dom.js";
import { carry } from "./skeleton.js";
import { part } from "./turning.js";
import { onScreen } from "./views.js";

// For a stretch to the left: on the head (carried along), half-way, and at the trunk (stays).
const BANDS = {
  nape: { head: [0, 0.1, -0.72], between: [0, -0.75, -0.72], trunk: [0, -1.4, -1.02] },
  "neck-side": {
    head: [-0.66, 0.06, -0.1],
    between: [-0.4, -1.02, -0.2],
    trunk: [-1.4, -1.36, -0.2],
  },
  "neck-back": { head: [-0.6, 0, -0.3], between: [-0.36, -0.85, -0.3], trunk: [-0.9, -1.28, -0.4] },
};

export function createMuscle(svg, { view, pose: whole, feel, sign }) {
  const band = BANDS[feel];
  const path = makeSvg("path", { class: "muscle" });
  svg.append(path);
  const sided = ([x, y, z]) => [x * sign, y, z];
  const write = (point) =>
    onScreen(view, point)
      .map((n) => n.toFixed(3))
      .join(" ");
  return {
    pose(share) {
      const { place } = carry(part(whole, share));
      setAttr(
        path,
        "d",
        `M${write(place(sided(band.head)))}Q${write(sided(band.between))} ${write(sided(band.trunk))}`,
      );
      setAttr(path, "opacity", (0.85 * share).toFixed(2));
    },
  };
}
