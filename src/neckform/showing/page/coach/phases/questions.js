// The safety questions. None is answered in advance. "No to all" answers them all and shows every
// answer before the person goes on.

import { byId, make, onChange, setText } from "../parts/dom.js";
import { createPainScale } from "./pain_scale.js";
import { word } from "../parts/words.js";

export function createQuestions({ order }) {
  const box = byId("questions"),
    go = byId("answered"),
    unanswered = byId("unanswered");
  const pain = createPainScale(
    byId("pain-before"),
    () => count(),
    () => go.focus(),
  );
  let ids = [];

  const chosen = (id, value) =>
    box.querySelector(
      `input[name="q-${CSS.escape(id)}"]${value ? `[value=${value}]` : ":checked"}`,
    );
  const open = () => ids.filter((id) => !chosen(id));

  function count() {
    const left = open().length + (pain.value === null);
    setText(
      unanswered,
      left === 0 ? "" : word("questions.open", { n: left }),
    );
    go.setAttribute("aria-disabled", String(left > 0));
  }

  function question({ id, text }) {
    const answer = (value, label) =>
      make(
        "label",
        { class: `answer ${value}` },
        make("input", { type: "radio", name: `q-${id}`, value }),
        make("span", {}, label),
      );
    const group = make(
      "fieldset",
      { class: "question", "data-question": id },
      make("legend", {}, text),
      answer("no", word("no")),
      answer("yes", word("yes")),
    );
    group.addEventListener("keydown", (event) => {
      const value = ["yes", "no"].find(
        (each) => word(each)[0].toLowerCase() === event.key.toLowerCase(),
      );
      if (!value || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      chosen(id, value).checked = true;
      count();
      const next = ids[ids.indexOf(id) + 1];
      if (next) chosen(next, "no").focus();
      else pain.focus();
    });
    return group;
  }

  const write = onChange((questions) => {
    ids = questions.map(({ id }) => id);
    box.replaceChildren(...questions.map(question));
    count();
  });

  box.addEventListener("change", count);
  byId("all-no").addEventListener("click", () => {
    for (const id of ids) chosen(id, "no").checked = true;
    pain.value = 0;
    count();
    go.focus();
  });
  go.addEventListener("click", () => {
    const left = open();
    if (left.length > 0) {
      chosen(left[0], "no").focus();
      return;
    }
    if (pain.value === null) {
      pain.focus();
      return;
    }
    const signs = ids.map((id) => [id, chosen(id).value === "yes"]);
    order("answer", { answers: { ...Object.fromEntries(signs), pain: pain.value } });
  });

  return {
    show(state) {
      if (!state.questions) return;
      pain.show(state.pain);
      write(state.questions);
    },
    // Yesterday's answers are not today's.
    leave() {
      for (const input of box.querySelectorAll("input")) input.checked = false;
      pain.value = null;
      count();
    },
  };
}
