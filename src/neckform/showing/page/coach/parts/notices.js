// What is wrong, and what to do, in a line above everything else.

import { byId, setHidden, setText } from "./dom.js";
import { word } from "./words.js";

const TOLD_KEY = "neckform-voice-told";

export function createNotices(sound) {
  const lost = byId("link-notice"),
    camera = byId("camera-notice");
  const voice = byId("voice-notice"),
    hint = byId("sound-hint");
  const names = new Intl.DisplayNames([document.documentElement.lang], { type: "language" });
  let language = document.documentElement.lang,
    phase = "",
    job = "home",
    spoken = false; // by the program itself

  const told = () => (sessionStorage.getItem(TOLD_KEY) ?? "").split(",");
  function remember() {
    if (!told().includes(language)) sessionStorage.setItem(TOLD_KEY, [...told(), language].join());
  }

  byId("sound-on").addEventListener("click", () => sound.unlock());
  byId("voice-understood").addEventListener("click", () => {
    remember();
    renew();
  });

  function renew() {
    // At home nothing is said.
    setHidden(hint, job === "home" || !sound.wanted || sound.allowed);
    const missing = sound.wantsVoice && !spoken && sound.voice.has(language) === "no";
    // The setup says it beside the choice of the language: that is once.
    if (missing && phase === "setup") remember();
    const tell = missing && job !== "home" && phase !== "setup" && !told().includes(language);
    setHidden(voice, !tell);
    if (tell)
      setText(
        voice.querySelector("span"),
        word("sound.no-voice", { language: names.of(language) }),
      );
  }

  return {
    renew,
    status(status) {
      document.body.dataset.link = status;
      // That it has ended is said where everything else was.
      setHidden(lost, status !== "lost");
      if (status === "lost")
        setText(
          lost.querySelector("span"),
          word("link.lost"),
        );
    },
    show(state) {
      setHidden(camera, !state.camera || state.camera.ok);
      if (state.camera && !state.camera.ok)
        setText(camera, state.camera.text ?? word("camera.silent"));
      language = state.language ?? language;
      phase = state.phase;
      job = state.job;
      spoken = Boolean(state.speaks);
      renew();
    },
  };
}
