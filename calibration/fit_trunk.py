"""Fit the trunk's turn again, in the open: pictures and clips with truth in, ``trunk.json`` out.

    python calibration/fit_trunk.py --stills FOLDER FOLDER --clips FOLDER            # some minutes
    python calibration/fit_trunk.py --stills FOLDER FOLDER --clips FOLDER --check    # errors alone

The clips (``twist_r*.mp4``, ten people who turn head and trunk separately and together) teach the
turn; the stills (``p*.csv``), where trunks mostly keep still under heads in all directions, keep
it from inventing one; and each picture again, rotated about the hips, teaches that a trunk that
leans does not turn. The terms are those of ``neckform.core.measure.trunk``. Every figure that is
printed, and how far still trunks look turned, come from fits that left the person out.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from left_out import LEFT_OUT
from neckform.core.measure import smoothing
from neckform.core.measure import trunk as t
from neckform.core.measure.correction import (
    Coefficients,
    Correction,
    Terms,
    total,
    trunk_lean,
)
from neckform.core.measure.head import HeadReader, HeadReading
from neckform.core.measure.observation import Baseline, Face, Observation
from neckform.core.measure.sampling import SHOULDER_SMOOTHING
from neckform.core.measure.shoulders import ShoulderReading, read_shoulders, shoulders_seen
from neckform.core.measure.skeleton import HIPS
from neckform.core.neutral.baseline import neutral_of
from neckform.core.types import Float32, Float64
from neckform.sensing.sources.video import open_video
from regression import NINETEEN_IN_TWENTY, Solved, quantile_regression, robust, rounded
from stills import USUAL, read_person

# The bench's own readers: one definition for both.
sys.path.append(str(Path(__file__).resolve().parents[1] / "bench"))
from against_truth.truth import seen

OUT = Path(__file__).resolve().parent / "trunk.json"
HEAD = Correction.from_dict(json.loads(OUT.with_name("correction.json").read_text()))
"""Knows how far the trunk leans."""
CLIP_FPS = 10.0
NEUTRAL_MS = 1000
STILLS_WEIGHT = 0.7
"""Of one still against one picture of a clip. With 0 the left-out clips are off by 5.0 instead of
5.3 degrees, and one still trunk in twenty looks turned by 27 instead of 16."""
TURNED_COUNTS = 0.5
"""How much more a picture counts whose trunk is turned by `TURNED_DEG` or more: most are not, and
teach a fit to read less than there is."""
RIDGE = 1.0
"""For a thousand pictures."""
SHIFTS = 2
SHIFT_FACES, SHIFT_NEARER = 0.3, 0.06
"""Each picture is used again with the whole body moved: people do not sit where they sat."""
LEAN_DEG = 8.0
"""And with the whole body leaning, as often, by as much (one standard deviation)."""
FOLDS = 8
STILL_DEG, TURNED_DEG = 5.0, 15.0
NINE_IN_TEN = 0.9


@dataclass(frozen=True, slots=True)
class Look:
    """One picture's readings and truth; `clip` is empty for a still.

    `leaning` are the same with the body leaning, for the fit alone.
    """

    person: int
    clip: str
    t_ms: int
    head: HeadReading
    shoulders: ShoulderReading
    per_face: float
    turn_deg: float
    leaning: tuple[Look, ...] = ()

    @property
    def lean_deg(self) -> float:
        return trunk_lean(HEAD, self.head, self.shoulders)


def main() -> int:
    parser = argparse.ArgumentParser(description="Fit how far a trunk has turned.")
    parser.add_argument("--stills", type=Path, nargs="+", required=True, help="with p00.csv ...")
    parser.add_argument("--clips", type=Path, required=True, help="folder with twist_r16.mp4 ...")
    parser.add_argument("--check", action="store_true", help="print the errors, write nothing")
    options = parser.parse_args()
    looks = [look for folder in options.stills for look in stills(folder)]
    looks += [look for clip in sorted(options.clips.glob("twist_r*.mp4")) for look in of_clip(clip)]
    read = left_out(looks)
    print(summary(looks, read))
    if not options.check:
        model = fit(looks) | {"error": fit_error(looks, read)}
        OUT.write_text(json.dumps({"turn": model}, indent=1) + "\n")
        print(f"wrote {OUT}")
    return 0


# --- reading -------------------------------------------------------------------------------


def stills(folder: Path) -> list[Look]:
    """Those with both shoulders and no hand on the head, which hides a turn."""
    people = sorted(int(path.stem[1:]) for path in folder.glob("p*.csv"))
    people = [person for person in people if person in USUAL and person not in LEFT_OUT]
    found = (
        look_at(person, "", row.seen, row.baseline, row.trunk.rotation_deg)
        for person in people
        for row in read_person(folder, person)
        if not row.hand
    )
    return [look for look in found if look is not None]


def of_clip(video: Path) -> list[Look]:
    """All of a clip's pictures, with the pose looked for in each; its first second is neutral."""
    with video.with_suffix(".csv").open() as file:
        truths = list(csv.DictReader(file))
    times = np.array([float(truth["time_s"]) * 1000.0 for truth in truths])
    turns = np.array([float(truth["trunk_yaw"]) for truth in truths])
    turns -= turns[times <= NEUTRAL_MS].mean()
    with open_video(video, CLIP_FPS) as frames:
        observations = list(seen(frames, every_frame=True))
    both = [o for o in observations if o.face and o.pose and shoulders_seen(o.pose)]
    baseline = neutral_of([o for o in both if o.t_ms <= NEUTRAL_MS], "span")
    person = int(video.stem.rpartition("_r")[2])
    found = (
        look_at(person, video.stem, one, baseline, float(turns[np.abs(times - one.t_ms).argmin()]))
        for one in both
    )
    return [look for look in found if look is not None]


