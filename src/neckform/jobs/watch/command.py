"""``neckform watch``: start the monitor, or give an order to the monitor that runs."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from platformdirs import user_state_path

from neckform.config.corrections import load_correction
from neckform.config.launchers import own_command
from neckform.config.paths import days_folder, made, profile_path
from neckform.config.places import read_places, write_places
from neckform.config.profile import read_profile
from neckform.config.settings import load_postures, load_settings, own_settings_file
from neckform.core.errors import SettingsError
from neckform.core.measure.observation import Baseline
from neckform.core.monitor import monitor
from neckform.core.monitor.monitor import WatchSettings
from neckform.core.parameter import milliseconds
from neckform.core.wording import worded
from neckform.jobs.watch.beside import background
from neckform.jobs.watch.beside.at_login import login_item
from neckform.jobs.watch.beside.icon import Icon
from neckform.jobs.watch.beside.small_coach import SmallCoach
from neckform.jobs.watch.camera_duty import Keeper
from neckform.jobs.watch.job import Loop
from neckform.jobs.watch.lines import Lines
from neckform.jobs.watch.options import WatchOptions
from neckform.jobs.watch.orders import Order
from neckform.jobs.watch.run import Parts
from neckform.jobs.watch.running import Running, give_order
from neckform.sensing.landmarks.bundles import find_models
from neckform.sensing.landmarks.sparse_observer import Glancer
from neckform.sensing.other_programs import OtherPrograms
from neckform.sensing.power import on_battery
from neckform.sensing.sources.camera import Camera, LiveSource, RecordedCamera
from neckform.sensing.sources.clock import Clock, QuickClock, RealClock
from neckform.sensing.sources.upright import Way
from neckform.showing.notifications import Notifier
from neckform.showing.words.telling import language_now
from neckform.terminal.click_options import arguments
from neckform.terminal.echo import say
from neckform.terminal.interrupt import INTERRUPTED, stop_on_interrupt
from neckform.terminal.keys import Keys

PURPOSE = worded("neckform watch keeps what it remembers there")


def run(options: WatchOptions) -> int:
    """Watch until it is stopped; the answer is the exit code."""
    if options.fast and options.source is None:
        raise SettingsError(
            "--fast", [worded("goes with --source only: a camera has its own time")]
        )
    whom = options.whom
    own = options.posture_settings or own_settings_file("postures.toml")
    stretches = load_settings(own_settings_file("stretches.toml"))
    settings = WatchSettings(load_postures(own), load_correction(), stretches, options.alarms())
    profile = None
    if options.profile is not None:
        profile = profile_path(options.profile, options.who)
    clock: Clock = QuickClock() if options.fast else RealClock()
    source = _source(options, clock)
    lines = Lines(as_json=options.json, minutes=options.text, at_ms=lambda: _at_ms(source))
    baseline = _neutral(options, lines)
    icon = Icon(
        False if options.fast else options.tray, language_now(), f"--camera={options.camera}"
    )
    with ExitStack() as stack:
        running = stack.enter_context(Running(running_folder()))
        stop = stack.enter_context(stop_on_interrupt())
        notifier = None
        if options.notify:
            notifier = stack.enter_context(Notifier(sound=options.sound))
        parts = Parts(
            keeper=Keeper(source, waits=options.wait),
            clock=clock,
            glancer=stack.enter_context(Glancer(find_models(), whom=whom)),
            notifier=notifier,
            lines=lines,
            keys=stack.enter_context(Keys()),
            running=running,
            stop=stop,
            icon=stack.enter_context(icon),
            # A recording is nobody else's.
            others=OtherPrograms().busy if options.source is None else lambda: False,
            on_battery=on_battery,
            battery_ms=milliseconds(options.battery_s),
            coach=SmallCoach(arguments(_at_camera(options))),
        )
        # A place that has a name is no other one; and a recording is no place.
        told_apart = options.profile is None and options.source is None
        known = read_places(options.who) if told_apart else ()
        loop = Loop(
            parts,
            monitor.begin(settings, baseline, known),
            keep_places=partial(write_places, who=options.who) if told_apart else None,
            days=None if options.source is not None else made(days_folder(options.who), PURPOSE),
            profile=profile,
        )
        loop.run()
        return INTERRUPTED if stop() else 0


def order(asked: Order) -> int:
    """Give an order to the running monitor and print its answer."""
    say(give_order(running_folder(), asked))
    return 0


def in_background(options: WatchOptions) -> int:
    """Start a monitor that needs no terminal, and say whether it watches."""
    say(background.start_and_see(running_folder(), arguments(options)))
    return 0


def at_login(options: WatchOptions, *, on: bool) -> int:
    """Start the monitor with these options whenever the person logs in; or no longer."""
    options = replace(options, wait=True)
    if options.profile is not None and options.profile.endswith(".json"):
        options = replace(options, profile=str(Path(options.profile).absolute()))
    command = [*own_command(), "watch", "--background", *arguments(options)]
    item = login_item(sys.platform, Path.home(), command)
    say(item.write() if on else item.remove())
    return 0


def running_folder() -> Path:
    """The folder of the lock, the status and the orders."""
    return made(user_state_path("neckform") / "watch", PURPOSE)


def _neutral(options: WatchOptions, lines: Lines) -> Baseline | None:
    """The neutral of the profile, if the profile exists."""
    if options.profile is None:
        return None
    path = profile_path(options.profile, options.who)
    if path.is_file():
        return read_profile(path).baseline
    lines.say(
        "no-profile",
        worded("there is no profile {profile} yet: it will be made now", profile=options.profile),
    )
    return None


def _at_ms(source: LiveSource) -> int | None:
    """The own time of a recording; before its first picture, where it begins."""
    return (source.at_ms or 0) if isinstance(source, RecordedCamera) else None


def _at_camera(options: WatchOptions) -> WatchOptions:
    """The choices that the coach has, too."""
    names = ("camera", "who", "person", "source", "turn", "mirrored")
    return WatchOptions(**{name: getattr(options, name) for name in names})


def _source(options: WatchOptions, clock: Clock) -> LiveSource:
    if options.source is not None:
        return RecordedCamera(options.source, clock, Way(int(options.turn), options.mirrored))
    return Camera(options.camera, clock)
