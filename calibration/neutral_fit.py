"""Fit what each kind of neutral is worth: recordings of people with truth in, ``neutral.json`` out.

    python calibration/neutral_fit.py            # some minutes, nearly all of it sensing
    python calibration/neutral_fit.py --check    # changes nothing, prints the errors alone

Of each person's pictures in each set-up (``stills``, ``stills2``) recordings are made in which the
person keeps still in three random poses, and between them passes through the neutral for so long
that there is a neutral of one kind or another; ``bodies/twist_*`` are recordings already, of which
pieces are taken. neckform chooses a neutral from each, and that is compared with how the true one
looks. Errors are those on people left out.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from neckform.core.measure.observation import Observation
from neckform.core.neutral.choice import choose, looks
from neckform.core.neutral.glimpses import Columns, Glimpses
from neckform.core.neutral.level_heads import KindOfNeutral, LevelHeads
from neckform.core.types import Angles, Float64
from neckform.sensing.landmarks.bundles import find_models
from neckform.sensing.landmarks.observer import observe
from neckform.sensing.sources.video import open_video

# The pictures are looked at as the measuring bench does it: one definition for both.
sys.path.append(str(Path(__file__).resolve().parents[1] / "bench"))
from against_truth.truth import DATA, one_each
from regression import ONE_ERROR

OUT = Path(__file__).resolve().parent / "neutral.json"
EVERY_MS = 100
POSES = 3
STILL_PICTURES = (30, 100)
"""Between so many pictures is a pose kept."""
AWAY_DEG = 15.0
"""A pose is one when an angle is beyond this."""
AS_FILMED = -1
PASSING_PICTURES = (0, 2, 4, 13)
"""In so many pictures the neutral is passed through, each time: never, too short to be still, some
tenths of a second, and a still second."""
STILL_SECOND = (PASSING_PICTURES[-1], AS_FILMED)
DRAWS = 4
TREMBLE_DEG = 0.3
PIECES = 12
PIECE_MS = (2000, 5000)
UNKNOWN = KindOfNeutral(Angles(1.0, 1.0, 1.0), Angles(0.0, 0.0, 0.0))
KINDS = ("held", "brief", "usual", "assumed")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A neutral that was chosen from a recording.

    Attributes
    ----------
    passing : int
        In how many pictures the recording passes through the neutral; `AS_FILMED` of a recording
        that was not made of stills.
    true, found : ndarray, shape (3,)
        How the true neutral looks, and the chosen moments; see `LevelHeads`.
    pictures : int
        So many make the chosen one.
    """

    person: str
    kind: str
    passing: int
    true: Float64
    found: Float64
    pictures: int = 1


def main() -> int:
    parser = argparse.ArgumentParser(description="Fit what each kind of neutral is worth.")
    parser.add_argument(
        "--data", type=Path, default=DATA, help="folder with stills, stills2, bodies [%(default)s]"
    )
    parser.add_argument("--check", action="store_true", help="print the errors, write nothing")
    options = parser.parse_args()
    setups = list(read_setups(options.data))
    mean, spread = level_heads(setups)
    provisional = LevelHeads(Angles(*mean), Angles(*spread), dict.fromkeys(KINDS, UNKNOWN))
    chosen = [*from_stills(setups, provisional), *from_twists(options.data, provisional)]
    picture = of_a_picture(setups)
    kinds = {kind: worth(chosen, kind, mean, picture) for kind in KINDS}
    print(summary(chosen, kinds, mean))
    if not options.check:
        write(mean, spread, kinds, len({setup.person for setup in setups}))
    return 0


# --- recordings ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Setup:
    """One person before one camera: what is seen in each picture, a row of `Columns` each."""

    person: str
    neutral: Float64
    poses: Float64


def read_setups(data: Path) -> Iterator[Setup]:
    """All set-ups of ``stills`` and ``stills2`` in which the neutral is seen."""
    for path in sorted([*(data / "stills").glob("p*.csv"), *(data / "stills2").glob("p*.csv")]):
        with path.open() as file:
            rows = list(csv.DictReader(file))
        seen = one_each(path.parent / row["file"] for row in rows)
        groups: dict[str, list[tuple[Mapping[str, str], Observation]]] = defaultdict(list)
        for row, observation in zip(rows, seen, strict=True):
            if observation.face is not None:
                groups[row["setup"]].append((row, observation))
        for pairs in groups.values():
            neutral = [glimpse(o) for row, o in pairs if row["neutral"] == "1"]
            poses = [glimpse(o) for row, o in pairs if furthest_deg(row) > AWAY_DEG]
            if len(neutral) >= 2 and len(poses) >= POSES:
                yield Setup(path.stem, np.array(neutral), np.array(poses))


def glimpse(observation: Observation) -> list[float]:
    glimpses = Glimpses()
    glimpses.add(observation)
    # Stills follow each other like strangers: whoever is seen in this one is meant.
    return [float(column[0]) for column in glimpses.columns(observation.person)]


