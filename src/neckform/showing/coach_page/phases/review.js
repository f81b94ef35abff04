// Calibrate: the range as measured, to change and to save.

import { byId, make, onChange, setText } from "../parts/dom.js";
import { listProblems } from "../parts/problems.js";

export function createReview({ order }) {
  const rows = byId("review-rows"),
    where = byId("review-where");
  const inputs = new Map();

  const write = onChange((values, [least, most]) => {
    inputs.clear();
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
        inputs.set(id, input);
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

  byId("save").addEventListener("click", () => {
    const values = {};
    for (const [id, input] of inputs) values[id] = input.value === "" ? null : Number(input.value);
    order("save", { values });
  });

  return {
    show(state) {
      const review = state.review;
      if (!review) return;
      write(review.values, review.limits ?? [1, 90]);
      listProblems(byId("review-problems"), review.problems);
      setText(
        where,
        review.saved
          ? `Saved as “${review.profile}” in ${review.where}`
          : `Profile “${review.profile}”; it will be kept in ${review.where}`,
      );
      where.dataset.saved = String(Boolean(review.saved));
    },
  };
}
