// A report, or the history, in its place.

import { byId, make, onChange, setAttr } from "../parts/dom.js";
import { createShare } from "../phases/share.js";

export function createReading({ order }) {
  const routine = byId("earlier-routine");
  const share = createShare({ order }, "earlier", () => ({ routine: routine.value }));
  const list = onChange((routines) =>
    routine.replaceChildren(...routines.map(({ id, name }) => make("option", { value: id }, name))),
  );
  byId("reading-back").addEventListener("click", () => order("room", { room: "back" }));
  return {
    show({ house }) {
      setAttr(byId("reading-page"), "src", house.reading);
      share.show(house.earlier);
      if (house.earlier) list(house.earlier.routines);
    },
    leave() {
      setAttr(byId("reading-page"), "src", null);
    },
  };
}
