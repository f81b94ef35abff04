// What helps today, where a stretch does not: a heat pack with its timer, and how to lie.

import { createPositions } from "../home/positions.js";
import { make, setHidden, setText } from "../parts/dom.js";
import { minutesLeft } from "../parts/ring.js";
import { word } from "../parts/words.js";

export function createHelps(host, { order }) {
  const start = make("button", { type: "button", class: "heat-start" });
  const stop = make("button", { type: "button" }, word("care.stop"));
  const left = make("span", { class: "number", role: "timer" });
  const positions = make("ul", { class: "positions" });
  createPositions(positions);
  host.append(
    make("h2", {}, word("advice.helps")),
    make("p", { class: "acts" }, start, left, stop),
    make("details", {}, make("summary", {}, word("care.sleep")), positions),
  );
  let usual = null;
  start.addEventListener("click", () => order("heat", { minutes: usual }));
  stop.addEventListener("click", () => order("heat-off"));
  return {
    show(wanted, heat) {
      setHidden(host, !wanted);
      usual = heat.usual_min;
      const runs = heat.left_ms > 0;
      setText(start, word("advice.heat", { n: usual }));
      setHidden(start, runs);
      setHidden(stop, !runs);
      setText(left, runs ? word("care.left", { left: minutesLeft(heat.left_ms) }) : "");
    },
  };
}
