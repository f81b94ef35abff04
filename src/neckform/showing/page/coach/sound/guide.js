// The guiding tone, for closed eyes: its pitch rises toward the stretch, it leans to the ear that goes
// down, and it settles to quiet in form. A low knock comes from the side of a shoulder that rises.

const LOW_HZ = 196;
const OCTAVES = 1;
/** Seconds in which pitch and side follow, the tone comes, and it settles. */
const FOLLOWS_S = 0.06,
  COMES_S = 0.12,
  SETTLES_S = 0.45;
const LOUD = 0.4;
const LEAN = 0.8;
const KNOCK = { from_hz: 110, to_hz: 62, lasts_s: 0.16, every_s: 0.8, loud: 0.9 };
const EARS = { left: -1, right: 1 };

/** Sounds on any context, also on one that renders ahead; at_s is a time of that context. */
export function createGuide(context, destination) {
  const voice = context.createOscillator(),
    shape = context.createGain(),
    lean = context.createStereoPanner();
  voice.type = "triangle";
  voice.frequency.value = LOW_HZ;
  shape.gain.value = 0;
  voice.connect(shape).connect(lean).connect(destination);
  voice.start();
  let loud = 0;
  const knockedAt = { left: -Infinity, right: -Infinity };

  function setLoud(wanted, at_s) {
    if (wanted === loud) return;
    loud = wanted;
    shape.gain.setTargetAtTime(wanted, at_s, wanted > 0 ? COMES_S : SETTLES_S);
  }

  function knock(side, at_s) {
    if (at_s - knockedAt[side] < KNOCK.every_s) return;
    knockedAt[side] = at_s;
    const drum = context.createOscillator(),
      hit = context.createGain(),
      place = context.createStereoPanner();
    place.pan.value = EARS[side];
    drum.frequency.setValueAtTime(KNOCK.from_hz, at_s);
    drum.frequency.exponentialRampToValueAtTime(KNOCK.to_hz, at_s + KNOCK.lasts_s);
    hit.gain.setValueAtTime(0, at_s);
    hit.gain.linearRampToValueAtTime(KNOCK.loud, at_s + 0.005);
    hit.gain.exponentialRampToValueAtTime(0.001, at_s + KNOCK.lasts_s);
    drum.connect(hit).connect(place).connect(destination);
    drum.start(at_s);
    drum.stop(at_s + KNOCK.lasts_s);
  }

  return {
    /** guide: what the program says of the moment; null is silence. */
    follow(guide, at_s = context.currentTime) {
      const sounds = guide !== null && guide.way !== null && !guide.in_form;
      if (sounds) {
        voice.frequency.setTargetAtTime(LOW_HZ * 2 ** (OCTAVES * guide.way), at_s, FOLLOWS_S);
        lean.pan.setTargetAtTime(LEAN * guide.way * (EARS[guide.ear] ?? 0), at_s, FOLLOWS_S);
      }
      setLoud(sounds ? LOUD : 0, at_s);
      for (const side of guide?.risen ?? []) knock(side, at_s);
    },
    stop() {
      voice.stop();
    },
  };
}
