// How to lie, and how not to: seven cards, drawn by the program, which makes files of the same drawings.

import { make } from "../parts/dom.js";
import { word } from "../parts/words.js";

let asked = null;

function positions() {
  asked ??= fetch("positions.json").then((answer) => answer.json());
  return asked;
}

const parse = (drawing) => new DOMParser().parseFromString(drawing, "image/svg+xml").documentElement;

export async function createPositions(host) {
  const cards = (await positions()).map(({ id, verdict, drawing }) => {
    const good = ["best", "good"].includes(verdict);
    const picture = parse(drawing);
    picture.setAttribute("aria-label", word(`care.${id}`));
    return make(
      "li",
      { "data-verdict": verdict },
      picture,
      make("h3", {}, word(`care.${id}`)),
      make("span", { class: `badge ${good ? "good" : "open"}` }, word(`care.${verdict}`)),
      make("p", { class: "small" }, word(`care.${id}-why`)),
    );
  });
  host.replaceChildren(...cards);
}
