"""How right neckform is: angles, shoulders, holds and verdicts against truth.

    python bench/accuracy.py                      # tables
    python bench/accuracy.py --json metrics.json  # and the numbers
    python bench/accuracy.py --check              # fails when worse than bench/metrics.json
    python bench/accuracy.py --stress             # other lights, cameras and rates

Three sets: rendered clips with exact truth (angles, shoulders and what a perfect observer reports),
whole and with their neutral cut away, a real man with measured head pose (BIWI
sequence 19), and eight real people who were asked to look in 93 directions (Pointing'04: sign,
order and coverage, no degrees).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from against_truth import truth
from against_truth.jitter import Jitter, jitter
from against_truth.neutrals import biwi_recording, neutrals
from against_truth.real_people import biwi, pointing
from against_truth.stress import VARIATIONS, Variation
from against_truth.tables import AXES, print_angles, print_head
from against_truth.truth import Clip, TrueMoment
from against_truth.verdicts import verdicts
from neckform.config.corrections import load_correction
from neckform.config.settings import load_settings
from neckform.core.measure.shoulders import line_tilt_deg
from neckform.core.session import SessionSettings
from neckform.core.types import Angles, HeadSource, Hold, Sample
from neckform.jobs.analyze import loop
from neckform.jobs.analyze.judged import Judged as Settings
from neckform.jobs.analyze.loop import JudgedFrame
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.jobs.analyze.sources import open_source

METRICS = Path(__file__).with_name("metrics.json")
WITHIN = 0.954
"""Of errors that are truly stated, so many are within twice: 0.93 to 0.98 is the aim."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One judged frame beside its truth."""

    clip: str
    person: str
    moment: TrueMoment
    sample: Sample
    shoulders: tuple[float, float, float, float, float]
    """True left rise, right rise, drift (shoulder widths), tilt and turn (degrees)."""

    @property
    def error(self) -> NDArray[np.float64]:
        assert self.sample.head is not None
        return np.subtract(self.sample.head.angles, self.moment.angles)

    @property
    def fair(self) -> bool:
        return self.moment.is_fair


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure neckform against truth.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the numbers")
    parser.add_argument("--check", action="store_true", help="fail when worse than metrics.json")
    parser.add_argument("--only", help="only clips whose names contain this")
    parser.add_argument(
        "--stress",
        nargs="?",
        const="",
        metavar="NAME",
        help="the rendered clips under other conditions, or those whose names contain this",
    )
    options = parser.parse_args()
    if not truth.DATA.is_dir():
        print(f"no truth clips at {truth.DATA}", file=sys.stderr)
        return 3
    if options.stress is not None:
        return stress(options.stress, options.only)
    metrics = rendered(options.only)
    if not options.only:
        metrics |= biwi() | biwi_recording() | pointing()
    metrics |= neutrals(options.only)
    if options.json:
        options.json.write_text(json.dumps(metrics, indent=1, sort_keys=True) + "\n")
    return check(metrics) if options.check else 0


# --- rendered clips ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Judged:
    """All clips under one condition: frames, what was wrong, and errors of `held_s`."""

    frames: list[Frame]
    wrong: list[str]
    held_errors_s: list[float]

    @property
    def fair(self) -> list[Frame]:
        return [frame for frame in self.frames if frame.fair]

    @property
    def seen(self) -> list[Frame]:
        return [frame for frame in self.fair if frame.sample.head is not None]

    @property
    def coverage(self) -> float:
        return len(self.seen) / max(1, len(self.fair))

    def jitters(self) -> dict[str, Jitter]:
        found = {}
        for clip in sorted({frame.clip for frame in self.frames}):
            own = [(f.moment, f.sample) for f in self.frames if f.clip == clip]
            if (trembling := jitter(own)) is not None:
                found[clip] = trembling
        return found


def judged(only: str | None, variation: Variation | None = None) -> Judged:
    """Judge all rendered clips, or those whose names contain `only`."""
    result = Judged([], [], [])
    for clip in truth.clips():
        if only is not None and only not in clip.name:
            continue
        frames, holds = judge(clip, variation)
        faults, errors = verdicts(clip.mirrored() if _mirrored(variation) else clip, holds)
        result.frames.extend(frames)
        result.wrong.extend(faults)
        result.held_errors_s.extend(errors)
    return result


