// What was done, in words and in a small table.

import { byId, make, onChange, setAttr, setHidden, setSpoken, setText } from "../parts/dom.js";

// Seconds held beyond the target count too.
const STILL_FOLLOWED = "Come back slowly. What you still hold is counted until you let go.";
const seconds = (ms) => `${Math.floor(ms / 1000 + 0.001)} s`;

function row({ name, to, held_ms, target_ms, completed, parts, pauses, skipped }, language) {
  const result = skipped ? "Skipped" : completed ? "Done" : "Not to the end";
  const notes = (pauses ?? []).map(({ text, times }) => {
    const note = make("li");
    setSpoken(note, times > 1 ? `${text} (${times} times)` : text, language);
    return note;
  });
  const way = make("span", { class: "which-way" });
  setSpoken(way, to, language);
  if (parts > 1) notes.unshift(make("li", {}, `in ${parts} parts`));
  return make(
    "tr",
    { "data-completed": Boolean(completed) },
    make(
      "th",
      { scope: "row" },
      name,
      to ? " " : "",
      to ? way : "",
    ),
    make(
      "td",
      { class: "number" },
      skipped && !held_ms ? "–" : `${seconds(held_ms)} of ${seconds(target_ms)}`,
    ),
    make("td", {}, make("span", { class: `badge ${completed ? "good" : "open"}` }, result)),
    make("td", {}, notes.length > 0 ? make("ul", {}, ...notes) : "–"),
  );
}

export function createDone() {
  const write = onChange((done, language) => {
    setText(byId("done-title"), done.title);
    const lines = (done.lines ?? []).map((line) => make("p", {}, line));
    if (done.streak_days > 1)
      lines.push(make("p", { class: "streak" }, `${done.streak_days} days in a row`));
    byId("done-lines").replaceChildren(...lines);
    setHidden(byId("done-card"), done.exercises.length === 0);
    const head = ["Stretch", "Held", "Result", "What made the clock wait"].map((text) =>
      make("th", { scope: "col" }, text),
    );
    byId("done-table").replaceChildren(
      make("thead", {}, make("tr", {}, ...head)),
      make("tbody", {}, ...done.exercises.map((exercise) => row(exercise, language))),
    );
    setText(byId("done-kept"), done.final === false ? STILL_FOLLOWED : done.kept);
    const report = byId("done-report");
    setHidden(report, !done.report);
    setAttr(report, "href", done.report || null);
    setText(report, "Open the report");
  });
  return {
    show(state) {
      if (state.done) write(state.done, state.language);
    },
  };
}
