"""Two small drawings that stand beside a figure; a screen reader reads the figure alone."""

from __future__ import annotations

from neckform.showing.html.markup import Markup, element, shape

_WIDTH, _HEIGHT = 160, 14
_FULL_DEG = 90


def held_bar(held_ms: int, target_ms: int) -> Markup:
    """How much of the target was held."""
    share = min(1.0, held_ms / target_ms)
    return _drawing(
        shape("rect", class_="track", width=_WIDTH, height=_HEIGHT, rx=3),
        shape("rect", class_="fill", width=round(_WIDTH * share, 1), height=_HEIGHT, rx=3),
    )


def reach_bar(reached_deg: float | None, norm_deg: float, earlier_deg: float | None) -> Markup:
    """A range of motion, with a line at what healthy adults reach and one at the earlier best."""
    pieces = [shape("rect", class_="track", width=_WIDTH, height=_HEIGHT, rx=3)]
    if reached_deg is not None:
        width = _place(reached_deg)
        pieces.append(shape("rect", class_="fill", y=3, width=width, height=_HEIGHT - 6))
    for name, deg in (("norm", norm_deg), ("earlier", earlier_deg)):
        if deg is not None:
            x = _place(deg)
            pieces.append(shape("line", class_=name, x1=x, x2=x, y1=0, y2=_HEIGHT))
    return _drawing(*pieces)


def _place(deg: float) -> float:
    return round(_WIDTH * min(deg, _FULL_DEG) / _FULL_DEG, 1)


def _drawing(*pieces: Markup) -> Markup:
    return element(
        "svg",
        pieces,
        class_="bar",
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        width=_WIDTH,
        height=_HEIGHT,
        aria_hidden="true",
    )
