"""How far healthy necks go, for orientation beside a person's own range of motion."""

from __future__ import annotations

from neckform.core.outcome import Direction
from neckform.core.wording import worded

HEALTHY_DEG = {
    Direction.FLEXION: 50,
    Direction.EXTENSION: 80,
    Direction.LEFT_ROTATION: 80,
    Direction.RIGHT_ROTATION: 80,
    Direction.LEFT_LATERAL: 45,
    Direction.RIGHT_LATERAL: 45,
}
"""A healthy young adult's average (Muscolino, see `SOURCES`).

Measured from end to end, 30 women and 30 men reached 136° and 130° from chin down to chin up, 162°
and 155° from left to right in turning, and 91° and 77° in tilting (Ferrario and others); the sums
of these are 130°, 160° and 90°.
"""

WARNING = worded(
    "Healthy people differ from each other, and from themselves on another day, by 12 to 20°, and "
    "necks move less with age. So this is for orientation: being below it is no finding, and "
    "reaching it is no aim. The figures here are what was reached while stretching or sitting, not "
    "in a test of how far the neck can go."
)

SOURCES = (
    worded(
        "Average of a healthy young adult: {source}.",
        source="J. E. Muscolino, Cervical spine ranges of motion, "
        "learnmuscles.com/glossary/cervical-spine-ranges-of-motion-rom",
    ),
    worded(
        "Both directions together, 30 women and 30 men, healthy and young: 136° and 130° from chin "
        "down to chin up (here 130°), 162° and 155° from turned left to right (here 160°), 91° and "
        "77° from tilted left to right (here 90°): {source}.",
        source="V. F. Ferrario and others, Active range of motion of the head and cervical spine, "
        "J Orthop Res 2002; 20(1): 122-129",
    ),
    worded(
        "Variation of 12 to 20°: {source}.",
        source="H. W. Christensen and N. Nilsson, Natural variation of cervical range of motion, "
        "J Manipulative Physiol Ther 1998; 21(6): 383-387",
    ),
    worded(
        "Less with age: {source}.",
        source="R. A. Swinkels and I. E. Swinkels-Meewisse, Normal values for cervical range of "
        "motion, Spine 2014; 39(5): 362-367",
    ),
)
