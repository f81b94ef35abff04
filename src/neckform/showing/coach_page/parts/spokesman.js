// Who speaks: this page, with a voice that the browser has on this computer; or, where it has none,
// the program itself with the computer's own.

export function createSpokesman(link, sound) {
  let told = null; // what the program was asked for last

  return {
    show(state) {
      const has = sound.voice.has(state.language);
      if (!state.speaks || has === "unknown") return;
      const on = has === "no";
      if (on !== told && link.order("speak", { on })) told = on;
    },
  };
}
