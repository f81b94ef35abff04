// The few things that every part does with the document: all of them leave alone what is already so,
// because a state arrives fifteen times a second and most of it is what it was.

const SVG = "http://www.w3.org/2000/svg";
const SELDOM_MS = 5000;

export const byId = (id) => document.getElementById(id);

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) setAttr(node, name, value);
  node.append(...children);
  return node;
}

/** An HTML element: make("p", {class: "small"}, "text", otherNode). */
export const make = (tag, attributes = {}, ...children) =>
  fill(document.createElement(tag), attributes, children);

/** The same for SVG. */
export const makeSvg = (tag, attributes = {}, ...children) =>
  fill(document.createElementNS(SVG, tag), attributes, children);

export function setText(node, text) {
  const wanted = text ?? "";
  if (node.textContent !== wanted) node.textContent = wanted;
}

/** Null takes the attribute away; true and false are written out, as aria and data want. */
export function setAttr(node, name, value) {
  if (value === null || value === undefined) {
    if (node.hasAttribute(name)) node.removeAttribute(name);
    return;
  }
  const wanted = String(value);
  if (node.getAttribute(name) !== wanted) node.setAttribute(name, wanted);
}

export function setHidden(node, hidden) {
  if (node.hidden !== hidden) node.hidden = hidden;
}

/** Text that may be in another language than the page, such as what was said before it changed. */
export function setSpoken(node, text, language) {
  setText(node, text);
  setAttr(node, "lang", text && language !== document.documentElement.lang ? language : null);
}

/** A label that a screen reader may read, renewed seldom enough not to be read all the time. */
export function setSeldom(node, label) {
  const now = performance.now();
  if (node.seldomAt !== undefined && now - node.seldomAt < SELDOM_MS) return;
  node.seldomAt = now;
  setAttr(node, "aria-label", label);
}

const REACHABLE = "button, input, select, textarea, a[href], summary";

/**
 * Puts these children into a host in place of its own. The keyboard stays where it was: on the same
 * element, on the one that took its place, or else at the section's heading. On none, the next Enter
 * would be the page's own.
 */
export function setChildren(host, ...children) {
  const same = children.length === host.childNodes.length;
  if (same && children.every((child, at) => child === host.childNodes[at])) return;
  const focused = document.activeElement;
  const before = host.contains(focused) ? reachable(host) : [];
  host.replaceChildren(...children);
  if (before.length === 0) return;
  const now = reachable(host);
  const next =
    now.find((one) => one === focused) ??
    now.find((one) => nameOf(one) !== "" && nameOf(one) === nameOf(focused)) ??
    now[Math.min(before.indexOf(focused), now.length - 1)] ??
    host.closest("section[data-for]")?.querySelector("h1");
  next?.focus({ preventScroll: true });
}

const reachable = (host) => [...host.querySelectorAll(REACHABLE)].filter((one) => !one.disabled);

const nameOf = (one) =>
  [one.name, one.value, ...Object.values(one.dataset), one.closest("[data-id]")?.dataset.id].join("");

/** Calls `renew` with the value only when it differs from the last one. */
export function onChange(renew) {
  let last;
  return (value, ...more) => {
    const now = JSON.stringify(value);
    if (now === last) return;
    last = now;
    renew(value, ...more);
  };
}
