// At the end: one file for the therapist, which the person saves and sends.

import { byId, make, onChange, setAttr, setHidden, setText } from "../parts/dom.js";
import { word } from "../parts/words.js";

export function createShare({ order }) {
  const box = byId("share"),
    file = byId("share-file");
  byId("share-make").addEventListener("click", () =>
    order("share", { words: byId("share-words").value, who: byId("share-who").value }),
  );
  const write = onChange(({ href, number, name, lines }) => {
    byId("share-lines").replaceChildren(...(lines ?? []).map((line) => make("p", {}, line)));
    setHidden(file, !href);
    setText(file, word("share.save", { name }));
    setAttr(file, "download", name);
    setAttr(file, "href", href ? `${href}?${number}` : null);
  });
  return {
    show(share) {
      setHidden(box, !share);
      if (share) write(share);
    },
  };
}
