"""A comparison as a person reads it on the terminal."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from neckform.core.agreement import Comparison, Estimate
from neckform.core.plain_text import plain


def print_comparison(console: Console, comparison: Comparison) -> None:
    """Print the shift of each recording, and a row for each axis; at most 80 columns."""
    for pairing in comparison.pairings:
        how = "given" if not pairing.shift_found else f"found, correlation {pairing.likeness:.2f}"
        line = f"{plain(pairing.name)}: {pairing.pairs} pairs, time shift {pairing.shift_s:+.2f} s"
        console.print(Text(f"{line} ({how})"), soft_wrap=True)
        if pairing is comparison.pairings[0]:
            read = ", ".join(f"{what} from {plain(name)}" for what, name in pairing.columns.items())
            console.print(Text(f"  {read}"), soft_wrap=True)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("Degrees", "Pairs", "Bias", "95 % limits", "MAE", "RMSE", "ICC(2,1)", "MDC95"):
        table.add_column(name, justify="left" if name == "Degrees" else "right", no_wrap=True)
    for axis in comparison.axes:
        of = axis.whole
        table.add_row(
            str(axis.axis),
            str(of.pairs),
            f"{of.bias.value:+.1f}",
            f"{of.lower.value:+.1f} to {of.upper.value:+.1f}",
            f"{of.mae_deg:.2f}",
            f"{of.rmse_deg:.2f}",
            _icc(of.icc_2_1),
            f"{of.mdc95_deg:.1f}",
        )
    console.print(table)


def _icc(estimate: Estimate | None) -> str:
    return "-" if estimate is None else f"{estimate.value:.3f}"
