"""``agreement.html``: what the figures of a comparison are, and what they mean."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path

from neckform.core.agreement import Agreement, AxisAgreement, Comparison, RangeAgreement
from neckform.core.types import Axis
from neckform.core.wording import Worded, listed, named, plural, worded
from neckform.showing.agreement.plots import Plot
from neckform.showing.agreement.words import AXIS_NAMES, icc, icc_interval, interval
from neckform.showing.html.markup import (
    Content,
    Markup,
    definitions,
    element,
    joined,
    section,
    table,
    void,
)
from neckform.showing.html.page import document

_HEAD = (
    worded("Axis"), worded("Pairs"), worded("Independent"), worded("Bias"),
    worded("Limits of agreement"), "MAE", "RMSE", "ICC(2,1)", "ICC(3,1)", "SEM", "MDC95",
)  # fmt: skip
_MEANINGS = (
    (worded("Bias"), worded("Mean of neckform minus reference.")),
    (
        worded("Limits of agreement"),
        worded(
            "Bias minus and plus 1.96 standard deviations of the differences: 95 % of them lie "
            "between (Bland and Altman, Lancet 1986). Each with its 95 % interval."
        ),
    ),
    (
        "MAE, RMSE",
        worded("Mean absolute difference, and root of the mean squared difference."),
    ),
    (
        "ICC(2,1), ICC(3,1)",
        worded(
            "Intraclass correlation of single measurements, absolute agreement and consistency "
            "(Shrout and Fleiss, Psychol Bull 1979). It falls where angles differ little: in a "
            "narrow range it says nothing about the instrument."
        ),
    ),
    (
        "SEM",
        worded("Standard error of measurement: standard deviation of the differences over root 2."),
    ),
    (
        "MDC95",
        worded("Smallest change between two measurements beyond their error: 1.96 x root 2 x SEM."),
    ),
    (
        worded("Independent"),
        worded(
            "Neighbours in time are alike. As many independent pairs tell as much as all of these "
            "(integrated autocorrelation of the differences); all intervals are of that number."
        ),
    ),
)


def agreement_html(comparison: Comparison, plots: Sequence[Plot]) -> str:
    """The page as text, complete in itself."""
    summary: list[Content] = [
        plural(
            "{n} recording, {pairs} moments that both know.",
            "{n} recordings, {pairs} moments that both know.",
            n=len(comparison.pairings),
            pairs=sum(pairing.pairs for pairing in comparison.pairings),
        ),
        " ",
        worded("Degrees; differences are neckform minus reference."),
    ]
    if comparison.between:
        limits = ", ".join(comparison.between)
        summary += [" ", worded("Only where the reference has {limits}.", limits=limits)]
    whole = [_row(AXIS_NAMES[axis.axis], axis.whole) for axis in comparison.axes]
    ranges = [_ranges(axis) for axis in comparison.axes]
    main = [
        section("axes", worded("Agreement"), table(worded("Agreement by axis"), _HEAD, whole)),
        section("plots", worded("Plots"), [_drawn(plot) for plot in plots]),
        section("ranges", worded("Range by range"), ranges),
        section("recordings", worded("Recordings"), _recordings(comparison)),
        section("meanings", worded("What the figures are"), definitions(_MEANINGS, class_="long")),
    ]
    end = element("p", f"neckform {comparison.version}")
    return document(worded("Agreement"), element("p", summary), main, end)


def _row(name: Worded, of: Agreement) -> Markup:
    lower, upper = (
        joined(worded("{value:+.2f}", value=float(limit.value)), " ", _small(interval(limit)))
        for limit in (of.lower, of.upper)
    )
    cells: tuple[Content, ...] = (
        str(of.pairs),
        f"{of.independent:.0f}",
        _valued(worded("{value:+.2f}", value=float(of.bias.value)), interval(of.bias)),
        [lower, void("br"), upper],
        worded("{value:.2f}", value=float(of.mae_deg)),
        worded("{value:.2f}", value=float(of.rmse_deg)),
        _valued(icc(of.icc_2_1), icc_interval(of.icc_2_1)),
        _valued(icc(of.icc_3_1), icc_interval(of.icc_3_1)),
        worded("{value:.2f}", value=float(of.sem_deg)),
        worded("{value:.2f}", value=float(of.mdc95_deg)),
    )
    return element(
        "tr",
        element("th", name, scope="row"),
        [element("td", cell, class_="number") for cell in cells],
    )


def _valued(value: str, beside: Worded | None) -> Content:
    """A figure, and its interval below it."""
    return value if beside is None else [value, void("br"), _small(beside)]


def _small(text: Worded | None) -> Content:
    return None if text is None else element("span", text, class_="interval")


def _ranges(axis: AxisAgreement) -> list[Markup]:
    name = AXIS_NAMES[axis.axis]
    if axis.by_size:
        name = worded("{axis}, either side", axis=name)
    rows = [
        _row(_range(one), one.agreement)
        if one.agreement is not None
        else element("tr", element("th", _range(one), scope="row"), element("td", str(one.pairs)))
        for one in axis.ranges
        if one.pairs
    ]
    caption = worded("Agreement by range of {axis}", axis=name)
    return [element("h3", name), table(caption, (worded("Reference"), *_HEAD[1:]), rows)]


def _range(one: RangeAgreement) -> Worded:
    if one.low_deg is None:
        return worded("below {deg:g}", deg=one.high_deg)
    if one.high_deg is None:
        return worded("{deg:g} and more", deg=one.low_deg)
    return worded("{low:g} to {high:g}", low=one.low_deg, high=one.high_deg)


def _recordings(comparison: Comparison) -> Markup:
    rows = [
        element(
            "tr",
            element("th", pairing.name, scope="row"),
            element("td", str(pairing.pairs)),
            element(
                "td",
                worded(
                    "{shift_s:+.3f} s, {how}",
                    shift_s=float(pairing.shift_s),
                    how=worded("found") if pairing.shift_found else worded("given"),
                ),
                class_="number",
            ),
            element(
                "td",
                None
                if pairing.likeness is None
                else worded("{value:.3f}", value=float(pairing.likeness)),
            ),
            element("td", [_line(what, name) for what, name in pairing.columns.items()]),
            element("td", listed(pairing.notes) if pairing.notes else None, class_="note"),
        )
        for pairing in comparison.pairings
    ]
    head = [worded("Recording"), worded("Pairs"), worded("Time shift"), worded("Correlation"),
            worded("Read from"), worded("Note")]  # fmt: skip
    return table(worded("Recordings that were compared"), head, rows)


def _line(what: str, name: str) -> Markup:
    shown = named("time") if what == "time" else AXIS_NAMES[Axis(what)]
    return element("div", worded("{what}: {name}", what=shown, name=name))


def _drawn(plot: Plot) -> Markup:
    data = base64.b64encode(plot.png).decode("ascii")
    image = void("img", src=f"data:image/png;base64,{data}", alt=plot.text)
    caption = worded("{text}: {file}", text=plot.text, file=Path(plot.path).name)
    return element("figure", image, element("figcaption", caption))
