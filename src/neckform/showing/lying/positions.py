"""The positions, and a person who lies in each, as shapes: whoever shows them draws these.

The head is at the left. All lengths are in the units of a drawing, `WIDTH` by `HEIGHT`; y points
down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, hypot, pi, radians, sin

WIDTH, HEIGHT = 240, 130
_BED = 116.0
_BACK_UP = 19.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Position:
    """One way to lie.

    Attributes
    ----------
    id : str
        Also names its words, in ``page.care``.
    verdict : str
        ``best``, ``good``, ``wrong`` or ``worst``.
    head, neck : tuple of float
        How far from the head's end of the bed, and how high above it.
    pillow : float
        How high it is.
    nose : float or None
        Where it points, in degrees from straight up; None where no profile is seen.
    up : float
        How high the middle of the trunk lies; higher on the side than on the back.
    twisted : bool
        Whether the face is turned to who looks.
    """

    id: str
    verdict: str
    head: Point
    neck: Point
    pillow: float
    nose: float | None = None
    up: float = _BACK_UP
    twisted: bool = False


POSITIONS = (
    Position("back-level", "best", (46, 24), (70, 20), 8, nose=0),
    Position("back-chin", "wrong", (44, 56), (70, 28), 38, nose=48),
    Position("back-tilted", "wrong", (46, 16), (72, 26), 0, nose=-42),
    Position("side-straight", "good", (46, 36), (70, 34), 20, up=34),
    Position("side-high", "wrong", (46, 66), (70, 42), 50, up=34),
    Position("side-sunk", "wrong", (44, 20), (70, 28), 4, up=34),
    Position("face-down", "worst", (46, 24), (70, 22), 6, twisted=True),
)


@dataclass(frozen=True, slots=True)
class Outline:
    """An outline that is filled, or an open line.

    Attributes
    ----------
    part : str
        What it is of, such as ``skin``: it has that part's colour.
    """

    part: str
    points: tuple[Point, ...]
    closed: bool = True


def shapes(position: Position) -> Iterator[Outline]:
    """What is drawn, the farthest first."""
    on_side = position.up != _BACK_UP
    middle = _BED - position.up
    top = (position.head[0] + 6, _BED - position.head[1] + 3)
    base = (position.neck[0], _BED - position.neck[1])
    shoulder, hip = (92.0, middle), (152.0, middle + (5 if on_side else 2))
    knee, foot = (190.0, _BED - (20 if on_side else 15)), (226.0, _BED - 9)
    yield Outline("bed", ((8, _BED + 1), (234, _BED + 1)), closed=False)
    if position.pillow:
        yield Outline("pillow", _pillow(position.pillow))
    yield Outline("trousers", _limb(hip, knee, *((19, 13) if on_side else (15, 12))))
    yield Outline("trousers", _limb(knee, foot, 12, 7))
    yield Outline("skin", _limb(top, base, 9, 10))
    yield Outline("skin", _limb(base, shoulder, 10, 12))
    yield Outline("shirt", _limb(shoulder, hip, *((27, 21) if on_side else (18, 16))))
    yield from _head(position)
    if on_side:
        waist = (122.0, (shoulder[1] + hip[1]) / 2)
        for bone in _along((top, base, shoulder, waist, hip), 7):
            yield Outline("bones", _oval(bone, 2, 2))
    else:
        yield Outline("shade", _limb((96, middle + 2), (140, middle + 8), 7, 5))
    if position.twisted:
        for x, y, deep in ((base[0] - 6, base[1] - 9, 17), (base[0] + 3, base[1] - 10, 19)):
            bent = _bent((x, y), (x + 6, y + 6), (x + 2, y + deep))
            yield Outline("line", bent, closed=False)


def _head(position: Position) -> Iterator[Outline]:
    """In profile, its nose in a direction; or turned to who looks, or seen from behind."""
    parts = [Outline("hair", _oval((0, 0), 19, 19))]
    if position.nose is not None:
        nose = ((-1, -18), (0.6, -20.4), (2, -23.4), (4, -26), (5.9, -24), (7, -20.7), (8, -17))
        parts += [
            Outline("skin", _oval((3, -4), 16, 16)),
            Outline("skin", nose),
            Outline("line", _bent((-8, -10), (-5.5, -7), (-2.5, -8.5)), closed=False),
            Outline("line", ((13.5, -12), (12, -7.5)), closed=False),
            Outline("shade", _oval((1, 3), 3, 4.5)),
        ]
    elif position.twisted:
        parts.append(Outline("skin", _oval((4, 2), 15, 15)))
        for begin, over, end in (
            ((2, -5), (-1, -3.5), (2, 0)),
            ((2, 5), (-1, 6.5), (2, 10)),
            ((12, -1), (15, 2), (12, 5)),
        ):
            parts.append(Outline("line", _bent(begin, over, end), closed=False))
    else:
        parts.append(Outline("shade", _oval((5, -17), 4.5, 3.5)))
    turned = radians(position.nose or 0)
    for part in parts:
        points = tuple(
            (
                position.head[0] + x * cos(turned) - y * sin(turned),
                _BED - position.head[1] + x * sin(turned) + y * cos(turned),
            )
            for x, y in part.points
        )
        yield Outline(part.part, points, part.closed)


def _limb(begin: Point, end: Point, begins: float, ends: float) -> tuple[Point, ...]:
    """Round at both joints."""
    angle = atan2(end[1] - begin[1], end[0] - begin[0])
    return (
        *_arc(begin, begins, begins, angle + pi / 2, angle + 3 * pi / 2),
        *_arc(end, ends, ends, angle - pi / 2, angle + pi / 2),
    )


def _oval(centre: Point, wide: float, high: float) -> tuple[Point, ...]:
    return _arc(centre, wide, high, 0, 2 * pi)


def _arc(centre: Point, wide: float, high: float, first: float, last: float) -> tuple[Point, ...]:
    steps = 20 if last - first <= pi else 40
    turns = [first + (last - first) * step / steps for step in range(steps + 1)]
    return tuple((centre[0] + wide * cos(at), centre[1] + high * sin(at)) for at in turns)


def _bent(begin: Point, over: Point, end: Point) -> tuple[Point, ...]:
    """A line from one point to another that bends toward a third."""
    shares = [step / 6 for step in range(7)]
    return tuple(
        (
            (1 - at) ** 2 * begin[0] + 2 * at * (1 - at) * over[0] + at**2 * end[0],
            (1 - at) ** 2 * begin[1] + 2 * at * (1 - at) * over[1] + at**2 * end[1],
        )
        for at in shares
    )


def _pillow(high: float) -> tuple[Point, ...]:
    left, right, top, round_ = 14, 68, _BED - high, min(8.0, high / 2)
    corners = (
        (right - round_, _BED - round_),
        (left + round_, _BED - round_),
        (left + round_, top + round_),
        (right - round_, top + round_),
    )
    return tuple(
        point
        for corner, centre in enumerate(corners)
        for point in _arc(centre, round_, round_, corner * pi / 2, (corner + 1) * pi / 2)
    )


def _along(line: tuple[Point, ...], apart: float) -> Iterator[Point]:
    """Points on a line of several parts, evenly apart."""
    left = 0.0
    for begin, end in pairwise(line):
        length = hypot(end[0] - begin[0], end[1] - begin[1])
        while left <= length:
            share = left / length
            yield begin[0] + share * (end[0] - begin[0]), begin[1] + share * (end[1] - begin[1])
            left += apart
        left -= length
