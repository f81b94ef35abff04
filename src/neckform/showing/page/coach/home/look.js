// Recordings: dropped or chosen, taken in, looked at, and what they show.

import { takeFiles } from "../card/files.js";
import { byId, make, onChange, setChildren, setText } from "../parts/dom.js";
import { takeIn } from "./upload.js";
import { word } from "../parts/words.js";

export function createLook({ order }) {
  const list = byId("looked"),
    results = byId("look-results"),
    keeps = byId("look-keeps");
  const coming = new Set(); // files on their way into the program
  let busy = false,
    shown = [];

  function bring(files) {
    for (const file of files)
      coming.add({ file, id: crypto.randomUUID(), name: file.name, share: 0, state: "coming" });
    draw();
    if (!busy) next();
  }

  async function next() {
    const item = [...coming].find(({ state }) => state === "coming");
    busy = Boolean(item);
    if (!item) return;
    try {
      const upload = await takeIn(item.file, (share) => {
        item.share = share;
        draw();
        return item.state === "coming";
      });
      if (upload) order("look", { upload, name: item.name });
      coming.delete(item);
    } catch (error) {
      item.state = "failed";
      item.why = error.message;
    }
    draw();
    next();
  }

  takeFiles(byId("drop"), [byId("look-files"), byId("look-folder")], bring);
  const path = byId("look-path");
  function lookThere() {
    order("look", { path: path.value });
    path.value = "";
  }
  byId("look-begin").addEventListener("click", lookThere);
  path.addEventListener("keydown", ({ key }) => {
    if (key === "Enter") lookThere();
  });
  const choose = () => order("results", { folder: results.value, history: keeps.checked });
  results.addEventListener("change", choose);
  keeps.addEventListener("change", choose);
  addEventListener("beforeunload", (event) => {
    if (busy) event.preventDefault();
  });

  const act = (key, name, more) => {
    const button = make("button", { type: "button" }, word(key));
    button.addEventListener("click", () => (typeof name === "function" ? name() : order(name, more)));
    return button;
  };

  function arriving(item) {
    const failed = item.state === "failed";
    return make(
      "li",
      { "data-state": item.state, "data-id": item.id },
      make(
        "div",
        { class: "head" },
        make("b", {}, item.name),
        make("span", { class: "badge open" }, word(failed ? "look.failed" : "look.coming")),
        act("look.cancel", () => {
          item.state = "cancelled";
          coming.delete(item);
          draw();
        }),
      ),
      failed
        ? make("p", {}, item.why)
        : make("progress", { value: item.share, max: 1, "aria-label": item.name }),
    );
  }

  function row({ id, name, state, share, found, notes, folder }) {
    const going = state === "waiting" || state === "working";
    const good = state === "done";
    const head = make(
      "div",
      { class: "head" },
      make("b", {}, name),
      make("span", { class: `badge ${good ? "good" : "open"}` }, word(`look.${state}`)),
    );
    if (going) head.append(act("look.cancel", "cancel", { id }));
    if (good) head.append(act("look.read", "read", { id }));
    const node = make("li", { "data-state": state, "data-id": id }, head);
    if (state === "working")
      node.append(make("progress", { value: share ?? 0, max: 1, "aria-label": name }));
    for (const line of [...found, ...notes]) node.append(make("p", {}, line));
    if (good) node.append(make("p", { class: "small" }, word("look.folder", { folder })));
    return node;
  }

  function draw() {
    setChildren(list, ...[...shown].reverse().map(row), ...[...coming].map(arriving));
  }

  const renew = onChange((looking) => {
    shown = looking;
    draw();
  });

  return {
    show({ house, late }) {
      renew(house.looking);
      if (document.activeElement !== results) results.value = house.results;
      if (!late) keeps.checked = house.keeps;
      const going = house.looking.some(({ state }) => state === "waiting" || state === "working");
      setText(
        byId("look-leave"),
        word(busy ? "look.stay" : going ? "look.leave" : "look.private"),
      );
    },
  };
}
