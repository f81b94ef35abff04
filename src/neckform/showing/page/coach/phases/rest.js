// The rest between two holds, and the stretch that comes next.

import { byId, setSpoken, setText } from "../parts/dom.js";
import { createFigure } from "../figures/figure.js";
import { createRing, secondsLeft } from "../parts/ring.js";
import { word } from "../parts/words.js";

export function createRest() {
  const ring = createRing(byId("rest-ring"));
  const figure = createFigure(byId("rest-figure"), { moves: true });

  return {
    show(state) {
      const { rest, exercise } = state;
      if (!rest || !exercise) return;
      const left = secondsLeft(rest.left_ms);
      ring.show({
        share: rest.total_ms > 0 ? rest.left_ms / rest.total_ms : 0,
        number: String(left),
        under: word("rest.seconds", { n: left }),
        look: state.paused ? "paused" : "resting",
        steps: rest.total_ms / 1000,
        label: word("rest.label", { n: left }),
      });
      setText(byId("rest-title"), word(rest.swaps ? "rest.swap" : "rest.title"));
      setText(byId("rest-next"), [exercise.name, exercise.to].filter(Boolean).join(", "));
      setSpoken(byId("rest-sentence"), exercise.sentence, state.language);
      figure.show(exercise.figure);
      figure.still(Boolean(state.paused));
    },
    leave() {
      figure.stop();
    },
  };
}
