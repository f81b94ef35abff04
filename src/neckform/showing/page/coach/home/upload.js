// Brings a file into the program, piece by piece: neither the page nor the program ever holds more
// than a piece of it.

import { word } from "../parts/words.js";

const PIECE = 4 * 1024 * 1024;
const TRIES = 4;
const WAIT_MS = 400;

/** Answers with false when `goesOn(share)` said that the copy with this number is not wanted. */
export async function takeIn(number, file, goesOn) {
  let at = 0;
  do {
    const piece = file.slice(at, at + PIECE);
    await bring(number, at, piece);
    at += piece.size;
    if (!goesOn(file.size > 0 ? at / file.size : 1)) return false;
  } while (at < file.size);
  return true;
}

async function bring(number, at, piece) {
  for (let attempt = 1; ; attempt += 1) {
    let answer = null;
    try {
      answer = await fetch(`upload/${number}?at=${at}`, { method: "POST", body: piece });
    } catch {
      // The program ends old connections; the same piece may come again.
      answer = null;
      await piece.arrayBuffer().catch(() => {
        throw new Error(word("look.unreadable"));
      });
    }
    if (answer?.ok) return;
    if (answer) throw new Error(await answer.text());
    if (attempt === TRIES) throw new Error(word("look.lost"));
    await new Promise((later) => setTimeout(later, WAIT_MS * attempt));
  }
}
