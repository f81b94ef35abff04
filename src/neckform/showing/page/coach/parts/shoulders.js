// Two dots that must stay in their circles.

import { makeSvg, setAttr, setSeldom, setText } from "./dom.js";
import { word } from "./words.js";

const RADIUS = 34;
const FARTHEST = 1.7;
const NEAR = 0.3;
const WIDTH = 400;
// As in a mirror: the person's left shoulder is at the left of the screen, and what moves toward
// the person's own left moves to the left here.
const PLACES = { left: 84, right: WIDTH - 84 };
const HEIGHT = 62;

export function createShoulders(host) {
  const drawing = makeSvg(
    "svg",
    { viewBox: `0 -4 ${WIDTH} 132`, role: "img" },
    makeSvg("path", {
      class: "shoulder-line",
      d: "M84 62C140 58 168 50 176 8M316 62C260 58 232 50 224 8",
    }),
  );
  const dots = {};
  for (const [side, x] of Object.entries(PLACES)) {
    const circle = makeSvg("circle", { class: "shoulder-circle", cx: x, cy: HEIGHT, r: RADIUS });
    const dot = makeSvg("circle", { class: "shoulder-dot", cx: x, cy: HEIGHT, r: 13 });
    drawing.append(circle, dot, makeSvg("text", { class: "shoulder-name", x, y: 122 }, word(`side.${side}`)));
    dots[side] = { circle, dot };
  }
  const words = makeSvg("text", { class: "shoulder-words", x: WIDTH / 2, y: 88 });
  drawing.append(words);
  host.append(drawing);

  function place(side, shoulder) {
    const { circle, dot } = dots[side];
    setAttr(circle, "data-in", shoulder ? shoulder.in : "unseen");
    setAttr(dot, "data-in", shoulder ? shoulder.in : "unseen");
    if (!shoulder) return;
    const x = -shoulder.across_sw / shoulder.across_limit_sw,
      y = -shoulder.up_sw / shoulder.up_limit_sw;
    const away = Math.hypot(x, y);
    // The program judges: a hand that comes lifts its shoulder, and a trunk that turns hardly moves
    // one. The dot is drawn where it is, but never on the wrong side of its circle, unless it is so
    // near the middle that it has no direction.
    const shown = shoulder.in ? Math.min(away, 0.62) : Math.min(FARTHEST, Math.max(away, 1.3));
    const scale = away > NEAR ? shown / away : 1;
    setAttr(dot, "cx", (PLACES[side] + RADIUS * x * scale).toFixed(1));
    setAttr(dot, "cy", (HEIGHT + RADIUS * y * scale).toFixed(1));
  }

  return {
    show(shoulders) {
      for (const side of ["left", "right"]) place(side, shoulders?.[side]);
      setText(words, shoulders?.evidence === "unseen" ? shoulders.text : "");
      setSeldom(drawing, shoulders?.text);
    },
  };
}
