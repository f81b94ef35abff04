// One stretch of the card's form: whether it is asked for, to which sides, how long, how often, how far.

import { make, setHidden } from "../parts/dom.js";
import { createNumberField } from "../parts/number_field.js";
import { word } from "../parts/words.js";

/** stretch: as the program names it; changed(): something was filled in. */
export function createLine(stretch, { limits, longest }, changed) {
  const id = `card-${stretch.id}`;
  const asked = make("input", { type: "checkbox", role: "switch", id });
  const fields = make("div", { class: "fields" });
  const node = make(
    "div",
    { class: "line", role: "group", "aria-labelledby": `${id}-name` },
    make("p", { class: "field switch" }, make("label", { for: id, id: `${id}-name` }, stretch.name), asked),
    fields,
  );
  const field = (name, input, ...after) =>
    fields.append(
      make(
        "p",
        { class: "field" },
        make("label", { for: `${id}-${name}` }, word(`card.${name}`)),
        ...(after.length > 0 ? [make("span", { class: "number-field" }, input, ...after)] : [input]),
      ),
    );

  const sides = Object.fromEntries(
    (stretch.sided ? ["left", "right"] : []).map((side) => [
      side,
      make("input", { type: "checkbox", id: `${id}-${side}` }),
    ]),
  );
  if (stretch.sided) {
    const both = Object.entries(sides).map(([side, input]) =>
      make("label", { class: "tick-box", for: input.id }, input, word(`side.${side}`)),
    );
    fields.append(make("div", { class: "ticks", role: "group", "aria-label": word("card.sides") }, ...both));
  }
  const held = { value: stretch.hold_s },
    times = { value: 1 };
  const number = (name, unit, step, kept) => {
    const made = createNumberField(
      fields,
      { id: `${id}-${name}`, label: word(`card.${name}`), unit, step },
      (value) => {
        kept.value = value;
        changed();
      },
    );
    kept.show = (value) => {
      kept.value = value;
      made.show(value, limits[name]);
    };
    kept.show(kept.value);
  };
  number("hold_s", word("setup.seconds"), 5, held);
  number("repetitions", "", 1, times);
  const [least, most] = limits.to_deg;
  const far = make("input", {
    type: "number", id: `${id}-to_deg`, min: least, max: most, placeholder: word("card.usual"),
  });
  field("to_deg", far, make("span", { class: "unit" }, word("card.degrees")));
  const words = make("input", { type: "text", id: `${id}-words`, maxlength: longest, autocomplete: "off" });
  field("words", words);

  const showFields = () => setHidden(fields, !asked.checked);
  asked.addEventListener("change", showFields);
  for (const input of [asked, ...Object.values(sides), far, words])
    input.addEventListener("change", changed);

  return {
    id: stretch.id,
    node,
    /** What is asked for; null where nothing is. */
    get value() {
      if (!asked.checked) return null;
      const line = {
        id: stretch.id,
        hold_s: held.value,
        repetitions: times.value,
        to_deg: far.value === "" ? null : Number(far.value),
        words: words.value,
      };
      if (stretch.sided) line.sides = Object.keys(sides).filter((side) => sides[side].checked);
      return line;
    },
    show(line) {
      asked.checked = Boolean(line);
      for (const [side, input] of Object.entries(sides))
        input.checked = line?.sides?.includes(side) ?? true;
      held.show(line?.hold_s ?? stretch.hold_s);
      times.show(line?.repetitions ?? 1);
      far.value = line?.to_deg ?? "";
      words.value = line?.words ?? "";
      showFields();
    },
  };
}
