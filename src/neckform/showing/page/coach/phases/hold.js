// The hold: seconds left, the angle, the shoulders. The face may be turned away from the screen and
// the eyes closed, so this is for a glance; the cues lead.

import { byId, setAttr, setSpoken, setText } from "../parts/dom.js";
import { createFigure } from "../figures/figure.js";
import { createGauge } from "../parts/gauge.js";
import { createRing, secondsLeft } from "../parts/ring.js";
import { createShoulders } from "../parts/shoulders.js";
import { word } from "../parts/words.js";

const LOOKS = { rest: "waiting", holding: "going", lapse: "going", paused: "paused" };

export function createHold() {
  const ring = createRing(byId("hold-ring"));
  const gauge = createGauge(byId("gauge"));
  const shoulders = createShoulders(byId("shoulders"));
  const cue = byId("hold-cue");
  const views = byId("hold-views");
  const goal = createFigure(byId("hold-goal"), { moves: true });

  return {
    show(state) {
      const { hold, exercise } = state;
      if (!hold) return;
      const left = secondsLeft(hold.target_ms - hold.held_ms);
      const look = state.paused ? "paused" : (LOOKS[hold.state] ?? "waiting");
      const body = document.body.dataset;
      if (body.holdState !== hold.state) body.holdState = hold.state;
      if (body.secondsLeft !== String(left)) body.secondsLeft = left;
      if (body.look !== look) body.look = look;
      ring.show({
        share: hold.target_ms > 0 ? hold.held_ms / hold.target_ms : 0,
        number: String(left),
        look,
        steps: hold.target_ms / 1000,
        under: word(look === "paused" ? "hold.paused" : "hold.left", { n: left }),
        label: word(look === "paused" ? "hold.label-paused" : "hold.label", { n: left }),
      });
      setText(
        byId("hold-title"),
        [exercise?.name, exercise?.to].filter(Boolean).join(", "),
      );
      setSpoken(cue, hold.text, state.language);
      setAttr(cue, "data-long", hold.kind === "instruction");
      setAttr(cue, "data-ease", hold.gauge?.zone === "ease-off");
      gauge.show(hold.gauge, hold.axes ?? [], exercise?.side ?? null);
      // Who is back in the middle is told what to do, and sees it as large as before the hold.
      const large = hold.kind === "instruction" && !state.paused;
      setAttr(views, "data-goal", large ? "large" : "small");
      if (exercise && large) goal.show(exercise.figure);
      else if (exercise) goal.rest(exercise.figure);
      shoulders.show(state.shoulders ?? null);
    },
    leave() {
      goal.stop();
      for (const name of ["holdState", "secondsLeft", "look"]) delete document.body.dataset[name];
    },
  };
}
