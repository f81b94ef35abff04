// Says that everything waits, and for what. It never scolds.

import { byId, make, setAttr, setSpoken, setText } from "./dom.js";

const TITLES = { person: "Paused", away: "Waiting for you", camera: "Waiting for the camera" };

export function createPaused() {
  const box = byId("paused");
  const title = make("strong"),
    text = make("span"),
    hint = make("span", { class: "small" });
  let shown = false;

  return {
    show(state) {
      const paused = state.paused ?? null;
      setAttr(document.body, "data-paused", paused?.by ?? null);
      if (Boolean(paused) !== shown) {
        shown = Boolean(paused);
        // A live region reads what comes into it.
        box.replaceChildren(...(shown ? [title, text, hint] : []));
      }
      if (!paused) return;
      setText(title, TITLES[paused.by] ?? "Paused");
      setSpoken(text, paused.text, state.language);
      setText(hint, paused.by === "person" ? "Space goes on." : "");
    },
  };
}
