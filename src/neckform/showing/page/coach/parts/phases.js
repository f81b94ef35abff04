// Shows the section of the phase that the program is in, and lets that phase draw itself.

import { RUNNING } from "./controls.js";
import { byId } from "./dom.js";
import { createAdvice } from "../phases/advice.js";
import { createCard } from "../card/card.js";
import { createCare } from "../home/care.js";
import { createDone } from "../phases/done.js";
import { createFraming } from "../phases/framing.js";
import { createHold } from "../phases/hold.js";
import { createHome } from "../home/home.js";
import { createLook } from "../home/look.js";
import { createNeutral } from "../phases/neutral.js";
import { createQuestions } from "../phases/questions.js";
import { createRange } from "../phases/range.js";
import { createReading } from "../home/reading.js";
import { createRest } from "../phases/rest.js";
import { createReview } from "../phases/review.js";
import { createSettings } from "../home/settings.js";
import { createSetup } from "../phases/setup.js";
import { createShow } from "../phases/show.js";
import { createWatch } from "../home/watch.js";
import { createWelcome } from "../home/welcome.js";

export function createPhases(parts) {
  const main = byId("main");
  const sections = new Map(
    [...main.querySelectorAll("section[data-for]")].map((section) => [
      section.dataset.for,
      section,
    ]),
  );
  const drawn = {
    setup: createSetup(parts),
    questions: createQuestions(parts),
    advice: createAdvice(parts),
    framing: createFraming(parts),
    neutral: createNeutral(parts),
    show: createShow(parts),
    hold: createHold(parts),
    rest: createRest(parts),
    done: createDone(parts),
    range: createRange(parts),
    review: createReview(parts),
    home: createHome(parts),
    look: createLook(parts),
    watch: createWatch(parts),
    card: createCard(parts),
    care: createCare(parts),
    reading: createReading(parts),
    settings: createSettings(parts),
    welcome: createWelcome(parts),
  };
  let phase = null;

  function turnTo(wanted) {
    const next = sections.get(wanted);
    if (!next) return;
    const focused = document.activeElement;
    // Whoever is on a button of the bar below stays there, if it stays; who was in the old phase
    // comes along.
    const leaves = byId("controls").contains(focused) && !RUNNING.has(wanted);
    const bringFocus =
      phase !== null && (focused === document.body || main.contains(focused) || leaves);
    for (const section of sections.values()) section.hidden = section !== next;
    drawn[phase]?.leave?.();
    phase = wanted;
    document.body.dataset.phase = wanted;
    drawn[phase]?.enter?.();
    parts.picture.moveTo(next.querySelector(".picture-slot"));
    // Later: both make the browser lay everything out at once, before it would anyway.
    setTimeout(() => {
      main.scrollTop = 0;
      if (bringFocus) next.querySelector("h1")?.focus({ preventScroll: true });
    });
    const title = next.querySelector("h1")?.textContent;
    document.title = title ? `${title} – neckform` : "neckform";
  }

  return {
    show(state) {
      document.body.dataset.job = state.job;
      // First what is in it, then the section itself: a screen reader reads the heading at once.
      drawn[state.phase]?.show(state);
      if (state.phase !== phase) turnTo(state.phase);
    },
    ended() {
      turnTo("ended");
    },
  };
}
