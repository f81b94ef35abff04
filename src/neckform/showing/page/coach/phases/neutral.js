// Three seconds upright and still: everything is measured from there.

import { byId, setText } from "../parts/dom.js";
import { createRing, secondsLeft } from "../parts/ring.js";
import { word } from "../parts/words.js";

export function createNeutral() {
  const ring = createRing(byId("neutral-ring"));
  return {
    show(state) {
      const neutral = state.neutral;
      if (!neutral) return;
      const left = secondsLeft(neutral.left_ms);
      ring.show({
        share: neutral.share,
        number: String(left),
        under: word("neutral.still"),
        steps: 3,
        look: state.paused || neutral.trouble ? "paused" : neutral.share > 0 ? "going" : "waiting",
        label: word("neutral.label", { n: left }),
      });
      setText(byId("neutral-why"), neutral.trouble);
    },
  };
}
