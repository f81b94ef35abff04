// Puts the parts together: a state comes in, the phase that it is in is shown.

import { createAwake } from "./sound/awake.js";
import { connect } from "./parts/connection.js";
import { createControls, RUNNING } from "./parts/controls.js";
import { createCues } from "./parts/cues.js";
import { byId } from "./parts/dom.js";
import { createHeader } from "./parts/header.js";
import { createKeys } from "./parts/keys.js";
import { createNotices } from "./parts/notices.js";
import { createPaused } from "./parts/paused.js";
import { createPhases } from "./parts/phases.js";
import { createPicture } from "./parts/picture.js";
import { createHeatNotice } from "./home/care.js";
import { createHouse } from "./home/home.js";
import { followLanguage, loadWords } from "./parts/words.js";
import { createSound } from "./sound/sound.js";
import { createSpokesman } from "./sound/spokesman.js";

await loadWords();

let notices = null;
let quitting = false;
let closes = false;

const sound = createSound(() => notices?.renew());
const cues = createCues(sound);
const link = connect({
  hear(state, first) {
    sound.follow(state);
    cues.hear(state.said ?? [], first);
  },
  draw(state, bitmap) {
    closes = state.done?.closes === true;
    state.late = link.isLate(state);
    followLanguage(state);
    phases.show(state);
    header.show(state);
    house.show(state);
    heat.show(state);
    picture.show(state, bitmap);
    paused.show(state);
    controls.show(state);
    notices.show(state);
    spokesman.show(state);
    awake.show(RUNNING.has(state.phase));
    cues.list(state.said ?? []);
  },
  link(status) {
    const ended = status === "ended" || (status === "lost" && quitting);
    notices.status(ended ? "ended" : status);
    if (ended) {
      sound.hush();
      phases.ended();
      // Where the browser lets it: a page that was opened for this alone.
      if (closes) window.close();
    }
  },
});

// After these, what is being said is about something that is over.
const QUIETING = new Set(["pause", "skip", "stop", "hurts", "quit", "home"]);

function order(name, more) {
  if (name === "quit") quitting = true;
  if (QUIETING.has(name)) sound.hush();
  return link.order(name, more);
}

notices = createNotices(sound);
const controls = createControls(order, sound);
const keys = createKeys({
  ...controls.acts,
  begin() {
    if (document.body.dataset.phase !== "setup" || byId("begin").disabled) return false;
    byId("begin").click();
    return true;
  },
});
const picture = createPicture();
const header = createHeader();
const house = createHouse(order);
const heat = createHeatNotice(sound);
const awake = createAwake();
const spokesman = createSpokesman(link, sound);
const paused = createPaused();
const phases = createPhases({ order, sound, keys, picture });

for (const button of document.querySelectorAll("button.again"))
  button.addEventListener("click", () => order("again"));
for (const button of document.querySelectorAll("button.quit"))
  button.addEventListener("click", () => order("quit"));
byId("main").dataset.ready = "true";