def furthest_deg(row: Mapping[str, str]) -> float:
    return max(abs(float(row[f"{axis}_deg"])) for axis in ("flexion", "rotation", "lateral"))


def from_stills(setups: Sequence[Setup], known: LevelHeads) -> Iterator[Chosen]:
    """Choose from made recordings, in which a person goes from pose to pose."""
    draw = np.random.default_rng(12)
    for setup in setups:
        # One picture of the neutral is in the recording; how it truly looks is told by the others.
        true = middle(as_columns(setup.neutral[1:]))
        for passing in PASSING_PICTURES:
            for _ in range(DRAWS):
                rows: list[Float64] = []
                for pose in draw.choice(len(setup.poses), POSES, replace=False):
                    rows += [setup.neutral[0]] * passing
                    rows += [setup.poses[pose]] * int(draw.integers(*STILL_PICTURES))
                seen = as_columns(np.array(rows))
                seen = seen._replace(flexion=seen.flexion + draw.normal(0, TREMBLE_DEG, len(rows)))
                if (found := chosen_of(seen, known)) is not None:
                    yield Chosen(setup.person, found[0], passing, true, *found[1:])


def from_twists(data: Path, known: LevelHeads) -> Iterator[Chosen]:
    """Choose from pieces of recordings of people who turn head and trunk."""
    draw = np.random.default_rng(12)
    clips = sorted((data / "bodies").glob("twist_*.mp4"))
    for clip in clips:
        with open_video(clip, 10.0) as source, closing(observe(source, find_models())) as looked:
            glimpses = Glimpses()
            for _, observation in looked:
                glimpses.add(observation)
        whole = glimpses.columns(0)
        true = middle(part(whole, whole.t_ms < 1000))
        for _ in range(PIECES):
            length = draw.uniform(*PIECE_MS)
            start = draw.uniform(1000, max(1001, whole.t_ms[-1] - length))
            piece = part(whole, (whole.t_ms >= start) & (whole.t_ms < start + length))
            if (found := chosen_of(piece, known)) is not None:
                yield Chosen(clip.stem, found[0], AS_FILMED, true, *found[1:])


def chosen_of(seen: Columns, known: LevelHeads) -> tuple[str, Float64, int] | None:
    """The kind of the chosen neutral, how it looks, and how many pictures make it."""
    choice = choose(seen, known)
    if choice is None:
        return None
    times_ms = choice.times_ms
    return choice.kind, middle(part(seen, np.isin(seen.t_ms, times_ms))), len(times_ms)


def as_columns(rows: Float64) -> Columns:
    rows = rows.copy()
    rows[:, 0] = EVERY_MS * np.arange(len(rows))
    return Columns(*rows.T)


def part(seen: Columns, wanted: Any) -> Columns:
    return Columns(*(column[wanted] for column in seen))


def middle(seen: Columns) -> Float64:
    return np.asarray(np.nanmedian(looks(seen), axis=0))


# --- what they are worth -------------------------------------------------------------------


def level_heads(setups: Sequence[Setup]) -> tuple[Float64, Float64]:
    """How level heads look: the average, and one standard deviation.

    A person's mirror image is a person, too: to the sides the average is straight.
    """
    true = np.array([middle(as_columns(setup.neutral)) for setup in setups])
    mean = np.array([true[:, 0].mean(), 0.0, 0.0])
    return mean.round(1), np.sqrt(((true - mean) ** 2).mean(axis=0)).round(1)


def of_kind(chosen: Sequence[Chosen], kind: str) -> list[Chosen]:
    """The recordings that say what a kind is worth.

    A neutral of moments is worth what it is where the neutral was passed through. Where it never
    was, no moment is one: what is known then is people's average, as with the assumed kind. A held
    one is worth what it is where there was a still second of it.
    """
    if kind == "assumed":
        return [one for one in chosen if one.passing == 0]
    if kind == "held":
        return [one for one in chosen if one.kind == kind and one.passing in STILL_SECOND]
    return [one for one in chosen if one.kind == kind and one.passing != 0]


def worth(
    chosen: Sequence[Chosen], kind: str, mean: Float64, picture: Float64 | float = 0.0
) -> KindOfNeutral:
    """Trust and standard error of one kind, from errors on people left out.

    The angles' own stated errors were measured with held neutrals, and so have a held neutral's
    error in them; of another kind, only what it errs by beyond that is added. Recordings that are
    made of stills repeat each of them, and so do not show that the mean of fewer pictures is worse:
    that is added, too.

    Parameters
    ----------
    picture : ndarray, shape (3,)
        One standard deviation between pictures of the same neutral (`of_a_picture`), degrees.
    """
    if kind == "held":
        return UNKNOWN
    trust = trust_of(kind, of_kind(chosen, kind), mean)
    beyond = one_error(chosen, kind, mean) ** 2 - one_error(chosen, "held", mean) ** 2
    fewer = max(0.0, share_of_one(chosen, kind) - share_of_one(chosen, "held"))
    error = np.sqrt(np.maximum(beyond, 0.0) + picture**2 * fewer)
    return KindOfNeutral(Angles(*map(float, trust.round(2))), Angles(*map(float, error.round(1))))


