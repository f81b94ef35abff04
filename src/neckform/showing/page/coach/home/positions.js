// How to lie, and how not to: seven cards, the best first.

import { limb } from "../figures/limb.js";
import { make, makeSvg } from "../parts/dom.js";
import { word } from "../parts/words.js";

// The head is at the left. Head and neck: how far from the head's end of the bed, and how high above
// it; up: the middle of the trunk, likewise; nose: where it points, in degrees from straight up.
const POSITIONS = [
  { id: "back-level", verdict: "best", head: [46, 24], neck: [70, 20], pillow: 8, nose: 0 },
  { id: "back-chin", verdict: "wrong", head: [44, 56], neck: [70, 28], pillow: 38, nose: 48 },
  { id: "back-tilted", verdict: "wrong", head: [46, 16], neck: [72, 26], pillow: 0, nose: -42 },
  { id: "side-straight", verdict: "good", head: [46, 36], neck: [70, 34], pillow: 20, up: 34 },
  { id: "side-high", verdict: "wrong", head: [46, 66], neck: [70, 42], pillow: 50, up: 34 },
  { id: "side-sunk", verdict: "wrong", head: [44, 20], neck: [70, 28], pillow: 4, up: 34 },
  { id: "face-down", verdict: "worst", head: [46, 24], neck: [70, 22], pillow: 6, twisted: true },
];
const BED = 116;
const BACK_UP = 19;

const write = ([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`;
const path = (className, points, closed) =>
  makeSvg("path", { class: className, d: `M${points.map(write).join("L")}${closed ? "z" : ""}` });
const part = (className, from, to, radii) => path(className, limb(from, to, radii), true);

/** A head in profile, its nose in a direction; or turned to who looks, or seen from behind. */
function headOf({ head, nose, twisted }) {
  const [x, y] = [head[0], BED - head[1]];
  const parts = [makeSvg("circle", { class: "lying-hair", cx: 0, cy: 0, r: 19 })];
  if (nose !== undefined) {
    parts.push(
      makeSvg("ellipse", { class: "lying-skin", cx: 3, cy: -4, rx: 16, ry: 16 }),
      makeSvg("path", { class: "lying-skin", d: "M-1 -18C1 -21 2 -24 4 -26C6 -25 7 -21 8 -17z" }),
      makeSvg("path", { class: "lying-line", d: "M-8 -10q2.500 3 5.500 1.500M13.500 -12l-1.500 4.500" }),
      makeSvg("ellipse", { class: "lying-shade", cx: 1, cy: 3, rx: 3, ry: 4.500 }),
    );
  } else if (twisted) {
    parts.push(
      makeSvg("ellipse", { class: "lying-skin", cx: 4, cy: 2, rx: 15, ry: 15 }),
      makeSvg("path", { class: "lying-line", d: "M2 -5q-3 1.500 0 5M2 5q-3 1.500 0 5M12 -1q3 3 0 6" }),
    );
  } else {
    parts.push(makeSvg("ellipse", { class: "lying-shade", cx: 5, cy: -17, rx: 4.500, ry: 3.500 }));
  }
  return makeSvg("g", { transform: `translate(${x} ${y}) rotate(${nose ?? 0})` }, ...parts);
}

function drawing(position, label) {
  const { head, neck, pillow, up = BACK_UP, twisted } = position;
  const onSide = up !== BACK_UP;
  const top = [head[0] + 6, BED - head[1] + 3],
    base = [neck[0], BED - neck[1]],
    shoulder = [92, BED - up],
    hip = [152, BED - up + (onSide ? 5 : 2)],
    knee = [190, BED - (onSide ? 20 : 15)],
    foot = [226, BED - 9];
  const parts = [
    makeSvg("path", { class: "bed", d: `M8 ${BED + 1}H234` }),
    makeSvg("rect", { class: "pillow", x: 14, y: BED - pillow, width: 54, height: pillow, rx: Math.min(8, pillow / 2) }),
    part("lying-trousers", hip, knee, onSide ? [19, 13] : [15, 12]),
    part("lying-trousers", knee, foot, [12, 7]),
    part("lying-skin", top, base, [9, 10]),
    part("lying-skin", base, shoulder, [10, 12]),
    part("lying-shirt", shoulder, hip, onSide ? [27, 21] : [18, 16]),
    headOf(position),
  ];
  if (onSide) {
    const bones = [top, base, shoulder, [122, (shoulder[1] + hip[1]) / 2], hip];
    parts.push(path("lying-bones", bones));
  } else {
    const hand = [140, BED - up + 8];
    parts.push(part("lying-shade", [96, BED - up + 2], hand, [7, 5]));
  }
  if (twisted) {
    const [x, y] = base;
    parts.push(makeSvg("path", { class: "lying-twist", d: `M${x - 6} ${y - 9}q6 6 2 17M${x + 3} ${y - 10}q6 7 2 19` }));
  }
  return makeSvg("svg", { viewBox: "0 0 240 130", role: "img", "aria-label": label }, ...parts);
}

export function createPositions(host) {
  host.replaceChildren(
    ...POSITIONS.map((position) => {
      const name = word(`care.${position.id}`);
      const good = ["best", "good"].includes(position.verdict);
      return make(
        "li",
        { "data-verdict": position.verdict },
        drawing(position, name),
        make("h3", {}, name),
        make("span", { class: `badge ${good ? "good" : "open"}` }, word(`care.${position.verdict}`)),
        make("p", { class: "small" }, word(`care.${position.id}-why`)),
      );
    }),
  );
}
