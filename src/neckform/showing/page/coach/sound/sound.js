// Voice and tones together: what the person chose, and what the browser allows.

import { createFloor } from "./floor.js";
import { createTones } from "./tones.js";
import { createVoice } from "./voice.js";

const OPTIMISM_MS = 1500;

/** renewed() is called when voices come, or when the browser has let sound through. */
export function createSound(renewed) {
  const tones = createTones();
  const voice = createVoice(renewed);
  const wishes = { muted: false, volume: 0.8, voice: true, tones: true };
  let mutedHere = null; // what was pressed, until the server says the same

  const floor = createFloor(hush);

  function unlock() {
    tones.unlock();
    floor.take();
    // The context starts a moment after the key.
    setTimeout(renewed, 150);
  }
  for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, unlock, { capture: true });

  function hush() {
    voice.hush();
    tones.hush();
  }

  function setMuted(muted) {
    if (muted && !wishes.muted) hush();
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
    hush,
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
      wishes.voice = state.voice ?? wishes.voice;
      wishes.tones = state.tones ?? wishes.tones;
      const guides = state.guide && state.guiding && !state.paused && !wishes.muted && floor.ours;
      tones.guide(guides ? state.guide : null);
    },
    /** At once, before the server knows. */
    mute(on) {
      mutedHere = { on, at: performance.now() };
      setMuted(on);
    },
    cue({ text, lang, tone, urgent, interrupts }) {
      if (wishes.muted || !floor.ours) return;
      if (tone && wishes.tones) tones.play(tone);
      if (wishes.voice)
        voice.speak({ text, lang, interrupts: urgent || interrupts, volume: wishes.volume });
    },
    tryVoice(text, lang) {
      voice.hush();
      voice.speak({ text, lang, interrupts: true, volume: wishes.volume });
    },
    tryTone: (tone) => tones.play(tone),
  };
}
