"""``neckform coach``: the page or the terminal, the camera, and one visit."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from neckform.analyze.options import parse_stretches
from neckform.coach.choices import Choices, read_choices
from neckform.coach.job import Visit
from neckform.coach.options import CoachOptions
from neckform.core.errors import CameraError, SettingsError
from neckform.core.holds import HoldSettings
from neckform.core.routine import Exercise, Pace, all_exercises
from neckform.core.stretches import OwnRange
from neckform.interrupt import stop_on_interrupt
from neckform.live.board import Board
from neckform.live.desk import Desk
from neckform.live.front import Front
from neckform.live.opening import open_page, open_terminal, warm_up
from neckform.live.terminal_front import TerminalFront
from neckform.own_data import data_folder, made, profile_path
from neckform.profile import read_profile
from neckform.sensing.camera import Camera, LiveSource, RecordedCamera
from neckform.sensing.clock import RealClock, Stopwatch
from neckform.sensing.models import find_models
from neckform.sensing.recording import SUFFIX
from neckform.sensing.video import open_video
from neckform.settings import load_settings, own_settings_file

INTERRUPTED = 130
CHOICES = "routine.json"


def run(options: CoachOptions) -> int:
    """Lead one person through their routine; return the exit code."""
    settings = load_settings(options.settings or own_settings_file())
    own_range = _own_range(options)
    remembered = data_folder() / CHOICES
    choices = _choices(options, settings, remembered)
    _check(options)
    models = find_models()
    clock = Stopwatch(RealClock())
    with ExitStack() as stack:
        stop = stack.enter_context(stop_on_interrupt())
        front: Front
        if options.text:
            front = stack.enter_context(open_terminal())
            if options.source is None:
                _try_camera(options.camera, clock)
        else:
            opened = open_page(Board(), clock, port=options.port, browser=options.browser)
            front = stack.enter_context(opened)
        warm_up()
        visit = Visit(
            desk=Desk("coach", front, clock, stop, _camera_name(options)),
            options=options,
            settings=settings,
            own_range=own_range,
            choices=choices,
            models=models,
            new_source=lambda: _source(options, clock),
            clock=clock,
            choices_file=None if options.stretches else remembered,
        )
        visit.run()
        if stop():
            return INTERRUPTED
        if visit.trouble is not None:
            raise CameraError(visit.trouble)
        if isinstance(front, TerminalFront) and front.unanswered:
            raise SettingsError(
                "coach", ["answer the questions, each with y or n, on standard input"]
            )
        return 0


def _own_range(options: CoachOptions) -> OwnRange:
    if options.profile is None:
        return OwnRange()
    return read_profile(profile_path(options.profile)).own_range


def _choices(options: CoachOptions, settings: HoldSettings, remembered: Path) -> Choices:
    """What was chosen last time, and what was asked for this time over it."""
    stretches = settings.stretches
    first = stretches[0].hold_s if stretches else Pace().hold_s
    choices = Choices(all_exercises(stretches), Pace(hold_s=min(120.0, max(5.0, first))))
    choices = read_choices(remembered, stretches, choices)
    only = parse_stretches(options.stretches, stretches)
    if only:
        by_id = settings.by_id
        asked = tuple(
            Exercise(name, one)
            for name, side in only
            for one in (by_id[name].sides if side is None else (side,))
        )
        choices = replace(choices, exercises=asked)
    if options.hold_s is not None:
        choices = replace(choices, pace=replace(choices.pace, hold_s=options.hold_s))
    made(remembered.parent, "what you choose is remembered there")
    return choices


def _check(options: CoachOptions) -> None:
    """Refuse before anything is opened what could not be done at the end."""
    record = options.record
    if record is not None and record.suffix not in (".mp4", SUFFIX):
        raise SettingsError(
            "--record", [f"{record}: a .mp4 file keeps the picture, a {SUFFIX} file the landmarks"]
        )
    if options.source is not None:
        open_video(options.source).close()


def _camera_name(options: CoachOptions) -> str:
    return f"camera {options.camera}" if options.source is None else options.source.name


def _source(options: CoachOptions, clock: Stopwatch) -> LiveSource:
    if options.source is not None:
        return RecordedCamera(options.source, clock)
    return Camera(options.camera, clock)


def _try_camera(index: int, clock: Stopwatch) -> None:
    """Without a page, a camera that does not open ends it, before seven questions are asked."""
    camera = Camera(index, clock)
    camera.open()
    camera.release()
