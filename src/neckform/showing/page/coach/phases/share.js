// One file for the therapist, which the person saves and sends: at the end, and of an earlier day.

import { byId, make, onChange, setAttr, setHidden, setText } from "../parts/dom.js";
import { word } from "../parts/words.js";

/** The card with this id; `more` is what the order says besides. */
export function createShare({ order }, id = "share", more = () => ({})) {
  const box = byId(id),
    file = byId(`${id}-file`);
  byId(`${id}-make`).addEventListener("click", () => {
    const given = { words: byId(`${id}-words`).value, who: byId(`${id}-who`).value };
    order("share", { ...given, ...more() });
  });
  const write = onChange(({ href, number, name, lines, problem }) => {
    const said = [...(lines ?? []), ...(problem ? [problem] : [])];
    byId(`${id}-lines`).replaceChildren(...said.map((line) => make("p", {}, line)));
    setHidden(file, !href);
    setText(file, word("share.save", { name }));
    setAttr(file, "download", name);
    setAttr(file, "href", href ? `${href}?${number}` : null);
    // On a small screen it appears below what is seen.
    if (href) file.scrollIntoView({ block: "nearest" });
  });
  return {
    show(share) {
      setHidden(box, !share);
      if (share) write(share);
    },
  };
}
