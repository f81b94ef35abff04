// Everything that is spoken is also written: as a line under the picture, in a list of the last
// ones, and in a live region for those who read by ear. Each cue is spoken once, by its id.

import { byId, make, setSpoken, setText } from "./dom.js";
import { word } from "./words.js";

const CAPTION_MS = 7000;

export function createCues(sound) {
  const log = byId("log"),
    caption = byId("caption");
  log.dataset.empty = word("log.empty");
  const regions = { polite: byId("polite"), assertive: byId("assertive") };
  let lastId = -Infinity;
  let listed = null;
  let fading = 0;

  function write(cue) {
    if (!cue.text) return;
    const region = cue.urgent ? regions.assertive : regions.polite;
    // The same words twice would be no change, and so not be read again.
    region.replaceChildren(make("span", { lang: cue.lang }, cue.text));
    setSpoken(caption, cue.text, cue.lang);
    caption.dataset.urgent = String(Boolean(cue.urgent));
    clearTimeout(fading);
    fading = setTimeout(() => setText(caption, ""), CAPTION_MS);
  }

  return {
    /** first: the first state after opening or reconnecting; what it lists was said before. */
    hear(said, first) {
      const newest = said.length > 0 ? said[said.length - 1].id : -Infinity;
      if (first) lastId = newest;
      for (const cue of said) {
        if (cue.id <= lastId) continue;
        sound.cue(cue);
        write(cue);
      }
      lastId = Math.max(lastId, newest);
    },
    list(said) {
      const now = said.map((cue) => cue.id).join();
      if (now === listed) return;
      listed = now;
      const written = said.filter((cue) => cue.text).reverse();
      log.replaceChildren(
        ...written.map((cue) =>
          make(
            "li",
            {
              "data-id": cue.id,
              "data-kind": cue.kind,
              "data-urgent": Boolean(cue.urgent),
              lang: cue.lang,
            },
            cue.text,
          ),
        ),
      );
    },
  };
}
