// A hand that may rest on the head. It is optional, so it is drawn faintly. It follows and never pulls.

import { makeSvg, setAttr } from "../parts/dom.js";
import { carry } from "./skeleton.js";
import { part } from "./turning.js";
import { onScreen } from "./views.js";

// Hand: on the head, for the left. Shoulder and elbow: on the screen, for the left; from the side an
// arm would only hide the face.
const ARMS = {
  same: { hand: [0.2, 1.56, -0.1], shoulder: [-1.86, 1.9], elbow: [-2.12, -1.1] },
  both: { hand: [0, 1.56, -0.3], from: [-1, 0.25] },
};

export function createHand(svg, { view, pose: whole, hand: which, sign }) {
  const arm = ARMS[which];
  const across = view.name === "front" ? sign : 1;
  const placed = (point) => point && [point[0] * across, point[1]];
  const shoulder = placed(arm.shoulder),
    elbow = placed(arm.elbow);
  const write = ([x, y]) => `${x.toFixed(3)} ${y.toFixed(3)}`;
  const upper = makeSvg("path", { class: "arm-sleeve" }),
    fore = makeSvg("path", { class: "arm-fore" });
  const palm = makeSvg("path", {
    class: "palm",
    d: "M-.3 0C-.3-.16-.1-.2.12-.16C.3-.14.52-.08.56 0C.5.1.2.16 0 .16C-.2.16-.3.1-.3 0z",
  });
  svg.append(makeSvg("g", { class: "hand" }, upper, fore, palm));
  if (shoulder) setAttr(upper, "d", `M${write(shoulder)}L${write(elbow)}`);

  return {
    pose(share) {
      const { place } = carry(part(whole, share));
      const hand = onScreen(view, place([arm.hand[0] * sign, arm.hand[1], arm.hand[2]]));
      if (elbow) setAttr(fore, "d", `M${write(elbow)}L${write(hand)}`);
      const from = elbow ?? [hand[0] + arm.from[0], hand[1] + arm.from[1]];
      const turn_deg = (Math.atan2(hand[1] - from[1], hand[0] - from[0]) * 180) / Math.PI;
      // Mirrored for the right, so that the back of the hand stays above.
      setAttr(
        palm,
        "transform",
        `translate(${write(hand)}) rotate(${turn_deg.toFixed(1)}) scale(1 ${across})`,
      );
    },
  };
}
