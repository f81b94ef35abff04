// Shoulders and neck. They stay where they are: that is what the stretches ask for.

import { makeSvg, setAttr } from "../parts/dom.js";
import { carry, NECK_BASE } from "./skeleton.js";
import { part } from "./turning.js";
import { onScreen } from "./views.js";

const SHIRT = {
  front: "M-.66 1.02C-.9 1.2-1.35 1.3-1.7 1.46C-2.12 1.66-2.24 2.1-2.3 2.8L-2.36 3.6H2.36L2.3 2.8C2.24 2.1 2.12 1.66 1.7 1.46C1.35 1.3.9 1.2.66 1.02C.5 1.62-.5 1.62-.66 1.02z",
  side: "M-.98.95C-1.5 1.15-1.78 1.7-1.8 2.5L-1.82 3.6H1.02C1.02 3 1.12 2.5 1 2.05C.9 1.68.62 1.5.36 1.36C-.1 1.5-.65 1.35-.98.95z",
};
const SKIN = {
  front: "M-.46.3C-.5.8-.62 1.05-.9 1.2L0 1.9L.9 1.2C.62 1.05.5.8.46.3z",
  side: "M-.86.6C-.9.85-1 .95-1.1 1.1L.5 1.75C.4 1.4.3 1.1.34.6z",
};
const ARM = { side: "M-.42 1.95C-.95 2.1-1 2.9-.9 3.6H.2C.3 2.9.25 2.15-.42 1.95z" };

export function createTrunk(svg, { view, pose: whole }) {
  const neck = makeSvg("path", { class: "neck" });
  svg.append(
    makeSvg("path", { class: "skin-shade", d: SKIN[view.name] }), neck,
    makeSvg("path", { class: "shirt", d: SHIRT[view.name] }));
  if (ARM[view.name]) svg.append(makeSvg("path", { class: "shirt-shade", d: ARM[view.name] }));

  return {
    pose(share) {
      const { top } = carry(part(whole, share));
      const [bx, by] = onScreen(view, NECK_BASE), [tx, ty] = onScreen(view, top);
      setAttr(neck, "d", `M${bx.toFixed(3)} ${(by + 0.25).toFixed(3)}Q${bx.toFixed(3)} ${(by - 0.5).toFixed(3)} ${tx.toFixed(3)} ${ty.toFixed(3)}`);
    },
  };
}
