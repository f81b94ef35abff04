import { make } from "./dom.js";

/**
 * Mistakes in what was entered, in the program's words; a live list, so touched only on change.
 * names: what the page calls what the program calls "hold_s", wherever it stands in the line.
 */
export function listProblems(list, problems, names = {}) {
  const now = (problems ?? []).join("\n");
  if (list.dataset.shown === now) return;
  list.dataset.shown = now;
  const named = (problem) => problem.replace(/\w+(?=: )/g, (id) => names[id] ?? id);
  list.replaceChildren(...(problems ?? []).map((problem) => make("li", {}, named(problem))));
}
