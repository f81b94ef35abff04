"""Two small drawings that stand beside a figure; screen readers are told the figure alone."""

from __future__ import annotations

from neckform.showing.html.markup import Markup, element, void

_WIDTH, _HEIGHT = 160, 14
_FULL_DEG = 90


def held_bar(held_s: float, target_s: float) -> Markup:
    """How much of the target was held."""
    share = max(0.0, min(1.0, held_s / target_s)) if target_s else 0.0
    return _drawing(
        void("rect", class_="track", width=_WIDTH, height=_HEIGHT, rx=3),
        void("rect", class_="fill", width=round(_WIDTH * share, 1), height=_HEIGHT, rx=3),
    )


def reach_bar(reached_deg: float | None, norm_deg: float, earlier_deg: float | None) -> Markup:
    """A range of motion, with a line at what healthy adults reach and one at the earlier best."""
    pieces = [void("rect", class_="track", width=_WIDTH, height=_HEIGHT, rx=3)]
    if reached_deg is not None:
        pieces.append(
            void("rect", class_="fill", y=3, width=_place(reached_deg), height=_HEIGHT - 6)
        )
    for name, deg in (("norm", norm_deg), ("earlier", earlier_deg)):
        if deg is not None:
            x = _place(deg)
            pieces.append(void("line", class_=name, x1=x, x2=x, y1=0, y2=_HEIGHT))
    return _drawing(*pieces)


def _place(deg: float) -> float:
    return round(_WIDTH * min(deg, _FULL_DEG) / _FULL_DEG, 1)


def _drawing(*pieces: Markup) -> Markup:
    # Closed for XML's sake: an svg's children are no HTML void elements.
    inside = [Markup(piece[:-1] + "/>") for piece in pieces]
    return element(
        "svg",
        inside,
        class_="bar",
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        width=_WIDTH,
        height=_HEIGHT,
        aria_hidden="true",
    )
