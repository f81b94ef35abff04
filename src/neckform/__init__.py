"""neckform checks neck stretches and resting neck posture, on your own computer.

::

    import neckform

    report = neckform.analyze("clip.mp4")
    for hold in report.holds:
        print(hold.stretch, hold.side, hold.held_ms / 1000, hold.completed)

Everything here loads when it is first used, so that ``import neckform`` takes no time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

# The room of this name is bound to it when it is first imported, and then never again: it comes
# before the function, so that `neckform.analyze` is and stays the function.
import neckform.analyze  # noqa: F401

if TYPE_CHECKING:
    from neckform.api import Report as Report
    from neckform.core.errors import NeckformError as NeckformError
    from neckform.version import __version__ as __version__

__all__ = ["NeckformError", "Report", "__version__", "analyze"]

_ELSEWHERE = {
    "Report": "neckform.api",
    "NeckformError": "neckform.core.errors",
    "__version__": "neckform.version",
}


def analyze(
    recording: str | os.PathLike[str],
    *,
    stretches: Sequence[str] = (),
    postures: bool | None = None,
    lying: str | None = None,
    baseline: str = "auto",
    sample_fps: float = 10.0,
    settings: str | os.PathLike[str] | None = None,
    posture_settings: str | os.PathLike[str] | None = None,
    progress: Callable[[float], None] | None = None,
) -> Report:
    """Say what was done in a recording. Writes no file and keeps no history.

    Parameters
    ----------
    recording : path
        A video, or a landmark recording (``.nfobs``).
    stretches : sequence of str
        Only judge these, such as ``upper-trapezius`` or ``upper-trapezius:left``. Default: all.
    postures : bool, optional
        True judges resting posture alone (with `stretches`: both), False stretches alone.
        Default: both.
    lying : str, optional
        ``back`` or ``side``: the person lies down.
    baseline : str
        ``auto``, ``START-END`` in seconds, or a profile: its name, or its file.
    sample_fps : float
        Pictures analysed per second of recording, 1 to 60.
    settings, posture_settings : path, optional
        Own ``stretches.toml`` and ``postures.toml``, laid over those shipped.
    progress : callable, optional
        Told the share that is done, 0 to 1.

    Returns
    -------
    Report

    Raises
    ------
    NeckformError
        With one line that says what is wrong: ``InputError``, ``ViewError``, ``SettingsError`` and
        others of `neckform.core.errors`.

    Notes
    -----
    Sets the proxy variables of this process, so that the library underneath cannot send anything.
    """
    from neckform.analyze.options import AnalyzeOptions
    from neckform.api import analyze as run

    options = AnalyzeOptions(
        stretches=tuple(stretches),
        postures=postures,
        lying=lying,
        baseline=baseline,
        sample_fps=sample_fps,
        settings=None if settings is None else Path(settings),
        posture_settings=None if posture_settings is None else Path(posture_settings),
    )
    return run(Path(recording), options, progress)


def __getattr__(name: str) -> Any:
    if name in _ELSEWHERE:
        return getattr(import_module(_ELSEWHERE[name]), name)
    raise AttributeError(f"module 'neckform' has no attribute '{name}'")
