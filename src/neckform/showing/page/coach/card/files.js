// Files that a person brings: chosen, or dropped into a place.

import { setAttr } from "../parts/dom.js";

// More than any card has; the program says of the rest that it is far too large.
const LARGEST = 50_000;

// A file that misses its place must not replace the page.
for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());

/**
 * Calls `bring(files, folders)` with what is dropped into `place`, or anywhere in the room around it,
 * or chosen with one of the inputs.
 * A folder is its name, the files in it, and how many folders there are in it.
 */
export function takeFiles(place, inputs, bring) {
  for (const kind of ["dragover", "dragleave", "drop"]) {
    place.closest(".phase").addEventListener(kind, (event) => {
      event.preventDefault();
      setAttr(place, "data-over", kind === "dragover");
      if (kind === "drop") takeDropped(event.dataTransfer, bring);
    });
  }
  for (const input of inputs) {
    input.addEventListener("change", () => {
      const files = [...input.files];
      input.value = "";
      if (input.webkitdirectory) bring([], files.length > 0 ? [chosenFolder(files)] : []);
      else bring(files, []);
    });
  }
}

async function takeDropped({ items }, bring) {
  // Asked for at once: after this moment the browser has forgotten what was dropped.
  const dropped = [...items]
    .filter(({ kind }) => kind === "file")
    .map((item) => ({ file: item.getAsFile(), entry: item.webkitGetAsEntry() }));
  const isFolder = ({ entry }) => entry?.isDirectory === true;
  const files = dropped.filter((one) => !isFolder(one)).map(({ file }) => file);
  const folders = await Promise.all(
    dropped.filter(isFolder).map(({ entry }) => droppedFolder(entry)),
  );
  if (files.length + folders.length > 0) bring(files, folders);
}

async function droppedFolder(entry) {
  const reader = entry.createReader();
  const inside = [];
  for (let more = [null]; more.length > 0; inside.push(...more))
    more = await new Promise((take) => reader.readEntries(take, () => take([])));
  const files = await Promise.all(
    inside
      .filter(({ isFile }) => isFile)
      .map((one) => new Promise((take) => one.file(take, () => take(null)))),
  );
  const there = files.filter((file) => file !== null);
  return { name: entry.name, files: there, folders: inside.length - files.length };
}

function chosenFolder(files) {
  const paths = files.map((file) => file.webkitRelativePath.split("/"));
  return {
    name: paths[0][0],
    files: files.filter((_, at) => paths[at].length === 2),
    folders: new Set(paths.filter(({ length }) => length > 2).map((path) => path[1])).size,
  };
}

/** A place for a card: what is brought there goes to the program, which reads it. */
export function takeCard(place, input, order) {
  takeFiles(place, [input], async ([file]) => {
    const text = file.size > LARGEST ? null : await file.text();
    order("card", { what: "open", name: file.name, text });
  });
}
