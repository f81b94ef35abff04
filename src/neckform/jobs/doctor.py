"""The job of ``neckform doctor``: what works on this computer, and how to repair the rest."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata

from neckform.core.errors import HistoryError, ModelError, NeckformError
from neckform.core.wording import listed, worded
from neckform.terminal.missing import missing_library
from neckform.version import __version__

_LIBRARIES = ("mediapipe", "opencv-contrib-python", "numpy")
_RIVALS = ("opencv-python", "opencv-python-headless", "opencv-contrib-python-headless")


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check.

    Attributes
    ----------
    wrong : str or None
        What is wrong and what to do; None when it works.
    exit_code : int
        The exit code of ``neckform doctor`` when this check fails.
    """

    what: str
    detail: str = ""
    wrong: str | None = None
    exit_code: int = 0


def run(*, camera: bool) -> int:
    """Print each finding at once; return the exit code."""
    from neckform.showing.words.telling import told
    from neckform.terminal import printing

    console = printing.out()
    code = 0
    for finding in examine(camera=camera):
        printing.print_finding(console, finding.what, finding.detail, finding.wrong)
        code = max(code, finding.exit_code)
    end = worded("Not everything works: see above.") if code else worded("Everything works.")
    console.print(f"\n{told(end)}")
    return code


def examine(*, camera: bool) -> Iterator[Finding]:
    """Run one check after another."""
    yield Finding("neckform", f"{__version__}, Python {platform.python_version()}")
    yield from _libraries()
    yield _try(worded("privacy guard"), _guard, 1)
    yield _try(worded("models"), _models, 6)
    yield _try(worded("seeing somebody"), _see, 6)
    if camera:
        yield _try(worded("camera"), _camera, 5)
    yield _try(worded("the coach's page"), _page, 1)
    yield _try(worded("history"), _history, 2)
    yield Finding(worded("voice"), _voice())
    yield Finding(worded("notifications"), _notifications())


def _libraries() -> Iterator[Finding]:
    for name in _LIBRARIES:
        try:
            yield Finding(name, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Finding(
                name, worded("missing"), worded("install neckform again: pip install neckform"), 1
            )
    rivals = [name for name in _RIVALS if _installed(name)]
    if rivals:
        yield Finding(
            "OpenCV",
            worded("{rivals} is installed too", rivals=", ".join(rivals)),
            worded(
                "two copies of OpenCV share one folder and break each other: pip uninstall "
                "{rivals}, then pip install --force-reinstall opencv-contrib-python",
                rivals=" ".join(rivals),
            ),
            1,
        )


def _installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _try(what: str, check: Callable[[], str], exit_code: int) -> Finding:
    try:
        return Finding(what, check())
    except NeckformError as error:
        return Finding(what, "", str(error), error.exit_code)
    except (ImportError, OSError, RuntimeError) as error:
        reason = (str(error) or type(error).__name__).splitlines()[0]
        wrong = missing_library(error) or worded("{reason}; install neckform again", reason=reason)
        return Finding(what, "", wrong, exit_code)


def _guard() -> str:
    from neckform.sensing import guard

    guard.engage()
    if not guard.engaged():
        raise NeckformError(
            worded(
                "the privacy guard is not in place: something resets the proxy variables of "
                "this process; analyse nothing here until that has stopped"
            )
        )
    return worded("engaged: nothing leaves this computer")


def _models() -> str:
    from neckform.sensing.landmarks.bundles import find_models

    models = find_models()
    return worded("{face} and {pose} are whole", face=models.face.name, pose=models.pose.name)


def _see() -> str:
    """Run the models on the packaged clip; they must find its person."""
    from contextlib import closing
    from itertools import islice

    from neckform.jobs.analyze.options import AnalyzeOptions
    from neckform.jobs.analyze.sources import open_source
    from neckform.resources import resource

    clip = resource("jobs/demo", "demo.mp4")
    with open_source(clip, AnalyzeOptions()) as source, closing(source.seen()) as seen:
        observations = [observation for _, observation in islice(seen, 3)]
    if not any(each.face is not None and each.pose is not None for each in observations):
        raise ModelError(worded("the models run, but do not find the person in the demo's clip"))
    return worded("the models find the person in the demo's clip")


def _camera() -> str:
    from neckform.sensing.sources.camera import camera_probe

    return worded("answers, {camera_probe}", camera_probe=camera_probe())


def _page() -> str:
    """Serve the page for a moment, as ``neckform coach`` does."""
    from neckform.app.opening import PAGES
    from neckform.app.serving import Serving
    from neckform.app.state_board import StateBoard

    if not (PAGES / "index.html").is_file():
        raise NeckformError(worded("the page is missing; install neckform again"))
    with Serving(StateBoard(), PAGES):
        return worded("can be served to this computer alone")


def _history() -> str:
    """What is kept can be read: the history, the watched days, and the last choices."""
    from neckform.config.paths import days_folder, history_file
    from neckform.config.remembered import damaged_choices, remembered_file
    from neckform.history.rows import damaged_rows
    from neckform.history.watched import damaged_days
    from neckform.jobs.own_history import is_anything_kept, own_history

    wrong = damaged_days(days_folder()) + damaged_choices(remembered_file())
    if is_anything_kept():
        try:
            with own_history(passed_over=wrong) as store:
                wrong += damaged_rows(store.rows(), history_file())
        except HistoryError as error:
            wrong.append(str(error))
    if wrong:
        raise HistoryError(listed(wrong))
    return worded("whole") if history_file().exists() else worded("nothing is kept yet")


def _voice() -> str:
    """A missing voice is no fault: the browser may have one, and words and tones remain."""
    from neckform.showing.voice.speaker import NO_VOICE, Speaker

    with Speaker() as speaker:
        return (
            NO_VOICE
            if speaker.name is None
            else worded("{name} speaks with --text", name=speaker.name)
        )


def _notifications() -> str:
    """Missing notifications are no fault: the monitor then speaks on the terminal."""
    from neckform.showing.notifications import Notifier

    with Notifier() as notifier:
        return notifier.trouble or worded("the desktop shows them")
