// How to lie, and how not to: seven cards, the best first.

import { make, makeSvg } from "../parts/dom.js";
import { word } from "../parts/words.js";

// The head is at the left. Along: how far from the head's end of the bed; up: above the mattress.
// nose: where it points, in degrees from straight up, clockwise.
const POSITIONS = [
  { id: "back-level", verdict: "best", head: [46, 30], neck: [66, 26], pillow: 14, nose: 0 },
  { id: "back-chin", verdict: "wrong", head: [42, 62], neck: [68, 34], pillow: 42, nose: 50 },
  { id: "back-tilted", verdict: "wrong", head: [44, 16], neck: [68, 30], pillow: 0, nose: -45 },
  { id: "side-straight", verdict: "good", head: [46, 44], neck: [66, 42], pillow: 26, up: 42 },
  { id: "side-high", verdict: "wrong", head: [46, 72], neck: [68, 48], pillow: 52, up: 42 },
  { id: "side-sunk", verdict: "wrong", head: [46, 22], neck: [68, 36], pillow: 4, up: 42 },
  { id: "face-down", verdict: "worst", head: [46, 28], neck: [66, 26], pillow: 10, nose: 0, twisted: true },
];
const FLOOR = 108;

function drawing({ head, neck, pillow, nose, up = 26, twisted }, label) {
  const [x, y] = [head[0], FLOOR - head[1]];
  const spine = `M${neck[0] + 10} ${FLOOR - neck[1]}Q120 ${FLOOR - up} 215 ${FLOOR - up + 4}`;
  const parts = [
    makeSvg("path", { class: "bed", d: `M12 ${FLOOR + 10}H228` }),
    makeSvg("rect", { class: "pillow", x: 18, y: FLOOR + 9 - pillow, width: 58, height: pillow, rx: 8 }),
    makeSvg("path", { class: "spine", d: spine }),
    makeSvg("path", {
      class: "neck-line",
      d: twisted
        ? `M${x} ${y}q10 -10 12 0t14 ${FLOOR - neck[1] - y}`
        : `M${x} ${y}L${neck[0] + 10} ${FLOOR - neck[1]}`,
    }),
    makeSvg("circle", { class: "face", cx: x, cy: y, r: 19 }),
  ];
  if (nose !== undefined) {
    const turn = (nose * Math.PI) / 180;
    const tip = [x + 23 * Math.sin(turn), y - 23 * Math.cos(turn)];
    parts.push(makeSvg("path", { class: "nose-line", d: `M${x} ${y}L${tip.map((each) => each.toFixed(1)).join(" ")}` }));
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
