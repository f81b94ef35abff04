// A report, or the history, in its place.

import { byId, setAttr } from "../parts/dom.js";

export function createReading({ order }) {
  byId("reading-back").addEventListener("click", () => order("room", { room: "back" }));
  return {
    show({ house }) {
      setAttr(byId("reading-page"), "src", house.reading);
    },
    leave() {
      setAttr(byId("reading-page"), "src", null);
    },
  };
}
