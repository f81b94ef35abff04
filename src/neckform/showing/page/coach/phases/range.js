// Calibrate: one direction after the other, as far as is comfortable.

import { byId, setSpoken, setText } from "../parts/dom.js";
import { createFigure } from "../figures/figure.js";
import { word } from "../parts/words.js";

const whole = (deg) =>
  deg === null || deg === undefined ? "–" : `${Math.round(deg)}°`.replace("-", "−");

export function createRange() {
  const figure = createFigure(byId("range-figure"), { moves: true });
  return {
    show(state) {
      const range = state.range;
      if (!range) return;
      setText(byId("range-title"), range.name);
      setSpoken(byId("range-sentence"), range.sentence, state.language);
      setText(byId("range-now"), whole(range.now_deg));
      setText(byId("range-best"), whole(range.best_deg));
      const sure = range.uncertainty_deg > 0 ? `${word("range.error", { error: whole(range.uncertainty_deg) })} ` : "";
      setText(byId("range-sure"), `${sure}${word("range.comfort")}`);
      figure.show(range.figure);
      figure.still(Boolean(state.paused));
    },
    leave() {
      figure.stop();
    },
  };
}
