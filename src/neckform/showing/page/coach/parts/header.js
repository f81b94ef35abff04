// Where one is in the routine.

import { byId, make, setAttr, setHidden, setText } from "./dom.js";
import { word } from "./words.js";

const WHERE = new Set(["setup", "questions", "framing", "neutral"]);

export function createHeader() {
  const steps = byId("steps"),
    where = byId("where");

  return {
    show(state) {
      setText(byId("job-name"), state.job === "home" ? "" : word(`job.${state.job}`));
      const at = state.exercise ?? state.range ?? null;
      const counted =
        at !== null && at.count > 0 && ["show", "hold", "rest", "range"].includes(state.phase);
      setHidden(steps, !counted);
      if (!counted) {
        setText(where, WHERE.has(state.phase) ? word(`where.${state.phase}`) : "");
        return;
      }
      while (steps.children.length < at.count) steps.append(make("li"));
      while (steps.children.length > at.count) steps.lastChild.remove();
      [...steps.children].forEach((step, index) => {
        setAttr(
          step,
          "data-step",
          index < at.index ? "over" : index === at.index ? "now" : "ahead",
        );
        setAttr(step, "aria-current", index === at.index ? "step" : null);
        setAttr(step, "aria-label", word("step.of", { at: index + 1, count: at.count }));
      });
      const key = state.phase === "rest" ? "step.next" : "step.of";
      const parts = [word(key, { at: at.index + 1, count: at.count })];
      if (at.repetitions > 1)
        parts.push(word("step.round", { at: at.repetition, count: at.repetitions }));
      setText(where, parts.join(", "));
    },
  };
}
