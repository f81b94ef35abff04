// A therapist's card: made here or opened, checked by the program, saved, shown as a code, done.

import { byId, make, onChange, setAttr, setChildren, setHidden } from "../parts/dom.js";
import { listProblems } from "../parts/problems.js";
import { word } from "../parts/words.js";
import { takeCard } from "./files.js";
import { createLine } from "./line.js";
import { createSummary } from "./summary.js";

const NAMED = ["hold_s", "repetitions", "to_deg", "words", "sides", "days", "who"];

export function createCard({ order }) {
  const who = byId("card-who"),
    words = byId("card-words"),
    days = byId("card-days"),
    save = byId("card-save"),
    code = byId("card-code");
  const names = Object.fromEntries(NAMED.map((id) => [id, word(`card.${id}`)]));
  const summarise = createSummary(byId("card-summary"));
  let lines = [],
    boxes = {};

  function write() {
    order("card", {
      what: "write",
      card: {
        who: who.value,
        words: words.value,
        days: Object.keys(boxes).filter((day) => boxes[day].checked),
        stretch: lines.map(({ value }) => value).filter(Boolean),
      },
    });
  }

  takeCard(byId("card-drop"), byId("card-file"), order);
  byId("card-empty").addEventListener("click", () => order("card", { what: "empty" }));
  byId("card-stretch").addEventListener("click", () => order("card", { what: "stretch" }));
  for (const input of [who, words]) input.addEventListener("change", write);

  const build = onChange((stretches, named, form) => {
    lines = stretches.map((stretch) => createLine(stretch, form, write));
    byId("card-lines").replaceChildren(...lines.map(({ node }) => node));
    boxes = Object.fromEntries(
      named.map(({ id }) => [id, make("input", { type: "checkbox", id: `card-day-${id}` })]),
    );
    const labels = named.map(({ id, name }) =>
      make("label", { class: "tick-box", for: boxes[id].id }, boxes[id], name),
    );
    for (const box of Object.values(boxes)) box.addEventListener("change", write);
    days.replaceChildren(...labels);
    for (const input of [who, words]) setAttr(input, "maxlength", form.longest);
  });

  // Only when another card lies there: what is being filled in must not be undone.
  const fill = onChange((_opened, draft) => {
    const at = Object.fromEntries(draft.stretch.map((line, place) => [line.id, place]));
    lines.sort((one, other) => (at[one.id] ?? 99) - (at[other.id] ?? 99));
    setChildren(byId("card-lines"), ...lines.map(({ node }) => node));
    for (const line of lines) line.show(draft.stretch[at[line.id]]);
    for (const [day, box] of Object.entries(boxes)) box.checked = draft.days.includes(day);
    who.value = draft.who ?? "";
    words.value = draft.words ?? "";
  });

  const draw = onChange((card) => {
    summarise(card);
    setHidden(byId("card-says"), !card);
    if (save.href) URL.revokeObjectURL(save.href);
    if (!card) return;
    save.href = URL.createObjectURL(new Blob([card.text], { type: "application/toml" }));
    setHidden(code, !card.code);
    if (!card.code) return;
    const drawing = new DOMParser().parseFromString(card.code, "image/svg+xml").documentElement;
    setAttr(drawing, "role", "img");
    setAttr(drawing, "aria-label", word("card.code"));
    code.querySelector("div").replaceChildren(document.importNode(drawing, true));
  });

  return {
    show({ house }) {
      const card = house.card;
      if (!card) return;
      build(card.stretches, card.days, card);
      fill(card.opened, card.draft);
      draw(card.card);
      listProblems(byId("card-problems"), card.problems, names);
    },
  };
}
