// Heat and sleep: a timer for a heat pack, and how to lie.

import { byId, setHidden, setText } from "../parts/dom.js";
import { minutesLeft } from "../parts/ring.js";
import { word } from "../parts/words.js";
import { createPositions } from "./positions.js";

export function createCare({ order }) {
  const minutes = byId("heat-minutes");
  byId("heat-start").addEventListener("click", () => order("heat", { minutes: Number(minutes.value) }));
  byId("heat-stop").addEventListener("click", () => order("heat-off"));
  createPositions(byId("positions"));
  byId("print-positions").addEventListener("click", () => print());
  return {
    show({ heat }) {
      if (minutes.value === "") minutes.value = heat.usual_min;
      minutes.max = heat.longest_min;
      const runs = heat.left_ms > 0;
      setText(byId("heat-left"), runs ? word("care.left", { left: minutesLeft(heat.left_ms) }) : "");
      setHidden(byId("heat-stop"), !runs);
    },
  };
}

/** Tells when the pack is to come off, in whichever room the person is. */
export function createHeatNotice(sound) {
  const notice = byId("heat-notice");
  let timer = 0,
    runs = false;
  function tell() {
    if (!runs) return;
    runs = false;
    setText(notice.querySelector("span"), word("care.over"));
    setHidden(notice, false);
    sound.tryTone("done");
  }
  byId("heat-understood").addEventListener("click", () => setHidden(notice, true));
  return {
    show({ heat: { left_ms } }) {
      clearTimeout(timer);
      // A page behind another window gets states, but its timers come late.
      if (left_ms === 0) {
        tell();
        return;
      }
      runs = left_ms !== null;
      timer = runs ? setTimeout(tell, left_ms) : 0;
    },
  };
}
