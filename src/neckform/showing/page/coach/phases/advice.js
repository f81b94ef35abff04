// The advice after a "yes" to a question, and after "it hurts".

import { byId, make, onChange, setText } from "../parts/dom.js";
import { createFigure } from "../figures/figure.js";
import { NEUTRAL } from "../figures/poses.js";

export function createAdvice() {
  createFigure(document.querySelector("#main .advice .figure-slot")).show(NEUTRAL);
  const write = onChange((advice) => {
    setText(byId("advice-title"), advice.title);
    byId("advice-lines").replaceChildren(...advice.lines.map((line) => make("p", {}, line)));
  });
  return {
    show(state) {
      if (state.advice) write(state.advice);
    },
  };
}
