// Home: seven doors, and what is going on behind them.

import { byId, setHidden, setText } from "../parts/dom.js";
import { createFigure } from "../figures/figure.js";
import { NEUTRAL } from "../figures/poses.js";
import { minutesLeft } from "../parts/ring.js";
import { word } from "../parts/words.js";

export function createHome({ order }) {
  createFigure(byId("door-figure"), { small: true }).show(NEUTRAL);
  byId("door-stretch").addEventListener("click", () => order("stretch"));
  byId("door-range").addEventListener("click", () => order("range"));
  byId("door-history").addEventListener("click", () => order("history"));
  for (const room of ["watch", "look", "card", "care"])
    byId(`door-${room}`).addEventListener("click", () => order("room", { room }));

  return {
    show({ house, heat }) {
      setText(byId("door-watch-text"), house.watch.now ?? word("home.watch-text"));
      const going = house.looking.filter(({ state }) => ["waiting", "working"].includes(state)).length;
      setText(
        byId("door-look-text"),
        going > 0 ? word("home.look-going", { n: going }) : word("home.look-text"),
      );
      setText(
        byId("door-care-text"),
        heat.left_ms ? word("care.left", { left: minutesLeft(heat.left_ms) }) : word("home.care-text"),
      );
    },
  };
}

/** What all rooms share: the ways in the header, what went wrong, and what left this computer. */
export function createHouse(order) {
  byId("go-home").addEventListener("click", () => order("home"));
  let inside = false; // in a job of its own, which is left to go there
  byId("go-settings").addEventListener("click", () =>
    order(inside ? "home" : "room", { room: "settings" }),
  );
  return {
    show(state) {
      setHidden(byId("ways"), !state.home);
      setHidden(byId("go-home"), state.phase === "home" || state.phase === "welcome");
      setHidden(byId("go-settings"), state.phase === "settings");
      const { house, outside } = state;
      inside = !house;
      setHidden(byId("sent"), false);
      setHidden(byId("house-problem"), !house?.problem);
      setText(byId("house-problem"), house?.problem);
      setText(
        byId("sent"),
        outside === 0 ? word("home.sent") : word("home.sent-some", { n: outside }),
      );
    },
  };
}
