"""Real people: measured head pose (BIWI), and where people were asked to look (Pointing'04)."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from against_truth import truth
from against_truth.tables import print_angles, print_head
from neckform.config.corrections import load_correction
from neckform.config.settings import load_settings
from neckform.core.neutral.baseline import neutral_of
from neckform.core.session import Session, SessionSettings
from neckform.core.types import HeadSource

TREMBLE_DEG = 3.0
"""People were asked where to look, and some moved only their eyes (person 5, 15 and 30 down: the
head is in the same place). Directions are out of order when they are so by more than this."""
UNMOVED_DEG = 1.0
"""A head that reads less than this has not moved, and a direction that is none has no sign."""


def biwi() -> dict[str, float]:
    moments, observations = truth.biwi()
    neutral = [o for m, o in zip(moments, observations, strict=True) if m.is_neutral]
    session = Session(
        SessionSettings(load_settings(), load_correction()), neutral_of(neutral, "span")
    )
    samples = [session.step(observation).sample for observation in observations]
    fair = [
        (moment, sample)
        for moment, sample in zip(moments, samples, strict=True)
        if moment.angles.flexion_deg >= -40 and sample is not None
    ]
    seen = [(m, s) for m, s in fair if s.head is not None and s.head.source is HeadSource.FACE]
    pairs = [(np.subtract(s.head.angles, m.angles), s) for m, s in seen if s.head]
    print_head("BIWI sequence 19, a real man: mean absolute error, degrees")
    metrics = print_angles("biwi", "all", pairs)
    metrics["biwi.coverage"] = len(seen) / len(fair)
    metrics["biwi.mean_deg"] = float(np.mean([np.abs(error) for error, _ in pairs]))
    print(f"  face seen in {metrics['biwi.coverage']:.1%}, mean {metrics['biwi.mean_deg']:.2f}")
    return metrics


def pointing() -> dict[str, float]:
    """Share answered within 60 degrees of turn, and whether sign and order are right."""
    looks = truth.pointing()
    correction, settings = load_correction(), load_settings()
    answered = asked_within = 0
    disorder: list[str] = []
    for person in sorted({asked.person for asked, _ in looks}):
        own = [(asked, o) for asked, o in looks if asked.person == person]
        ahead = [o for asked, o in own if asked.flexion_deg == asked.rotation_deg == 0 and o.face]
        baseline = neutral_of(ahead, "span")
        pans: dict[float, list[float]] = defaultdict(list)
        tilts: dict[float, list[float]] = defaultdict(list)
        for asked, observation in own:
            session = Session(SessionSettings(settings, correction), baseline)
            sample = session.step(observation).sample
            head = sample.head if sample else None
            if abs(asked.rotation_deg) <= 60 and abs(asked.flexion_deg) <= 60:
                asked_within += 1
                answered += head is not None
                if head is not None:
                    if abs(asked.flexion_deg) <= 15:
                        pans[asked.rotation_deg].append(head.angles.rotation_deg)
                    if abs(asked.rotation_deg) <= 30:
                        tilts[asked.flexion_deg].append(head.angles.flexion_deg)
        disorder += [f"person {person} pan {line}" for line in out_of_order(pans)]
        disorder += [f"person {person} tilt {line}" for line in out_of_order(tilts)]
    coverage = answered / asked_within
    print("\nPointing'04, eight real people")
    print(f"  answered {coverage:.1%} within 60 degrees; {len(disorder)} out of order or sign")
    print("".join(f"  {line}\n" for line in disorder), end="")
    return {"pointing.coverage": coverage, "pointing.disorder": float(len(disorder))}


def out_of_order(measured: dict[float, list[float]]) -> list[str]:
    """Directions whose median is not above that of the direction before, or has the wrong sign."""
    medians = {asked: float(np.median(values)) for asked, values in sorted(measured.items())}
    out = []
    before = -np.inf
    for asked, median in medians.items():
        if median < before - TREMBLE_DEG:
            out.append(f"{asked:+.0f} reads {median:+.1f} after {before:+.1f}")
        if asked and median * np.sign(asked) < -UNMOVED_DEG:
            out.append(f"{asked:+.0f} reads {median:+.1f}")
        before = median
    return out