def rendered(only: str | None) -> dict[str, float]:
    result = judged(only)
    metrics: dict[str, float] = {}
    print_head("rendered clips: mean absolute error, degrees")
    for name, group in angle_groups(result.seen):
        metrics |= print_angles("rendered", name, [(f.error, f.sample) for f in group])
    metrics["rendered.coverage"] = result.coverage
    print(f"  coverage {metrics['rendered.coverage']:.1%} of {len(result.fair)} frames")
    metrics |= print_jitter(result.jitters())
    metrics |= print_shoulders([f for f in result.frames if f.sample.shoulders is not None])
    metrics["rendered.wrong_verdicts"] = float(len(result.wrong))
    metrics["rendered.held_error_s"] = _mean(result.held_errors_s)
    print(f"verdicts: {len(result.wrong)} wrong")
    print("".join(f"  {line}\n" for line in result.wrong), end="")
    print(f"  held seconds off by {metrics['rendered.held_error_s']:.2f} on average")
    return metrics


def stress(names: str, only: str | None) -> int:
    """One line for each variation, and what was judged wrongly in it."""
    print("rendered clips under other conditions: mean absolute error, degrees")
    print(f"  {'':<15}" + "".join(f"{axis:>10}" for axis in AXES), end="")
    print("  within 2 s.e.  coverage  worst jitter  held off, s  wrong")
    for variation in (v for v in VARIATIONS if names in v.name):
        result = judged(only, variation)
        error = np.abs([f.error for f in result.seen])
        stated = np.array([f.sample.head.uncertainty for f in result.seen if f.sample.head])
        trembling = max((max(j.error) for j in result.jitters().values()), default=float("nan"))
        print(f"  {variation.name:<15}" + "".join(f"{v:10.2f}" for v in error.mean(axis=0)), end="")
        print("   " + " ".join(f"{w:4.0%}" for w in (error <= 2 * stated).mean(axis=0)), end="")
        print(f"{result.coverage:10.1%}{trembling:14.2f}", end="")
        print(f"{_mean(result.held_errors_s):13.2f}{len(result.wrong):7}")
        print("".join(f"      {line}\n" for line in result.wrong), end="", flush=True)
    return 0


def judge(clip: Clip, variation: Variation | None = None) -> tuple[list[Frame], tuple[Hold, ...]]:
    """Every judged frame of a clip beside its truth, and the holds; at the shipped settings."""
    against = clip.mirrored() if _mirrored(variation) else clip
    person = clip.name.rsplit("_", 1)[-1]
    frames: list[Frame] = []

    def take(judged: JudgedFrame) -> None:
        sample = judged.step.sample
        if sample is not None:
            moment = against.at(sample.t_ms)
            shoulders = true_shoulders(against, moment)
            frames.append(Frame(clip.name, person, moment, sample, shoulders))

    settings = SessionSettings(load_settings(), load_correction())
    options = AnalyzeOptions() if variation is None else AnalyzeOptions(sample_fps=variation.fps)
    change = None if variation is None else variation.change
    with open_source(clip.video, options, change) as source:
        known = Settings(settings, settings.holds.stretches)
        report = loop.judge(options, known, source, nullcontext(take)).report
    return frames, report.outcome.holds


def _mirrored(variation: Variation | None) -> bool:
    return variation is not None and variation.mirrored


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else 0.0


def true_shoulders(clip: Clip, moment: TrueMoment) -> tuple[float, float, float, float, float]:
    rest = [m for m in clip.moments if m.t_ms < 1000]
    left0, right0 = (
        np.mean([getattr(m, side) for m in rest], axis=0) for side in ("left", "right")
    )
    width = float(np.linalg.norm(left0 - right0))
    left, right = np.array(moment.left), np.array(moment.right)
    turn0 = float(np.mean([m.trunk_turn_deg for m in rest]))
    return (
        float(left[1] - left0[1]) / width,
        float(right[1] - right0[1]) / width,
        float((left + right - left0 - right0)[0]) / (2 * width),
        line_tilt_deg(left, right) - line_tilt_deg(left0, right0),
        moment.trunk_turn_deg - turn0,
    )


