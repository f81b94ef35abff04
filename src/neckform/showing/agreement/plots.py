"""Plots of agreement for a paper, drawn by matplotlib, which MediaPipe brings along."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from neckform.core.agreement import AxisAgreement, Comparison
from neckform.core.types import Axis, Float64
from neckform.core.wording import worded
from neckform.files import replacing
from neckform.showing.agreement.told import Told
from neckform.showing.agreement.words import AXIS_NAMES, OURS, THEIRS, degrees
from neckform.showing.words.telling import told

_MOST_TRACES = 12
_COLOURS = {Axis.FLEXION: "#0063a6", Axis.ROTATION: "#b84a00", Axis.LATERAL: "#0a7a5a"}
_DOTS_PER_INCH = 150


@dataclass(frozen=True, slots=True)
class Plot:
    """One figure.

    Attributes
    ----------
    path : Path
        The SVG file.
    png : bytes
        The same for the page.
    text : str
        What it shows, for who cannot see it.
    """

    path: Path
    png: bytes
    text: str


def write_plots(folder: Path, comparison: Comparison, compared: Sequence[Told]) -> list[Plot]:
    """Write a figure for each axis, and one over time for each of the first recordings.

    Raises
    ------
    OutputError
    """
    plots = []
    for axis in comparison.axes:
        ours, theirs = _all(axis.axis, compared)
        text = worded(
            "{axis}: difference over mean of both with the limits of agreement, and neckform over "
            "reference with the line of equality; {pairs} pairs",
            axis=AXIS_NAMES[axis.axis],
            pairs=axis.whole.pairs,
        )
        draw = partial(_agreement, axis=axis, ours=ours, theirs=theirs)
        plots.append(_plot(folder / f"bland-altman-{axis.axis}.svg", (9, 4), draw, text))
    for number, one in enumerate(compared[:_MOST_TRACES], 1):
        name = "traces.svg" if len(compared) == 1 else f"traces-{number}.svg"
        text = worded("{name}: both over time, after the time shift", name=one[0])
        plots.append(
            _plot(folder / name, (9, 1.2 + 1.5 * len(one[2])), partial(_traces, series=one), text)
        )
    return plots


def _plot(path: Path, size: tuple[float, float], draw: Callable[[Any], None], text: str) -> Plot:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    # Without a date and with fixed names the same figures make the same file.
    with mpl.rc_context({"svg.hashsalt": "neckform", "svg.fonttype": "none", "font.size": 9}):
        figure = Figure(figsize=size, layout="constrained")
        draw(figure)
        with replacing(path) as partial:
            figure.savefig(partial, format="svg", dpi=_DOTS_PER_INCH, metadata={"Date": None})
        kept = io.BytesIO()
        figure.savefig(kept, format="png", dpi=_DOTS_PER_INCH, metadata={"Software": None})
    return Plot(path, kept.getvalue(), text)


def _agreement(figure: Any, axis: AxisAgreement, ours: Float64, theirs: Float64) -> None:
    whole, colour = axis.whole, _COLOURS[axis.axis]
    left, right = figure.subplots(1, 2)
    dots = {"s": 6, "alpha": 0.35, "linewidths": 0, "color": colour, "rasterized": True}
    left.scatter((ours + theirs) / 2, ours - theirs, **dots)
    for estimate, style in ((whole.bias, "-"), (whole.lower, "--"), (whole.upper, "--")):
        left.axhline(estimate.value, color="black", linestyle=style, linewidth=1)
        if estimate.low is not None and estimate.high is not None:
            left.axhspan(estimate.low, estimate.high, color="black", alpha=0.08, linewidth=0)
        left.annotate(
            told(degrees(estimate.value)),
            (1.01, estimate.value),
            xycoords=("axes fraction", "data"),
            va="center",
        )
    name = AXIS_NAMES[axis.axis]
    left.set(
        xlabel=told(worded("mean of both, degrees")),
        ylabel=told(worded("neckform - reference, degrees")),
        title=told(worded("{axis}: bias and limits of agreement", axis=name)),
    )
    right.scatter(theirs, ours, **dots)
    ends = [min(ours.min(), theirs.min()), max(ours.max(), theirs.max())]
    right.plot(ends, ends, color="black", linewidth=1)
    right.set(
        xlabel=told(worded("{what}, degrees", what=THEIRS)),
        ylabel=told(worded("{what}, degrees", what=OURS)),
        title=told(worded("{axis}: line of equality", axis=name)),
        aspect="equal",
    )


def _traces(figure: Any, series: Told) -> None:
    name, t_s, measured, reference = series
    rows = figure.subplots(len(measured), 1, sharex=True, squeeze=False)[:, 0]
    for row, (axis, ours) in zip(rows, measured.items(), strict=True):
        row.plot(t_s, reference[axis], color="black", linewidth=1, label=told(THEIRS))
        row.plot(t_s, ours, color=_COLOURS[axis], linewidth=1, label=OURS)
        row.set_ylabel(told(worded("{what}, degrees", what=AXIS_NAMES[axis])))
        # Beside the axes: within them it would lie on a trace.
        row.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False)
    rows[-1].set_xlabel(told(worded("seconds of the recording")))
    figure.suptitle(name.replace("$", r"\$"))


def _all(axis: Axis, compared: Sequence[Told]) -> tuple[Float64, Float64]:
    ours = np.concatenate([measured[axis] for _, _, measured, _ in compared if axis in measured])
    theirs = np.concatenate([other[axis] for _, _, measured, other in compared if axis in measured])
    known = np.isfinite(ours) & np.isfinite(theirs)
    return ours[known], theirs[known]
