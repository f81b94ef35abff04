"""How degrees and held seconds went, in words and as a drawing with what is noise shaded."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from neckform.core.wording import Worded, plural, worded
from neckform.history.trends import Trend, Week
from neckform.showing.html.markup import Markup, element, shape

_WIDTH, _HEIGHT, _EDGE = 280, 118, 10
_LEFT, _FOOT = 34, 24
"""Room for the degrees at the left, and for the days below."""
_DOT = 4


def week_line(week: Week) -> Worded:
    """One week of one stretch and side, from its Monday."""
    line = plural(
        "from {monday}: {n} hold, {completed} completed, {held_s:.0f} s each",
        "from {monday}: {n} holds, {completed} completed, {held_s:.0f} s each",
        monday=str(week.monday),
        n=week.holds,
        completed=week.completed,
        held_s=week.mean_held_s,
    )
    if week.angle_deg is None:
        return line
    line = worded("{line}, {angle_deg:.0f}°", line=line, angle_deg=week.angle_deg)
    if week.error_deg is None:
        return line
    return worded("{line} (± {error_deg:.0f})", line=line, error_deg=max(1.0, week.error_deg))


def change_line(trend: Trend, *, visits: bool = False) -> Worded | None:
    """From the first week, or visit, to the last; None when there is only one."""
    change = trend.change
    if change.held_s is None:
        return None
    held = round(change.held_s)
    time = worded("held as long")
    if held > 0:
        time = worded("held {held_s} s longer", held_s=held)
    elif held < 0:
        time = worded("held {held_s} s less", held_s=-held)
    told = worded("From the first week to the last: {time}", time=time)
    if visits:
        told = worded("From the first visit to the last: {time}", time=time)
    if change.angle_deg is None:
        return worded("{told}.", told=told)
    if not change.beyond_noise:
        return worded(
            "{told}; no difference in degrees that could be told from noise (under "
            "{band_deg:.0f}°).",
            told=told,
            band_deg=change.band_deg,
        )
    by = abs(change.angle_deg)
    if change.angle_deg > 0:
        return worded("{told}; {by:.0f}° further, which is more than noise.", told=told, by=by)
    return worded("{told}; {by:.0f}° less far, which is more than noise.", told=told, by=by)


def progress_drawing(trend: Trend) -> Markup | None:
    """A dot for each week, or visit, at its degrees, and the band of noise around the first.

    None with fewer than two weeks whose angle is known. A screen reader reads the list instead.
    """
    known = [(week.monday, week.angle_deg) for week in trend.weeks if week.angle_deg is not None]
    if len(known) < 2:
        return None
    first_day, first_deg = known[0]
    band_deg = trend.change.band_deg
    low = min(first_deg - band_deg, *(deg for _, deg in known))
    high = max(first_deg + band_deg, *(deg for _, deg in known))
    span_days = (known[-1][0] - first_day).days

    def y(deg: float) -> float:
        return round(_EDGE + (_HEIGHT - _FOOT - 2 * _EDGE) * (high - deg) / (high - low), 1)

    pieces = [
        shape(
            "rect",
            x=_LEFT,
            y=y(first_deg + band_deg),
            width=_WIDTH - _LEFT,
            height=round(y(first_deg - band_deg) - y(first_deg + band_deg), 1),
            fill="currentColor",
            fill_opacity="0.12",
        )
    ]
    pieces += _axes(low, high, y)
    for at, monday in (("start", first_day), ("end", known[-1][0])):
        edge = _LEFT if at == "start" else _WIDTH
        pieces.append(_label(str(monday), edge, _HEIGHT - 5, at))
    for monday, deg in known:
        x = _LEFT + _EDGE + (_WIDTH - _LEFT - 2 * _EDGE) * (monday - first_day).days / span_days
        pieces.append(shape("circle", cx=round(x, 1), cy=y(deg), r=_DOT, fill="currentColor"))
    return element(
        "svg",
        pieces,
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        width="100%",
        aria_hidden="true",
    )


def _axes(low: float, high: float, y: Callable[[float], float]) -> list[Markup]:
    """Both axes, and round degrees at the left one."""
    foot = _HEIGHT - _FOOT
    ends = f"M{_LEFT} {_EDGE // 2}V{foot}H{_WIDTH}"
    lines = [shape("path", d=ends, fill="none", stroke="currentColor", stroke_opacity="0.5")]
    # What a damaged history says may be beyond all that a neck does.
    steps = (step for step in (5, 10, 20, 45, 90) if (high - low) / step <= 3)
    every = next(steps, ceil((high - low) / 3))
    for deg in range(ceil(low / every) * every, int(high) + 1, every):
        lines.append(_label(f"{deg}°", _LEFT - 4, y(deg) + 4, "end"))
    return lines


def _label(text: str, x: float, y: float, anchor: str) -> Markup:
    return element("text", text, x=x, y=y, text_anchor=anchor, fill="currentColor", font_size=12)
