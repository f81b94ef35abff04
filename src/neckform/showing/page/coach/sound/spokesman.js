// Decides who speaks: this page, where the browser has a voice on this computer; otherwise the program,
// with the computer's own voice.

export function createSpokesman(link, sound) {
  let asked = null; // what the program was last asked to do

  return {
    show(state) {
      const has = sound.voice.has(state.language);
      if (!state.speaks || has === "unknown") return;
      const on = has === "no";
      if (on !== asked && link.order("speak", { on })) asked = on;
    },
  };
}
