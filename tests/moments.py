"""A recording, led through by the coach moment by moment, with all that is shown of each.

Page, terminal, voice, overlay and table are the real ones. `faults` names each of them that says
something else than the core judged.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from neckform.app.desk import Desk
from neckform.app.front import Image, State
from neckform.app.terminal_front import TerminalFront
from neckform.config.corrections import load_correction
from neckform.config.settings import load_settings
from neckform.core.coach import coaching
from neckform.core.coach.coach_status import CoachStatus, coach_status
from neckform.core.coach.coaching import Coaching, CoachSettings
from neckform.core.coach.cues import (
    Cue,
    CueKind,
    Said,
    Tone,
    Weight,
)
from neckform.core.coach.framing import Scene
from neckform.core.coach.guided import Phase
from neckform.core.coach.placement import RECORDED
from neckform.core.coach.routine import held_for
from neckform.core.measure.observation import Observation
from neckform.core.outcome import Outcome
from neckform.core.session import SessionSettings, Step
from neckform.core.stretch.status import StretchZone
from neckform.core.stretch.stretches import OwnRange, eases_off
from neckform.core.types import Evidence, Exercise, HoldState, Reason, Side
from neckform.sensing.landmarks.bundles import find_models
from neckform.sensing.landmarks.observer import observe
from neckform.sensing.sources.clock import QuickClock, Stopwatch
from neckform.sensing.sources.video import open_video
from neckform.showing.exports.frames_csv import COLUMNS, FrameRows
from neckform.showing.page.coach_states import coach_state
from neckform.showing.video.canvas import (
    AMBER,
    BLUE,
    GREEN,
    RED,
    Canvas,
    Colour,
)
from neckform.showing.video.overlay import Moment as Picture
from neckform.showing.video.overlay import draw_overlay
from neckform.showing.words import phrases
from neckform.showing.words.spoken import words_of

SIZE = (640, 480)
BOTH_OUT = {CueKind.SHOULDERS_MIDDLE, CueKind.SIT_UPRIGHT, CueKind.CHEST_FORWARD}
COLOURS = {
    HoldState.REST: BLUE,
    HoldState.HOLDING: GREEN,
    HoldState.LAPSE: GREEN,
    HoldState.PAUSED: AMBER,
}
Text = tuple[str, Colour]


@dataclass(frozen=True)
class Shown:
    """All that was shown and said of one moment, and what the core had judged."""

    coach: CoachStatus
    step: Step
    phase: Phase
    settings: CoachSettings
    state: State
    said: tuple[Said, ...]
    lines: tuple[str, ...]
    texts: tuple[Text, ...]
    row: Mapping[str, str]

    @property
    def alone(self) -> bool:
        """Whether the overlay and the table are about the exercise at hand too."""
        status = self.step.status
        return (status.stretch, status.side) == self.coach.exercise


def observations(path: Path, fps: float = 8.0) -> list[Observation]:
    """What the models see in a clip."""
    with open_video(path, sample_fps=fps) as video:
        seen = observe(video, find_models())
        with closing(seen):
            return [observation for _, observation in seen]


def coached(
    *exercises: Exercise, hold_s: float, own_range: OwnRange | None = None
) -> CoachSettings:
    held = held_for(load_settings(), hold_s)
    judged = SessionSettings(held, load_correction(), own_range=own_range, live=True)
    return CoachSettings(judged, exercises, rest_ms=3000, patience=RECORDED)


class Walk:
    """Leads through a recording; `moments` may be walked once.

    Attributes
    ----------
    state : Coaching
        As it is after the latest moment.
    """

    def __init__(self, settings: CoachSettings, language: str = "en") -> None:
        self.state: Coaching = coaching.begin(settings, 0)
        self._settings = settings
        self._lines: list[str] = []
        self._states: list[State] = []
        self._terminal = TerminalFront(self._lines.append)
        self._desk = Desk("coach", self, Stopwatch(QuickClock()), lambda: False, "", language)

    # the page and the terminal, side by side
    gone_s = 0.0

    def show(self, state: State, image: Image | None) -> None:
        self._states.append(state)
        self._terminal.show(state, image)

    def orders(self, wait_s: float = 0.0) -> list[Any]:
        return []

    def show_report(self, page: str) -> Mapping[str, Any]:
        return {}

    def moments(self, seen: Iterable[Observation]) -> Iterator[Shown]:
        """Each moment of an exercise that is shown or held."""
        with self._terminal:
            for observation in seen:
                shown = self._moment(observation)
                if shown is not None:
                    yield shown

    def finish(self) -> Outcome:
        """End it; all that was measured."""
        self.state, _ = coaching.finish(self.state, self.state.guided.last_ms)
        return coaching.outcome(self.state)

    def _moment(self, observation: Observation) -> Shown | None:
        self.state, response = coaching.step(self.state, observation, Scene(120.0, 120.0, 1))
        self._lines.clear()
        self._desk.say(response.said, self._settings.session.holds.by_id)
        self._desk.show(coach_state(self.state, self._desk.language))
        status, phase = coach_status(self.state), self.state.guided.phase
        if status is None or response.step is None or phase not in (Phase.SHOW, Phase.HOLD):
            return None
        return Shown(
            status, response.step, phase, self._settings, self._states[-1], response.said,
            tuple(self._lines), _overlay(observation, response.step), _row(response.step),
        )  # fmt: skip


def _overlay(observation: Observation, step: Step) -> tuple[Text, ...]:
    """What the overlay writes, and in which colour."""
    written: list[Text] = []
    write = Canvas.text

    def text(canvas: Canvas, content: str, *where: Any, **how: Any) -> None:
        written.append((content, how.get("colour", ())))
        write(canvas, content, *where, **how)

    picture = Picture(replace(observation, face=None, pose=None), step.sample, step.status)
    with patch.object(Canvas, "text", text):
        draw_overlay(np.full((SIZE[1], SIZE[0], 3), 128, np.uint8), picture, {})
    return tuple(written)


def _row(step: Step) -> dict[str, str]:
    table = io.StringIO()
    FrameRows(csv.DictWriter(table, COLUMNS, restval="")).add(step.t_ms, step.sample, step.status)
    table.seek(0)
    (row,) = csv.DictReader(table, COLUMNS)
    return dict(row)


# --- who says something else --------------------------------------------------------------


def faults(shown: Shown) -> list[str]:
    """Everything that does not say what the core judged; each begins with who says it."""
    checks = (_core, _gauge, _dots, _page, _voice, _terminal, _picture, _table)
    return [f"{shown.step.t_ms} ms: {fault}" for check in checks for fault in check(shown)]


def _core(shown: Shown) -> Iterator[str]:
    """The core against itself: clock, zone and shoulders are of one moment."""
    coach, hold, sample = shown.coach, shown.coach.hold, shown.step.sample
    verdict = hold.shoulders
    assert verdict is not None
    if coach.clock is HoldState.HOLDING and verdict.evidence is not Evidence.IN:
        yield f"core: the clock runs while the shoulders are {verdict.evidence}"
    head = sample.face_head if sample is not None else None
    holds = shown.settings.session.holds
    too_far = head is not None and eases_off(
        holds.by_id[coach.exercise.stretch],
        coach.exercise.side,
        head.angles,
        holds.guidance,
        shown.settings.session.own_range or OwnRange(),
    )
    if (hold.zone is StretchZone.EASE_OFF) is not too_far:
        yield f"core: the zone is {hold.zone}"
    if (hold.zone is StretchZone.UNSEEN) is not (head is None):
        yield f"core: the zone is {hold.zone}"
    if shown.alone and shown.step.status != hold:
        yield "core: two statuses of one stretch"


def _gauge(shown: Shown) -> Iterator[str]:
    gauge, hold = shown.state["hold"]["gauge"], shown.coach.hold
    assert hold.shown is not None
    if gauge["zone"] != hold.zone:
        yield f"gauge: {gauge['zone']}, not {hold.zone}"
    for name in ("angle_deg", "enter_deg", "target_deg", "to_deg", "ease_off_deg"):
        if gauge[name] != getattr(hold.shown, name):
            yield f"gauge: {name} {gauge[name]}"


def _dots(shown: Shown) -> Iterator[str]:
    dots, verdict = shown.state["shoulders"], shown.coach.hold.shoulders
    assert verdict is not None
    if dots["evidence"] != verdict.evidence:
        yield f"dots: {dots['evidence']}, not {verdict.evidence}"
    pair = [None if dots[side] is None else dots[side]["in"] for side in Side]
    if verdict.evidence is Evidence.UNSEEN:
        if pair != [None, None]:
            yield f"dots: {pair} of shoulders that are not seen"
    elif all(pair) is not (verdict.evidence is Evidence.IN) or None in pair:
        yield f"dots: {pair}, but {verdict.evidence}"
    for side, judged in ((Side.LEFT, verdict.left), (Side.RIGHT, verdict.right)):
        if judged is not None and dots[side]["in"] is not (judged.evidence is Evidence.IN):
            yield f"dots: {side} {dots[side]['in']}, not {judged.evidence}"


def _page(shown: Shown) -> Iterator[str]:
    """The ring, and the line below it."""
    hold, coach, language = shown.state["hold"], shown.coach, shown.state["language"]
    if (hold["state"], hold["held_ms"]) != (coach.clock, coach.held_ms):
        yield f"ring: {hold['state']} {hold['held_ms']}"
    if shown.state["paused"] is None:
        if hold["text"] != words_of(coach.line, language, shown.settings.session.holds.by_id):
            yield f"page: {hold['text']}"
        yield from (f"page: {fault}" for fault in _cue(shown, coach.line, hold["kind"]))


def _voice(shown: Shown) -> Iterator[str]:
    for said in shown.said:
        cue = said.cue
        if said.words and cue.weight in (Weight.CORRECTION, Weight.URGENT):
            yield from (f"voice: {fault}" for fault in _cue(shown, cue, cue.kind))
            line = shown.coach.line
            if shown.phase is Phase.HOLD and replace(cue, tone=None) != line:
                yield f"voice: {cue.kind}, while the page has {line.kind}"
        if cue.tone is Tone.IN and shown.coach.clock is not HoldState.HOLDING:
            yield f"voice: goes on, while the clock is {shown.coach.clock}"
        if cue.tone is Tone.OUT and shown.coach.clock is not HoldState.PAUSED and (
            shown.state["paused"] is None
        ):  # fmt: skip
            yield f"voice: stands still, while the clock is {shown.coach.clock}"


def _cue(shown: Shown, cue: Cue, kind: str) -> Iterator[str]:
    """A sentence about the head or the shoulders is true of this moment."""
    dots, zone = shown.state["shoulders"], shown.state["hold"]["gauge"]["zone"]
    out = {side for side in Side if dots[side] is not None and not dots[side]["in"]}
    if cue.kind is CueKind.SHOULDER_DOWN and cue.side not in out:
        yield f"{cue.side} shoulder down, while its dot is in"
    if cue.kind is CueKind.SHOULDERS_DOWN and not out:
        yield "shoulders down, while both dots are in"
    if cue.kind in BOTH_OUT and out != set(Side):
        yield f"{kind}, while only {out} is out"
    told = shown.phase is Phase.HOLD and cue.kind is not CueKind.COME_BACK
    if told and (cue.kind is CueKind.EASE_OFF) is not (zone == StretchZone.EASE_OFF):
        yield f"{kind}, while the gauge is {zone}"
    if cue.kind is CueKind.STAY and out and shown.coach.clock is not HoldState.LAPSE:
        yield f"stay, while {out} is out"


def _terminal(shown: Shown) -> Iterator[str]:
    language, stretches = shown.state["language"], shown.settings.session.holds.by_id
    heard = [words_of(one.cue, language, stretches) for one in shown.said if one.words]
    told = [line.partition("  ")[2] for line in shown.lines if line[:1].isdigit() and ":" in line]
    if [text for text in heard if text] != told:
        yield f"terminal: {told}, not {heard}"
    left_s = math.ceil((shown.coach.target_ms - shown.coach.held_ms) / 1000)
    for line in shown.lines:
        if line.endswith(" s left") and (
            line.strip() != f"{left_s} s left" or shown.coach.clock is not HoldState.HOLDING
        ):
            yield f"terminal: {line}, {shown.coach.clock}, {left_s} s"


def _picture(shown: Shown) -> Iterator[str]:
    status, texts = shown.step.status, dict(shown.texts)
    if status.shown is None:
        if status.state is not HoldState.REST or not {"At rest"} & set(texts):
            yield f"overlay: {list(texts)}"
        return
    state, *_ = [text for text in texts if text.startswith(STARTS)]
    if not state.startswith(_START[status.state]):
        yield f"overlay: {state}, not {status.state}"
    if (
        status.state is HoldState.PAUSED
        and phrases.REASONS[status.reason or Reason.UNSEEN] not in state
    ):
        yield f"overlay: {state}, not {status.reason}"
    if str(status.held_ms // 1000) not in texts:
        yield f"overlay: {list(texts)} of {status.held_ms} ms held"
    gauge = shown.state["hold"]["gauge"] if shown.alone else None
    angle_deg = gauge["angle_deg"] if gauge else status.shown.angle_deg
    zone = gauge["zone"] if gauge else status.zone
    reading = "not seen" if angle_deg is None else f"{round(angle_deg)}°"
    colour = RED if zone == StretchZone.EASE_OFF else COLOURS[status.state]
    if zone == StretchZone.UNSEEN:
        colour = AMBER
    if (reading, colour) not in shown.texts:
        yield f"overlay: no {reading} in the colour of {zone}, {status.state}"
    if (texts[state] == RED) is not (zone == StretchZone.EASE_OFF):
        yield f"overlay: {state} is {texts[state]}"


_START = {
    HoldState.REST: ("At rest", "Not counting"),
    HoldState.HOLDING: ("Holding",),
    HoldState.LAPSE: ("Holding",),
    HoldState.PAUSED: ("Paused",),
}
STARTS = tuple(start for starts in _START.values() for start in starts)


def _table(shown: Shown) -> Iterator[str]:
    status, row = shown.step.status, shown.row
    if row["state"] != status.state:
        yield f"frames.csv: {row['state']}, not {status.state}"
    if (row["stretch"] or None, row["side"] or None) != (status.stretch, status.side):
        yield f"frames.csv: {row['stretch']} {row['side']}"
    held_ms = float(row["held_s"] or 0) * 1000
    if round(held_ms) != (status.held_ms if status.stretch else 0):
        yield f"frames.csv: {held_ms} ms, not {status.held_ms}"
    running = shown.alone and shown.coach.part == 1 and shown.coach.clock is HoldState.HOLDING
    if running and round(held_ms) != shown.state["hold"]["held_ms"]:
        yield f"frames.csv: {held_ms} ms, ring: {shown.state['hold']['held_ms']} ms"


def faults_of_report(outcome: Outcome, walked: Sequence[Shown]) -> list[str]:
    """A report that tells of other holds and pauses than were shown."""
    found = []
    for hold in outcome.holds:
        during = {
            shown.step.t_ms: shown.step.status
            for shown in walked
            if hold.start_ms <= shown.step.t_ms <= hold.end_ms
            and (shown.step.status.stretch, shown.step.status.side) == (hold.stretch, hold.side)
        }
        if during and max(status.held_ms for status in during.values()) > hold.held_ms:
            found.append(f"report: {hold.stretch} held {hold.held_ms} ms, shown longer")
        for pause in hold.pauses:
            shown_for = {
                status.reason
                for t_ms, status in during.items()
                if pause.start_ms <= t_ms <= pause.end_ms
            }
            if during and pause.reason not in shown_for:
                found.append(f"report: paused for {pause.reason}, shown {shown_for}")
    return found
