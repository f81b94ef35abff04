// Pause, skip, stop, mute, "it hurts": by button and by key, in every phase in which something runs.

import { byId, setAttr, setHidden, setText } from "./dom.js";
import { word } from "./words.js";

export const RUNNING = new Set(["framing", "neutral", "show", "hold", "rest", "range"]);
const SKIPPABLE = new Set(["show", "hold", "rest", "range"]);

export function createControls(order, sound) {
  const ask = byId("ask");
  const buttons = Object.fromEntries(
    ["pause", "skip", "stop", "mute", "hurts"].map((id) => [id, byId(id)]),
  );
  let phase = "",
    paused = false,
    mutedShown = null; // paused: by the person; other pauses end by themselves

  const running = () => RUNNING.has(phase);

  function showMuted(muted) {
    if (muted === mutedShown) return;
    mutedShown = muted;
    setAttr(buttons.mute, "aria-pressed", muted);
    document.body.dataset.muted = muted;
  }

  function closeAsk(focusBack) {
    if (ask.hidden) return;
    setHidden(ask, true);
    delete document.body.dataset.asking;
    if (focusBack) buttons.stop.focus();
  }

  const acts = {
    pause: () => running() && order(paused ? "resume" : "pause"),
    skip: () => SKIPPABLE.has(phase) && order("skip"),
    stop() {
      if (!running()) return false;
      if (!ask.hidden) {
        closeAsk(true);
        return true;
      }
      setHidden(ask, false);
      document.body.dataset.asking = "stop";
      byId("stop-yes").focus();
      return true;
    },
    mute() {
      if (!running()) return false;
      const on = !sound.muted;
      sound.mute(on);
      showMuted(on);
      return order("mute", { on });
    },
    hurts: () => running() && order("hurts"),
  };

  for (const [name, button] of Object.entries(buttons)) {
    button.addEventListener("click", (event) => {
      acts[name]();
      // After a click with the mouse, Space is to pause and not to press the same button again.
      if (event.detail > 0 && name !== "stop") byId("main").focus({ preventScroll: true });
    });
  }
  byId("stop-yes").addEventListener("click", () => {
    order("stop");
    closeAsk(false);
    byId("main").focus({ preventScroll: true });
  });
  byId("stop-no").addEventListener("click", () => closeAsk(true));

  return {
    acts,
    show(state) {
      phase = state.phase;
      paused = state.paused?.by === "person";
      setAttr(document.body, "data-running", running() ? "" : null);
      setHidden(byId("controls"), !running());
      // Before anything was said, a list of it would only take room.
      const silent = state.job === "home" || (state.said ?? []).length === 0;
      setHidden(byId("said"), !running() && silent);
      if (!running()) closeAsk(false);
      setHidden(buttons.skip, !SKIPPABLE.has(phase));
      setText(buttons.pause.querySelector("span"), word(paused ? "controls.go-on" : "controls.pause"));
      setText(buttons.skip.querySelector("span"), word(state.job === "calibrate" ? "controls.next" : "controls.skip"));
      showMuted(sound.muted);
    },
  };
}
