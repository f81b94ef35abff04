// The head: two ellipsoids (skull, face), hair as a cap on the skull, and a calm face.

import { makeSvg, setAttr } from "../parts/dom.js";
import { carry } from "./skeleton.js";
import { capPolygon, outline } from "./solids.js";
import { dot, part, turned, unit } from "./turning.js";
import { onScreen } from "./views.js";

const SKULL = { centre: [0, 0.74, -0.02], radii: [0.76, 0.8, 0.9] };
const FACE = { centre: [0, 0.28, 0.3], radii: [0.62, 0.8, 0.6] };
const HAIR = { centre: [0, 0.76, -0.06], radii: [0.83, 0.86, 0.96], axis: unit([0, 0.62, -0.78]), height: -0.1 };
const EAR = { centre: [0.76, 0.36, -0.08], radii: [0.1, 0.2, 0.13] };
const NOSE = { centre: [0, 0.2, 0.93], radii: [0.1, 0.17, 0.13] };
const EYE = [0.27, 0.42], BROW = [0.27, 0.64], MOUTH = [0.2, -0.14];

/** The point of the face's surface in front of (x, y), and which way it faces. */
function onFace(x, y) {
  const bulge = ({ centre, radii }) => {
    const dx = (x - centre[0]) / radii[0], dy = (y - centre[1]) / radii[1];
    const left = 1 - dx * dx - dy * dy;
    return left > 0 ? centre[2] + radii[2] * Math.sqrt(left) : -Infinity;
  };
  return [x, y, Math.max(bulge(FACE), bulge(SKULL))];
}

const ellipse = (className) => makeSvg("ellipse", { class: className });
function place(node, { cx, cy, rx, ry, turn_deg }) {
  setAttr(node, "rx", rx.toFixed(3));
  setAttr(node, "ry", ry.toFixed(3));
  setAttr(node, "transform", `translate(${cx.toFixed(3)} ${cy.toFixed(3)}) rotate(${turn_deg.toFixed(2)})`);
}

export function createHead(svg, { view, pose: whole }) {
  const skull = ellipse("skin"), face = ellipse("skin"), nose = ellipse("nose");
  const hair = makeSvg("path", { class: "hair" });
  const ears = [1, -1].map((side) => ({ side, far: ellipse("skin-shade"), near: ellipse("skin-shade") }));
  const features = makeSvg("path", { class: "feature" }), dots = makeSvg("path", { class: "eye" });
  svg.append(...ears.map((ear) => ear.far), skull, face, features, dots, nose, hair, ...ears.map((ear) => ear.near));

  return {
    pose(share) {
      const { head, place: at } = carry(part(whole, share));
      const solid = ({ centre, radii }) => outline(view, head, at(centre), radii);
      place(skull, solid(SKULL));
      place(face, solid(FACE));
      place(nose, solid(NOSE));

      for (const { side, far, near } of ears) {
        const ear = { centre: [EAR.centre[0] * side, EAR.centre[1], EAR.centre[2]], radii: EAR.radii };
        // Nearer than the middle of the head: in front of the hair; else behind everything.
        const isNear = dot(turned(head, [side, 0, 0]), view.near) > 0.12;
        place(isNear ? near : far, solid(ear));
        setAttr(near, "display", isNear ? null : "none");
        setAttr(far, "display", isNear ? "none" : null);
      }

      const seen = (x, y) => {
        const point = onFace(x, y);
        const out = unit([(x - FACE.centre[0]) / FACE.radii[0] ** 2, (y - FACE.centre[1]) / FACE.radii[1] ** 2, (point[2] - FACE.centre[2]) / FACE.radii[2] ** 2]);
        return { xy: onScreen(view, at(point)), facing: dot(turned(head, out), view.near) > 0.12 };
      };
      const stroke = (points) => {
        let d = "", pen = "M";
        for (const { xy, facing } of points) {
          if (facing) d += `${pen}${xy[0].toFixed(3)} ${xy[1].toFixed(3)}`;
          pen = facing ? "L" : "M";
        }
        return d;
      };
      const along = (make) => [-1, -0.5, 0, 0.5, 1].map(make);
      const brow = (side) => stroke(along((t) => seen(side * BROW[0] + t * 0.13, BROW[1] - 0.05 * t * t)));
      const mouth = stroke(along((t) => seen(t * MOUTH[0], MOUTH[1] - 0.07 * (1 - t * t))));
      setAttr(features, "d", brow(1) + brow(-1) + mouth);
      const eyes = [1, -1].map((side) => seen(side * EYE[0], EYE[1])).filter((eye) => eye.facing);
      setAttr(dots, "d", eyes.map(({ xy }) => `M${xy[0].toFixed(3)} ${xy[1].toFixed(3)}h0`).join(""));

      const round = capPolygon(view, head, at(HAIR.centre), HAIR.radii, HAIR.axis, HAIR.height);
      setAttr(hair, "d", round.length > 2 ? `M${round.map(([x, y]) => `${x.toFixed(3)} ${y.toFixed(3)}`).join("L")}z` : null);
    },
  };
}
