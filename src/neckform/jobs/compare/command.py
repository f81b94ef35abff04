"""The job of ``neckform compare``: two instruments in, the figures of their agreement out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from neckform.core.agreement import AxisAgreement, Comparison, Pairing
from neckform.core.errors import InputError, SettingsError
from neckform.core.time import DAY_MS
from neckform.core.types import Axis
from neckform.core.wording import worded
from neckform.files import claimed
from neckform.jobs.analyze.options import BaselineChoice
from neckform.jobs.compare.matching import Match, matches
from neckform.jobs.compare.options import CompareOptions
from neckform.jobs.compare.reading import read_angles, read_reference
from neckform.jobs.compare.series import Pairs, Series, paired
from neckform.showing.agreement.agreement_json import agreement_json
from neckform.showing.agreement.page import agreement_html
from neckform.showing.agreement.pairs_csv import write_pairs
from neckform.showing.agreement.plots import write_plots
from neckform.showing.agreement.words import AXIS_NAMES
from neckform.showing.exports.files import prepare_folder, write_json
from neckform.showing.html import write_page
from neckform.terminal import printing, tables
from neckform.terminal.agreement_table import print_comparison
from neckform.version import __version__

_LEAST_LIKENESS = 0.5
_LONGEST_S = 2 * DAY_MS / 1000
"""To look at every shift of longer series takes gigabytes."""
_NEEDED = ("scipy", "pandas", "pingouin")
MISSING = worded("compare needs pingouin: pip install 'neckform[compare]'")


@dataclass(frozen=True, slots=True)
class Between:
    """Where an axis of the reference has to lie, in degrees."""

    axis: Axis
    low: float
    high: float

    @classmethod
    def parse(cls, text: str) -> Between:
        """Read ``rotation:-45:45``; ValueError says what is wrong."""
        try:
            name, low, high = text.split(":")
            limits = cls(Axis(name.strip()), float(low), float(high))
        except ValueError:
            raise ValueError(
                worded(
                    "{text}: must be AXIS:LOW:HIGH, as in rotation:-45:45, where AXIS is {axes}",
                    text=text,
                    axes=", ".join(Axis),
                )
            ) from None
        if not limits.low < limits.high:
            raise ValueError(worded("{text}: the first angle must be the smaller one", text=text))
        return limits


def run(angles: Path, reference: Path, options: CompareOptions) -> int:
    """Compare, write the results, print them, and return the exit code.

    Raises
    ------
    NeckformError
        Options are wrong, or there is nothing to compare.
    """
    if not all(map(find_spec, _NEEDED)):
        raise SettingsError("compare", [MISSING])
    between = _between(options)
    zero_ms = None if options.zero is None else _zero(options.zero)
    found = matches(angles, reference, _note)
    prepare_folder(options.out)
    with claimed(options.out):
        compared, code = _compare_all(found, options, between, zero_ms)
        comparison = _comparison(compared, options)
        files = _write(options.out, comparison, [pairs for _, pairs in compared])
    print_comparison(printing.out(), comparison)
    for pairing in comparison.pairings:
        for note in pairing.notes:
            _note(worded("{name}: {note}", name=pairing.name, note=note))
    tables.print_files(printing.out(), files)
    return code


def _compare_all(
    found: Sequence[Match],
    options: CompareOptions,
    between: Sequence[Between],
    zero_ms: tuple[int, int] | None,
) -> tuple[list[tuple[Pairing, Pairs]], int]:
    compared, wrong = [], []
    for match in found:
        try:
            compared.append(_compare(match, options, between, zero_ms))
        except InputError as error:
            wrong.append(error)
    if wrong and not compared:
        raise wrong[0]
    for each in wrong:
        _note(str(each))
    return compared, max((each.exit_code for each in wrong), default=0)


def _compare(
    match: Match,
    options: CompareOptions,
    between: Sequence[Between],
    zero_ms: tuple[int, int] | None,
) -> tuple[Pairing, Pairs]:
    """One recording beside its reference.

    Raises
    ------
    InputError
    """
    ours = read_angles(match.angles, coarse=options.coarse)
    theirs = read_reference(match.reference, options)
    notes = list(theirs.notes)
    shift_s, likeness = options.shift, None
    if shift_s is None:
        shift_s, likeness = _shift(match, ours, theirs.series, notes)
    pairs = paired(ours, theirs.series, shift_s)
    if zero_ms is not None:
        pairs = _zeroed(match, pairs, zero_ms)
    pairs = _within(pairs, between)
    if len(pairs) < 2:
        raise InputError(
            worded(
                "{name}: there are not two moments that both know; is --shift right?",
                name=match.name,
            )
        )
    notes += _against(pairs)
    given = options.shift is None
    return (
        Pairing(match.name, theirs.columns, shift_s, given, likeness, len(pairs), tuple(notes)),
        pairs,
    )


def _shift(
    match: Match, ours: Series, theirs: Series, notes: list[str]
) -> tuple[float, float | None]:
    from neckform.jobs.compare.alignment import find_shift

    for path, series in ((match.angles, ours), (match.reference, theirs)):
        if (lasts_s := series.t_s[-1] - series.t_s[0]) > _LONGEST_S:
            raise InputError(
                worded(
                    "{path}: its times go over {lasts_s:.3g} s, too long to look for the time "
                    "shift; are they seconds? --time-unit ms says otherwise, --shift SECONDS names "
                    "the shift",
                    path=path,
                    lasts_s=lasts_s,
                )
            )
    shift = find_shift(ours, theirs)
    if shift is None or shift.likeness < _LEAST_LIKENESS:
        far = "-" if shift is None else worded("{likeness:.2f}", likeness=float(shift.likeness))
        raise InputError(
            worded(
                "{name}: no time shift makes both move alike (best correlation {far}); are the "
                "columns and signs right? --shift SECONDS names it",
                name=match.name,
                far=far,
            )
        )
    if shift.rival_s is not None:
        notes.append(
            worded(
                "a time shift of {rival_s:.2f} s would fit about as well as {shift_s:.2f} s, as "
                "with a movement that repeats; --shift names the right one",
                rival_s=float(shift.rival_s),
                shift_s=float(shift.shift_s),
            )
        )
    return shift.shift_s, shift.likeness


def _zeroed(match: Match, pairs: Pairs, zero_ms: tuple[int, int]) -> Pairs:
    low_s, high_s = (ms / 1000 for ms in zero_ms)
    inside = (pairs.t_s >= low_s) & (pairs.t_s <= high_s)
    moved = {}
    for axis, values in pairs.reference.items():
        known = inside & np.isfinite(values)
        if not known.any():
            raise InputError(
                worded(
                    "{name}: nothing is known of {axis} in the span of --zero",
                    name=match.name,
                    axis=AXIS_NAMES[axis],
                )
            )
        moved[axis] = (
            pairs.measured[axis] - pairs.measured[axis][known].mean(),
            values - values[known].mean(),
        )
    return Pairs(
        pairs.t_s,
        {axis: ours for axis, (ours, _) in moved.items()},
        {axis: theirs for axis, (_, theirs) in moved.items()},
    )


def _within(pairs: Pairs, between: Sequence[Between]) -> Pairs:
    """The pairs at whose moments the reference lies between all limits."""
    inside = np.ones(len(pairs.t_s), dtype=bool)
    for limits in between:
        if limits.axis in pairs.reference:
            values = pairs.reference[limits.axis]
            inside &= (values >= limits.low) & (values <= limits.high)
    cut = {axis: np.where(inside, values, np.nan) for axis, values in pairs.measured.items()}
    return replace(pairs, measured=cut)


def _against(pairs: Pairs) -> list[str]:
    """A line for each axis that runs the other way, which is a matter of signs."""
    lines: list[str] = []
    for axis, values in pairs.measured.items():
        known = np.isfinite(values)
        ours, theirs = values[known], pairs.reference[axis][known]
        if len(ours) < 3 or np.ptp(ours) < 10 or np.ptp(theirs) < 10:
            continue
        if np.corrcoef(ours, theirs)[0, 1] < -_LEAST_LIKENESS:
            line = worded(
                "{axis} runs the other way in the reference: --{option}=-COLUMN turns it",
                axis=AXIS_NAMES[axis],
                option=axis.value,
            )
            lines.append(line)
    return lines


def _comparison(compared: Sequence[tuple[Pairing, Pairs]], options: CompareOptions) -> Comparison:
    from neckform.jobs.compare.statistics import axis_agreement

    all_pairs = [pairs for _, pairs in compared]
    axes: list[AxisAgreement | None] = [axis_agreement(axis, all_pairs) for axis in Axis]
    return Comparison(
        __version__,
        tuple(pairing for pairing, _ in compared),
        tuple(axis for axis in axes if axis is not None),
        options.between,
    )


def _write(out: Path, comparison: Comparison, pairs: Sequence[Pairs]) -> list[Path]:
    names = [pairing.name for pairing in comparison.pairings]
    told = [
        (name, each.t_s, each.measured, each.reference)
        for name, each in zip(names, pairs, strict=True)
    ]
    page, numbers, table = (out / f"agreement{ending}" for ending in (".html", ".json", ".csv"))
    drawn = write_plots(out, comparison, told)
    write_json(numbers, agreement_json(comparison))
    write_pairs(table, told)
    write_page(page, agreement_html(comparison, drawn))
    return [page, numbers, table, *(plot.path for plot in drawn)]


def _between(options: CompareOptions) -> list[Between]:
    limits, problems = [], []
    for text in options.between:
        try:
            limits.append(Between.parse(text))
        except ValueError as error:
            problems.append(str(error.args[0]))
    if problems:
        raise SettingsError("--between", problems)
    return limits


def _zero(text: str) -> tuple[int, int]:
    try:
        span_ms = BaselineChoice.parse(text).span_ms
    except SettingsError:
        span_ms = None
    if span_ms is None:
        raise SettingsError(
            "--zero", [worded("{text}: must be START-END in seconds, as in 0.5-2", text=text)]
        )
    return span_ms


def _note(line: str) -> None:
    printing.print_note(printing.err(), line)
