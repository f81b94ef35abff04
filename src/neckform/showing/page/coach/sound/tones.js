// Tones that differ in contour and rhythm, not only in pitch: in is two quick steps up, out is one
// long glide down, done is four notes that come home, a tick is one dry tap.

import { createGuide } from "./guide.js";

const SOFT = 0.22;

const NOTES = {
  // [begins_s, lasts_s, from_hz, to_hz]
  in: [
    [0, 0.13, 523, 523],
    [0.14, 0.26, 784, 784],
  ],
  out: [[0, 0.55, 494, 294]],
  done: [
    [0, 0.2, 523, 523],
    [0.22, 0.12, 659, 659],
    [0.36, 0.12, 784, 784],
    [0.5, 0.7, 1047, 1047],
  ],
  tick: [[0, 0.05, 980, 880]],
};

export function createTones() {
  let context = null;
  let master = null;
  let loudness = 0.8;
  let guide = null; // sounds only where it was asked for

  function level() {
    if (master) master.gain.setValueAtTime(SOFT * loudness ** 2, context.currentTime);
  }

  return {
    /** Call it from a key or a click: browsers allow no sound before one. */
    unlock() {
      context ??= new AudioContext();
      if (!master) {
        master = context.createGain();
        master.connect(context.destination);
        level();
      }
      if (context.state === "suspended") context.resume();
    },
    get running() {
      return context?.state === "running";
    },
    setVolume(volume) {
      if (volume === loudness) return;
      loudness = volume;
      level();
    },
    play(tone) {
      if (context?.state !== "running" || !NOTES[tone]) return;
      for (const [begins_s, lasts_s, from_hz, to_hz] of NOTES[tone]) {
        const begin = context.currentTime + begins_s,
          end = begin + lasts_s;
        const voice = context.createOscillator();
        const shape = context.createGain();
        voice.type = tone === "tick" ? "triangle" : "sine";
        voice.frequency.setValueAtTime(from_hz, begin);
        voice.frequency.exponentialRampToValueAtTime(to_hz, end);
        shape.gain.setValueAtTime(0, begin);
        shape.gain.linearRampToValueAtTime(1, begin + 0.015);
        shape.gain.exponentialRampToValueAtTime(0.001, end);
        voice.connect(shape).connect(master);
        voice.start(begin);
        voice.stop(end + 0.02);
      }
    },
    /** What the guiding tone follows; null: none sounds. */
    guide(told) {
      if (context?.state !== "running" || (guide === null && told === null)) return;
      guide ??= createGuide(context, master);
      guide.follow(told);
    },
    /** Silence now, also for what is still sounding. */
    hush() {
      guide?.stop();
      guide = null;
      master?.disconnect();
      master = context ? context.createGain() : null;
      master?.connect(context.destination);
      level();
    },
  };
}
