// A ring that fills, with a number in it that can be read from two metres away.

import { makeSvg, setAttr, setSeldom, setText } from "./dom.js";

const RADIUS = 90;
const ROUND = 2 * Math.PI * RADIUS;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

export function createRing(host) {
  const fill = makeSvg("circle", {
    class: "ring-fill",
    cx: 100,
    cy: 100,
    r: RADIUS,
    transform: "rotate(-90 100 100)",
    "stroke-dasharray": ROUND,
    "stroke-dashoffset": ROUND,
  });
  const number = makeSvg("text", { class: "ring-number", x: 100, y: 100 });
  const under = makeSvg("text", { class: "ring-under", x: 100, y: 157 });
  const mark = makeSvg("path", { class: "ring-mark", d: "M91 38h6v18h-6zM103 38h6v18h-6z" });
  const ring = makeSvg(
    "svg",
    { class: "ring", viewBox: "0 0 200 200", role: "img" },
    makeSvg("circle", { class: "ring-track", cx: 100, cy: 100, r: RADIUS }),
    fill,
    mark,
    number,
    under,
  );
  host.append(ring);

  return {
    /** share 0..1; number and under are texts; look is "waiting", "going" or "paused". */
    show({ share, number: shown, under: below, look, label, steps }) {
      // Whoever asked for less motion gets one step a second instead of a sweep.
      const part = calm.matches && steps > 0 ? Math.floor(share * steps) / steps : share;
      setAttr(fill, "stroke-dashoffset", (ROUND * (1 - Math.min(1, Math.max(0, part)))).toFixed(1));
      setAttr(fill, "data-empty", part <= 0);
      setText(number, shown);
      setText(under, below);
      setAttr(ring, "data-look", look);
      setAttr(ring, "data-digits", shown.length);
      setSeldom(ring, label);
    },
  };
}

/** Whole seconds that are still to go: 0.2 s left is still "1". */
export const secondsLeft = (left_ms) => Math.max(0, Math.ceil(left_ms / 1000 - 0.001));

/** The same as a clock shows it: 14:05. */
export const minutesLeft = (left_ms) => {
  const left = secondsLeft(left_ms);
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
};
