// A friendly person of head, neck and shoulders, drawn from the angles of the head. One drawing for
// every stretch, side and direction: what differs is in poses.js.

import { makeSvg, setAttr } from "../parts/dom.js";
import { createHead } from "./head.js";
import { createMotion } from "./motion.js";
import { drawingOf } from "./poses.js";
import { createTrail } from "./trail.js";
import { createTrunk } from "./trunk.js";

const BOX = { front: "-2.500 -2.250 5 4.700", side: "-2.500 -2.250 5 4.700" };

export function createFigure(host, { moves = false, small = false } = {}) {
  let shown = "", drawing = null, parts = null;
  const svg = makeSvg("svg", { class: small ? "figure small" : "figure", role: "img" });
  host.append(svg);
  const motion = moves ? createMotion((share) => pose(share)) : null;

  function pose(share) {
    for (const each of parts) each.pose(share);
  }

  function build() {
    const { view } = drawing;
    setAttr(svg, "viewBox", BOX[view.name]);
    setAttr(svg, "aria-label", drawing.label);
    svg.replaceChildren();
    const trunk = createTrunk(svg, drawing);
    const head = createHead(svg, drawing);
    parts = [trunk, head];
    if (drawing.trail && !small) parts.push(createTrail(svg, drawing));
    pose(1);
  }

  return {
    show(id, side = null) {
      const key = `${id}:${side}`;
      if (key !== shown) {
        shown = key;
        drawing = drawingOf(id, side);
        build();
      }
      motion?.start();
    },
    /** While everything waits, the drawing does too. */
    still(on) { motion?.still(on); },
    stop() { motion?.stop(); },
  };
}
