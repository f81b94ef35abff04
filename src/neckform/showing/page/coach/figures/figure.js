// A friendly person of head, neck and shoulders, drawn from the angles of the head. One drawing for
// every stretch, side and direction: the program says how far the head goes.

import { makeSvg, setAttr } from "../parts/dom.js";
import { createGhost, createHead } from "./head.js";
import { createHand } from "./hand.js";
import { createMotion } from "./motion.js";
import { createMuscle } from "./muscle.js";
import { drawingOf } from "./poses.js";
import { createTrail } from "./trail.js";
import { createTrunk } from "./trunk.js";

const BOX = "-2.5 -2.25 5 4.7";

export function createFigure(host, { moves = false, small = false } = {}) {
  let shown = "",
    drawing = null,
    parts = null,
    resting = false;
  const svg = makeSvg("svg", { class: small ? "figure small" : "figure" });
  host.append(svg);
  const motion = moves ? createMotion((share) => pose(share)) : null;

  function pose(share) {
    for (const each of parts) each.pose(share);
  }

  function build() {
    const { view } = drawing;
    setAttr(svg, "viewBox", BOX);
    // A small drawing stands beside the words for it.
    setAttr(svg, "aria-hidden", small ? true : null);
    setAttr(svg, "role", small ? null : "img");
    setAttr(svg, "aria-label", small ? null : drawing.label);
    setAttr(svg, "lang", drawing.lang);
    svg.replaceChildren();
    // From the back to the front. A small drawing shows the movement alone.
    if (drawing.trail && !small) createGhost(svg, drawing);
    // The nape is behind the neck when it is seen from the front.
    const makers = [createTrunk];
    if (drawing.feel && !small)
      makers.splice(drawing.feel === "nape" && view.name === "front" ? 0 : 1, 0, createMuscle);
    parts = makers.map((make) => make(svg, drawing));
    parts.push(createHead(svg, drawing));
    if (drawing.hand && !small) parts.push(createHand(svg, drawing));
    if (drawing.trail && !small) createTrail(svg, drawing);
    pose(1);
  }

  function draw(figure) {
    const key = JSON.stringify(figure);
    if (key === shown) return;
    shown = key;
    drawing = drawingOf(figure);
    build();
  }

  return {
    /** A figure, as the program's state carries it. */
    show(figure) {
      draw(figure);
      resting = false;
      motion?.start();
    },
    /** The same at the end of its way, without moving. */
    rest(figure) {
      draw(figure);
      if (resting) return;
      resting = true;
      motion?.stop();
      pose(1);
    },
    /** While everything waits, the drawing does too. */
    still(on) {
      motion?.still(on);
    },
    stop() {
      motion?.stop();
    },
  };
}
