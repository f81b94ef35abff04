"""``night.html``: how somebody lay over a night, in words and as one plot."""

from __future__ import annotations

from neckform.core.night import Lain, Lie, LyingChange, Night, changes
from neckform.core.report import SessionReport
from neckform.core.wording import Worded, worded
from neckform.showing.html.markup import Markup, element, section, shape, table
from neckform.showing.html.page import document
from neckform.showing.html.reading import recording_name
from neckform.showing.words.night_words import CHANGES, LIES, night_line
from neckform.showing.words.watch_words import lasting

ROWS = (Lie.BACK, Lie.LEFT, Lie.RIGHT, Lie.FRONT, Lie.SITTING, Lie.UNCLEAR, Lie.NOBODY)
_WIDTH, _ROW, _LEFT, _TOP = 760, 30, 130, 6
_HOUR_MS = 3_600_000


def night_html(report: SessionReport) -> str:
    """The page of a night.

    Parameters
    ----------
    report : SessionReport
        Of somebody lying; one without a night has an empty page.
    """
    night = report.outcome.night or Night()
    name = recording_name(report)
    main = [
        section("night", worded("The night"), element("figure", _plot(night), class_="plot")),
        section("minutes", worded("How long in each position"), _table(night)),
        section("turns", worded("When you turned"), element("p", _turns(night))),
        section("change", worded("What to change"), _advice(changes(night, report.flags))),
    ]
    return document(worded("{name}: the night", name=name), element("p", night_line(night)), main)


def _table(night: Night) -> Markup:
    whole_ms = max(1, sum(night.spent_ms.values()))
    rows = [
        element(
            "tr",
            element("th", LIES[lie], scope="row"),
            element("td", f"{spent_ms / 60_000:.0f} min", class_="number"),
            element("td", f"{100 * spent_ms / whole_ms:.0f} %", class_="number"),
        )
        for lie, spent_ms in night.spent_ms.items()
    ]
    return table(
        worded("Positions, the longest first"),
        (worded("Position"), worded("In all"), worded("Share")),
        rows,
    )


def _turns(night: Night) -> Worded:
    if not night.turns:
        return worded("Never, as far as it was seen.")
    times = ", ".join(_clock(t_ms) for t_ms in night.turns)
    return worded("{times} from the beginning.", times=times)


def _advice(helped: dict[LyingChange, int]) -> Markup:
    if not helped:
        return element("p", worded("Nothing, as far as it was seen: the neck lay straight."))
    return element(
        "ul",
        [
            element(
                "li",
                worded(
                    "{change} ({lasted} of this night)",
                    change=CHANGES[change],
                    lasted=lasting(spent_ms),
                ),
            )
            for change, spent_ms in helped.items()
        ],
    )


def _plot(night: Night) -> Markup:
    """One row for each position that there was, the night from left to right."""
    rows = [lie for lie in ROWS if night.spent_ms.get(lie)]
    first_ms = night.lain[0].start_ms if night.lain else 0
    end_ms = night.lain[-1].end_ms if night.lain else 1
    across = (_WIDTH - _LEFT - 10) / max(1, end_ms - first_ms)
    height = _TOP + _ROW * len(rows) + 24

    def x(t_ms: int) -> float:
        return round(_LEFT + (t_ms - first_ms) * across, 1)

    def bar(one: Lain) -> Markup:
        top = _TOP + _ROW * rows.index(one.position)
        width = max(1.0, round(x(one.end_ms) - x(one.start_ms), 1))
        return shape(
            "rect", class_="fill", x=x(one.start_ms), y=top + 5, width=width, height=_ROW - 10, rx=2
        )

    pieces = [
        element(
            "text", LIES[lie], x=0, y=_TOP + _ROW * row + 20, fill="currentColor",
            font_size="14",
        )
        for row, lie in enumerate(rows)
    ]  # fmt: skip
    step_ms = _HOUR_MS if end_ms - first_ms > 2 * _HOUR_MS else _HOUR_MS // 6
    for t_ms in range(first_ms, end_ms + 1, step_ms):
        pieces.append(shape("line", class_="norm", x1=x(t_ms), x2=x(t_ms), y1=_TOP, y2=height - 20))
        pieces.append(
            element(
                "text", _clock(t_ms), x=x(t_ms), y=height - 6, fill="currentColor", font_size="12",
                text_anchor="middle",
            )
        )  # fmt: skip
    pieces += [bar(one) for one in night.lain]
    return element(
        "svg",
        pieces,
        class_="bar",
        viewBox=f"0 0 {_WIDTH} {height}",
        width=_WIDTH,
        height=height,
        role="img",
        aria_label=night_line(night),
    )


def _clock(t_ms: int) -> str:
    minutes = t_ms // 60_000
    return f"{minutes // 60}:{minutes % 60:02d}"
