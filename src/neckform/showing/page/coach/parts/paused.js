// Says that everything waits, and for what, just above the button that goes on. It never scolds.

import { byId, make, setAttr, setSpoken, setText } from "./dom.js";
import { word } from "./words.js";

export function createPaused() {
  const box = byId("paused");
  const text = make("span"),
    hint = make("span", { class: "small" });
  let shown = false;

  return {
    show(state) {
      const paused = state.paused ?? null;
      setAttr(document.body, "data-paused", paused?.by ?? null);
      if (Boolean(paused) !== shown) {
        shown = Boolean(paused);
        // A live region reads what comes into it.
        box.replaceChildren(...(shown ? [text, " ", hint] : []));
      }
      if (!paused) return;
      setSpoken(text, paused.text, state.language);
      setText(hint, paused.by === "person" ? word("paused.space") : "");
    },
  };
}
