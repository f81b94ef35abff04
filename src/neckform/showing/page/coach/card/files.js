// Files that a person brings: chosen, or dropped into a place.

import { setAttr } from "../parts/dom.js";

// More than any card has; the program says of the rest that it is far too large.
const LARGEST = 50_000;

// A file that misses its place must not replace the page.
for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());

/** Calls `bring` with the files that are dropped into `place` or chosen with one of the inputs. */
export function takeFiles(place, inputs, bring) {
  for (const kind of ["dragover", "dragleave", "drop"]) {
    place.addEventListener(kind, (event) => {
      event.preventDefault();
      setAttr(place, "data-over", kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files.length > 0) bring(event.dataTransfer.files);
    });
  }
  for (const input of inputs) {
    input.addEventListener("change", () => {
      bring(input.files);
      input.value = "";
    });
  }
}

/** A place for a card: what is brought there goes to the program, which reads it. */
export function takeCard(place, input, order) {
  takeFiles(place, [input], async ([file]) => {
    const text = file.size > LARGEST ? null : await file.text();
    order("card", { what: "open", name: file.name, text });
  });
}
