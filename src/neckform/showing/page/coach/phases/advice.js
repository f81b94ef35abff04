// The advice after a "yes" to a question, and after "it hurts".

import { byId, make, onChange, setHidden, setText } from "../parts/dom.js";
import { createFigure } from "../figures/figure.js";
import { NEUTRAL } from "../figures/poses.js";
import { createHelps } from "./helps.js";
import { createPainAfter } from "./pain_after.js";

export function createAdvice({ order }) {
  const helps = createHelps(byId("advice-helps"), { order });
  const pain = createPainAfter(byId("advice-pain"), { order });
  byId("advice-go").addEventListener("click", () => order("begin"));
  createFigure(document.querySelector("#main .advice .figure-slot")).show(NEUTRAL);
  const write = onChange(({ title, lines }) => {
    setText(byId("advice-title"), title);
    byId("advice-lines").replaceChildren(...lines.map((line) => make("p", {}, line)));
  });
  return {
    show({ advice, heat }) {
      if (!advice) return;
      write({ title: advice.title, lines: advice.lines });
      helps.show(advice.helps, heat);
      pain.show(advice.pain);
      setHidden(byId("advice-go"), !advice.goes_on);
    },
  };
}
