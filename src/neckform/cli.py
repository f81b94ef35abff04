"""The command line: options, exit codes, and one line for each thing that can go wrong.

Nothing heavy is imported here, so that ``neckform --help`` answers at once: each command imports
its job when it runs.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from neckform.core.errors import NeckformError
from neckform.core.wording import worded
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.jobs.calibrate.options import CalibrateOptions
from neckform.jobs.coach.options import CoachOptions
from neckform.jobs.compare.options import CompareOptions
from neckform.jobs.history.commands import history
from neckform.jobs.home.options import HomeOptions
from neckform.jobs.own_language import own_language
from neckform.jobs.people.commands import people
from neckform.jobs.watch.options import WatchOptions
from neckform.jobs.watch.orders import Order, snooze_order
from neckform.sensing.quiet import native_quiet
from neckform.showing.words.telling import told, use_language
from neckform.terminal.click_options import FILE, Decorator, options
from neckform.terminal.echo import say
from neckform.terminal.interrupt import INTERRUPTED, end_as_ctrl_c, ignore_requests_to_end
from neckform.terminal.missing import unexpected
from neckform.terminal.told_help import ToldGroup
from neckform.terminal.told_usage import complain
from neckform.version import __version__


def program() -> None:
    """Run a command as a program, which ends by itself once its work is done."""
    try:
        main()
    finally:
        ignore_requests_to_end()


def main() -> None:
    """Run a command; every way out of neckform goes through here."""
    _stay_printable()
    with native_quiet():  # whatever native code complains of, and whenever, is no line for a person
        code = _answer()
    # Where Ctrl-C came within an exec() of a library's, such as one that makes a dataclass,
    # `python -m` would end by the signal, without the exit code. An exec() that ends well mends it.
    exec("")
    sys.exit(code if isinstance(code, int) else 0)


def _answer() -> object:
    """The exit code of a command; what went wrong was said."""
    try:
        with end_as_ctrl_c():
            use_language(own_language())  # before --help is answered
            code = commands.main(standalone_mode=False)
    except click.exceptions.Abort:
        code = _say(worded("interrupted; nothing was saved."), INTERRUPTED)
    except click.ClickException as error:
        complain(error)
        code = error.exit_code
    except KeyboardInterrupt:
        code = _say(worded("interrupted; nothing was saved."), INTERRUPTED)
    except NeckformError as error:
        code = _say(str(error), error.exit_code)
    except BrokenPipeError:
        # The reader, such as `head`, has had enough. Python would complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:  # noqa: BLE001 - the last door: a person gets a line, not a traceback
        code = _say(*unexpected(error))
    return code


@click.group(
    cls=ToldGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="neckform is a coach, not a medical device. Stop at any pain. Never stretch a neck "
    "that is stuck: see a therapist.",
)
@click.version_option(__version__, message="neckform %(version)s")
@click.pass_context
def commands(context: click.Context) -> int:
    """Coach and check neck stretches, at the camera or in recorded video, on your own computer.

    Without a command it opens a page with all of it.
    """
    return 0 if context.invoked_subcommand is not None else _home(HomeOptions())


@commands.command()
@options(HomeOptions)
def home(**chosen: Any) -> int:
    """Open the page with a door to everything, as neckform alone does.

    Stretch, your range, your posture, recordings, your history, heat and sleep. It is for you
    alone, on this computer.

    Exit codes: 0 done, 2 usage or settings, 130 interrupted.
    """
    return _home(HomeOptions(**chosen))


def _home(chosen: HomeOptions) -> int:
    from neckform.jobs.home.command import run

    return run(chosen)


@commands.command()
@click.argument("recordings", nargs=-1, required=True, type=FILE, metavar="VIDEO|FOLDER...")
@options(AnalyzeOptions)
def analyze(recordings: tuple[Path, ...], **chosen: Any) -> int:
    """Say which stretches were done in a recording and how well, and when the neck rested badly.

    VIDEO is any video file, or a landmark recording (.nfobs). A FOLDER stands for the recordings
    in it. Results go to neckform-out/NAME/: report.html to look at, report.json, frames.csv and,
    with --annotate, annotated.mp4. Several recordings end with index.html and overview.csv.

    Exit codes: 0 done, 1 asked stretch not completed (--fail-on), 2 usage or settings, 3 a
    recording cannot be read, 4 nobody usable in view or no neutral found, 6 models missing or
    damaged, 130 interrupted. Of several recordings, the highest.
    """
    from neckform.jobs.analyze.command import run

    return run(recordings, AnalyzeOptions(**chosen))


@commands.command()
@click.argument("angles", type=FILE)
@click.argument("reference", type=FILE)
@options(CompareOptions)
def compare(angles: Path, reference: Path, **chosen: Any) -> int:
    """Say how well neckform agrees with another instrument, with the figures that a paper gives.

    ANGLES is frames.csv, or the folder with it; REFERENCE is a CSV of a goniometer, an inertial
    sensor or motion capture. Of a folder of results and a folder of references, those of the same
    name are compared. Writes agreement.html, agreement.json, agreement.csv and plots.

    Exit codes: 0 done, 2 usage or settings, 3 a table cannot be read or does not fit.
    """
    from neckform.jobs.compare.command import run

    return run(angles, reference, CompareOptions(**chosen))


@commands.command()
@click.option(
    "--out",
    type=FILE,
    default=Path("neckform-demo"),
    show_default=True,
    metavar="DIR",
    help="Folder for the results.",
)
@options(AnalyzeOptions, "html")
def demo(out: Path, *, html: bool) -> int:
    """Analyse the packaged clip: report, annotated video and summary."""
    from neckform.jobs.demo.job import run

    return run(out, html=html)


@commands.command()
@click.argument("given", required=False, type=FILE, metavar="[CARD]")
@options(CoachOptions)
def coach(given: Path | None, **chosen: Any) -> int:
    """Lead through the stretches at the camera, so that you can keep your eyes closed.

    With CARD, a therapist's card (see neckform card), its stretches are done, and answered.

    Opens a page on this computer alone: questions first, then where to sit, your neutral, and each
    stretch with its seconds, spoken. --text does it in the terminal instead.

    Exit codes: 0 done, 1 not held to the end (--brief), 2 usage or settings, 3 a --source cannot be
    read, 5 camera, 6 models missing or damaged, 130 interrupted, with what was done saved.
    """
    from neckform.jobs.coach.command import run

    if given is not None:
        chosen["card"] = given
    return run(CoachOptions(**chosen))


@commands.command()
@click.argument("file", required=False, type=FILE, metavar="[CARD]")
@click.option("--example", is_flag=True, help="Print a card to begin with.")
@click.option("--qr", type=FILE, metavar="FILE", help="Write a short card as a QR code (SVG).")
def card(file: Path | None, qr: Path | None, *, example: bool) -> int:
    """Check a therapist's card, and say what it asks for: which stretches, how long, how often.

    A card is a small file: neckform card --example > card.toml begins one. neckform coach
    card.toml follows it, neckform analyze --card card.toml judges a recording by it, and the
    report answers it line by line.
    """
    from neckform.jobs.card import run

    return run(file, qr, example=example)


_PAIN = click.IntRange(0, 10)


@commands.command()
@click.argument("recording", type=FILE)
@click.option("--out", type=FILE, metavar="FILE", help="The file.  [default: shared.nfshare]")
@click.option("--words", metavar="TEXT", help="What you want to say with it.")
@click.option("--pain-before", type=_PAIN, help="How much it hurt before, 0 to 10.")
@click.option("--pain-after", type=_PAIN, help="How much it hurt after, 0 to 10.")
@click.option("--who", metavar="NAME", help="Your name or pseudonym; without it, none is sent.")
@click.option("--card", type=FILE, metavar="CARD", help="Judge by your therapist's card.")
def share(recording: Path, words: str | None, who: str | None, **chosen: Any) -> int:
    """Make one file for a therapist: landmarks, report and your words, not the video.

    No picture is in it, no path, and no name unless --who gives one. neckform open shows it, and a
    byte that changed on its way is noticed. RECORDING is a video or a landmark recording (.nfobs).

    Exit codes: those of neckform analyze.
    """
    from neckform.jobs.share.sending import SharedRecording, run
    from neckform.showing.exports.parcel import Letter

    letter = Letter(words, who, chosen["pain_before"], chosen["pain_after"])
    return run(SharedRecording(recording, letter, chosen["out"], chosen["card"]))


@commands.command(name="open")
@click.argument("file", type=FILE)
@click.option("--out", type=FILE, metavar="DIR", help="Folder for the results.")
@click.option("--card", type=FILE, metavar="CARD", help="Judge by the card that you gave.")
@click.option("--browser/--no-browser", default=True, help="Show the page.  [default: yes]")
def open_parcel(file: Path, out: Path | None, card: Path | None, *, browser: bool) -> int:
    """Open what somebody made with neckform share: the moving figure, the angles, the verdicts.

    It is judged again by this neckform; where the sender's said something else, both stand there.

    Exit codes: 0 done, 2 usage or settings, 3 the file was changed or cannot be read, 4 nobody
    usable in view.
    """
    from neckform.jobs.share.opening import run

    return run(file, out, card, browser=browser)


@commands.command()
@options(CalibrateOptions)
def calibrate(**chosen: Any) -> int:
    """Measure your neutral and your own comfortable range, and keep them in a profile.

    neckform coach, neckform watch and neckform analyze take it: targets then follow your own range.

    Exit codes: 0 done, 2 usage or settings, 3 a --source cannot be read, 4 nothing was measured, 5
    camera, 6 models missing or damaged, 130 interrupted.
    """
    from neckform.jobs.calibrate.command import run

    return run(CalibrateOptions(**chosen))


def _order(flag: str, order: Order, text: str) -> Decorator:
    return click.option(flag, "order", flag_value=order.value, help=text)


@commands.command()
@options(WatchOptions)
@_order("--status", Order.TODAY, "Print today's minutes of the neckform watch that runs already.")
@click.option(
    "--snooze",
    metavar="30m|1h|tomorrow|off",
    help="Tell the one that runs to be quiet for so long.",
)
@_order("--pause", Order.PAUSE, "Tell the one that runs to let the camera go.")
@_order("--resume", Order.RESUME, "Tell the one that runs to take the camera back.")
@_order("--recalibrate", Order.RECALIBRATE, "Tell the one that runs to take a new neutral.")
@_order("--stretch", Order.STRETCH, "Tell the one that runs to lead you through a stretch now.")
@_order("--stop", Order.STOP, "Tell the one that runs to end.")
@click.option("--background", is_flag=True, help="Start it without a terminal, and go on here.")
@click.option(
    "--at-login",
    type=click.Choice(["on", "off"]),
    help="Start it with these options, in the background, whenever you log in; or no longer.",
)
def watch(
    order: str | None, snooze: str | None, at_login: str | None, *, background: bool, **chosen: Any
) -> int:
    """Watch at the camera how the neck rests, quietly, beside other work.

    Looks twice a second. After half a minute of bad rest comes a hint, after a minute a notice,
    and then quiet for five. Nobody there: the camera is let go. No picture is kept.

    Exit codes: 0 done, 1 another one runs already, or none does for --status and the like, 2 usage
    or settings, 3 a --source cannot be read, 5 camera, 6 models missing or damaged, 130
    interrupted, with the day's minutes saved.
    """
    from neckform.jobs.watch import command

    orders = (order, snooze, at_login, background or None)
    if sum(each is not None for each in orders) > 1:
        raise click.UsageError(told(worded("give one order at a time")))
    if at_login is not None:
        return command.at_login(WatchOptions(**chosen), on=at_login == "on")
    if background:
        return command.in_background(WatchOptions(**chosen))
    if snooze is not None:
        return command.order(snooze_order(snooze))
    if order is not None:
        return command.order(Order(order))
    return command.run(WatchOptions(**chosen))


@commands.command()
@click.argument("name", required=False)
def stretches(name: str | None) -> int:
    """Say what each stretch is, how to do it, and when not to."""
    from neckform.jobs.stretches import run

    return run(name)


commands.add_command(history)
commands.add_command(people)


@commands.command()
@click.option(
    "--minutes",
    type=int,
    default=15,
    show_default=True,
    help="When to take the pack off: 1 to 20, and no longer, to spare the skin.",
)
def heat(minutes: int) -> int:
    """Time a heat pack, and say when to take it off.

    Exit codes: 0 the time is over, 2 usage, 130 stopped before.
    """
    from neckform.jobs.heat import run

    return run(minutes)


@commands.command()
@click.option(
    "--pictures",
    type=FILE,
    metavar="FOLDER",
    help="Write a picture of each, as SVG and as PNG, in place of printing them.",
)
def sleep(pictures: Path | None) -> int:
    """Show how to lie so that the neck can rest, and how not to, drawn."""
    from neckform.jobs.sleep import run

    return run(pictures)


@commands.command()
@click.option("--remove", is_flag=True, help="Take it away again.")
def shortcut(*, remove: bool) -> int:
    """Put an icon on the desktop and into the menu that opens neckform."""
    from neckform.jobs.shortcut import run

    return run(remove=remove)


@commands.command()
@click.option("--camera/--no-camera", default=True, help="Try the camera.  [default: yes]")
def doctor(*, camera: bool) -> int:
    """Check what works on this computer, and say what to do about the rest."""
    from neckform.jobs.doctor import run

    return run(camera=camera)


def _say(message: str, code: int) -> int:
    say(worded("neckform: {message}", message=message), aside=True)
    return code


def _stay_printable() -> None:
    """Never let a name that the terminal cannot show turn into an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
