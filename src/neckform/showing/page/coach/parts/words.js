// The page's words, in the program's language. They are there before anything is drawn; when the
// language changes, the page loads anew and the program shows it the same state again.

let words = {};
let plural = new Intl.PluralRules("en");

const at = (key) => key.split(".").reduce((place, part) => place?.[part], words);

/** The words of a key, with its placeholders filled. A table of plural forms is chosen from by `n`. */
export function word(key, fields = {}) {
  const found = at(key);
  const text = typeof found === "object" ? (found[plural.select(fields.n)] ?? found.other) : found;
  if (text === undefined) return key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => fields[name] ?? whole);
}

/** Gives every element that names its words those words. */
function dress(root) {
  for (const node of root.querySelectorAll("[data-words]"))
    node.textContent = word(node.dataset.words);
  for (const node of root.querySelectorAll("[data-words-label]"))
    node.setAttribute("aria-label", word(node.dataset.wordsLabel));
  for (const node of root.querySelectorAll("[data-words-title]"))
    node.title = word(node.dataset.wordsTitle);
}

export async function loadWords() {
  const answer = await (await fetch("words.json", { cache: "no-store" })).json();
  words = answer.words;
  plural = new Intl.PluralRules(answer.language);
  document.documentElement.lang = answer.language;
  dress(document);
}

/** Loads the page again when the person has chosen another language than the page's. */
export function followLanguage(state) {
  if (state.language_chosen && state.language !== document.documentElement.lang) location.reload();
}
