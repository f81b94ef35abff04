"""``neckform calibrate``: the page or the terminal, the camera, and one calibration."""

from __future__ import annotations

from contextlib import ExitStack

from neckform.calibrate.job import Calibration
from neckform.calibrate.options import CalibrateOptions
from neckform.core.errors import CameraError, NoNeutralError
from neckform.interrupt import INTERRUPTED, stop_on_interrupt
from neckform.live.desk import Desk
from neckform.live.opening import camera_name, new_source, open_front, try_camera, warm_up
from neckform.live.terminal_front import TerminalFront
from neckform.own_data import profile_path
from neckform.sensing.clock import RealClock, Stopwatch
from neckform.sensing.models import find_models
from neckform.settings import load_settings, own_settings_file
from neckform.showing.speech import Speaker


def run(options: CalibrateOptions) -> int:
    """Measure one person; return the exit code."""
    settings = load_settings(options.settings or own_settings_file())
    path = profile_path(options.profile)
    try_camera(options.source, options.camera, text=options.text)
    models = find_models()
    clock = Stopwatch(RealClock())
    with ExitStack() as stack:
        stop = stack.enter_context(stop_on_interrupt())
        front = stack.enter_context(
            open_front(clock, text=options.text, port=options.port, browser=options.browser)
        )
        warm_up()
        speaker = stack.enter_context(Speaker())
        desk = Desk("calibrate", front, clock, stop, camera_name(options.source, options.camera))
        desk.language = options.language
        desk.speaker, desk.aloud = speaker, options.text and options.voice
        calibration = Calibration(
            desk=desk,
            options=options,
            settings=settings,
            models=models,
            new_source=lambda: new_source(options.source, options.camera, clock),
            clock=clock,
            path=path,
        )
        calibration.run()
        if stop():
            return INTERRUPTED
        if calibration.saved:
            return 0
        if calibration.trouble is not None:
            raise CameraError(calibration.trouble)
        if isinstance(front, TerminalFront):
            front.complain_unanswered("calibrate")
            raise NoNeutralError(
                "nothing was measured, and no profile kept; sit upright before the camera and keep "
                "still for three seconds"
            )
        return 0