def look_at(
    person: int, clip: str, seen: Observation, baseline: Baseline, turn_deg: float
) -> Look | None:
    """What is read of one picture, as it is and leaning; None without a face or shoulders."""
    look = _read(person, clip, seen, baseline, turn_deg)
    if look is None:
        return None
    draw = np.random.default_rng((person, seen.t_ms))
    by = draw.normal(0.0, LEAN_DEG, SHIFTS)
    again = (_read(person, clip, leaning(seen, float(lean)), baseline, turn_deg) for lean in by)
    return replace(look, leaning=tuple(one for one in again if one is not None))


def _read(
    person: int, clip: str, seen: Observation, baseline: Baseline, turn_deg: float
) -> Look | None:
    if seen.face is None or seen.pose is None:
        return None
    reader = HeadReader(baseline)
    head = reader.read(seen.face, seen.size)
    shoulders = read_shoulders(seen.pose, 1.0, baseline)
    if head is None or shoulders is None:
        return None
    per_face = baseline.shoulder_width_px / reader.neutral.size
    return Look(person, clip, seen.t_ms, head, shoulders, per_face, turn_deg)


def leaning(seen: Observation, degrees: float) -> Observation:
    """The same person, rotated about the hips in the plane of the picture, counter-clockwise."""
    assert seen.face is not None
    assert seen.pose is not None
    angle = np.radians(degrees)
    rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    hips = seen.pose.points[HIPS, :2].mean(axis=0)

    def rotated(points: Float32, about: Float32 | float) -> Float32:
        flat = (points[:, :2] - about) @ rotation.T + about
        return np.column_stack([flat, points[:, 2]]).astype(np.float32)

    pose = replace(
        seen.pose, points=rotated(seen.pose.points, hips), world=rotated(seen.pose.world, 0.0)
    )
    return replace(seen, face=Face(rotated(seen.face.points, hips)), pose=pose)


# --- fitting -------------------------------------------------------------------------------


def fit(looks: Sequence[Look]) -> dict[str, Solved]:
    """Coefficients of both readings, from these pictures and the same, moved and leaning."""
    looks = moved(looks) + [each for look in looks for each in look.leaning]
    first = solved(looks, [_terms(look) for look in looks])
    second = [narrowed(first, look) for look in looks]
    return {"first": first, "second": solved(looks, second)}


def _terms(look: Look) -> Terms:
    return t.turn_terms(look.head, look.shoulders, look.per_face)


def narrowed(first: Coefficients, look: Look) -> Terms:
    terms = _terms(look)
    return t.narrowing_terms(total(first, terms), terms, look.head, look.shoulders)


