// On the mirror's own picture: where each shoulder rested, and how far it may go from there. The
// program measures in shoulder widths and judges; here its circle is put where the shoulder is seen.

import { makeSvg, setAttr } from "../parts/dom.js";

export function createRests(skeleton) {
  const marks = ["left", "right"].map((side) => {
    const circle = makeSvg("ellipse", { class: "rest-circle", "data-side": side });
    const dot = makeSvg("path", { class: "rest-dot" });
    skeleton.append(circle, dot);
    return { side, circle, dot };
  });

  function hide({ circle, dot }) {
    setAttr(circle, "display", "none");
    setAttr(dot, "display", "none");
  }

  return {
    /** points: both shoulders as they are seen, left first, as shares of the picture. */
    show(points, { shoulders, picture, phase }) {
      const seen = phase === "hold" && points?.length === 2;
      const [left, right] = seen ? points : [];
      marks.forEach((mark, place) => {
        const judged = seen && shoulders?.[mark.side];
        if (!judged) {
          hide(mark);
          return;
        }
        // One shoulder width, as shares of the picture's width and height.
        const wide = Math.hypot(left[0] - right[0], ((left[1] - right[1]) * picture.height) / picture.width);
        const high = (wide * picture.width) / picture.height;
        const [x, y] = points[place];
        const at = (share) => Math.round(share * 1000);
        // The person's own left is at the right of a picture that is not mirrored.
        setAttr(mark.circle, "cx", at(x - judged.across_sw * wide));
        setAttr(mark.circle, "cy", at(y + judged.up_sw * high));
        setAttr(mark.circle, "rx", at(judged.across_limit_sw * wide));
        setAttr(mark.circle, "ry", at(judged.up_limit_sw * high));
        setAttr(mark.circle, "data-in", judged.in);
        setAttr(mark.circle, "display", null);
        setAttr(mark.dot, "d", `M${at(x)} ${at(y)}h0`);
        setAttr(mark.dot, "data-in", judged.in);
        setAttr(mark.dot, "display", null);
      });
    },
  };
}