def angle_groups(seen: Sequence[Frame]) -> Iterable[tuple[str, Sequence[Frame]]]:
    yield "all", seen
    for source in HeadSource:
        yield (
            f"source.{source}",
            [f for f in seen if f.sample.head is not None and f.sample.head.source is source],
        )
    for person in sorted({f.person for f in seen}):
        yield f"person.{person}", [f for f in seen if f.person == person]
    for stretch in ("para", "trap", "lev"):
        yield (
            f"hold.{stretch}",
            [f for f in seen if f.clip.startswith(stretch) and f.moment.phase == "hold"],
        )
    for low, high in ((-35, -15), (-15, 15), (15, 30), (30, 50)):
        yield f"flexion.{low}..{high}", in_range(seen, lambda a: a.flexion_deg, low, high)
    for low, high in ((0, 15), (15, 30), (30, 45), (45, 60)):
        yield f"rotation.{low}..{high}", in_range(seen, lambda a: abs(a.rotation_deg), low, high)
        yield f"lateral.{low}..{high}", in_range(seen, lambda a: abs(a.lateral_deg), low, high)


def in_range(
    frames: Sequence[Frame], angle: Callable[[Angles], float], low: float, high: float
) -> list[Frame]:
    return [frame for frame in frames if low <= angle(frame.moment.angles) < high]


def print_jitter(jitters: Mapping[str, Jitter]) -> dict[str, float]:
    """The clips' mean and the worst of them; what is shown holds the person's own trembling too."""
    if not jitters:
        return {}
    print("jitter in seconds that truly stand still: standard deviation, degrees")
    rows = {
        name: np.array([getattr(j, name) for j in jitters.values()])
        for name in ("error", "shown", "own")
    }
    for name, values in rows.items():
        worst = list(jitters)[int(values.max(axis=1).argmax())]
        mean = " ".join(f"{value:.2f}" for value in values.mean(axis=0))
        print(f"  {name:<7} mean {mean}, most {values.max():.2f} in {worst}")
    out = {
        f"rendered.jitter.{axis}_deg": float(value)
        for axis, value in zip(AXES, rows["error"].mean(axis=0), strict=True)
    }
    return out | {"rendered.jitter.worst_deg": float(rows["error"].max())}


def print_shoulders(frames: Sequence[Frame]) -> dict[str, float]:
    if not frames:
        return {}
    measured = np.array(
        [
            (s.left_rise_sw, s.right_rise_sw, s.drift_sw, s.tilt_deg, s.turn_deg)
            for s in (frame.sample.shoulders for frame in frames)
            if s is not None
        ]
    )
    mean = np.abs(measured - np.array([frame.shoulders for frame in frames])).mean(axis=0)
    names = ("left_rise_sw", "right_rise_sw", "drift_sw", "tilt_deg", "turn_deg")
    print(f"shoulders: mean absolute error over {len(frames)} frames")
    print("  " + ", ".join(f"{n} {v:.3f}" for n, v in zip(names, mean, strict=True)))
    return {f"rendered.shoulders.{n}": float(v) for n, v in zip(names, mean, strict=True)}


# --- ratchet -------------------------------------------------------------------------------


def check(metrics: dict[str, float]) -> int:
    """Compare with the committed numbers: none may be worse by more than its tolerance."""
    before = json.loads(METRICS.read_text())
    worse = [
        f"{name}: {metrics.get(name, float('nan')):.3f}, was {value:.3f}"
        for name, value in before.items()
        if not badness(name, metrics.get(name, float("nan"))) - badness(name, value)
        <= tolerance(name)
    ]
    print("".join(f"worse: {line}\n" for line in worse), end="")
    return 1 if worse else 0


def badness(name: str, value: float) -> float:
    """The less, the better. Errors that are stated too wide are no better than too narrow ones."""
    if "within" in name:
        return abs(value - WITHIN)
    return -value if "coverage" in name else value


def tolerance(name: str) -> float:
    """Rounding of other processors moves angles a little; verdicts must not move at all."""
    for ending, allowed in (("_deg", 0.2), ("_sw", 0.003), ("_s", 0.1)):
        if name.endswith(ending):
            return allowed
    return 0.01 if "coverage" in name or "within" in name else 0.0


if __name__ == "__main__":
    sys.exit(main())
