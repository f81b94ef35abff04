"""``neckform calibrate``: opens the page or the terminal and the camera for one calibration."""

from __future__ import annotations

from collections.abc import Callable

from neckform.app.desk import Desk
from neckform.app.opening import (
    exit_code,
    new_source,
    open_desk,
    try_camera,
)
from neckform.config.paths import profile_path
from neckform.config.settings import load_pain, load_settings, own_settings_file
from neckform.core.errors import NoNeutralError
from neckform.core.wording import worded
from neckform.jobs.calibrate.job import Calibration
from neckform.jobs.calibrate.options import CalibrateOptions
from neckform.sensing.landmarks.bundles import find_models


def run(options: CalibrateOptions) -> int:
    """Measure one person; return the exit code."""
    calibrate = prepare(options)
    with open_desk("calibrate", options) as desk:
        desk.choose_language(options.language)
        calibration = calibrate(desk)
        calibration.run()
        if calibration.saved and not desk.stop():
            return 0
        code = exit_code(desk)
    if options.text and code == 0:
        raise NoNeutralError(
            worded(
                "nothing was measured, and no profile kept; sit upright before the camera and "
                "keep still for three seconds"
            )
        )
    return code


def prepare(options: CalibrateOptions) -> Callable[[Desk], Calibration]:
    """Read all that a calibration needs; what is wrong shows now, and the desk can be opened.

    Raises
    ------
    NeckformError
    """
    _ = options.whom  # one that cannot be meant is refused before the page opens
    settings = load_settings(options.settings or own_settings_file())
    pain = load_pain(own_settings_file("pain.toml"))
    path = profile_path(options.profile, options.who)
    try_camera(options)
    models = find_models()
    return lambda desk: Calibration(
        desk=desk,
        options=options,
        settings=settings,
        models=models,
        new_source=lambda: new_source(options, desk.clock),
        path=path,
        pain=pain,
    )
