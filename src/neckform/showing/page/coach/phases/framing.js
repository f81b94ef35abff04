// Whether the camera sees what it needs, and what to change if not.

import { byId, make, setAttr, setSpoken, setText } from "../parts/dom.js";
import { word } from "../parts/words.js";

export function createFraming() {
  const list = byId("checks");
  const rows = new Map();

  function row(id) {
    if (!rows.has(id)) {
      const state = make("span", { class: "unseen" }),
        text = make("span");
      rows.set(id, {
        item: make(
          "li",
          { "data-check": id },
          make("span", { class: "tick", "aria-hidden": "true" }),
          make("span", {}, state, text),
        ),
        state,
        text,
      });
    }
    return rows.get(id);
  }

  return {
    show(state) {
      const framing = state.framing;
      if (!framing) return;
      const ids = framing.checks.map((check) => check.id).join();
      if (list.dataset.ids !== ids) {
        list.dataset.ids = ids;
        list.replaceChildren(...framing.checks.map((check) => row(check.id).item));
      }
      for (const check of framing.checks) {
        const { item, state: said, text } = row(check.id);
        setAttr(item, "data-ok", check.ok);
        setText(said, word(check.ok ? "framing.good" : "framing.change"));
        setSpoken(text, check.text, state.language);
      }
      setSpoken(byId("framing-ok"), framing.text, state.language);
    },
  };
}
