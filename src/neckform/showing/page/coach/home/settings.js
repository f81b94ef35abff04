// What can be chosen for the whole house.

import { byId, make, onChange, setText } from "../parts/dom.js";

export function createSettings({ order }) {
  const language = byId("own-language"),
    camera = byId("own-camera"),
    voice = byId("own-voice"),
    tones = byId("own-tones"),
    guiding = byId("own-guiding"),
    keeps = byId("own-keeps-landmarks"),
    volume = byId("own-volume");
  const choose = (choices) => order("choose", { choices });
  language.addEventListener("change", () => choose({ language: language.value }));
  camera.addEventListener("change", () => choose({ camera: Number(camera.value) }));
  voice.addEventListener("change", () => choose({ voice: voice.checked }));
  tones.addEventListener("change", () => choose({ tones: tones.checked }));
  guiding.addEventListener("change", () => choose({ guiding: guiding.checked }));
  keeps.addEventListener("change", () => choose({ keeps_landmarks: keeps.checked }));
  volume.addEventListener("change", () => choose({ volume: volume.value / 100 }));
  byId("try-camera").addEventListener("click", () => order("room", { room: "welcome" }));
  const forget = byId("forget");
  byId("forget-yes").addEventListener("click", () => {
    forget.open = false;
    forget.querySelector("summary").focus();
    order("forget");
  });
  const write = onChange((settings) => {
    language.replaceChildren(
      ...settings.languages.map(({ id, name }) => make("option", { value: id, lang: id }, name)),
    );
    language.value = settings.language;
    camera.value = settings.camera;
    voice.checked = settings.voice;
    tones.checked = settings.tones;
    guiding.checked = settings.guiding;
    keeps.checked = settings.keeps_landmarks;
    volume.value = Math.round(settings.volume * 100);
  });
  return {
    show({ house, late }) {
      if (!late) write(house.settings);
      setText(byId("forgotten"), house.forgotten);
    },
    leave() {
      forget.open = false;
    },
  };
}
