"""The positions as SVG: bare for the page, which colours them, and whole with their words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from textwrap import wrap
from typing import Any

from neckform.showing import page
from neckform.showing.lying.positions import HEIGHT, POSITIONS, WIDTH, Position, shapes
from neckform.showing.words.catalogue import phrase

CARD = (480, 460)
"""Width and height of a picture with its words; the drawing is twice its own size."""
TIMES = 2
_NAME, _WHY = 26, 36
"""Signs on a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words on a picture.

    Attributes
    ----------
    y : int
        Of its baseline.
    size : int
    bold : bool
    colour : str
        As ``#rrggbb``.
    """

    text: str
    y: int
    size: int
    bold: bool
    colour: str


@dataclass(frozen=True, slots=True)
class Paint:
    """What a part looks like: its colours, and how wide its line is."""

    fill: str | None = None
    line: str | None = None
    wide: float = 0.0


def drawings() -> list[dict[str, Any]]:
    """For the page: each position with its verdict, and its drawing without colours and words."""
    return [
        {
            "id": position.id,
            "verdict": position.verdict,
            "drawing": _svg((WIDTH, HEIGHT), _paths(position)),
        }
        for position in POSITIONS
    ]


def picture_svg(position: Position, language: str) -> str:
    """A file that stands alone, on white as paper is."""
    back = colours()["figure-back"]
    style = "".join(_rule(part, look) for part, look in looks().items())
    words = "".join(
        f'<text x="24" y="{line.y}" font-size="{line.size}" fill="{line.colour}"'
        f' font-weight="{600 if line.bold else 400}">{escape(line.text)}</text>'
        for line in words_of(position, language)
    )
    inside = (
        f"<style>{style}text{{font-family:system-ui,sans-serif}}</style>"
        f'<rect width="{CARD[0]}" height="{CARD[1]}" fill="#fff"/>'
        f'<rect width="{CARD[0]}" height="{HEIGHT * TIMES}" fill="{back}"/>'
        f'<g transform="scale({TIMES})">{_paths(position)}</g>{words}'
    )
    return _svg(CARD, f"<title>{escape(_name(position, language))}</title>{inside}") + "\n"


def words_of(position: Position, language: str) -> list[Line]:
    """Name, verdict and reason, below the drawing."""
    ink, soft, good, wait = (colours()[name] for name in ("ink", "soft", "good", "wait"))
    verdict = good if position.verdict in ("best", "good") else wait
    found = [(text, 26, True, ink) for text in wrap(_name(position, language), _NAME)]
    found.append((phrase(f"page.care.{position.verdict}", language), 22, True, verdict))
    why = phrase(f"page.care.{position.id}-why", language)
    found += [(text, 20, False, soft) for text in wrap(why, _WHY)]
    lines, y = [], HEIGHT * TIMES + 8
    for text, size, bold, colour in found:
        y += size + 8
        lines.append(Line(text, y, size, bold, colour))
    return lines


def looks() -> dict[str, Paint]:
    """What each part looks like."""
    own = colours()
    return {
        "bed": Paint(line=own["edge"], wide=2),
        "pillow": Paint(own["paper"], own["edge"], 2),
        **{part: Paint(own[part]) for part in ("skin", "hair", "shirt")},
        "shade": Paint(own["skin-shade"]),
        "trousers": Paint(own["soft"]),
        "line": Paint(line=own["face-line"], wide=1.8),
        "bones": Paint("#ffffff"),
    }


@cache
def colours() -> dict[str, str]:
    """The page's own, in light."""
    style = Path(page.__file__).with_name("coach") / "style" / "colours.css"
    light = style.read_text(encoding="utf-8").split("@media")[0]
    return dict(re.findall(r"--([\w-]+): (#\w{6});", light))


def _name(position: Position, language: str) -> str:
    return phrase(f"page.care.{position.id}", language)


def _paths(position: Position) -> str:
    return "".join(
        f'<path class="lying-{shape.part}" d="M'
        + "L".join(f"{x:.1f} {y:.1f}" for x, y in shape.points)
        + ('z"/>' if shape.closed else '"/>')
        for shape in shapes(position)
    )


def _rule(part: str, look: Paint) -> str:
    line = f";stroke:{look.line};stroke-width:{look.wide}" if look.line else ""
    round_ = "stroke-linecap:round;stroke-linejoin:round"
    return f".lying-{part}{{fill:{look.fill or 'none'}{line};{round_}}}"


def _svg(size: tuple[int, int], inside: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}" role="img">'
        f"{inside}</svg>"
    )
