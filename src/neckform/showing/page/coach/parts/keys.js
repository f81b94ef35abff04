// One key for each thing that must be at hand. They stay away from text fields, from keys held
// together with Ctrl, Alt or Meta, and Space and Enter belong to a button that has the focus.

const LETTERS_KEY = "neckform-letters";
const TYPED =
  "textarea, select, [contenteditable], input:not([type=checkbox]):not([type=radio]):not([type=button])";
const PRESSED = "button, a[href], summary, input, select";

export function createKeys(acts) {
  // Whoever speaks to the computer needs to be able to turn single keys off.
  let letters = sessionStorage.getItem(LETTERS_KEY) !== "off";

  const BY_KEY = { s: acts.skip, m: acts.mute, h: acts.hurts };

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
    if (event.target.closest?.(TYPED)) return;
    let act = null;
    if (event.key === "Escape") act = acts.stop;
    else if (event.key === "Enter") act = event.target.closest?.(PRESSED) ? null : acts.begin;
    else if (!letters) return;
    else if (event.key === " ") act = event.target.closest?.(PRESSED) ? null : acts.pause;
    else act = BY_KEY[event.key.toLowerCase()] ?? null;
    // An act answers whether it had anything to do in this phase; if not, the key is the browser's.
    if (act && act() !== false) event.preventDefault();
  });

  return {
    get letters() {
      return letters;
    },
    setLetters(on) {
      letters = on;
      sessionStorage.setItem(LETTERS_KEY, on ? "on" : "off");
    },
  };
}
