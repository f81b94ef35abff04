// The arrow along the path of one point of the head.

import { makeSvg } from "../parts/dom.js";
import { carry } from "./skeleton.js";
import { part } from "./turning.js";
import { onScreen } from "./views.js";

const STEPS = 24;
const BARB = 0.27;

export function createTrail(svg, { view, pose, trail, sign }) {
  const [asideX, asideY] = trail.aside;
  const points = [];
  for (let step = 0; step <= STEPS; step += 1) {
    const share = trail.from + (trail.until - trail.from) * (step / STEPS);
    const point = carry(part(pose, share)).place(trail.point);
    const [x, y] = onScreen(view, point);
    points.push([x + asideX * sign, y + asideY + trail.above * (point[2] - 1)]);
  }
  const tip = points[STEPS],
    before = points[STEPS - 4];
  const length = Math.hypot(tip[0] - before[0], tip[1] - before[1]);
  const along = [(tip[0] - before[0]) / length, (tip[1] - before[1]) / length];
  const at = (back, aside) => [
    tip[0] - along[0] * back - along[1] * aside,
    tip[1] - along[1] * back + along[0] * aside,
  ];
  const write = (list) => `M${list.map(([x, y]) => `${x.toFixed(3)} ${y.toFixed(3)}`).join("L")}`;
  svg.append(
    makeSvg(
      "g",
      { class: "trail" },
      makeSvg("path", { d: write(points) }),
      makeSvg("path", { d: write([at(BARB, BARB), tip, at(BARB, -BARB)]) }),
    ),
  );
}
