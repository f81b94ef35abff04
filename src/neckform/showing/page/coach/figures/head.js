// The head: two ellipsoids (skull, face), hair as a cap on the skull, and a calm face.

import { makeSvg, setAttr } from "../parts/dom.js";
import { carry } from "./skeleton.js";
import { capPolygon, outline } from "./solids.js";
import { dot, part, turned, unit } from "./turning.js";
import { onScreen } from "./views.js";

const SKULL = { centre: [0, 0.74, -0.02], radii: [0.76, 0.8, 0.9] };
const FACE = { centre: [0, 0.28, 0.3], radii: [0.62, 0.8, 0.6] };
// Hair is a cap of an ellipsoid a little larger than the skull, from the forehead down to the nape.
const HAIR = {
  centre: [0, 0.76, -0.06],
  radii: [0.78, 0.84, 0.95],
  axis: unit([0, 0.54, -0.84]),
  height: -0.13,
};
const EAR = { centre: [0.76, 0.36, -0.08], radii: [0.1, 0.2, 0.13] };
const NOSE = [
  [0, 0.5, 0.82],
  [0, 0.19, 1.03],
  [0, 0.08, 0.84],
];
const UNDER_NOSE = [
  [-0.1, 0.1, 0.92],
  [-0.05, 0.05, 0.98],
  [0, 0.06, 1.02],
  [0.05, 0.05, 0.98],
  [0.1, 0.1, 0.92],
];
const EYE = [0.27, 0.42],
  BROW = [0.27, 0.64],
  MOUTH = [0.2, -0.14];

/** The point of the face's surface in front of (x, y), and which way it faces. */
function onFace(x, y) {
  const bulge = ({ centre, radii }) => {
    const dx = (x - centre[0]) / radii[0],
      dy = (y - centre[1]) / radii[1];
    const left = 1 - dx * dx - dy * dy;
    return left > 0 ? centre[2] + radii[2] * Math.sqrt(left) : -Infinity;
  };
  return [x, y, Math.max(bulge(FACE), bulge(SKULL))];
}

const write = ([x, y]) => `${x.toFixed(3)} ${y.toFixed(3)}`;
const line = (points) => `M${points.map(write).join("L")}`;
const ellipse = (className) => makeSvg("ellipse", { class: className });
function place(node, { cx, cy, rx, ry, turn_deg }) {
  setAttr(node, "rx", rx.toFixed(3));
  setAttr(node, "ry", ry.toFixed(3));
  setAttr(
    node,
    "transform",
    `translate(${cx.toFixed(3)} ${cy.toFixed(3)}) rotate(${turn_deg.toFixed(2)})`,
  );
}

export function createHead(svg, { view, pose: whole }) {
  const skull = ellipse("skin"),
    face = ellipse("skin"),
    nose = makeSvg("path", { class: "skin nose" }),
    underNose = makeSvg("path", { class: "feature faint" });
  const hair = makeSvg("path", { class: "hair" });
  const ears = [1, -1].map((side) => ({
    side,
    far: ellipse("skin-shade"),
    near: ellipse("skin-shade"),
  }));
  const features = makeSvg("path", { class: "feature" }),
    dots = makeSvg("path", { class: "eye" });
  svg.append(
    ...ears.map((ear) => ear.far),
    nose,
    skull,
    face,
    features,
    underNose,
    dots,
    hair,
    ...ears.map((ear) => ear.near),
  );

  return {
    pose(share) {
      const { head, place: at } = carry(part(whole, share));
      const solid = ({ centre, radii }) => outline(view, head, at(centre), radii);
      place(skull, solid(SKULL));
      place(face, solid(FACE));

      for (const { side, far, near } of ears) {
        const ear = {
          centre: [EAR.centre[0] * side, EAR.centre[1], EAR.centre[2]],
          radii: EAR.radii,
        };
        // Nearer than the middle of the head: in front of the hair; else behind everything.
        const isNear = dot(turned(head, [side, 0, 0]), view.near) > 0.12;
        place(isNear ? near : far, solid(ear));
        setAttr(near, "display", isNear ? null : "none");
        setAttr(far, "display", isNear ? "none" : null);
      }

      const seen = (x, y) => {
        const point = onFace(x, y);
        const out = unit([
          (x - FACE.centre[0]) / FACE.radii[0] ** 2,
          (y - FACE.centre[1]) / FACE.radii[1] ** 2,
          (point[2] - FACE.centre[2]) / FACE.radii[2] ** 2,
        ]);
        return {
          xy: onScreen(view, at(point)),
          facing: dot(turned(head, out), view.near) > (view.name === "front" ? 0.32 : -0.05),
        };
      };
      const stroke = (points) => {
        let d = "",
          pen = "M";
        for (const { xy, facing } of points) {
          if (facing) d += pen + write(xy);
          pen = facing ? "L" : "M";
        }
        return d;
      };
      const along = (make) => [-1, -0.5, 0, 0.5, 1].map(make);
      const brow = (side) =>
        stroke(along((t) => seen(side * BROW[0] + t * 0.13, BROW[1] - 0.05 * t * t)));
      const mouth = stroke(along((t) => seen(t * MOUTH[0], MOUTH[1] - 0.07 * (1 - t * t))));
      const eyes = [1, -1].map((side) => seen(side * EYE[0], EYE[1])).filter((eye) => eye.facing);
      // Seen from the front, a person who looks down shows the lids instead of the eyes.
      const looksDown = view.name === "front" && (whole.flexion ?? 0) * share > 12;
      const lid = (side) =>
        stroke(along((t) => seen(side * EYE[0] + t * 0.1, EYE[1] - 0.05 * (1 - t * t))));
      setAttr(dots, "d", looksDown ? null : eyes.map(({ xy }) => `M${write(xy)}h0`).join(""));
      setAttr(features, "d", brow(1) + brow(-1) + mouth + (looksDown ? lid(1) + lid(-1) : ""));

      setAttr(nose, "d", line(NOSE.map((point) => onScreen(view, at(point)))) + "z");
      setAttr(
        underNose,
        "d",
        view.name === "front" ? line(UNDER_NOSE.map((point) => onScreen(view, at(point)))) : null,
      );

      setAttr(
        hair,
        "d",
        `${line(capPolygon(view, head, at(HAIR.centre), HAIR.radii, HAIR.axis, HAIR.height))}z`,
      );
    },
  };
}

/** Where the head was before it moved, faintly. */
export function createGhost(svg, { view }) {
  const { head, place: at } = carry({});
  const solids = [SKULL, FACE].map(({ centre, radii }) => {
    const node = ellipse("ghost");
    place(node, outline(view, head, at(centre), radii));
    return node;
  });
  svg.append(makeSvg("g", { class: "ghosts" }, ...solids));
}