def moved(looks: Sequence[Look]) -> list[Look]:
    """Each as it is and, for `SHIFTS` times, with the whole body moved before the camera."""
    draw = np.random.default_rng(0)
    out = list(looks)
    for look in looks:
        for _ in range(SHIFTS):
            x, nearer = (float(v) for v in draw.normal(0.0, (SHIFT_FACES, SHIFT_NEARER)))
            head, shoulders = look.head, look.shoulders
            head = replace(head, right_x=head.right_x + x, nearer=head.nearer + nearer)
            shoulders = replace(
                shoulders,
                right_x_sw=shoulders.right_x_sw + x / look.per_face,
                wider=shoulders.wider + nearer,
            )
            out.append(replace(look, head=head, shoulders=shoulders))
    return out


def solved(looks: Sequence[Look], terms: Sequence[Terms]) -> Solved:
    names = list(terms[0])
    matrix = np.array([list(each.values()) for each in terms])
    scale = np.sqrt((matrix**2).mean(axis=0)) + 1e-9
    target = np.array([look.turn_deg for look in looks])
    turned = np.minimum(1.0, np.abs(target) / TURNED_DEG)
    weight = np.array([1.0 if look.clip else STILLS_WEIGHT for look in looks])
    weight = np.sqrt(weight * (1.0 + TURNED_COUNTS * turned))
    strength = RIDGE * len(looks) / 1000.0
    solution = robust(matrix / scale * weight[:, None], target * weight, strength) / scale
    return rounded(dict(zip(names, solution, strict=True)))


def fit_error(looks: Sequence[Look], read: Float64) -> Solved:
    """How far nineteen in twenty still trunks look turned, of people left out."""
    still = [
        (t.error_terms(look.head.angles, look.lean_deg), abs(turn - look.turn_deg))
        for look, turn in zip(looks, read, strict=True)
        if abs(look.turn_deg) < STILL_DEG
    ]
    matrix = np.array([list(terms.values()) for terms, _ in still])
    found = quantile_regression(matrix, np.array([off for _, off in still]), NINETEEN_IN_TWENTY)
    return rounded(dict(zip(still[0][0], found, strict=True)))


# --- people left out -----------------------------------------------------------------------


def left_out(looks: Sequence[Look]) -> Float64:
    """Each picture's turn as read by a fit without its person, clips smoothed as when judged."""
    people = sorted({look.person for look in looks})
    read = np.zeros(len(looks))
    for fold in range(FOLDS):
        out = people[fold::FOLDS]
        model = fit([look for look in looks if look.person not in out])
        for index, look in enumerate(looks):
            if look.person in out:
                read[index] = t.turn_read(model, look.head, look.shoulders, look.per_face)
    return smoothed(looks, read)


def smoothed(looks: Sequence[Look], read: Float64) -> Float64:
    out, states = read.copy(), dict[str, smoothing.Smoothing]()
    for index, look in enumerate(looks):
        if look.clip:
            before = states.get(look.clip, SHOULDER_SMOOTHING)
            states[look.clip] = smoothing.step(before, look.t_ms, (float(read[index]),))
            out[index] = states[look.clip].values[0]
    return out


def summary(looks: Sequence[Look], read: Float64) -> str:
    truth = np.array([look.turn_deg for look in looks])
    lines = ["turn of the trunk on people left out:"]
    names = sorted({look.clip for look in looks if look.clip})
    right, off = [], []
    for name in names:
        own = np.array([look.clip == name for look in looks])
        right.append(float(np.corrcoef(read[own], truth[own])[0, 1]))
        off.append(float(np.abs(read[own] - truth[own]).mean()))
        lines.append(f"  {name}: correlation {right[-1]:.2f}, off by {off[-1]:.1f}")
    lines.append(
        f"  clips: correlation {np.mean(right):.3f}, the least {min(right):.2f}; "
        f"off by {np.mean(off):.2f}"
    )
    single = np.array([not look.clip for look in looks])
    for name, chosen in (
        ("still", single & (np.abs(truth) < STILL_DEG)),
        ("turned", single & (np.abs(truth) >= TURNED_DEG)),
    ):
        error = np.abs(read - truth)[chosen]
        lines.append(
            f"  single pictures, trunk {name}: {chosen.sum()}, off by {error.mean():.1f}, "
            f"nine in ten by up to {np.quantile(error, NINE_IN_TEN):.1f}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
