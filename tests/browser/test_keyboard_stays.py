"""Whatever is drawn again, the keyboard stays where it was."""

from __future__ import annotations

import pytest
from coach_visit import VisitPage

from coach_program import Start
from neckform.jobs.demo.job import CLIP

pytestmark = pytest.mark.slow

HOLDING = """
(() => {
  // What the program says can be held back, and let through one by one.
  window.held = null;
  const Real = WebSocket;
  window.WebSocket = class extends Real {
    set onmessage(hear) {
      super.onmessage = (said) => (window.held ? window.held.push(() => hear(said)) : hear(said));
    }
  };
})();
"""
ROUTINE = """[...document.querySelectorAll("#routine li")].map((it) => it.dataset.exercise)"""
REDRAWN = """
async () => {
  const { make, setChildren } = await import(new URL("parts/dom.js", document.baseURI));
  const host = make("div");
  document.querySelector("section[data-for]:not([hidden])").append(host);
  const button = (id, more) => make("button", { "data-id": id, ...more }, id);
  const on = () => document.activeElement.textContent;
  const found = {};

  const [a, b, c] = ["a", "b", "c"].map((id) => button(id));
  setChildren(host, a, b, c);
  b.focus();
  setChildren(host, c, b);
  found.moved = on() === "b";
  setChildren(host, button("x"), button("c"), button("b"));
  found.anew = on() === "b" && document.activeElement !== b;
  setChildren(host, button("x"), button("c"), button("d"));
  found.replaced = on() === "d";
  setChildren(host, button("x"));
  found.gone = on() === "x";
  setChildren(host, button("x", { disabled: "" }), button("y"));
  found.disabled = on() === "y";
  setChildren(host);
  found.empty = document.activeElement.matches("section[data-for]:not([hidden]) h1");
  setChildren(host, button("z"));
  found.left_alone = document.activeElement.matches("h1");
  host.remove();
  return found;
}
"""
"""Whether the keyboard is where it should be, for each kind of change."""


def test_a_late_answer_takes_neither_the_keyboard_nor_what_was_chosen(
    start: Start, visit: VisitPage
) -> None:
    program = start("coach", CLIP)
    person = visit(program.address)
    person.page.add_init_script(HOLDING)
    person.page.reload()
    person.wait_for("setup")
    assert person.page.evaluate(REDRAWN) == dict.fromkeys(
        ("moved", "anew", "replaced", "gone", "disabled", "empty", "left_alone"), True
    )

    whole = person.page.evaluate(ROUTINE)
    person.page.focus(f"[data-exercise='{whole[0]}'] [data-sign=out]")
    person.page.evaluate("window.held = []")
    person.press("Enter")
    person.until("window.held.length === 1")
    person.press("Enter")
    # The answer to the first comes now, the one to the second has not come yet.
    person.page.evaluate("window.held.shift()()")
    person.page.evaluate("() => new Promise((drawn) => setTimeout(drawn, 300))")
    assert person.page.evaluate(ROUTINE) == whole[2:]
    left = f"document.activeElement.matches('[data-exercise=\"{whole[2]}\"] [data-sign=out]')"
    assert person.page.evaluate(left)
    person.press("Enter")
    person.page.evaluate("() => { const held = window.held; window.held = null;"
                         " for (const hear of held) hear(); }")  # fmt: skip

    # The program has heard each, and nothing has begun by itself.
    person.page.reload()
    person.wait_for("setup")
    assert person.page.evaluate(ROUTINE) == whole[3:]
    person.kept_to(program.address)
