import { make } from "./dom.js";

/** Mistakes in what was entered, in the program's words; a live list, so touched only on change. */
export function listProblems(list, problems) {
  const now = (problems ?? []).join("\n");
  if (list.dataset.shown === now) return;
  list.dataset.shown = now;
  list.replaceChildren(...(problems ?? []).map((problem) => make("li", {}, problem)));
}
