// Recordings: dropped or chosen, taken in, looked at, and what they show.

import { takeFiles } from "../card/files.js";
import { byId, make, onChange, setAttr, setChildren, setText } from "../parts/dom.js";
import { takeIn } from "./upload.js";
import { word } from "../parts/words.js";

export function createLook({ order }) {
  const list = byId("looked"),
    results = byId("look-results"),
    keeps = byId("look-keeps");
  const coming = new Set(); // files on their way into the program
  let busy = false,
    shown = [],
    kinds = []; // how the names of recordings end

  function bring(files, folders) {
    for (const file of files) take(file);
    folders.forEach(open);
    draw();
    if (!busy) next();
  }

  const add = (item) => coming.add({ id: crypto.randomUUID(), share: 0, ...item });
  const take = (file) => add({ file, name: file.name, state: "coming" });

  /** Of a folder, what is a recording by its name; of the rest, one line says that it is left out. */
  function open({ name, files, folders }) {
    const seen = files.filter((file) => !file.name.startsWith("."));
    const films = seen.filter((file) => kinds.some((end) => file.name.toLowerCase().endsWith(end)));
    films.sort((one, other) => one.name.localeCompare(other.name)).forEach(take);
    const others = seen.length - films.length + folders;
    const lines = [
      ...(films.length === 0 ? [word("look.none-inside")] : []),
      ...(others > 0 ? [word("look.left-out", { n: others })] : []),
    ];
    const state = films.length > 0 ? "noted" : "failed";
    if (lines.length > 0) add({ name, state, why: lines.join(" ") });
  }

  async function next() {
    const item = [...coming].find(({ state }) => state === "coming");
    busy = Boolean(item);
    if (!item) return;
    try {
      const whole = await takeIn(item.id, item.file, (share) => {
        item.share = share;
        draw();
        return item.state === "coming";
      });
      if (!whole) order("leave-out", { upload: item.id });
      else if (!order("look", { upload: item.id, name: item.name })) throw new Error(word("look.lost"));
      coming.delete(item);
    } catch (error) {
      order("leave-out", { upload: item.id });
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
  // Where this does not arrive any more, the program notices by itself that nothing comes.
  addEventListener("pagehide", () => {
    for (const { id, state } of coming) if (state === "coming") order("leave-out", { upload: id });
  });

  const act = (key, name, more) => {
    const button = make("button", { type: "button" }, word(key));
    button.addEventListener("click", () => (typeof name === "function" ? name() : order(name, more)));
    return button;
  };

  function arriving(item) {
    const { state } = item;
    return make(
      "li",
      { "data-state": state, "data-id": item.id },
      make(
        "div",
        { class: "head" },
        make("b", {}, item.name),
        ...(state === "noted" ? [] : [make("span", { class: "badge open" }, word(`look.${state}`))]),
        act(state === "coming" ? "look.cancel" : "look.hide", () => {
          item.state = "cancelled";
          coming.delete(item);
          draw();
        }),
      ),
      state === "coming"
        ? make("progress", { max: 1, "aria-label": item.name })
        : make("p", {}, item.why),
    );
  }

  function row({ id, name, state, found, notes, folder }) {
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
    if (state === "working") node.append(make("progress", { max: 1, "aria-label": name }));
    for (const line of [...found, ...notes]) node.append(make("p", {}, line));
    if (good) node.append(make("p", { class: "small" }, word("look.folder", { folder })));
    return node;
  }

  // A row that only goes on stays the same element: a press on its button would be lost otherwise.
  let rows = new Map();
  function drawn(item, draws) {
    const { share, ...rest } = item;
    const looks = JSON.stringify(rest);
    const before = rows.get(item.id);
    const node = before?.looks === looks ? before.node : draws(item);
    const progress = node.querySelector("progress");
    if (progress) setAttr(progress, "value", share ?? 0);
    return [item.id, { looks, node }];
  }

  function draw() {
    rows = new Map([
      ...[...shown].reverse().map((item) => drawn(item, row)),
      ...[...coming].map((item) => drawn(item, arriving)),
    ]);
    setChildren(list, ...[...rows.values()].map(({ node }) => node));
  }

  const renew = onChange((looking) => {
    shown = looking;
    draw();
  });

  return {
    show({ house, late }) {
      kinds = house.kinds;
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
