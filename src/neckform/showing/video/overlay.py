"""Draws what was judged on a picture. Everything shown was computed before; nothing is here."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from neckform.core.measure.observation import Baseline, Observation
from neckform.core.posture.postures import PostureStatus
from neckform.core.stretch.status import AxisStatus, HoldStatus
from neckform.core.types import Head, HoldState, Sample
from neckform.core.wording import listed, worded
from neckform.showing.video.canvas import (
    AMBER,
    BLUE,
    GREEN,
    GREY,
    PALE,
    RED,
    WHITE,
    Canvas,
    Colour,
    Image,
)
from neckform.showing.video.landmarks import draw_landmarks
from neckform.showing.words import phrases
from neckform.showing.words.telling import told

_STATE_COLOUR: dict[HoldState, Colour] = {
    HoldState.REST: BLUE,
    HoldState.HOLDING: GREEN,
    HoldState.LAPSE: GREEN,
    HoldState.PAUSED: AMBER,
}
_MARGIN = 8
_HEADING_HEIGHT = 62
_PANEL_HEIGHT = 85
_GAUGE_EXTRA_DEG = 10
"""How far the gauge's scale goes on beyond the ease-off mark."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What one annotated picture shows.

    Attributes
    ----------
    sample : Sample or None
        None until a neutral is known.
    baseline : Baseline or None
        Draws the shoulders' rest circles.
    resting : PostureStatus or None
        How the neck rests; None when that is not judged.
    """

    observation: Observation
    sample: Sample | None
    status: HoldStatus
    baseline: Baseline | None = None
    resting: PostureStatus | None = None


class Panel(NamedTuple):
    """A dark rectangle, pixels."""

    left: int
    top: int
    right: int
    bottom: int


def draw_overlay(image: Image, moment: Moment, names: Mapping[str, str]) -> None:
    """Draw on a BGR picture, in place.

    Parameters
    ----------
    image : ndarray, shape (height, width, 3), uint8
        The picture that `moment` was seen in, or a smaller copy of it. Not mirrored.
    moment : Moment
        What was seen and judged.
    names : mapping of str to str
        Each stretch's id to its name for people.
    """
    canvas = Canvas(image)
    colour = _STATE_COLOUR[moment.status.state]
    draw_landmarks(canvas, moment.observation, moment.sample, moment.baseline, colour)
    _draw_heading(canvas, moment, names, colour)
    head = moment.sample.head if moment.sample is not None else None
    angles, gauge = _panels(canvas, with_gauge=moment.status.stretch is not None)
    if moment.sample is not None:
        _draw_angles(canvas, head, angles)
    if moment.status.shown is not None:
        fill = RED if moment.status.ease_off else colour
        _draw_gauge(canvas, moment.status.shown, gauge, fill)


def _panels(canvas: Canvas, *, with_gauge: bool) -> tuple[Panel, Panel]:
    """Where angles and gauge go: in the upper corners, beside the head; the shoulders stay free.

    A portrait picture has no room beside the head, but plenty below the shoulders.
    """
    height, top = canvas.px(_PANEL_HEIGHT), canvas.px(_HEADING_HEIGHT)
    if canvas.width > canvas.height:
        width = max(canvas.px(205), canvas.width // 4)
        return (
            Panel(0, top, width, top + height),
            Panel(canvas.width - width, top, canvas.width, top + height),
        )
    top = canvas.height - height
    gauge = Panel(0, top, canvas.width, canvas.height)
    if with_gauge:
        return Panel(0, top - height, canvas.width, top), gauge
    return gauge, gauge


def _draw_heading(canvas: Canvas, moment: Moment, names: Mapping[str, str], colour: Colour) -> None:
    status = moment.status
    margin, height = canvas.px(_MARGIN), canvas.px(_HEADING_HEIGHT)
    canvas.panel(0, 0, canvas.width, height)
    right = canvas.width - margin
    raised = moment.resting.raised if moment.resting is not None else ()
    if status.stretch is None:
        name = worded("No stretch")
        if moment.sample is None:
            name = worded("Looking for your neutral")
        line = (
            worded("sit upright, face the camera, keep still")
            if moment.sample is None
            else phrases.state_line(status)
        )
        if raised:
            name, line = phrases.raised_lines(raised, names)
            colour = AMBER
    else:
        name = phrases.title(names.get(status.stretch, status.stretch), status.side)
        line = phrases.state_line(status)
        if raised:
            line = listed([line, phrases.raised_lines(raised, names)[0]])
        right = _draw_timer(canvas, status, height, colour) - margin
    width = right - margin
    canvas.text(told(name), margin, canvas.px(26), canvas.text_px(22), weight=600, width=width)
    warn = RED if status.ease_off else colour
    canvas.text(told(line), margin, canvas.px(51), canvas.text_px(18), colour=warn, width=width)


def _draw_timer(canvas: Canvas, status: HoldStatus, height: int, colour: Colour) -> int:
    """A ring that fills up, with the seconds in it; returns its left edge."""
    radius = canvas.px(24)
    centre = (canvas.width - canvas.px(_MARGIN) - radius, height // 2)
    held_s, target_s = status.held_ms / 1000, status.target_ms / 1000
    canvas.arc(centre, radius, 1, GREY)
    canvas.arc(centre, radius, held_s / target_s if target_s else 0, colour)
    # Whole seconds that have passed: 29.9 s is not yet 30.
    held = str(math.floor(held_s))
    canvas.text(
        held,
        centre[0],
        centre[1] + canvas.px(7),
        canvas.text_px(20),
        weight=700,
        align="centre",
    )
    label = told(worded("of {target_s:.0f} s", target_s=target_s))
    size = canvas.text_px(16)
    right = centre[0] - radius - canvas.px(8)
    canvas.text(label, right, centre[1] + canvas.px(6), size, colour=PALE, align="right")
    return int(right - canvas.text_width(label, size))


def _draw_angles(canvas: Canvas, head: Head | None, panel: Panel) -> None:
    """Three rows: how far, which way, how sure."""
    margin, row, size = canvas.px(_MARGIN), canvas.px(25), canvas.text_px(18)
    left, top, right = panel.left + margin, panel.top, panel.right - margin
    canvas.panel(*panel)
    if head is None:
        canvas.text(
            told(worded("Head not seen")),
            left,
            top + 2 * row,
            size,
            colour=AMBER,
            width=right - left,
        )
        return
    number_right = left + canvas.text_width("~88°", size, 700)
    coarse = not head.face_seen
    ways = phrases.angle_words(head.angles)
    for index, (degrees, way, sure) in enumerate(
        zip(head.angles, ways, head.uncertainty, strict=True)
    ):
        baseline = top + (index + 1) * row
        number = ("~" if coarse else "") + phrases.whole(degrees)
        canvas.text(number, number_right, baseline, size, weight=700, align="right")
        x = number_right + canvas.px(8)
        spread = f"± {round(sure)}"
        spread_px = canvas.text_px(15)
        room = right - x - canvas.text_width(f"{spread} ", spread_px)
        canvas.text(told(way), x, baseline, size, width=room)
        canvas.text(spread, right, baseline, spread_px, colour=PALE, align="right")


def _draw_gauge(canvas: Canvas, axis: AxisStatus, panel: Panel, colour: Colour) -> None:
    """The stretch's main angle on a scale with its marks."""
    margin, top = canvas.px(_MARGIN), panel.top
    canvas.panel(*panel)
    start, end = panel.left + margin, panel.right - margin
    full_deg = max(axis.ease_off_deg, axis.target_deg, axis.enter_deg) + _GAUGE_EXTRA_DEG

    def place(degrees: float) -> int:
        return start + round((end - start) * min(1.0, max(0.0, degrees / full_deg)))

    bar_top, bar_bottom = top + canvas.px(36), top + canvas.px(50)
    canvas.rectangle(start, bar_top, end, bar_bottom, (90, 84, 80))
    canvas.rectangle(place(axis.ease_off_deg), bar_top, end, bar_bottom, (60, 60, 130))
    if axis.angle_deg is None:
        reading, fill = told(worded("not seen")), AMBER
    else:
        reading, fill = f"{round(axis.angle_deg)}°", colour
        canvas.rectangle(start, bar_top, place(axis.angle_deg), bar_bottom, fill)
    size = canvas.text_px(15)
    canvas.text(reading, start, top + canvas.px(26), canvas.text_px(20), colour=fill, weight=700)
    target = told(worded("target {target_deg}°", target_deg=round(axis.target_deg)))
    canvas.text(target, end, top + canvas.px(26), size, align="right")
    below = top + canvas.px(74)
    for degrees, label, mark in (
        (axis.enter_deg, told(worded("start")), PALE),
        (axis.target_deg, "", WHITE),
        (axis.ease_off_deg, told(worded("ease off")), RED),
    ):
        x = place(degrees)
        canvas.rectangle(x, bar_top - canvas.px(4), x + canvas.px(2), bar_bottom, mark)
        if label:
            align = "right" if x + canvas.text_width(label, size) // 2 > end else "centre"
            at = end if align == "right" else x
            canvas.text(label, at, below, size, colour=mark, align=align)
