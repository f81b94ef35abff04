"""The guiding tone, measured on the sound that the page makes: pitch, side, quiet and knock."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from coach_page import open_modules
from coach_visit import VisitPage
from numpy.typing import NDArray
from playwright.sync_api import Browser

from coach_program import Start
from neckform.jobs.demo.job import CLIP

pytestmark = pytest.mark.slow

RATE = 16_000
# The page's own module, on a context that renders ahead of time: [second, guide] each.
RENDER = """
async ([script, seconds, rate]) => {
  const { createGuide } = await import("./sound/guide.js");
  const context = new OfflineAudioContext(2, seconds * rate, rate);
  const guide = createGuide(context, context.destination);
  for (const [at, told] of script) guide.follow(told, at);
  const sound = await context.startRendering();
  return [0, 1].map((ear) => Array.from(sound.getChannelData(ear)));
}
"""
# Everything that goes to the loudspeaker is also written down, as it is played.
RECORDING = """
(() => {
  window.played = [[], []];
  const connect = AudioNode.prototype.connect;
  const taps = new WeakMap();
  AudioNode.prototype.connect = function (to, ...more) {
    const context = this.context;
    if (to === context.destination && !(this instanceof ScriptProcessorNode)) {
      if (!taps.has(context)) {
        const tap = context.createScriptProcessor(4096, 2, 2);
        tap.onaudioprocess = ({ inputBuffer }) => [0, 1].forEach((ear) => {
          const data = inputBuffer.getChannelData(ear);
          for (let at = 0; at < data.length; at += 3) window.played[ear].push(data[at]);
        });
        connect.call(tap, to);
        taps.set(context, tap);
      }
      connect.call(this, taps.get(context));
    }
    return connect.call(this, to, ...more);
  };
})();
"""

Sound = NDArray[np.float64]


def guide(way: float | None, *, ear: str | None = "left", in_form: bool = False,
          risen: tuple[str, ...] = ()) -> dict[str, Any]:  # fmt: skip
    """What the program says of a moment."""
    return {"way": way, "ear": ear, "in_form": in_form, "risen": list(risen)}


def every(begin_s: float, end_s: float, told: dict[str, Any] | None) -> list[list[Any]]:
    """States come ten times a second."""
    return [[round(at, 2), told] for at in np.arange(begin_s, end_s, 0.1)]


def loudness(sound: Sound) -> tuple[float, float]:
    """Root mean square of the left and of the right ear."""
    left, right = np.sqrt(np.mean(sound**2, axis=1))
    return float(left), float(right)


def pitch_hz(sound: Sound, rate: float = RATE) -> float:
    """The strongest frequency of both ears together."""
    mono = sound.sum(axis=0)
    strength = np.abs(np.fft.rfft(mono * np.hanning(mono.size), 8 * mono.size))
    return float(np.argmax(strength) * rate / (8 * mono.size))


@pytest.fixture(scope="module")
def render(browser: Browser) -> Any:
    page = browser.new_page()
    open_modules(page)

    def render_(script: list[list[Any]], seconds: float) -> Any:
        sound = np.array(page.evaluate(RENDER, [script, seconds, RATE]))
        return lambda begin_s, end_s: sound[:, int(begin_s * RATE) : int(end_s * RATE)]

    yield render_
    page.close()


def test_its_pitch_rises_by_an_octave_toward_the_stretch(render: Any) -> None:
    ways = (0.0, 0.25, 0.5, 0.75, 1.0)
    script = [one for n, way in enumerate(ways) for one in every(n, n + 1, guide(way))]
    part = render(script, 5)
    heard = [pitch_hz(part(n + 0.5, n + 1)) for n in range(5)]
    assert heard == [pytest.approx(196 * 2**way, abs=2) for way in ways]


@pytest.mark.parametrize(("ear", "sign"), [("left", 1), ("right", -1), (None, 0)])
def test_it_leans_to_the_ear_that_goes_down(render: Any, ear: str | None, sign: int) -> None:
    part = render(every(0, 1, guide(0.0, ear=ear)) + every(1, 2, guide(1.0, ear=ear)), 2)
    middle = loudness(part(0.5, 1))
    assert middle[0] == pytest.approx(middle[1], rel=0.05)
    left, right = loudness(part(1.5, 2))
    if sign:
        assert 20 * sign * np.log10(left / right) > 10
    else:
        assert left == pytest.approx(right, rel=0.05)


def test_it_settles_to_quiet_in_form_and_comes_back_out_of_it(render: Any) -> None:
    script = every(0, 1, guide(0.8)) + every(1, 4, guide(1.0, in_form=True))
    part = render(script + every(4, 5, guide(0.7)), 5)
    before, settling, quiet, again = (
        sum(loudness(part(*span))) for span in ((0.5, 1), (1.1, 1.3), (3.5, 4), (4.5, 5))
    )
    assert quiet < before / 100
    assert before > settling > before / 3, "it is no click"
    assert again == pytest.approx(before, rel=0.2)


@pytest.mark.parametrize("silent", [None, guide(None)])
def test_nothing_sounds_while_there_is_nothing_to_follow(
    render: Any, silent: dict[str, Any] | None
) -> None:
    part = render(every(0, 1, guide(0.5)) + every(1, 4, silent), 4)
    assert sum(loudness(part(3.5, 4))) < sum(loudness(part(0.5, 1))) / 100
    assert sum(loudness(render(every(0, 1, silent), 1)(0, 1))) == 0


@pytest.mark.parametrize(("side", "ear"), [("left", 0), ("right", 1)])
def test_a_low_knock_comes_from_the_side_of_the_shoulder_that_rises(
    render: Any, side: str, ear: int
) -> None:
    up = guide(1.0, in_form=True, risen=(side,))
    part = render(every(0, 1, guide(None)) + every(1, 3, up), 3)
    assert sum(loudness(part(0, 0.95))) == 0
    knock = part(1, 1.2)
    ears = loudness(knock)
    assert ears[ear] > 0.1
    assert ears[1 - ear] < ears[ear] / 50
    assert pitch_hz(knock) < 130
    # Again while it stays up, and not without a break.
    assert loudness(part(1.25, 1.75))[ear] < 0.01
    assert loudness(part(1.8, 2.0))[ear] > 0.1


def test_a_hold_before_the_real_program_is_guided_where_that_was_chosen(
    start: Start, visit: VisitPage
) -> None:
    """From the loudspeaker's own samples: left of the middle before the hold, quiet in it."""
    program = start("coach", CLIP, "--stretch", "upper-trapezius:left")
    person = visit(program.address)
    person.page.context.add_init_script(RECORDING)
    person.page.reload()
    person.wait_for("setup")
    assert not person.page.is_checked("#guiding")
    person.page.click("#tones")
    person.page.click("#guiding")
    person.begin()
    person.wait_for("hold", holdState="holding")
    person.page.wait_for_timeout(3500)
    sound = np.array(person.page.evaluate("window.played"))
    rate = person.page.evaluate("new AudioContext().sampleRate") / 3
    second = int(rate)
    parts = [sound[:, at : at + second // 4] for at in range(0, sound.shape[1], second // 4)]
    heard = [loudness(part) for part in parts]
    loudest = max(heard, key=sum)
    assert sum(loudest) > 0.005
    assert loudest[0] > 1.3 * loudest[1]
    assert sum(heard[-2]) < sum(loudest) / 20
    pitches = [pitch_hz(part, rate) for part, ears in zip(parts, heard, strict=True)
               if sum(ears) > sum(loudest) / 4]  # fmt: skip
    assert all(180 < pitch < 400 for pitch in pitches)
    assert max(pitches) > min(pitches) + 20
