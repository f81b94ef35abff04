// How much it hurts afterwards, and what follows from the answer.

import { make, onChange, setAttr, setHidden } from "../parts/dom.js";
import { createPainScale } from "./pain_scale.js";

export function createPainAfter(host, { order }) {
  const asked = make("div", { class: "pain" });
  const answer = make("div", { class: "pain-lines", role: "status" });
  host.append(asked, answer);
  const scale = createPainScale(asked, (value) => order("pain", { value }));
  const say = onChange(({ lines, worse }) => {
    answer.replaceChildren(...lines.map((line) => make("p", {}, line)));
    setAttr(answer, "data-worse", Boolean(worse));
    // Whom to see must not wait below the window's edge.
    if (worse) answer.scrollIntoView({ block: "nearest" });
  });
  return {
    show(told) {
      setHidden(host, !told);
      if (!told) return;
      scale.show(told.scale);
      scale.value = told.value;
      say(told);
    },
  };
}
