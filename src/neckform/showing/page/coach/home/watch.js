// The monitor: a program of its own, which goes on when this page is closed.

import { byId, make, onChange, setChildren, setHidden, setText } from "../parts/dom.js";
import { createPicture } from "../parts/picture.js";
import { word } from "../parts/words.js";

export function createWatch({ order }) {
  const drawn = createPicture();
  drawn.moveTo(byId("watch-drawn"));
  const acts = onChange(({ runs, starting, paused, snoozed, looking }) => {
    const running = starting
      ? ["stop"] // the one order that it hears already
      : [
          snoozed ? "wake" : "snooze-30m",
          paused ? "resume" : "pause",
          "stretch",
          "recalibrate",
          looking ? "look-away" : "look",
          "stop",
        ];
    const wanted = runs ? running : ["start"];
    setChildren(
      byId("watch-acts"),
      ...wanted.map((what) => {
        const button = make(
          "button",
          { type: "button", "data-what": what, class: what === "start" ? "main-act" : "" },
          word(`watch.${what}`),
        );
        button.addEventListener("click", () => order("watch", { what }));
        return button;
      }),
    );
  });
  const minutes = onChange(({ today, notBad }) => {
    byId("watch-not-bad").replaceChildren(...notBad.map((line) => make("li", {}, line)));
    const most = Math.max(1, ...today.map(({ ms }) => ms));
    byId("watch-today").replaceChildren(
      ...(today.length > 0
        ? today.map(({ zone, name, lasted, ms }) =>
            make(
              "li",
              { "data-zone": zone },
              make("span", {}, name),
              make("meter", { value: ms / most, min: 0, max: 1, "aria-label": name }),
              make("span", { class: "number" }, lasted),
            ),
          )
        : [make("li", {}, word("watch.nothing"))]),
    );
  });

  return {
    show({ house: { watch } }) {
      setText(byId("watch-now"), watch.now ?? word("watch.off"));
      setText(byId("watch-zone"), watch.zone);
      setHidden(byId("watch-zone"), !watch.zone);
      setText(byId("watch-trouble"), watch.trouble);
      setHidden(byId("watch-trouble"), !watch.trouble);
      const { runs, starting, paused, snoozed, looking } = watch;
      acts({ runs, starting, paused, snoozed, looking });
      setHidden(byId("watch-sees"), !watch.runs || !watch.looking);
      drawn.show({ picture: watch.seen, skeleton: watch.seen, phase: "watch" });
      minutes({ today: watch.today, notBad: watch.not_bad });
    },
  };
}
