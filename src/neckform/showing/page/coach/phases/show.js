// The stretch that comes now: its drawing and one sentence.

import { byId, setSpoken, setText } from "../parts/dom.js";
import { createFigure } from "../figures/figure.js";

export function createShow() {
  const figure = createFigure(byId("show-figure"), { moves: true });
  return {
    show(state) {
      const exercise = state.exercise;
      if (!exercise) return;
      setText(byId("show-title"), exercise.name);
      setText(byId("show-muscle"), exercise.muscle);
      setSpoken(byId("show-to"), exercise.to, state.language);
      setSpoken(byId("show-sentence"), exercise.sentence, state.language);
      setSpoken(byId("show-feel"), exercise.feel, state.language);
      figure.show(exercise.figure);
      figure.still(Boolean(state.paused));
    },
    leave() {
      figure.stop();
    },
  };
}
