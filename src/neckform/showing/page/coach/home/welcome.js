// The first visit: where to sit, and whether the camera works; which one, where there are several.

import { byId, make, onChange, setHidden, setText } from "../parts/dom.js";
import { createFigure } from "../figures/figure.js";
import { NEUTRAL } from "../figures/poses.js";
import { word } from "../parts/words.js";

const MOST = 4; // so many are tried in turn where the system names none

export function createWelcome({ order }) {
  createFigure(byId("welcome-figure"), { small: true }).show(NEUTRAL);
  const camera = byId("welcome-camera");
  let current = 0;
  const choose = (index) => order("choose", { choices: { camera: index } });
  camera.addEventListener("change", () => choose(Number(camera.value)));
  byId("welcome-other").addEventListener("click", () => choose((current + 1) % MOST));
  byId("welcome-done").addEventListener("click", () => order("room", { room: "home" }));
  const write = onChange((cameras) => {
    camera.replaceChildren(
      ...cameras.map(({ index, name }) => make("option", { value: index }, `${name} (${index})`)),
    );
  });
  return {
    show({ house, late }) {
      const { sees, trouble, cameras } = house.welcome ?? { sees: "trying", cameras: [] };
      current = house.settings.camera;
      byId("main").querySelector(".welcome").dataset.sees = sees;
      setText(byId("welcome-sees"), word(`welcome.${sees}`));
      setHidden(byId("welcome-why"), sees !== "none" && sees !== "dark");
      setText(byId("welcome-why"), word("welcome.why"));
      setHidden(byId("welcome-trouble"), !trouble);
      setText(byId("welcome-trouble"), trouble);
      write(cameras);
      if (!late) camera.value = current;
      setHidden(byId("welcome-choice"), cameras.length < 2);
      setHidden(byId("welcome-next"), cameras.length > 0 || sees === "trying");
    },
  };
}
