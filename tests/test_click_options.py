"""The command line says and checks what the fields of the options say, and nothing else."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import neckform
from neckform import cli
from neckform.core.coach.pace import Pace
from neckform.core.errors import SettingsError
from neckform.core.parameter import Parameter, parameters
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.jobs.calibrate.options import CalibrateOptions
from neckform.jobs.coach.options import CoachOptions
from neckform.jobs.watch.options import WatchOptions
from neckform.terminal.click_options import option, options, refuse_wrong
from running import Runner

COMMANDS = {
    "analyze": AnalyzeOptions,
    "calibrate": CalibrateOptions,
    "coach": CoachOptions,
    "watch": WatchOptions,
}
NUMBERS = [
    pytest.param(name, cls, parameter, id=f"{name}-{parameter.name}")
    for name, cls in COMMANDS.items()
    for parameter in parameters(cls).values()
    if parameter.kind in (int, float)
]


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Runner:
    return Runner(capfd, monkeypatch)


def option_of(name: str, parameter: Parameter) -> click.Option:
    found = [one for one in cli.commands.commands[name].params if one.name == parameter.name]
    assert len(found) == 1
    assert isinstance(found[0], click.Option)
    return found[0]


@pytest.mark.parametrize(("name", "cls"), COMMANDS.items(), ids=COMMANDS)
def test_every_field_is_an_option_with_its_help(name: str, cls: type) -> None:
    for parameter in parameters(cls).values():
        shown = option_of(name, parameter)
        assert shown.help == parameter.help
        assert shown.help


@pytest.mark.parametrize(("name", "cls"), COMMANDS.items(), ids=COMMANDS)
def test_what_is_not_given_is_as_the_field_says(name: str, cls: type) -> None:
    @click.command()
    @options(cls)
    def show(**chosen: object) -> None:
        assert cls(**chosen) == cls()

    ran = CliRunner().invoke(show, [], catch_exceptions=False)
    assert (ran.exit_code, ran.output) == (0, "")


@pytest.mark.parametrize(("name", "cls", "parameter"), NUMBERS)
def test_a_number_out_of_bounds_is_refused_by_both_doors(
    command: Runner, name: str, cls: type, parameter: Parameter
) -> None:
    flag = option_of(name, parameter).opts[0]
    for value in (parameter.low - 1, parameter.high + 1):
        ran = command(name, *(["clip.mp4"] if name == "analyze" else []), flag, str(value))
        assert ran.code == 2
        assert (
            f"Invalid value for '{flag}': must be from {parameter.low:g} to {parameter.high:g}"
            in ran.err
        )
        with pytest.raises(SettingsError, match=f"{flag}: must be from"):
            cls(**{parameter.name: value})
    for value in (math.nan, math.inf, True, "10"):
        with pytest.raises(SettingsError, match=f"{flag}: must be a number, not"):
            cls(**{parameter.name: value})
    if parameter.kind is float:
        ran = command(name, *(["clip.mp4"] if name == "analyze" else []), flag, "nan")
        assert ran.code == 2
        assert "must be a number, not nan" in ran.err


def test_all_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        AnalyzeOptions(lying="sofa", sample_fps=0, html=1, fail_on="never")  # type: ignore[arg-type]
    assert caught.value.problems == (
        '--lying: must be back or side, not "sofa"',
        "--sample-fps: must be from 1 to 60, not 0",
        "--html: must be true or false, not 1",
        '--fail-on: must be incomplete, not "never"',
    )


def test_python_is_told_the_same(tmp_path: Path) -> None:
    with pytest.raises(neckform.NeckformError, match="--sample-fps: must be from 1 to 60, not 100"):
        neckform.analyze(tmp_path / "nowhere.mp4", sample_fps=100)
    with pytest.raises(neckform.NeckformError, match="--lying: must be back or side"):
        neckform.analyze(tmp_path / "nowhere.mp4", lying="sofa")


def test_how_long_a_hold_lasts_is_said_once() -> None:
    hold, pace = parameters(CoachOptions)["hold_s"], parameters(Pace)["hold_s"]
    assert (hold.low, hold.high) == (pace.low, pace.high)


@dataclass(frozen=True)
class Everything:
    """One option of each kind."""

    number: float = option("A number.", 1.5, low=0, high=2, shows_default=True)
    count: int | None = option("A count.", low=1, high=9, envvar="NECKFORM_COUNT")
    on: bool = option("On by default.", True)
    off: bool = option("Off by default.", False)
    either: bool | None = option("Unset by default.")
    many: tuple[str, ...] = option("Repeated.", (), flag="--one", metavar="ONE")
    file: Path | None = option("A file.")
    kind: str | None = option("A choice.", choices=("a", "b"))
    word: str = option("A word.", "x", choices=("x", "y"), metavar="WORD")

    def __post_init__(self) -> None:
        refuse_wrong(self)


@pytest.fixture
def everything() -> click.Command:
    @click.command()
    @options(Everything)
    def show(**chosen: object) -> None:
        """Show."""
        click.echo(Everything(**chosen))  # type: ignore[arg-type]

    return show


def test_each_kind_is_shown(everything: click.Command) -> None:
    ran = CliRunner().invoke(everything, ["--help"])
    lines = ran.output.split("Options:\n")[1].splitlines()
    assert [" ".join(line.split()) for line in lines] == [
        "--number FLOAT RANGE A number. [default: 1.5; 0<=x<=2]",
        "--count INTEGER RANGE A count. [env var: NECKFORM_COUNT; 1<=x<=9]",
        "--on / --no-on On by default.",
        "--off Off by default.",
        "--either / --no-either Unset by default.",
        "--one ONE Repeated.",
        "--file FILE A file.",
        "--kind [a|b] A choice.",
        "--word WORD A word.",
        "--help Show this message and exit.",
    ]


def test_each_kind_is_read(everything: click.Command) -> None:
    given = ["--number", "2", "--no-on", "--off", "--no-either", "--one", "a", "--one", "b",
             "--file", "f", "--kind", "b", "--word", "y"]  # fmt: skip
    ran = CliRunner().invoke(everything, given, env={"NECKFORM_COUNT": "3"})
    wanted = Everything(2.0, 3, False, True, False, ("a", "b"), Path("f"), "b", "y")
    assert ran.output == f"{wanted}\n"


@pytest.mark.parametrize(
    "line",
    [("analyze", ""), ("analyze", "a.mp4", "--out", ""), ("open", ""), ("history", "--html", "")],
)
def test_an_empty_name_is_not_the_folder_at_hand(command: Runner, line: tuple[str, ...]) -> None:
    ran = command(*line)
    assert ran.code == 2
    assert ran.complaints[-1].endswith("the name is empty; name a file or a folder")
