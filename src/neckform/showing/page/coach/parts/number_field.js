// A number with a minus and a plus beside it, large enough for a finger.

import { make, setAttr } from "./dom.js";
import { word } from "./words.js";

const SETTLE_MS = 500;

export function createNumberField(host, { id, label, unit, step }, changed) {
  const input = make("input", { type: "number", inputmode: "numeric", id, step: 1 });
  const less = make("button", { type: "button", "aria-label": word("field.less", { label }) }, "−");
  const more = make("button", { type: "button", "aria-label": word("field.more", { label }) }, "+");
  const after = make("span", { class: "unit", id: `${id}-unit` }, unit);
  setAttr(input, "aria-describedby", `${id}-unit`);
  host.append(
    make(
      "p",
      { class: "field" },
      make("label", { for: id }, label),
      make("span", { class: "number-field" }, less, input, more, after),
    ),
  );
  let range = [0, 999],
    told = null,
    settling = 0;

  function tell() {
    clearTimeout(settling);
    settling = 0;
    const value = Number(input.value);
    if (input.value === "" || value === told) return;
    told = value;
    changed(value);
  }
  function move(by) {
    const [least, most] = range,
      now = Number(input.value) || 0;
    // To the next multiple of the step, so that 7 becomes 10 and not 12.
    const next = by > 0 ? Math.floor(now / step + 1) * step : Math.ceil(now / step - 1) * step;
    input.value = Math.min(most, Math.max(least, next));
    clearTimeout(settling);
    settling = setTimeout(tell, SETTLE_MS);
  }
  less.addEventListener("click", () => move(-1));
  more.addEventListener("click", () => move(1));
  input.addEventListener("change", tell);

  return {
    show(value, limits) {
      range = limits ?? range;
      setAttr(input, "min", range[0]);
      setAttr(input, "max", range[1]);
      // Not while it is being typed or stepped.
      if (settling !== 0 || document.activeElement === input) return;
      told = value;
      if (input.value !== String(value)) input.value = value;
    },
    flush: tell,
  };
}