def one_error(chosen: Sequence[Chosen], kind: str, mean: Float64) -> Float64:
    """One standard error of how a kind's neutrals look, on people left out; shape (3,), degrees."""
    own = of_kind(chosen, kind)
    if not own:
        return np.zeros(3)
    return np.asarray(np.quantile(np.abs(left_out(own, kind, mean)), ONE_ERROR, axis=0))


def share_of_one(chosen: Sequence[Chosen], kind: str) -> float:
    """Of one picture's variance, what is left in the mean that a neutral is."""
    return float(np.mean([1.0 / one.pictures for one in of_kind(chosen, kind)] or [0.0]))


def of_a_picture(setups: Sequence[Setup]) -> Float64:
    """One standard deviation between pictures of the same neutral; shape (3,), degrees.

    The middle one of all set-ups: a shoulder line that was misread once says nothing of the others.
    """
    looked = [np.nanvar(looks(as_columns(setup.neutral)), axis=0, ddof=1) for setup in setups]
    return np.sqrt(np.nanmedian(looked, axis=0))


def trust_of(kind: str, chosen: Sequence[Chosen], mean: Float64) -> Float64:
    """A held neutral is the person's own, an assumed one nobody's; of others the data tell."""
    if kind in ("held", "assumed"):
        return np.full(3, float(kind == "held"))
    return trust_in(chosen, mean)


def trust_in(chosen: Sequence[Chosen], mean: Float64) -> Float64:
    """Which share of how unusual the moments look is the person's own neutral.

    By least absolute errors: a few recordings have another pose taken for the neutral, and must not
    say what all the others are worth.
    """
    true = np.array([one.true for one in chosen]) - mean
    found = np.array([one.found for one in chosen]) - mean
    share = [weighted_median(t / f, np.abs(f)) for t, f in zip(true.T, found.T, strict=True)]
    return np.clip(share, 0.0, 1.0)


def weighted_median(values: Float64, weights: Float64) -> float:
    order = np.argsort(values)
    below = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(below, below[-1] / 2.0)])


def left_out(chosen: Sequence[Chosen], kind: str, mean: Float64) -> Float64:
    """Errors of neutrals, each person's with what the others say of that kind; shape (n, 3)."""
    errors: list[Float64] = []
    for person in sorted({one.person for one in chosen}):
        others = [one for one in chosen if one.person != person]
        trust = trust_of(kind, others, mean)
        for one in (one for one in chosen if one.person == person):
            errors.append(mean + trust * (one.found - mean) - one.true)
    return np.array(errors)


def summary(chosen: Sequence[Chosen], kinds: Mapping[str, KindOfNeutral], mean: Float64) -> str:
    """How often each kind was chosen, and what it is worth on people left out."""
    lines = ["pictures in which the neutral is passed through: how often each kind was chosen"]
    for passing in sorted({one.passing for one in chosen}):
        counts = [sum(c.kind == kind and c.passing == passing for c in chosen) for kind in KINDS]
        told = ", ".join(f"{kind} {n}" for kind, n in zip(KINDS, counts, strict=True))
        lines.append(f"  {'as filmed' if passing < 0 else passing:<10}{told}")
    lines.append("flexion, rotation, lateral flexion of each kind on people left out, degrees:")
    for kind, known in kinds.items():
        own = of_kind(chosen, kind)
        sizes = np.abs(left_out(own, kind, mean))
        one = one_error(chosen, kind, mean)
        lines.append(
            f"  {kind:<8} n {len(own)}, trust {tuple(known.trust)}, one standard error"
            f" {one.round(1)}, adds {tuple(known.error)}"
        )
        lines.append(
            f"{'':11}mean error {sizes.mean(axis=0).round(1)}, within twice the standard error"
            f" {(sizes <= 2.0 * one).mean(axis=0).round(2)}"
        )
    return "\n".join(lines)


def write(mean: Float64, spread: Float64, kinds: Mapping[str, KindOfNeutral], people: int) -> None:
    """Write what was found, and on whom."""
    whole = {
        "schema": "neckform/neutral/1",
        "fitted": {"people": people},
        "mean_deg": list(map(float, mean)),
        "spread_deg": list(map(float, spread)),
        "kinds": {
            kind: {"trust": list(known.trust), "error_deg": list(known.error)}
            for kind, known in kinds.items()
        },
    }
    OUT.write_text(json.dumps(whole, indent=1) + "\n")


if __name__ == "__main__":
    sys.exit(main())
