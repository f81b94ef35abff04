// Calibrate: the range as measured, to change and to save.

import { byId, make, onChange, setAttr, setText } from "../parts/dom.js";
import { listProblems } from "../parts/problems.js";
import { word } from "../parts/words.js";

export function createReview({ order }) {
  const rows = byId("review-rows"),
    where = byId("review-where"),
    save = byId("save"),
    close = byId("review-close");
  const fields = new Map();
  let edited = false; // since it was last saved

  const write = onChange((values, [least, most]) => {
    edited = false;
    fields.clear();
    rows.replaceChildren(
      ...values.map(({ id, name, deg, uncertainty_deg }) => {
        const input = make("input", {
          type: "number",
          inputmode: "numeric",
          min: least,
          max: most,
          step: 1,
          id: `review-${id}`,
          class: "degree",
        });
        input.value = deg === null || deg === undefined ? "" : Math.round(deg);
        fields.set(id, { input, deg, shown: input.value });
        return make(
          "tr",
          {},
          make("th", { scope: "row" }, make("label", { for: `review-${id}` }, name)),
          make("td", {}, input, " °"),
          make("td", {}, uncertainty_deg > 0 ? `± ${Math.round(uncertainty_deg)}°` : "–"),
        );
      }),
    );
  });

  rows.addEventListener("input", () => {
    edited = true;
    showKept();
  });
  save.addEventListener("click", () => {
    const values = {};
    // What was not touched stays as it was measured, to the last decimal.
    for (const [id, { input, deg, shown }] of fields)
      values[id] =
        input.value === shown ? deg : input.value === "" ? null : Number(input.value);
    edited = false;
    order("save", { values });
  });

  let review = null;

  function showKept() {
    if (!review) return;
    const wrong = (review.problems ?? []).length > 0;
    const kept = review.saved && !edited && !wrong;
    setText(
      where,
      kept
        ? word("review.kept", { name: review.profile })
        : edited && review.saved
          ? word("review.changed")
          : word("review.will", { name: review.profile }),
    );
    where.title = review.where;
    setAttr(where, "data-kept", kept);
    setText(save, word(review.saved ? "review.save-again" : "review.save"));
    // What is likely to be wanted next stands out.
    save.classList.toggle("main-act", !kept);
    close.classList.toggle("main-act", kept);
  }

  return {
    show(state) {
      if (!state.review) return;
      review = state.review;
      write(review.values, review.limits ?? [1, 90]);
      const names = Object.fromEntries(review.values.map(({ id, name }) => [id, name]));
      listProblems(byId("review-problems"), review.problems, names);
      showKept();
    },
  };
}
