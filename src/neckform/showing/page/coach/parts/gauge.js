// How far the head has gone, against where the hold begins, the target and where to ease off.

import { make, setAttr, setHidden, setSeldom, setText } from "./dom.js";
import { word } from "./words.js";

const BELOW_DEG = 4;
const BEYOND_DEG = 14;

export function createGauge(host) {
  const angle = make("p", { class: "gauge-angle", "aria-hidden": "true" });
  const target = make("span", { class: "gauge-target" }, make("span"));
  const ease = make("span", { class: "gauge-ease" }, make("span", {}, word("gauge.ease-off")));
  const enter = make("span", { class: "gauge-enter" }, make("span"));
  const marker = make("span", { class: "gauge-marker" });
  const slide = make("span", { class: "gauge-slide" }, marker);
  const track = make("div", { class: "gauge-track", role: "img" }, target, ease, enter, slide);
  host.append(angle, track);
  let drawn = "";

  function scale(gauge, mirrored) {
    const top = gauge.ease_off_deg + BEYOND_DEG;
    // In percent from the edge where the head starts.
    const at = (deg) =>
      (100 * Math.min(1, Math.max(0, (deg + BELOW_DEG) / (top + BELOW_DEG)))).toFixed(2);
    const start = mirrored ? "right" : "left",
      end = mirrored ? "left" : "right";
    const key = [
      gauge.enter_deg,
      gauge.target_deg,
      gauge.to_deg,
      gauge.ease_off_deg,
      mirrored,
    ].join();
    if (key === drawn) return at;
    drawn = key;
    const to = gauge.to_deg ?? gauge.ease_off_deg;
    const place = (node, from, until) => {
      node.style[start] = `${at(from)}%`;
      node.style[end] = `${100 - at(until)}%`;
    };
    place(target, gauge.target_deg, to);
    place(ease, gauge.ease_off_deg, top);
    enter.style[start] = `${at(gauge.enter_deg)}%`;
    enter.style[end] = "auto";
    setText(
      target.firstChild,
      gauge.to_deg
        ? word("gauge.between", { from: Math.round(gauge.target_deg), to: Math.round(to) })
        : word("gauge.least", { from: Math.round(gauge.target_deg) }),
    );
    setText(enter.firstChild, word("gauge.enter", { from: Math.round(gauge.enter_deg) }));
    return at;
  }

  return {
    // The head moves on this page as in a mirror, so a stretch to the person's left goes to the left
    // here too: the gauge grows the way in which the person sees the own head go.
    show(gauge, side) {
      setHidden(host, !gauge);
      if (!gauge) return;
      const mirrored = side === "left";
      const at = scale(gauge, mirrored);
      setAttr(host, "data-grows", mirrored ? "left" : "right");
      const known = gauge.zone !== "unseen";
      setText(angle, known ? `${Math.round(gauge.angle_deg)}°` : "–");
      setAttr(host, "data-zone", gauge.zone);
      if (known) {
        const share = at(gauge.angle_deg);
        slide.style.transform = `translateX(${mirrored ? 100 - share : share}%)`;
      }
      setSeldom(
        track,
        known
          ? word("gauge.label", {
              now: Math.round(gauge.angle_deg),
              from: Math.round(gauge.target_deg),
            })
          : word("gauge.unseen"),
      );
    },
  };
}
