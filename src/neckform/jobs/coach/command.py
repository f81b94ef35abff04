"""``neckform coach``: opens the page or the terminal and the camera for one visit."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from neckform.app.desk import Desk
from neckform.app.opening import (
    exit_code,
    new_source,
    open_desk,
    try_camera,
)
from neckform.config.card import read_card
from neckform.config.paths import (
    OWN_PROFILE,
    VARIABLE,
    data_folder,
    kept_profile,
    made,
    profile_path,
)
from neckform.config.profile import read_profile
from neckform.config.remembered import remembered_file
from neckform.config.settings import load_pain, load_settings, own_settings_file
from neckform.core.coach.pace import Pace
from neckform.core.coach.routine import all_exercises, each_side, parse_exercises, usual_hold_s
from neckform.core.errors import OutputError, SettingsError
from neckform.core.parameter import parameters
from neckform.core.prescription import Prescription
from neckform.core.stretch.holds import HoldSettings
from neckform.core.stretch.stretches import OwnRange
from neckform.core.wording import worded
from neckform.files import claimed
from neckform.jobs.coach.choices import Choices, read_choices
from neckform.jobs.coach.job import Visit
from neckform.jobs.coach.options import CoachOptions
from neckform.sensing.landmarks.bundles import find_models
from neckform.sensing.sources.recording import SUFFIX
from neckform.showing.exports.files import prepare_folder
from neckform.terminal.printing import err, print_note


def run(options: CoachOptions) -> int:
    """Lead one person through their routine; return the exit code."""
    visit = prepare(options)
    with ExitStack() as stack:
        if options.out is not None:
            prepare_folder(options.out)
        for place in (options.out, options.record):
            if place is not None:
                stack.enter_context(claimed(place))
        desk = stack.enter_context(open_desk("coach", options))
        one = visit(desk)
        one.run()
        missed = options.brief and not one.completed
        return exit_code(desk) or int(missed)


def prepare(options: CoachOptions, card: Prescription | None = None) -> Callable[[Desk], Visit]:
    """Read all that a visit needs; what is wrong shows now, and the desk can be opened.

    Parameters
    ----------
    card : Prescription, optional
        A card that is open already, instead of the options' own.

    Raises
    ------
    NeckformError
    """
    settings = load_settings(options.settings or own_settings_file())
    pain = load_pain(own_settings_file("pain.toml"))
    own_range = _own_range(options)
    remembered = choices_file(options.who)
    if options.card is not None:
        card = read_card(options.card, settings.stretches)
    choices = _choices(options, settings, remembered)
    _check(options)
    models = find_models()

    def visit(desk: Desk) -> Visit:
        visit = Visit(
            desk=desk,
            options=options,
            settings=settings,
            own_range=own_range,
            choices=choices,
            models=models,
            new_source=lambda: new_source(options, desk.clock),
            choices_file=None if options.stretches or card else remembered,
            pain=pain,
        )
        if card is not None:
            visit.take_card(card)
        return visit

    return visit


def _own_range(options: CoachOptions) -> OwnRange:
    if options.profile is not None:
        return read_profile(profile_path(options.profile, options.who)).own_range
    # Of somebody who is named, the range is theirs wherever it was measured.
    known = None if options.who is None else kept_profile(OWN_PROFILE, options.who)
    return OwnRange() if known is None else read_profile(known).own_range


def _choices(options: CoachOptions, settings: HoldSettings, remembered: Path | None) -> Choices:
    """The choices of last time, with this time's options over them."""
    stretches = settings.stretches
    usual = usual_hold_s(stretches) or Pace().hold_s
    choices = Choices(all_exercises(stretches), Pace(parameters(Pace)["hold_s"].nearest(usual)))
    if remembered is not None:
        choices, passed_over = read_choices(remembered, stretches, choices)
        if passed_over is not None:
            print_note(err(), passed_over)
    asked = each_side(parse_exercises(options.stretches, stretches), stretches)
    if asked:
        choices = replace(choices, exercises=asked)
    if options.brief:
        once = replace(choices.pace, repetitions=1)
        first = choices.exercises[:1]
        choices = replace(choices, exercises=first, pace=once, turn_check=False)
    if options.hold_s is not None:
        choices = replace(choices, pace=replace(choices.pace, hold_s=options.hold_s))
    return choices


def choices_file(who: str | None = None) -> Path | None:
    """The file for the choices; None, and a line, where nothing can be kept."""
    try:
        made(data_folder(who), worded("what you choose is remembered there"))
    except OutputError as error:
        line = worded(
            "{error}. This goes on without remembering; {variable} can name another folder.",
            error=error,
            variable=VARIABLE,
        )
        print_note(err(), line)
        return None
    return remembered_file(who)


def _check(options: CoachOptions) -> None:
    """Refuse now what would fail at the end."""
    _ = options.whom
    if options.card is not None and options.brief:
        raise SettingsError("--card", [worded("does not go with --brief")])
    if options.card is not None and (options.stretches or options.hold_s is not None):
        raise SettingsError(
            "--card", [worded("says itself which stretches are done, and for how long")]
        )
    record = options.record
    if record is not None and record.suffix not in (".mp4", SUFFIX):
        raise SettingsError(
            "--record",
            [
                worded(
                    "{record}: a .mp4 file keeps the picture, a {suffix} file the landmarks",
                    record=record,
                    suffix=SUFFIX,
                )
            ],
        )
    try_camera(options)
