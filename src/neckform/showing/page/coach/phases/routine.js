// The stretches of the routine in their order: move up and down, take out, add.

import { byId, make, setAttr, setChildren, setHidden, setText } from "../parts/dom.js";
import { createFigure } from "../figures/figure.js";
import { word } from "../parts/words.js";

const keyOf = ({ stretch, side }) => `${stretch}:${side ?? ""}`;

export function createRoutine(changed) {
  const list = byId("routine"),
    addable = byId("addable"),
    addButtons = byId("add-buttons");
  const items = new Map();
  let routine = [],
    names = {},
    figures = {}, // of each stretch, by its side
    own_s = {}; // of a stretch that is not held as long as the others

  const title = ({ stretch, side }) =>
    [names[stretch] ?? stretch, side && word(`side.${side}`)].filter(Boolean).join(", ");

  function change(next, focus) {
    changed(next);
    show(next);
    focus?.focus();
  }

  function move(key, by) {
    const from = routine.findIndex((each) => keyOf(each) === key),
      to = from + by;
    if (to < 0 || to >= routine.length) return;
    const next = [...routine];
    next.splice(to, 0, ...next.splice(from, 1));
    const { up, down } = items.get(key);
    change(next, by < 0 ? (to === 0 ? down : up) : to === next.length - 1 ? up : down);
    setText(byId("polite"), word("routine.moved", { name: title(routine[to]), at: to + 1 }));
  }

  function item(each) {
    const key = keyOf(each);
    if (items.has(key)) return items.get(key);
    const button = (sign, path) =>
      make("button", { type: "button", class: "mini", "data-sign": sign }, path);
    const drawing = make("div", { class: "thumb" }),
      name = make("span", { class: "name" }),
      side = make("span", { class: "side" });
    const up = button("up", "↑"),
      down = button("down", "↓"),
      out = button("out", "✕");
    createFigure(drawing, { small: true }).show(figures[each.stretch][each.side ?? ""]);
    up.addEventListener("click", () => move(key, -1));
    down.addEventListener("click", () => move(key, 1));
    out.addEventListener("click", () => {
      const at = routine.findIndex((other) => keyOf(other) === key);
      change(
        routine.filter((other) => keyOf(other) !== key),
        null,
      );
      (
        list.children[Math.min(at, routine.length - 1)]?.querySelector("[data-sign=out]") ??
        addButtons.querySelector("button")
      )?.focus();
    });
    const node = make(
      "li",
      { "data-exercise": key },
      drawing,
      make("span", { class: "names" }, name, side),
      up,
      down,
      out,
    );
    items.set(key, { node, up, down, out, name, side });
    return items.get(key);
  }

  function show(next) {
    routine = next;
    setChildren(list, ...routine.map((each) => item(each).node));
    routine.forEach((each, index) => {
      const { up, down, out, name, side } = item(each);
      setText(name, names[each.stretch] ?? each.stretch);
      const own = own_s[each.stretch];
      const parts = [each.side && word(`toward.${each.side}`), own && `${own} s`];
      setText(side, parts.filter(Boolean).join(", "));
      for (const [node, what] of [
        [up, "routine.up"],
        [down, "routine.down"],
        [out, "routine.out"],
      ])
        setAttr(node, "aria-label", word(what, { name: title(each) }));
      up.disabled = index === 0;
      down.disabled = index === routine.length - 1;
    });
  }

  function offer(stretches) {
    const all = stretches.flatMap(({ id, figures }) =>
      Object.keys(figures).map((side) => ({ stretch: id, side: side || null })),
    );
    const inside = new Set(routine.map(keyOf));
    const missing = all.filter((each) => !inside.has(keyOf(each)));
    setHidden(addable, missing.length === 0);
    const wanted = missing.map(keyOf).join();
    if (addButtons.dataset.offered === wanted) return;
    addButtons.dataset.offered = wanted;
    setChildren(
      addButtons,
      ...missing.map((each) => {
        const button = make(
          "button",
          { type: "button", "data-id": keyOf(each) },
          `+ ${title(each)}`,
        );
        button.addEventListener("click", () => {
          change([...routine, each], null);
          items.get(keyOf(each)).out.focus();
        });
        return button;
      }),
    );
  }

  return {
    show(next, stretches, usual_s) {
      own_s = Object.fromEntries(
        stretches.map(({ id, hold_s }) => [id, hold_s === usual_s ? null : hold_s]),
      );
      names = Object.fromEntries(stretches.map(({ id, name }) => [id, name]));
      figures = Object.fromEntries(stretches.map((each) => [each.id, each.figures]));
      show(next);
      offer(stretches);
    },
  };
}
