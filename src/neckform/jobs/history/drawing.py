"""A small drawing of the weeks of one stretch, with what is noise shaded."""

from __future__ import annotations

from neckform.history.trends import Trend
from neckform.showing.html.markup import Markup, element, shape

_WIDTH, _HEIGHT, _EDGE = 280, 90, 8
_DOT = 4


def weeks_drawing(trend: Trend) -> Markup | None:
    """A dot for each week at its degrees, and the band of noise around the first.

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
        return round(_EDGE + (_HEIGHT - 2 * _EDGE) * (high - deg) / (high - low), 1)

    pieces = [
        shape(
            "rect",
            x=0,
            y=y(first_deg + band_deg),
            width=_WIDTH,
            height=round(y(first_deg - band_deg) - y(first_deg + band_deg), 1),
            fill="currentColor",
            fill_opacity="0.12",
        )
    ]
    for monday, deg in known:
        x = _EDGE + (_WIDTH - 2 * _EDGE) * (monday - first_day).days / span_days
        pieces.append(shape("circle", cx=round(x, 1), cy=y(deg), r=_DOT, fill="currentColor"))
    return element(
        "svg",
        pieces,
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        width="100%",
        aria_hidden="true",
    )
