"""A comparison as a person reads it on the terminal."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from neckform.core.agreement import Comparison
from neckform.core.plain_text import plain
from neckform.core.types import Axis
from neckform.core.wording import listed, named, worded
from neckform.showing.agreement.words import AXIS_NAMES, degrees, icc
from neckform.showing.words.telling import told


def print_comparison(console: Console, comparison: Comparison) -> None:
    """Print the shift of each recording, and a row for each axis; at most 80 columns."""
    for pairing in comparison.pairings:
        how = worded("given")
        if pairing.shift_found:
            how = worded("found, correlation {likeness:.2f}", likeness=pairing.likeness)
        line = worded(
            "{name}: {pairs} pairs, time shift {shift_s:+.2f} s ({how})",
            name=plain(pairing.name),
            pairs=pairing.pairs,
            shift_s=float(pairing.shift_s),
            how=how,
        )
        console.print(Text(told(line)), soft_wrap=True)
        if pairing is comparison.pairings[0]:
            read = [
                worded("{what} from {name}", what=column_name(what), name=plain(name))
                for what, name in pairing.columns.items()
            ]
            console.print(Text(f"  {told(listed(read, ', '))}"), soft_wrap=True)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    heads = (
        worded("Degrees"), worded("Pairs"), worded("Bias"), worded("95 % limits"), "MAE", "RMSE",
        "ICC(2,1)", "MDC95",
    )  # fmt: skip
    for place, name in enumerate(heads):
        table.add_column(told(name), justify="right" if place else "left", no_wrap=True)
    for axis in comparison.axes:
        of = axis.whole
        cells = (
            AXIS_NAMES[axis.axis],
            str(of.pairs),
            degrees(of.bias.value),
            worded("{low} to {high}", low=degrees(of.lower.value), high=degrees(of.upper.value)),
            worded("{value:.2f}", value=float(of.mae_deg)),
            worded("{value:.2f}", value=float(of.rmse_deg)),
            icc(of.icc_2_1),
            worded("{value:.1f}", value=float(of.mdc95_deg)),
        )
        table.add_row(*map(told, cells))
    console.print(table)


def column_name(what: str) -> str:
    """What was read from a column of the reference."""
    return named("time") if what == "time" else AXIS_NAMES[Axis(what)]
