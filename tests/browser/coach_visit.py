"""A person at the coach's page, for tests: reads, clicks, presses keys."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from opening import until
from playwright.sync_api import Page

PATIENCE_MS = 60_000
"""For what takes a second on a machine with nothing else to do."""

SIZES = ((1366, 768), (820, 1180), (390, 844))
"""A laptop, a tablet, a phone; pixels."""

HEARING = """
(() => {
  // What is said and played is written down: a machine for tests has no loudspeaker.
  const heard = { spoken: [], cut: 0, tones: 0 };
  window.heard = heard;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) {
    heard.tones += 1;
    return start.apply(this, when);
  };
  if (!VOICES) return;
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  let saying = null;
  const synthesis = {
    getVoices: () => [{ name: "Here", lang: "en-GB", localService: true, default: true },
                      { name: "Far", lang: "de-DE", localService: false, default: true }],
    addEventListener() {},
    speak(line) {
      heard.spoken.push(line.text);
      saying = line;
      const end = () => { if (saying === line) { saying = null; line.onend(); } };
      setTimeout(end, 75 * line.text.length);
    },
    cancel() { if (saying) heard.cut += 1; saying = null; },
  };
  Object.defineProperty(window, "speechSynthesis", { value: synthesis });
})();
"""
"""A browser with a voice for English, and with one for German that is somebody's server."""


LOG = """
[...document.querySelectorAll("#log li")].reverse()
  .map((it) => [Number(it.dataset.id), it.dataset.kind, it.textContent])
"""


@dataclass
class Visit:
    """One page, what it complained about, and whom it asked.

    Attributes
    ----------
    asked : list of str
        Every address, those of sockets included.
    """

    page: Page
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def another(self) -> Visit:
        """A second page in the same browser."""
        page = self.page.context.new_page()
        page.goto(self.page.url)
        return Visit(page, self.complaints, self.asked)

    def until(self, script: str) -> None:
        until(self.page, script, patience_ms=PATIENCE_MS)

    def comes_true(self, condition: Callable[[], bool]) -> None:
        """Until something outside the page is so."""
        for _ in range(PATIENCE_MS // 50):
            if condition():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError("never true")

    def wait_for(self, phase: str, **also: str) -> None:
        """Until the page is in this phase; `also` are other data of its body."""
        wanted = {"phase": phase, **also}
        conditions = [f"document.body.dataset.{name} === '{it}'" for name, it in wanted.items()]
        self.until(" && ".join(conditions))

    @property
    def phase(self) -> str:
        return str(self.page.evaluate("document.body.dataset.phase"))

    @property
    def seconds_left(self) -> int:
        return int(self.page.evaluate("document.body.dataset.secondsLeft"))

    @property
    def log(self) -> list[tuple[str, str]]:
        """Kind and text of what was said, oldest first."""
        return [(kind, text) for _, kind, text in self.numbered_log]

    @property
    def numbered_log(self) -> list[tuple[int, str, str]]:
        """Number, kind and text of what was said, oldest first."""
        return [(number, kind, text) for number, kind, text in self.page.evaluate(LOG)]

    @property
    def spoken(self) -> list[str]:
        return list(self.page.evaluate("window.heard.spoken"))

    @property
    def tones(self) -> int:
        """How many notes were played."""
        return int(self.page.evaluate("window.heard.tones"))

    @property
    def focus(self) -> str:
        """Id, or text, of what the keyboard is on."""
        it = "document.activeElement"
        return str(self.page.evaluate(f"{it}.id || {it}.textContent.trim()"))

    def hears(self, kind: str) -> None:
        """Until a cue of this kind is in the log."""
        try:
            self.until(f"document.querySelector('#log [data-kind={kind}]') !== null")
        except AssertionError as error:
            raise AssertionError(f"{kind} was not said, but {self.log}") from error

    def speaks(self, text: str) -> None:
        """Until the page has said it aloud: what interrupts comes a moment after what it cuts."""
        self.until(f"window.heard.spoken.includes({json.dumps(text)})")

    def begin(self) -> None:
        """With the mouse: from the setup through the questions."""
        self.wait_for("setup")
        self.page.click("#begin")
        self.answer_no()

    def answer_no(self) -> None:
        self.wait_for("questions")
        self.page.click("#all-no")
        self.page.click("#answered")

    def open_look(self, results: Path) -> None:
        """From home to the door for recordings, whose results go into a folder."""
        self.wait_for("home")
        self.page.click("#door-look")
        self.wait_for("look")
        self.page.fill("#look-results", str(results))

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, what: str) -> None:
        """Press Tab until the keyboard is on it, which must be seen there."""
        for _ in range(80):
            if what in self.focus:
                shown = "getComputedStyle(document.activeElement).outlineStyle"
                assert self.page.evaluate(shown) != "none", what
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not lead to {what}")

    def has_no_fault(self) -> None:
        """Let axe look for what would keep people out: at each size, in light and in dark."""
        before = self.page.viewport_size
        assert before is not None
        for (width, height), scheme in product(SIZES, ("light", "dark")):
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            # Whoever fades in has too little contrast for a moment.
            self.until("document.getAnimations().every((it) => it.playState === 'finished')")
            found = Axe().run(self.page)
            assert found.violations_count == 0, found.generate_report()
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(before)

    def kept_to(self, file: str) -> None:
        """Nothing was asked of anybody but the program, and nothing was complained about."""
        host = f"{urlsplit(self.page.url).netloc}/"
        ours = (file, f"http://{host}", f"ws://{host}")
        assert self.asked
        assert [url for url in self.asked if not url.startswith(ours)] == []
        assert self.complaints == [], self.complaints


VisitPage = Callable[..., Visit]
