// Choosing the routine. Every change goes to the program at once, and the program remembers it. The
// page shows what the program answers.

import { takeCard } from "../card/files.js";
import { createSummary } from "../card/summary.js";
import { byId, make, onChange, setHidden, setText } from "../parts/dom.js";
import { createNumberField } from "../parts/number_field.js";
import { listProblems } from "../parts/problems.js";
import { createRoutine } from "./routine.js";
import { word } from "../parts/words.js";

// The time to hear the instruction and to move into a stretch.
const AROUND_S = 12;
const NAMED = ["hold_s", "rest_s", "repetitions", "volume"];

export function createSetup({ order, sound, keys }) {
  const names = Object.fromEntries(NAMED.map((id) => [id, word(`setup.${id}`)]));
  const choose = (choices) => order("choose", { choices });
  const field = (id, unit, step) =>
    createNumberField(byId("times"), { id, label: names[id], unit, step }, (value) =>
      choose({ [id]: value }),
    );
  const times = {
    hold_s: field("hold_s", word("setup.seconds"), 5),
    rest_s: field("rest_s", word("setup.seconds"), 5),
    repetitions: field("repetitions", "", 1),
  };
  const routine = createRoutine((next) => choose({ routine: next }));
  const language = byId("language"),
    voice = byId("voice"),
    tones = byId("tones"),
    guiding = byId("guiding"),
    turnCheck = byId("turn-check"),
    volume = byId("volume"),
    letters = byId("letters");
  const summariseCard = createSummary(byId("setup-card-summary"));
  const putAway = byId("setup-card-away");
  let trials = {}; // a sentence to try each language's voice with

  language.addEventListener("change", () => choose({ language: language.value }));
  voice.addEventListener("change", () => choose({ voice: voice.checked }));
  tones.addEventListener("change", () => choose({ tones: tones.checked }));
  turnCheck.addEventListener("change", () => choose({ turn_check: turnCheck.checked }));
  guiding.addEventListener("change", () => choose({ guiding: guiding.checked }));
  volume.addEventListener("change", () => choose({ volume: volume.value / 100 }));
  letters.addEventListener("change", () => keys.setLetters(letters.checked));
  letters.checked = keys.letters;
  byId("try-voice").addEventListener("click", () =>
    sound.tryVoice(trials[language.value], language.value),
  );
  for (const button of document.querySelectorAll(".try-tone"))
    button.addEventListener("click", () => sound.tryTone(button.dataset.tone));
  takeCard(byId("setup-card"), byId("setup-card-file"), order);
  putAway.addEventListener("click", () => order("card", { what: "away" }));
  byId("begin").addEventListener("click", () => {
    for (const each of Object.values(times)) each.flush();
    order("begin");
  });

  // Only when the program's answer changes, and none that was on its way already when something was
  // chosen here: it would undo that.
  const write = onChange((setup) => {
    const { choices, limits, stretches, languages } = setup;
    routine.show(choices.routine, stretches, choices.hold_s);
    for (const [id, each] of Object.entries(times)) each.show(choices[id], limits[id]);
    if (language.children.length !== languages.length) {
      language.replaceChildren(
        ...languages.map(({ id, name }) => make("option", { value: id, lang: id }, name)),
      );
    }
    trials = Object.fromEntries(languages.map(({ id, trial }) => [id, trial]));
    language.value = choices.language;
    voice.checked = choices.voice;
    tones.checked = choices.tones;
    guiding.checked = choices.guiding;
    turnCheck.checked = choices.turn_check;
    volume.value = Math.round(choices.volume * 100);
    const of = Object.fromEntries(stretches.map((each) => [each.id, each]));
    const total_s = choices.routine.reduce(
      (sum, { stretch }) =>
        sum + of[stretch].times * (of[stretch].hold_s + choices.rest_s + AROUND_S),
      0,
    );
    // A card says itself how long each is held, and how often.
    for (const id of ["hold_s", "repetitions"]) setHidden(byId(id).closest(".field"), Boolean(setup.card));
    summariseCard(setup.card);
    setHidden(byId("setup-card-have"), Boolean(setup.card));
    setHidden(putAway, !setup.card);
    listProblems(byId("setup-card-problems"), setup.card_problems);
    const lines = [word("setup.lasts", { n: Math.max(1, Math.round(total_s / 60)) })];
    if (setup.profile) lines.push(word("setup.profile", { name: setup.profile }));
    const empty = choices.routine.length === 0;
    setText(byId("setup-words"), empty ? word("setup.empty") : lines.join(" "));
    byId("begin").disabled = empty;
    setText(
      byId("setup-kept"),
      word(setup.history ? "setup.kept" : "setup.not-kept"),
    );
    listProblems(byId("setup-problems"), setup.problems, names);
  });

  const explain = onChange((stretches) => {
    byId("about").replaceChildren(
      ...stretches.flatMap(({ name, muscle, how_to, when_not }) => [
        make("h3", {}, name, " ", make("span", { class: "small" }, muscle)),
        make("p", {}, how_to),
        make("p", { class: "when-not" }, when_not),
      ]),
    );
  });

  function sayVoice(languageNow, on, byProgram) {
    const state = sound.voice.has(languageNow);
    const name = sound.voice.nameFor(languageNow);
    const words = {
      yes: word("setup.voice-is", { name }),
      no: word(byProgram ? "setup.voice-ours" : "setup.voice-none"),
      unknown: "",
    };
    setText(byId("voice-words"), on ? words[state] : "");
    byId("try-voice").disabled = state !== "yes";
  }

  return {
    show(state) {
      const setup = state.setup;
      if (!setup) return;
      if (!state.late) write(setup);
      explain(setup.stretches);
      sayVoice(setup.choices.language, setup.choices.voice, state.speaks);
    },
  };
}
