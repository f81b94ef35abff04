// What was done, in words and in a small table.

import { byId, make, onChange, setAttr, setHidden, setSpoken, setText } from "../parts/dom.js";
import { createPainScale } from "./pain_scale.js";
import { word } from "../parts/words.js";

const seconds = (ms) => Math.floor(ms / 1000 + 0.001);

function row({ name, to, held_ms, target_ms, completed, parts, pauses, skipped }, language) {
  const result = word(`done.${skipped ? "skipped" : completed ? "whole" : "part"}`);
  const notes = (pauses ?? []).map(({ text, times }) => {
    const note = make("li");
    setSpoken(note, times > 1 ? word("done.times", { text, n: times }) : text, language);
    return note;
  });
  const way = make("span", { class: "which-way" });
  setSpoken(way, to, language);
  if (parts > 1) notes.unshift(make("li", {}, word("done.parts", { n: parts })));
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
      skipped && !held_ms ? "–" : word("done.seconds", { held: seconds(held_ms), target: seconds(target_ms) }),
    ),
    make("td", {}, make("span", { class: `badge ${completed ? "good" : "open"}` }, result)),
    make("td", {}, notes.length > 0 ? make("ul", {}, ...notes) : "–"),
  );
}

export function createDone({ order }) {
  const pain = createPainScale(byId("pain-after"), (value) => order("pain", { value }));
  const write = onChange((done, language) => {
    setText(byId("done-title"), done.title);
    const lines = (done.lines ?? []).map((line) => make("p", {}, line));
    if (done.streak_days > 1)
      lines.push(make("p", { class: "streak" }, word("done.streak", { n: done.streak_days })));
    byId("done-lines").replaceChildren(...lines);
    setHidden(byId("done-card"), done.exercises.length === 0);
    const head = ["stretch", "held", "result", "waits"].map((key) =>
      make("th", { scope: "col" }, word(`done.${key}`)),
    );
    byId("done-table").replaceChildren(
      make("thead", {}, make("tr", {}, ...head)),
      make("tbody", {}, ...done.exercises.map((exercise) => row(exercise, language))),
    );
    setText(byId("done-kept"), done.final === false ? word("done.followed") : done.kept);
    const report = byId("done-report");
    setHidden(report, !done.report);
    setAttr(report, "href", done.report || null);
  });
  const sayPain = onChange(({ lines, worse }) => {
    byId("pain-lines").replaceChildren(...lines.map((line) => make("p", {}, line)));
    setAttr(byId("pain-lines"), "data-worse", Boolean(worse));
  });
  return {
    show(state) {
      if (!state.done) return;
      const told = state.done.pain;
      setHidden(byId("pain-card"), !told);
      if (told) {
        pain.show(told.scale);
        pain.value = told.value;
        sayPain(told);
      }
      write({ ...state.done, pain: null }, state.language);
    },
  };
}
