// What was done, in words and in a small table.

import { byId, make, onChange, setAttr, setHidden, setSpoken, setText } from "../parts/dom.js";
import { createFigure } from "../figures/figure.js";
import { createHelps } from "./helps.js";
import { createPainAfter } from "./pain_after.js";
import { createShare } from "./share.js";
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
    make("td", {}, make("span", { class: `badge ${completed ? "good" : "part"}` }, result)),
    make("td", {}, notes.length > 0 ? make("ul", {}, ...notes) : "–"),
  );
}

/** One small figure, ticked where it was done; what was held in part is pale, and no fault. */
function card({ name, to, figure, held_ms, target_ms, completed, skipped }, language) {
  const drawing = make("div", { class: "thumb" });
  createFigure(drawing, { small: true }).show(figure);
  const way = make("span", { class: "which-way" });
  setSpoken(way, to, language);
  const held = word("done.seconds", { held: seconds(held_ms), target: seconds(target_ms) });
  const result = word(`done.${skipped ? "skipped" : completed ? "whole" : "part"}`);
  return make(
    "li",
    { "data-completed": Boolean(completed) },
    make("span", { class: "ticked" }, drawing, completed ? make("span", { class: "tick", "aria-hidden": "true" }) : ""),
    make("b", {}, name),
    way,
    make("span", { class: "small" }, completed ? result : skipped && !held_ms ? result : held),
  );
}

/** The reminder is a file of this page's own making: nothing is asked of anybody for it. */
function offer(text) {
  const link = byId("done-reminder");
  setHidden(link, !text);
  if (link.href) URL.revokeObjectURL(link.href);
  if (text) link.href = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
  else link.removeAttribute("href");
}

export function createDone({ order }) {
  const pain = createPainAfter(byId("done-pain"), { order });
  const helps = createHelps(byId("done-helps"), { order });
  const write = onChange((done, language) => {
    setText(byId("done-title"), done.title);
    const lines = (done.lines ?? []).map((line) => make("p", {}, line));
    byId("done-lines").replaceChildren(...lines);
    byId("done-figures").replaceChildren(...done.exercises.map((each) => card(each, language)));
    const days = done.streak_days;
    byId("done-streak").replaceChildren(
      ...(days ? [make("b", { class: "number" }, String(days)), word("done.in-row", { n: days })] : []),
    );
    setText(byId("done-trend"), done.trend);
    setText(byId("done-tomorrow"), done.tomorrow);
    offer(done.reminder);
    setHidden(byId("onward"), !(days || done.trend || done.tomorrow));
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
  const share = createShare({ order });
  return {
    show({ done, heat, language }) {
      if (!done) return;
      pain.show(done.pain);
      share.show(done.share);
      helps.show(done.helps, heat);
      write({ ...done, pain: null, share: null }, language);
    },
  };
}
