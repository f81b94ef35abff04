// What a card asks for, in the program's words.

import { make, onChange } from "../parts/dom.js";

const own = (words) => (words ? [make("blockquote", {}, words)] : []);

export const createSummary = (host) =>
  onChange((card) => {
    if (!card) {
      host.replaceChildren();
      return;
    }
    const lines = card.lines.map(({ asked, words }) =>
      make("li", {}, ...asked.map((line) => make("p", {}, line)), ...own(words)),
    );
    host.replaceChildren(
      ...(card.who ? [make("h3", {}, card.who)] : []),
      ...own(card.words),
      make("p", {}, card.days),
      make("ul", { class: "asked" }, ...lines),
    );
  });
