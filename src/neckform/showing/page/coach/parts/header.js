// Where one is in the routine.

import { byId, make, setAttr, setHidden, setText } from "./dom.js";

const WHERE = {
  setup: "Setting up",
  questions: "Before you start",
  framing: "Getting ready",
  neutral: "Getting ready",
  advice: "",
  done: "",
  range: "",
  review: "",
};

export function createHeader() {
  const steps = byId("steps"),
    where = byId("where");

  return {
    show(state) {
      setText(byId("job-name"), state.job === "calibrate" ? "calibrate" : "coach");
      const at = state.exercise ?? state.range ?? null;
      const counted =
        at !== null && at.count > 0 && ["show", "hold", "rest", "range"].includes(state.phase);
      setHidden(steps, !counted);
      if (!counted) {
        setText(where, WHERE[state.phase] ?? "");
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
        setAttr(step, "aria-label", `${index + 1} of ${at.count}`);
      });
      const round = at.repetitions > 1 ? `, round ${at.repetition} of ${at.repetitions}` : "";
      const next = state.phase === "rest" ? "Next: " : "";
      setText(where, `${next}${at.index + 1} of ${at.count}${round}`);
    },
  };
}
