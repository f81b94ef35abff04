// The camera's picture and the skeleton on it. Both come as the camera saw them, left on the right;
// the class "mirrored" on the stage that holds both turns them round, here and nowhere else:
// people expect of a screen with their own picture what a mirror does.

import { make, makeSvg, setAttr, setHidden } from "./dom.js";
import { createRests } from "../figures/rests.js";
import { word } from "./words.js";

export function createPicture() {
  const canvas = make("canvas", { width: 640, height: 480 });
  const lines = makeSvg("path", { class: "bones" });
  const points = makeSvg("path", { class: "joints" });
  const skeleton = makeSvg(
    "svg",
    {
      class: "skeleton",
      viewBox: "0 0 1000 1000",
      preserveAspectRatio: "none",
      "aria-hidden": "true",
    },
    lines,
    points,
  );
  const rests = createRests(skeleton);
  const stage = make(
    "div",
    { class: "stage mirrored", role: "img", "aria-label": word("picture.label") },
    canvas,
    skeleton,
  );
  const frame = make(
    "div",
    { class: "picture" },
    stage,
    make("p", { class: "no-picture" }, word("picture.none")),
  );
  const paper = canvas.getContext("bitmaprenderer");
  let aspect = "";

  const at = ([x, y]) => `${Math.round(x * 1000)} ${Math.round(y * 1000)}`;

  return {
    /** Puts the picture into the place that a phase has for it. */
    moveTo(slot) {
      if (slot && frame.parentNode !== slot) slot.append(frame);
    },
    show(state, bitmap) {
      setAttr(frame, "data-picture", state.picture ? "yes" : "no");
      if (bitmap) paper.transferFromImageBitmap(bitmap);
      if (state.picture) {
        const now = `${state.picture.width} / ${state.picture.height}`;
        if (now !== aspect) {
          aspect = now;
          frame.style.setProperty("--aspect", now);
          frame.style.setProperty("--aspect-number", state.picture.width / state.picture.height);
        }
      }
      const bones = state.picture && state.skeleton;
      setHidden(skeleton, !bones);
      if (!bones) return;
      lines.setAttribute(
        "d",
        (bones.lines ?? []).map((line) => `M${line.map(at).join("L")}`).join(""),
      );
      // A line of no length with round ends is a dot of the same width at any size of the picture.
      rests.show(bones.points, state);
      points.setAttribute("d", (bones.points ?? []).map((point) => `M${at(point)}h0`).join(""));
    },
  };
}
