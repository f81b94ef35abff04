"""What the coach says beside what is true: first cues, wrong seconds, silence and repeats.

    python bench/cues.py           # a table over the rendered stretches
    python bench/cues.py --check   # fails when a cue is wrong, late, or missing

Then somebody moves the head through its whole range while each stretch is asked for in turn:
whatever is said then must be true as well.

A cue is judged against the truth of its clip, not against what the camera read: "a little further"
is wrong where the head is far enough, and wherever a shoulder or the trunk is out. The margins are
what one camera may be off by.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from against_truth.true_samples import true_samples
from against_truth.truth import DATA, seen
from neckform.config.corrections import load_correction
from neckform.config.settings import load_settings
from neckform.core.coach import coaching
from neckform.core.coach.coach_status import coach_status
from neckform.core.coach.coaching import CoachSettings
from neckform.core.coach.corrective_cues import SURELY, advise
from neckform.core.coach.cues import Cue, CueKind, Weight
from neckform.core.coach.framing import Scene
from neckform.core.coach.guided import Phase
from neckform.core.coach.placement import RECORDED
from neckform.core.measure.observation import Observation
from neckform.core.session import SessionSettings
from neckform.core.stretch import holds
from neckform.core.stretch.hold_machine import Machine
from neckform.core.stretch.holds import Holds
from neckform.core.stretch.stretches import OwnRange
from neckform.core.types import Angles, Axis, Exercise, HoldState, Side, toward
from neckform.sensing.sources.video import open_video

ASKED = {
    "para": "cervical-paraspinal",
    "lev": "levator-scapulae",
    "trap": "upper-trapezius",
}
SIDES = {"C": None, "L": Side.LEFT, "R": Side.RIGHT}
BRIGHT = Scene(120.0, 120.0, 1)

OFF_DEG, OFF_SW, OFF_MS = 6.0, 0.04, 1000
"""What the camera may be off by: an angle, a shoulder, and a moment."""
FIRST_MS = 2000
"""The first cue is due within this of its fault."""
FAULT_MS = 2000
"""A fault that lasts for less need not be told."""
SILENT_MS = 4500
"""The longest silence out of form: four seconds, and a picture or two."""
DOUBTFUL = "_move_"
"""In such a clip the exact seconds are doubtful in truth, too."""


@dataclass(frozen=True, slots=True)
class TrueState:
    """What is true at one moment of what was asked for."""

    t_ms: int
    judged: Holds
    machine: Machine
    due: Cue | None


@dataclass(slots=True)
class Heard:
    """What one clip comes to."""

    name: str
    corrections: list[str] = field(default_factory=list)
    shown_ms: int = 0
    wrong_ms: int = 0
    wrong: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    delays_ms: list[int] = field(default_factory=list)
    silent_ms: int = 0
    shortest_repeat_ms: int | None = None
    shortest_stay_ms: int | None = None


def exercise_of(name: str) -> Exercise:
    stretch, side = name.split("_")[:2]
    return Exercise(ASKED[stretch], SIDES[side])


def truth_of(path: Path, exercise: Exercise) -> list[TrueState]:
    """The truth, moment by moment."""
    state, moments = holds.begin(load_settings()), []
    for sample in true_samples(path):
        state, _ = holds.step(state, sample)
        machine = _machine(state, exercise)
        moments.append(TrueState(sample.t_ms, state, machine, advise(state, machine)))
    return moments


def _machine(state: Holds, exercise: Exercise) -> Machine:
    return next(m for m in state.machines if (m.stretch.id, m.side) == exercise)


# --- whether a cue is true --------------------------------------------------------------------


def is_true(cue: Cue, moment: TrueState) -> bool:
    """Whether a correction is right at one moment of the truth."""
    sample, verdict = moment.judged.sample, moment.judged.shoulders
    assert sample is not None
    assert sample.head is not None
    assert verdict is not None
    assert verdict.moved is not None
    here = toward(sample.head.angles, moment.machine.side)
    return _TRUE[cue.kind](cue, moment, here) if cue.kind in _TRUE else False


Test = Callable[[Cue, TrueState, Angles], bool]


def _short(*axes: Axis) -> Test:
    def short(_: Cue, moment: TrueState, here: Angles) -> bool:
        main, shown = moment.machine.stretch.main, moment.machine.stretch.shown
        if shown.of(here) < -OFF_DEG - main[shown].enter_deg / 2:
            return False  # it goes to the other side
        lacks = any(
            axis.of(here) < goal.enter_deg + OFF_DEG for axis, goal in main.items() if axis in axes
        )
        return lacks and not _body_out(moment)

    return short


def _body_out(moment: TrueState) -> bool:
    """Whether a shoulder or the trunk is out, by more than the camera may be off."""
    limits, verdict = moment.judged.settings.shoulders, moment.judged.shoulders
    assert verdict is not None
    assert verdict.moved is not None
    moved = verdict.moved
    up_sw = max(
        (one.up_sw for one in (verdict.left, verdict.right) if one is not None and one.raised),
        default=0.0,
    )
    return (
        up_sw > limits.rise_sw + OFF_SW
        or abs(moved.drift_sw) > limits.drift_sw + OFF_SW
        or abs(moved.tilt_deg) > limits.lean_deg + OFF_DEG
        or abs(moved.turn_deg) > limits.turn_deg + OFF_DEG
        or moved.bend_deg > limits.bend_deg + OFF_DEG
    )


def _strayed(axis: Axis, *, low: bool = True, high: bool = True) -> Test:
    def strayed(_: Cue, moment: TrueState, here: Angles) -> bool:
        limit = moment.machine.stretch.stay.get(axis)
        if limit is None:
            return False
        below = low and axis.of(here) < limit.from_deg + OFF_DEG
        return below or (high and axis.of(here) > limit.to_deg - OFF_DEG)

    return strayed


def _up(cue: Cue, moment: TrueState, _: Angles) -> bool:
    limits, verdict = moment.judged.settings.shoulders, moment.judged.shoulders
    assert verdict is not None
    assert verdict.moved is not None
    least_sw = limits.return_share * limits.rise_sw - OFF_SW
    sides = tuple(Side) if cue.side is None else (cue.side,)
    return all(verdict.moved.rise_sw(side) > least_sw for side in sides)


def _moved(cue: Cue, moment: TrueState, _: Angles) -> bool:
    limits, verdict = moment.judged.settings.shoulders, moment.judged.shoulders
    assert verdict is not None
    assert verdict.moved is not None
    moved, share = verdict.moved, limits.return_share
    if cue.kind is CueKind.SHOULDERS_MIDDLE:
        return abs(moved.drift_sw) > share * limits.drift_sw - OFF_SW
    if cue.kind is CueKind.CHEST_FORWARD:
        return abs(moved.turn_deg) > share * limits.turn_deg - OFF_DEG
    leans = abs(moved.tilt_deg) > share * limits.lean_deg - OFF_DEG / 2
    return leans or moved.bend_deg > share * limits.bend_deg - OFF_DEG


def _elsewhere(cue: Cue, moment: TrueState, here: Angles) -> bool:
    same, main = cue.kind is CueKind.WRONG_SIDE, moment.machine.stretch.main
    shown = moment.machine.stretch.shown
    if same and -shown.of(here) > SURELY * main[shown].enter_deg - OFF_DEG:
        return True
    return any(
        other.at_angle
        for other in moment.judged.machines
        if other is not moment.machine and (other.stretch.id == moment.machine.stretch.id) is same
    )


def _too_far(_: Cue, moment: TrueState, here: Angles) -> bool:
    guidance, machine = moment.judged.settings.guidance, moment.machine
    return any(
        axis.of(here) > guidance.ease_off(axis, machine.side, OwnRange()) - OFF_DEG
        for axis in {*machine.stretch.main, Axis.FLEXION, Axis.LATERAL}
    )


_TRUE: dict[CueKind, Test] = {
    CueKind.FURTHER: _short(*Axis),
    CueKind.TURN_FURTHER: _short(Axis.ROTATION),
    CueKind.DOWN_FURTHER: _short(Axis.FLEXION),
    CueKind.FACE_FORWARD: _strayed(Axis.ROTATION),
    CueKind.HEAD_UPRIGHT: _strayed(Axis.LATERAL),
    CueKind.CHIN_UP: _strayed(Axis.FLEXION, low=False),
    CueKind.CHIN_DOWN: _strayed(Axis.FLEXION, high=False),
    CueKind.SHOULDER_DOWN: _up,
    CueKind.SHOULDERS_DOWN: _up,
    CueKind.SHOULDERS_MIDDLE: _moved,
    CueKind.SIT_UPRIGHT: _moved,
    CueKind.CHEST_FORWARD: _moved,
    CueKind.WRONG_SIDE: _elsewhere,
    CueKind.OTHER_STRETCH: _elsewhere,
    CueKind.EASE_OFF: _too_far,
}


def corrects(cue: Cue) -> bool:
    return cue.kind in _TRUE or cue.kind is CueKind.NOT_SEEN


# --- one clip ---------------------------------------------------------------------------------


def listen(
    name: str, exercise: Exercise, observations: Iterable[Observation], true: Sequence[TrueState]
) -> Heard:
    """Lead a routine over a clip, and judge what is shown and said."""
    judged = SessionSettings(load_settings(), load_correction(), live=True)
    state = coaching.begin(CoachSettings(judged, (exercise,), patience=RECORDED), 0)
    heard = Heard(name)
    said: list[tuple[int, Cue]] = []
    lines: list[tuple[int, Cue]] = []
    before_ms, out_ms = 0, None
    for observation in observations:
        t_ms = observation.t_ms
        state, response = coaching.step(state, observation, BRIGHT)
        words = [one.cue for one in response.said if one.words]
        said += [(t_ms, cue) for cue in words]
        status, phase = coach_status(state), state.guided.phase
        if status is None or phase not in (Phase.SHOW, Phase.HOLD):
            before_ms, out_ms = t_ms, None
            continue
        _judge_line(heard, status.line, t_ms, t_ms - before_ms, true)
        lines.append((t_ms, status.line))
        runs = status.clock in (HoldState.HOLDING, HoldState.LAPSE)
        if runs or words or phase is Phase.SHOW:
            out_ms = None if runs else t_ms
        elif out_ms is not None:
            told_ms = [at for at, cue in said if at >= out_ms]
            heard.silent_ms = max(heard.silent_ms, 0 if told_ms else t_ms - out_ms)
        else:
            out_ms = t_ms
        before_ms = t_ms
    heard.corrections = [f"{t / 1000:.1f} {c.kind}" for t, c in said if corrects(c)]
    _judge_first(heard, said, true)
    _judge_rhythm(heard, said, lines)
    return heard


def _around(true: Sequence[TrueState], t_ms: int) -> list[TrueState]:
    return [moment for moment in true if abs(moment.t_ms - t_ms) <= OFF_MS]


def _judge_line(
    heard: Heard, line: Cue, t_ms: int, lasted_ms: int, true: Sequence[TrueState]
) -> None:
    if not corrects(line):
        return
    heard.shown_ms += lasted_ms
    if not any(is_true(line, moment) for moment in _around(true, t_ms)):
        heard.wrong_ms += lasted_ms
        heard.wrong.append(f"{t_ms / 1000:.1f} {line.kind}")


def _faults(true: Sequence[TrueState]) -> Iterator[tuple[int, int]]:
    """From when to when one and the same thing was to be corrected, in truth."""
    start_ms = last_ms = 0
    topic: str | None = None
    for moment in true:
        now = None if moment.due is None else moment.due.topic
        if topic is not None and (now == topic or (now is None and moment.t_ms - last_ms < OFF_MS)):
            last_ms = moment.t_ms if now else last_ms
            continue
        if topic is not None:
            yield start_ms, last_ms
        topic, start_ms, last_ms = now, moment.t_ms, moment.t_ms
    if topic is not None:
        yield start_ms, last_ms


def _judge_first(heard: Heard, said: Sequence[tuple[int, Cue]], true: Sequence[TrueState]) -> None:
    """Within two seconds of a fault, the first correction is about it."""
    if DOUBTFUL in heard.name:
        return
    for start_ms, end_ms in _faults(true):
        if end_ms - start_ms < FAULT_MS:
            continue
        since = [(t_ms, cue) for t_ms, cue in said if corrects(cue) and t_ms >= start_ms - OFF_MS]
        if not since:
            heard.late.append(f"{start_ms / 1000:.1f} nothing was said")
            continue
        t_ms, cue = since[0]
        right = any(is_true(cue, moment) for moment in _around(true, t_ms))
        heard.delays_ms.append(t_ms - start_ms)
        if t_ms - start_ms > FIRST_MS or not right:
            heard.late.append(f"{start_ms / 1000:.1f} first {cue.kind} at {t_ms / 1000:.1f}")


def _judge_rhythm(
    heard: Heard, said: Sequence[tuple[int, Cue]], lines: Sequence[tuple[int, Cue]]
) -> None:
    last: dict[str, int] = {}
    for t_ms, cue in said:
        if cue.topic in last and cue.weight in (Weight.CORRECTION, Weight.URGENT):
            apart_ms = t_ms - last[cue.topic]
            heard.shortest_repeat_ms = min(heard.shortest_repeat_ms or apart_ms, apart_ms)
        last[cue.topic] = t_ms
    begun_ms, shown = 0, None
    for t_ms, line in lines:
        if line == shown:
            continue
        if shown is not None and corrects(shown) and corrects(line):
            stayed_ms = t_ms - begun_ms
            heard.shortest_stay_ms = min(heard.shortest_stay_ms or stayed_ms, stayed_ms)
        begun_ms, shown = t_ms, line


# --- all clips --------------------------------------------------------------------------------


def stretch_clips() -> list[Path]:
    """The rendered clips in which somebody tries a stretch."""
    paths = [*(DATA / "synthetic").glob("*.mp4"), *(DATA / "bodies").glob("*.mp4")]
    return sorted(path for path in paths if path.stem.split("_")[0] in ASKED)


def sweeps() -> list[Path]:
    """The rendered clips in which somebody moves through the whole range, for nothing."""
    return sorted((DATA / "synthetic").glob("sweep_*.mp4"))


def measured(path: Path) -> Heard:
    exercise = exercise_of(path.stem)
    true = truth_of(path.with_suffix(".csv"), exercise)
    return listen(path.stem, exercise, observed(path), true)


def observed(path: Path) -> list[Observation]:
    with open_video(path, sample_fps=10.0) as video:
        return list(seen(video))


def swept(path: Path) -> Heard:
    """What was shown, and wrong, while one stretch after the other was asked for.

    When something is due, and silence, have no meaning where nobody tries.
    """
    observations, whole = observed(path), Heard(path.stem)
    for stretch in load_settings().stretches:
        for side in stretch.sides:
            exercise = Exercise(stretch.id, side)
            true = truth_of(path.with_suffix(".csv"), exercise)
            heard = listen(f"{path.stem} {exercise}", exercise, observations, true)
            whole.shown_ms += heard.shown_ms
            whole.wrong_ms += heard.wrong_ms
            whole.wrong += [f"{exercise} {wrong}" for wrong in heard.wrong]
    return whole


def print_line(heard: Heard) -> None:
    def seconds(value: float | None) -> str:
        return "    -" if value is None else f"{value / 1000:5.1f}"

    delay_ms = max(heard.delays_ms, default=None)
    print(
        f"  {heard.name:<24}{seconds(delay_ms)}{seconds(heard.shown_ms)}{seconds(heard.wrong_ms)}"
        f"{seconds(heard.silent_ms)}{seconds(heard.shortest_repeat_ms)}"
        f"{seconds(heard.shortest_stay_ms)}  {'; '.join(heard.corrections[:4])}"
    )
    for fault in [*heard.late, *_first_and_last(heard.wrong)]:
        print(f"      {fault}")


def _first_and_last(wrong: Sequence[str]) -> list[str]:
    return [f"wrong from {wrong[0]} to {wrong[-1]}"] if wrong else []


def problems(all_heard: Sequence[Heard]) -> list[str]:
    """What must not be."""
    found = [f"{heard.name}: {late}" for heard in all_heard for late in heard.late]
    found += [
        f"{heard.name}: silent for {heard.silent_ms / 1000:.1f} s"
        for heard in all_heard
        if heard.silent_ms > SILENT_MS
    ]
    found += [
        f"{heard.name}: wrong for {heard.wrong_ms / 1000:.1f} s of {heard.shown_ms / 1000:.1f} s"
        for heard in all_heard
        if heard.wrong_ms
    ]
    return found


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="fail when anything is wrong")
    options = parser.parse_args(arguments)
    print("  seconds                 first shown wrong silent repeat stay  first corrections")
    all_heard = []
    for path in stretch_clips():
        all_heard.append(measured(path))
        print_line(all_heard[-1])
    for path in sweeps():
        all_heard.append(swept(path))
        print_line(all_heard[-1])
    found = problems(all_heard)
    print("\n".join(found) or "no cue is wrong, late or missing")
    return 1 if found and options.check else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
