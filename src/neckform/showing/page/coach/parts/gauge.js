// How far the head has gone on each axis of the stretch: a bar each, with one band, "here".

import { make, setAttr, setHidden, setSeldom, setText } from "./dom.js";
import { word } from "./words.js";

const BELOW_DEG = 4;
const BEYOND_DEG = 14;

function createBar(host) {
  const name = make("span", { class: "gauge-name" });
  const angle = make("span", { class: "gauge-angle" });
  const here = make("span", { class: "gauge-here" }, make("span", {}, word("gauge.here")));
  const ease = make("span", { class: "gauge-ease" });
  const marker = make("span", { class: "gauge-marker" });
  const slide = make("span", { class: "gauge-slide" }, marker);
  const track = make("div", { class: "gauge-track", role: "img" }, here, ease, slide);
  const bar = make("div", { class: "gauge-bar" }, make("p", { class: "gauge-words", "aria-hidden": "true" }, name, angle), track);
  host.append(bar);
  let drawn = "";

  function scale(axis, mirrored) {
    const top = axis.ease_off_deg + BEYOND_DEG;
    // In percent from the edge where the head starts.
    const at = (deg) =>
      (100 * Math.min(1, Math.max(0, (deg + BELOW_DEG) / (top + BELOW_DEG)))).toFixed(2);
    const key = [axis.from_deg, axis.ease_off_deg, mirrored].join();
    if (key === drawn) return at;
    drawn = key;
    const place = (node, from, until) => {
      node.style[mirrored ? "right" : "left"] = `${at(from)}%`;
      node.style[mirrored ? "left" : "right"] = `${100 - at(until)}%`;
    };
    place(here, axis.from_deg, axis.ease_off_deg);
    place(ease, axis.ease_off_deg, top);
    return at;
  }

  return {
    bar,
    show(axis, known, mirrored) {
      const at = scale(axis, mirrored);
      setText(name, axis.name);
      setText(angle, known ? `${Math.round(axis.angle_deg)}°` : "–");
      if (known) {
        const share = at(axis.angle_deg);
        slide.style.transform = `translateX(${mirrored ? 100 - share : share}%)`;
      }
      const words = { axis: axis.name, now: Math.round(axis.angle_deg ?? 0), from: Math.round(axis.from_deg) };
      setSeldom(track, word(known ? "gauge.label" : "gauge.unseen", words));
    },
  };
}

export function createGauge(host) {
  const bars = [];

  return {
    // The head moves on this page as in a mirror, so a stretch to the person's left goes to the left
    // here too: a bar grows the way in which the person sees the own head go.
    show(gauge, axes, side) {
      setHidden(host, !gauge);
      if (!gauge) return;
      while (bars.length < axes.length) bars.push(createBar(host));
      bars.forEach(({ bar }, place) => setHidden(bar, place >= axes.length));
      const mirrored = side === "left";
      const known = gauge.zone !== "unseen";
      setAttr(host, "data-grows", mirrored ? "left" : "right");
      setAttr(host, "data-zone", gauge.zone);
      axes.forEach((axis, place) => bars[place].show(axis, known, mirrored));
    },
  };
}
