"""A new user's walk: from home to a finished stretch, a judged recording and today's posture."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from coach_visit import Visit

BEYOND = """() => [...document.querySelectorAll("h1, h2, p, li, button, label, select, input")]
  .filter((one) => one.checkVisibility() && !one.closest(".unseen, .jump"))
  .filter((one) => {
    const { left, right, width } = one.getBoundingClientRect();
    const out = (it) => it.width > 0 && (it.left < left - 1 || it.right > right + 1);
    const inside = one.matches("button") ? [...one.children] : [];
    return width > 0 && (left < -1 || right > document.documentElement.clientWidth + 1
      || inside.some((it) => out(it.getBoundingClientRect())));
  })
  .map((one) => one.outerHTML.slice(0, 80))"""
"""What goes on beyond the window's sides, or its button's."""
SHOWN = """() => {
  const texts = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    const parent = node.parentElement;
    if (parent.checkVisibility() && !parent.closest("select, script"))
      texts.push(parent.closest("[data-words], p, li, span, button, td")
        ?.textContent ?? node.textContent);
  }
  for (const node of document.querySelectorAll("[aria-label], [title]"))
    if (node.checkVisibility()) texts.push(node.getAttribute("aria-label") ?? node.title);
  return texts;
}"""
"""All that is shown, and what a screen reader is told."""

Look = Callable[[str], None]
"""Looks at a page of the walk, which it is told the name of."""


@dataclass
class Walk:
    """By mouse, or by the keyboard alone.

    Parameters
    ----------
    clip : Path
        Stands before the camera, and is the recording that is looked at.
    results : Path
        Where what is found in the recording goes.
    """

    person: Visit
    clip: Path
    results: Path
    look: Look
    keyboard: bool = False

    def all(self) -> None:
        """The whole way; home is where it begins and ends."""
        self.person.wait_for("home")
        self.look("home")
        for part in (self.stretch, self.recording, self.posture, self.range):
            part()
            self.go("#go-home", "home")

    def stretch(self) -> None:
        """One stretch to its end, of two."""
        self.go("#door-stretch", "setup")
        for taken in ("cervical", "levator-scapulae:left", "levator-scapulae:right"):
            self.press(f"[data-exercise^='{taken}'] [data-sign=out]")
        self.write("#hold_s", "5")
        self.look("setup")
        self.go("#begin", "questions")
        self.questions()
        self.person.wait_for("show")
        self.look("show")
        self.person.wait_for("hold", holdState="holding")
        self.look("hold")
        self.person.wait_for("rest")
        self.look("rest")
        self.press("#stop")
        self.go("#stop-yes", "done")
        self.person.until("document.querySelectorAll('#done-figures .tick').length === 1")
        self.press("#done-pain [data-pain='0']")
        self.person.until("document.querySelectorAll('#done-pain .pain-lines p').length === 1")
        self.look("done")

    def recording(self) -> None:
        """A film, where it lies."""
        self.go("#door-look", "look")
        self.write("#look-results", str(self.results))
        self.write("#look-path", str(self.clip))
        self.press("#look-begin")
        self.person.until("document.querySelectorAll('#looked [data-state=done]').length === 1")
        self.look("look")
        self.go("#looked [data-state=done] button", "reading")
        self.person.page.frame_locator("#reading-page").locator("h1").wait_for()
        self.look("reading")
        self.go("#reading-back", "look")

    def posture(self) -> None:
        """The monitor, until it has something to tell of today."""
        self.go("#door-watch", "watch")
        self.press("[data-what=start]")
        self.person.until("document.querySelectorAll('#watch-today [data-zone]').length > 0")
        self.look("watch")
        self.press("[data-what=stop]")
        self.person.until("document.querySelector('[data-what=start]') !== null")

    def range(self) -> None:
        """Each direction, skipped."""
        self.go("#door-range", "questions")
        self.questions()
        self.person.wait_for("range")
        self.look("range")
        while self.person.phase == "range":
            now = self.person.page.text_content("#range-title")
            self.press("#skip")
            title = "document.getElementById('range-title').textContent"
            self.person.until(
                f"document.body.dataset.phase !== 'range' || {title} !== {json.dumps(now)}"
            )
        self.person.wait_for("review")
        self.look("review")

    def questions(self) -> None:
        self.look("questions")
        self.press("#all-no")
        self.press("#answered")

    def go(self, selector: str, phase: str) -> None:
        self.press(selector)
        self.person.wait_for(phase)

    def press(self, selector: str) -> None:
        if self.keyboard:
            self.tab_to(selector)
            self.person.press("Enter")
        else:
            self.person.page.click(selector)

    def write(self, selector: str, text: str) -> None:
        if self.keyboard:
            self.tab_to(selector)
            self.person.press("Control+A")
            self.person.page.keyboard.type(text)
            self.person.press("Tab")
        else:
            self.person.page.fill(selector, text)
            self.person.page.dispatch_event(selector, "change")

    def tab_to(self, selector: str) -> None:
        """Press Tab until the keyboard is there."""
        for _ in range(150):
            if self.person.page.evaluate("(it) => document.activeElement.matches(it)", selector):
                return
            self.person.press("Tab")
        raise AssertionError(f"Tab does not lead to {selector}")
