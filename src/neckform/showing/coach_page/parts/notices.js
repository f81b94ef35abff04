// What is wrong, and what to do, in a line above everything else.

import { byId, setHidden, setText } from "./dom.js";

export function createNotices(link, sound) {
  const lost = byId("link-notice"), camera = byId("camera-notice");
  const voice = byId("voice-notice"), hint = byId("sound-hint");
  const told = new Set();  // languages for which the missing voice was told and understood
  let language = "en", names = {}, speaking = true;

  byId("link-again").addEventListener("click", () => link.again());
  byId("sound-on").addEventListener("click", () => sound.unlock());
  byId("voice-understood").addEventListener("click", () => { told.add(language); renew(); });

  function renew() {
    setHidden(hint, !sound.wanted || sound.allowed);
    const missing = speaking && sound.voice.has(language) === "no" && !told.has(language);
    setHidden(voice, !missing);
    if (missing) setText(voice.querySelector("span"), `This computer has no voice of its own for ${names[language] ?? language}. Tones and written cues will guide you.`);
  }

  return {
    renew,
    status(status, reason) {
      document.body.dataset.link = status;
      setHidden(lost, status === "open");
      setHidden(byId("link-again"), status !== "ended");
      if (status === "lost") setText(lost.querySelector("span"), "Connection lost: is neckform still running? Trying again.");
      if (status === "ended") setText(lost.querySelector("span"), reason || "neckform has ended.");
    },
    show(state) {
      setHidden(camera, !state.camera || state.camera.ok);
      if (state.camera && !state.camera.ok) setText(camera, state.camera.text ?? "The camera does not answer.");
      for (const { id, name } of state.setup?.languages ?? []) names[id] = name;
      language = state.language ?? language;
      speaking = state.setup?.choices.voice ?? speaking;
      renew();
    },
  };
}
