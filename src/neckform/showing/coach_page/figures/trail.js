// The arrow: the way that a point of the head goes.

import { makeSvg } from "../parts/dom.js";
import { carry } from "./skeleton.js";
import { part } from "./turning.js";
import { onScreen } from "./views.js";

const STEPS = 24;
const HEAD = 0.26;

export function createTrail(svg, { view, pose, trail }) {
  const points = [];
  for (let step = 0; step <= STEPS; step += 1) {
    const share = 0.12 + (0.98 - 0.12) * (step / STEPS);
    const [x, y] = onScreen(view, carry(part(pose, share)).place(trail.point));
    // A turn seen from the front is a straight line; lifted at its middle it reads as going round.
    points.push([x, y - (trail.lift ? 0.75 - 0.3 * (1 - share) : 0)]);
  }
  const tip = points[points.length - 1], before = points[points.length - 5];
  const length = Math.hypot(tip[0] - before[0], tip[1] - before[1]);
  const along = [(tip[0] - before[0]) / length, (tip[1] - before[1]) / length];
  const across = [-along[1], along[0]];
  const at = (back, aside) => [tip[0] - along[0] * back + across[0] * aside, tip[1] - along[1] * back + across[1] * aside];
  const write = (list) => list.map(([x, y]) => `${x.toFixed(3)} ${y.toFixed(3)}`).join("L");
  svg.append(makeSvg("g", { class: "trail" },
    makeSvg("path", { d: `M${write(points)}` }),
    makeSvg("path", { d: `M${write([at(HEAD, HEAD), tip, at(HEAD, -HEAD)])}` })));
  return { pose() {} };
}
