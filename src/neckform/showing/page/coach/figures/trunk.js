// Shoulders and neck. The shoulders keep still, as every stretch asks.

import { makeSvg, setAttr } from "../parts/dom.js";
import { carry, NECK_BASE } from "./skeleton.js";
import { part } from "./turning.js";
import { onScreen } from "./views.js";

const NECKLINE = {
  front: "M-.66 1.02C-.5 1.62.5 1.62.66 1.02",
  side: "M-.98.95C-.65 1.35-.1 1.5.36 1.36",
};
const SHIRT = {
  front:
    "M-.66 1.02C-.9 1.2-1.35 1.3-1.7 1.46C-2.12 1.66-2.24 2.1-2.3 2.8L-2.36 3.6H2.36L2.3 2.8C2.24 2.1 2.12 1.66 1.7 1.46C1.35 1.3.9 1.2.66 1.02C.5 1.62-.5 1.62-.66 1.02z",
  side: "M-.98.95C-1.5 1.15-1.78 1.7-1.8 2.5L-1.82 3.6H1.02C1.02 3 1.12 2.5 1 2.05C.9 1.68.62 1.5.36 1.36C-.1 1.5-.65 1.35-.98.95z",
};
// Where the neck widens into the shoulders; no higher, or it would stand out when the neck bends.
const SKIN = {
  front: "M-.4.94C-.44 1.04-.6 1.13-.9 1.2L0 1.9L.9 1.2C.6 1.13.44 1.04.4.94z",
  side: "M-.72.86C-.78.96-.92 1.02-1.1 1.1L.5 1.75C.42 1.35.2 1.15.08.98z",
};

export function createTrunk(svg, { view, pose: whole }) {
  const neck = makeSvg("path", { class: "neck" });
  svg.append(
    makeSvg("path", { class: "skin-shade", d: SKIN[view.name] }),
    neck,
    makeSvg("path", { class: "shirt", d: SHIRT[view.name] }),
    makeSvg("path", { class: "neckline", d: NECKLINE[view.name] }),
  );
  if (view.name === "side")
    svg.append(
      makeSvg("path", {
        class: "neckline",
        d: "M-1.12 3.6C-1.22 2.3-.75 1.82-.32 1.86C.12 1.9.4 2.5.3 3.6",
      }),
    );

  return {
    pose(share) {
      const { top } = carry(part(whole, share));
      const [bx, by] = onScreen(view, NECK_BASE),
        [tx, ty] = onScreen(view, top);
      setAttr(
        neck,
        "d",
        `M${bx.toFixed(3)} ${(by + 0.25).toFixed(3)}Q${bx.toFixed(3)} ${(by - 0.5).toFixed(3)} ${tx.toFixed(3)} ${ty.toFixed(3)}`,
      );
    },
  };
}
