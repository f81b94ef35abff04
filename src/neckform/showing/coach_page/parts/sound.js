// Voice and tones together: what the person chose, and what the browser allows.

import { createTones } from "./tones.js";
import { createVoice } from "./voice.js";

const OPTIMISM_MS = 1500;
const KEPT = "neckform-sound";

/** renewed() is called when voices come, or when the browser has let sound through. */
export function createSound(renewed) {
  const tones = createTones();
  const voice = createVoice(renewed);
  const wishes = { muted: false, volume: 0.8, voice: true, tones: true };
  // Only the setup's state tells whether voice and tones are wanted; a reload in a hold keeps them.
  Object.assign(wishes, JSON.parse(sessionStorage.getItem(KEPT) ?? "{}"));
  let mutedHere = null; // what was pressed, until the server says the same

  function unlock() {
    tones.unlock();
    // The context starts a moment after the key.
    setTimeout(renewed, 150);
  }
  for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, unlock, { capture: true });

  function setMuted(muted) {
    if (muted && !wishes.muted) {
      voice.hush();
      tones.hush();
    }
    wishes.muted = muted;
  }

  return {
    voice,
    get muted() {
      return wishes.muted;
    },
    get wanted() {
      return !wishes.muted && (wishes.voice || wishes.tones);
    },
    get wantsVoice() {
      return wishes.voice;
    },
    get allowed() {
      return tones.running;
    },
    unlock,
    /** What the server's state says. */
    follow(state) {
      if (
        mutedHere &&
        (state.muted === mutedHere.on || performance.now() - mutedHere.at > OPTIMISM_MS)
      )
        mutedHere = null;
      if (!mutedHere) setMuted(Boolean(state.muted));
      wishes.volume = state.volume ?? wishes.volume;
      tones.setVolume(wishes.volume);
      const chosen = state.setup?.choices ?? state;
      const { voice: speaks = wishes.voice, tones: plays = wishes.tones } = chosen;
      if (speaks !== wishes.voice || plays !== wishes.tones) {
        Object.assign(wishes, { voice: speaks, tones: plays });
        sessionStorage.setItem(KEPT, JSON.stringify({ voice: speaks, tones: plays }));
      }
    },
    /** At once, before the server knows. */
    mute(on) {
      mutedHere = { on, at: performance.now() };
      setMuted(on);
    },
    cue({ text, lang, tone, urgent }) {
      if (wishes.muted) return;
      if (tone && wishes.tones) tones.play(tone);
      if (wishes.voice) voice.speak({ text, lang, urgent, volume: wishes.volume });
    },
    tryVoice(text, lang) {
      voice.hush();
      voice.speak({ text, lang, urgent: true, volume: wishes.volume });
    },
    tryTone: (tone) => tones.play(tone),
  };
}
