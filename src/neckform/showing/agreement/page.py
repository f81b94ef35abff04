"""``agreement.html``: what the figures of a comparison are, and what they mean."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path

from neckform.core.agreement import Agreement, AxisAgreement, Comparison, Estimate, RangeAgreement
from neckform.showing.agreement.plots import Plot
from neckform.showing.html.markup import Markup, definitions, element, section, table, void
from neckform.showing.html.page import document

_HEAD = (
    "Axis", "Pairs", "Independent", "Bias", "Limits of agreement", "MAE", "RMSE", "ICC(2,1)",
    "ICC(3,1)", "SEM", "MDC95",
)  # fmt: skip
_MEANINGS = (
    ("Bias", "Mean of neckform minus reference."),
    (
        "Limits of agreement",
        "Bias minus and plus 1.96 standard deviations of the differences: 95 % of them lie between "
        "(Bland and Altman, Lancet 1986). Each with its 95 % interval.",
    ),
    ("MAE, RMSE", "Mean absolute difference, and root of the mean squared difference."),
    (
        "ICC(2,1), ICC(3,1)",
        "Intraclass correlation of single measurements, absolute agreement and consistency (Shrout "
        "and Fleiss, Psychol Bull 1979). It falls where angles differ little: in a narrow range it "
        "says nothing about the instrument.",
    ),
    ("SEM", "Standard error of measurement: standard deviation of the differences over root 2."),
    ("MDC95", "Smallest change between two measurements beyond their error: 1.96 x root 2 x SEM."),
    (
        "Independent",
        "Neighbours in time are alike. As many independent pairs tell as much as all of these "
        "(integrated autocorrelation of the differences); all intervals are of that number.",
    ),
)


def agreement_html(comparison: Comparison, plots: Sequence[Plot]) -> str:
    """The page as text, complete in itself."""
    many = len(comparison.pairings)
    summary = element(
        "p",
        f"{many} recording{'s' if many > 1 else ''}, "
        f"{sum(pairing.pairs for pairing in comparison.pairings)} moments that both know. Degrees; "
        "differences are neckform minus reference.",
        f" Only where the reference has {', '.join(comparison.between)}."
        if comparison.between
        else None,
    )
    whole = [_row(str(axis.axis), axis.whole) for axis in comparison.axes]
    main = [
        section("axes", "Agreement", table("Agreement by axis", _HEAD, whole)),
        section("plots", "Plots", [_drawn(plot) for plot in plots]),
        section("ranges", "Range by range", [_ranges(axis) for axis in comparison.axes]),
        section("recordings", "Recordings", _recordings(comparison)),
        section("meanings", "What the figures are", definitions(_MEANINGS, class_="long")),
    ]
    return document("Agreement", summary, main, element("p", f"neckform {comparison.version}"))


def _row(name: str, of: Agreement) -> Markup:
    cells = (
        str(of.pairs),
        f"{of.independent:.0f}",
        interval(of.bias),
        f"{interval(of.lower)} to {interval(of.upper)}",
        f"{of.mae_deg:.2f}",
        f"{of.rmse_deg:.2f}",
        icc(of.icc_2_1),
        icc(of.icc_3_1),
        f"{of.sem_deg:.2f}",
        f"{of.mdc95_deg:.2f}",
    )
    return element("tr", element("th", name, scope="row"), [element("td", cell) for cell in cells])


def _ranges(axis: AxisAgreement) -> list[Markup]:
    name = f"{axis.axis}, either side" if axis.by_size else str(axis.axis)
    head = ("Reference", *_HEAD[1:])
    rows = [
        _row(_range(one), one.agreement)
        if one.agreement is not None
        else element("tr", element("th", _range(one), scope="row"), element("td", str(one.pairs)))
        for one in axis.ranges
    ]
    return [element("h3", name), table(f"Agreement by range of {name}", head, rows)]


def _range(one: RangeAgreement) -> str:
    if one.low_deg is None:
        return f"below {one.high_deg:g}"
    if one.high_deg is None:
        return f"{one.low_deg:g} and more"
    return f"{one.low_deg:g} to {one.high_deg:g}"


def _recordings(comparison: Comparison) -> Markup:
    rows = [
        element(
            "tr",
            element("th", pairing.name, scope="row"),
            element("td", str(pairing.pairs)),
            element(
                "td", f"{pairing.shift_s:+.3f} s, " + ("found" if pairing.shift_found else "given")
            ),
            element("td", "" if pairing.likeness is None else f"{pairing.likeness:.3f}"),
            element("td", ", ".join(f"{what}: {name}" for what, name in pairing.columns.items())),
            element("td", "; ".join(pairing.notes), class_="note"),
        )
        for pairing in comparison.pairings
    ]
    head = ("Recording", "Pairs", "Time shift", "Correlation", "Read from", "Note")
    return table("Recordings that were compared", head, rows)


def _drawn(plot: Plot) -> Markup:
    data = base64.b64encode(plot.png).decode("ascii")
    image = void("img", src=f"data:image/png;base64,{data}", alt=plot.text, style=None)
    return element("figure", image, element("figcaption", f"{plot.text}: {Path(plot.path).name}"))


def interval(estimate: Estimate) -> str:
    """Degrees, with the interval where it is known."""
    if estimate.low is None or estimate.high is None:
        return f"{estimate.value:+.2f}"
    return f"{estimate.value:+.2f} [{estimate.low:+.2f}, {estimate.high:+.2f}]"


def icc(estimate: Estimate | None) -> str:
    """A correlation, with the interval where it is known."""
    if estimate is None:
        return "-"
    if estimate.low is None or estimate.high is None:
        return f"{estimate.value:.3f}"
    return f"{estimate.value:.3f} [{estimate.low:.3f}, {estimate.high:.3f}]"
