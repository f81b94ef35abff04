// The advice after a "yes" to a question, and after "it hurts".

import { byId, make, onChange, setHidden, setText } from "../parts/dom.js";
import { createFigure } from "../figures/figure.js";
import { NEUTRAL } from "../figures/poses.js";
import { minutesLeft } from "../parts/ring.js";
import { word } from "../parts/words.js";
import { createPositions } from "../home/positions.js";

export function createAdvice({ order }) {
  createPositions(byId("advice-positions"));
  byId("advice-go").addEventListener("click", () => order("begin"));
  byId("advice-heat").addEventListener("click", () => order("heat", { minutes: usual }));
  byId("advice-heat-stop").addEventListener("click", () => order("heat-off"));
  let usual = null;
  createFigure(document.querySelector("#main .advice .figure-slot")).show(NEUTRAL);
  const write = onChange((advice) => {
    setText(byId("advice-title"), advice.title);
    byId("advice-lines").replaceChildren(...advice.lines.map((line) => make("p", {}, line)));
  });
  return {
    show(state) {
      const { advice, heat } = state;
      if (!advice) return;
      usual = heat.usual_min;
      write(advice);
      setHidden(byId("advice-helps"), !advice.helps);
      setHidden(byId("advice-go"), !advice.goes_on);
      setText(byId("advice-heat"), word("advice.heat", { n: usual }));
      const runs = heat.left_ms > 0;
      setHidden(byId("advice-heat"), runs);
      setHidden(byId("advice-heat-stop"), !runs);
      setText(byId("advice-heat-left"), runs ? word("care.left", { left: minutesLeft(heat.left_ms) }) : "");
    },
  };
}
