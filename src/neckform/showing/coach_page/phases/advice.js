// After a "yes" to a question, and after "it hurts": what to do, kindly.

import { byId, make, onChange, setSpoken } from "../parts/dom.js";
import { createFigure } from "../figures/figure.js";

export function createAdvice() {
  createFigure(document.querySelector("#main .advice .figure-slot")).show("neutral");
  const write = onChange((advice, language) => {
    setSpoken(byId("advice-title"), advice.title, language);
    byId("advice-lines").replaceChildren(
      ...advice.lines.map((line) => {
        const written = make("p");
        setSpoken(written, line, language);
        return written;
      }),
    );
  });
  return {
    show(state) {
      if (state.advice) write(state.advice, state.language);
    },
  };
}
