// How much it hurts, 0 to 10: one number is chosen, by a click or by its key.

import { make, setAttr, setChildren } from "../parts/dom.js";

/** chosen: gets the number; keyed: it was chosen by its key, so the hands stay on the keyboard. */
export function createPainScale(host, chosen, keyed) {
  let value = null,
    key = "";
  const legend = make("p", { class: "pain-text" });
  const row = make("div", { class: "pain-numbers", role: "group" });
  const least = make("span"),
    most = make("span");
  const ends = make("p", { class: "pain-ends small", "aria-hidden": "true" }, least, most);
  const kept = make("p", { class: "small" });
  host.append(legend, row, ends, kept);
  host.addEventListener("keydown", (event) => {
    const button = row.querySelector(`[data-pain="${CSS.escape(event.key)}"]`);
    if (!button || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    button.click();
    keyed?.();
  });

  function mark(next) {
    value = next;
    for (const button of row.children)
      setAttr(button, "aria-pressed", Number(button.dataset.pain) === value && value !== null);
  }

  function build(scale) {
    legend.textContent = scale.text;
    least.textContent = scale.least;
    most.textContent = scale.most;
    kept.textContent = scale.kept;
    setAttr(row, "aria-label", `${scale.text} ${scale.least}; ${scale.most}`);
    setChildren(
      row,
      ...scale.numbers.map((number) => {
        const button = make("button", { type: "button", "data-pain": number }, String(number));
        button.addEventListener("click", () => {
          mark(number);
          chosen(number);
        });
        return button;
      }),
    );
  }

  return {
    get value() {
      return value;
    },
    set value(next) {
      mark(next);
    },
    show(scale) {
      const now = JSON.stringify(scale);
      if (now === key) return;
      key = now;
      build(scale);
      mark(value);
    },
    focus() {
      row.querySelector("button")?.focus();
    },
  };
}
