"""In a language in which each sentence is marked, all that a person reads carries the mark."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from io import StringIO
from itertools import product
from pathlib import Path

import click
import pytest
from rich.console import Console

import histories
from made_up import left_in, spoken
from neckform.cli import commands
from neckform.config.settings import load_postures, load_settings
from neckform.core.events import MissReason, NearMiss
from neckform.core.types import Axis, Side
from neckform.history.entry import KeptFlag
from neckform.history.overview import Overview
from neckform.jobs.history.page import history_html
from neckform.jobs.history.printing import print_history
from neckform.showing.exports.overview import RecordingEntry
from neckform.showing.html import page_html
from neckform.showing.html.moments import chapters
from neckform.showing.html.norms import SOURCES
from neckform.showing.html.overview import overview_html
from neckform.showing.html.plots import plot_data
from neckform.showing.words.report_words import miss_words
from neckform.showing.words.telling import told
from neckform.terminal import tables
from page_making import report, trace
from running import Runner

pytestmark = pytest.mark.slow

NAMES = {stretch.id: stretch.name for stretch in load_settings().stretches}
NAMES |= load_postures().names
IDS = (
    "abababababab",
    "face.task",
    "pose.task",
    "November",
    "face",
    "pose",
    "Min",
    *(source.fields["source"] for source in SOURCES),
)
"""Names of models, where a figure comes from, and a month, which nobody knows in this language."""


@pytest.fixture(autouse=True)
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch, spoken(tmp_path / "made up", patch):
        yield


@pytest.fixture
def neckform(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Runner:
    return Runner(capfd, monkeypatch)


def texts(page: str) -> str:
    """All that a page shows, and what it tells a screen reader."""
    page = re.sub(r"<(style|script)\b.*?</\1>", " ", page, flags=re.S)
    spoken_only = re.findall(r'(?:aria-label|alt|title)="([^"]*)"', page)
    return unescape(" ".join([re.sub(r"<[^>]*>", " ", page), *spoken_only]))


def history() -> Overview:
    today = histories.TODAY
    days = (0, 1, 8, 15, 22)
    entries = [
        histories.entry(
            histories.ago(day),
            histories.full() if day else (histories.hold(held_s=12.0),),
            name=f"{day}",
            near_misses=(histories.miss(), histories.miss(side="right")),
            flags=(KeptFlag("slouch", None, 2, 9.0, 25.0),),
        )
        for day in days
    ]
    watched = {histories.ago(2): {"good": 600_000, "slouch": 90_000, "away": 3_600_000}}
    return Overview(entries, histories.ROUTINE, today, watched)


def printed(write: Callable[[Console], None]) -> str:
    console = Console(width=100, highlight=False, record=True, file=StringIO())
    write(console)
    return console.export_text()


def test_the_report() -> None:
    content = report()
    page = page_html(content, trace(), earlier_deg={"flexion": 38.0}, video="annotated.mp4")
    assert 'lang="tlh"' in page
    assert left_in(texts(page), *IDS) == []
    data = plot_data(content, trace(), "annotated.mp4")
    shown = [mark["text"] for mark in data["marks"]] + list(data["words"].values())
    assert left_in(" ".join(shown)) == []
    assert left_in(" ".join(told(one.short) for one in chapters(content, 90_000))) == []


def test_the_overview_of_several_recordings() -> None:
    entries = [RecordingEntry("a.mp4", report(), Path("a.json"), Path("a.html"), 0, ())]
    assert left_in(texts(overview_html(entries))) == []
    assert left_in(printed(lambda console: tables.print_many(console, entries))) == []


def test_the_summary_of_a_recording() -> None:
    assert left_in(printed(lambda console: tables.print_report(console, report()))) == []


def test_the_history() -> None:
    assert left_in(texts(history_html(history(), NAMES)), *IDS) == []
    assert left_in(printed(lambda console: print_history(console, history(), NAMES)), *IDS) == []


@pytest.mark.parametrize(
    "command",
    [("history",), ("sleep",), ("stretches",), ("heat", "--minutes", "30"), ("watch", "--stop"),
     ("analyze", "no such film.mp4"), ("history", "forget", "--day", "2026-01-01"),
     ("stretches", "nod"), ("watch", "--snooze", "never"), ("history", "forget"),
     ("coach", "--text", "--camera", "98"), ("analyze", "clip.mp4", "--baseline", "5-3"),
     ("analyze", "clip.mp4", "--stretch", "nod"), ("shortcut", "--remove")],
    ids=" ".join,
)  # fmt: skip
def test_a_command(
    neckform: Runner, command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    ran = neckform(*command)
    ids = (
        *NAMES,
        "neckform: stretches",
        "neckform: history forget",
        "no such film.mp4",
        "nod",
        "never",
        "30m",
        "1h",
        "tomorrow",
        "off",
    )
    drawing = r"^[ <>\^_()~o\[\]=\-]+$"
    shown = re.sub(drawing, "", ran.out + ran.err, flags=re.M)
    assert left_in(shown, *sorted(ids, key=len, reverse=True)) == [], shown


@pytest.mark.parametrize(
    ("command", "lines"),
    [(("nonsense",), 1), (("demos",), None), (("history", "nonsense"), 1), (("analyze",), 1),
     (("watch", "--zzzz"), 1), (("watch", "--backgroun"), None), (("watch", "--snooze"), 1),
     (("watch", "--stop=1"), 1), (("watch", "x"), 1), (("watch", "x", "y"), 1),
     (("watch", "--at-login", "x"), 2), (("heat", "--minutes", "x"), 2),
     (("share", "x", "--pain-after", "x"), 2), (("share", "x", "--pain-after", "11"), 2),
     (("analyze", "x", "--jobs", "x"), 2), (("analyze", "x", "--jobs", "0"), 2),
     (("analyze", "x", "--sample-fps", "x"), 2), (("analyze", "x", "--fail-on", "x"), 2),
     (("watch", "--status", "--background"), 1)],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)  # fmt: skip
def test_a_command_line_that_is_not_understood(
    neckform: Runner, command: tuple[str, ...], lines: int | None
) -> None:
    """`lines` within the last line; None where versions of click say more or less of it."""
    ran = neckform(*command)
    assert (ran.code, ran.out) == (2, "")
    assert left_in(ran.err, "python -m pytest", command[0], "VIDEO|FOLDER", "RECORDING") == []
    said = ran.err.splitlines()[-1]
    assert said.startswith("«Error: «")
    assert lines is None or said.count("«") == 1 + lines, said


def paths(command: click.Command, *above: str) -> Iterator[tuple[str, ...]]:
    yield above
    for name, below in getattr(command, "commands", {}).items():
        yield from paths(below, *above, name)


@pytest.mark.parametrize("command", list(paths(commands)), ids=" ".join)
def test_help(neckform: Runner, command: tuple[str, ...]) -> None:
    ran = neckform(*command, "--help")
    assert (ran.code, ran.err) == (0, "")
    blocks = re.split(r"\n(?=\n|  -[^.:«\n]*(?:  |\n)|  \w+  )", ran.out)
    assert len(blocks) > 2
    assert [block for block in blocks if re.search(r"\w", block) and "«" not in block] == []


def test_the_doctor(neckform: Runner) -> None:
    ran = neckform("doctor")
    libraries = ("mediapipe", "opencv-contrib-python", "numpy", "Python")
    assert left_in(ran.out, *libraries) == []


def test_a_recording_and_the_monitor(
    neckform: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import clips

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    clip = clips.write_video(tmp_path / "film.mp4", clips.demo_frames(0, 160))
    ran = neckform("analyze", clip, "--out", tmp_path / "out", "--history")
    assert ran.code == 0
    assert left_in(ran.out + ran.err) == []
    for asked in ("--text", "--json"):
        ran = neckform("watch", "--source", clip, "--fast", "--no-notify", asked)
        assert ran.code == 0
        assert (left_in(ran.out) == []) is (asked == "--text")  # JSON is for programs: English
    assert (tmp_path / "out" / "report.json").read_text("utf-8").isascii()


def test_every_reason_why_an_attempt_does_not_count() -> None:
    sides, axes = (None, *Side), (None, *Axis)
    for reason, side, axis in product(MissReason, sides, axes):
        missed = NearMiss("x", side, 0, 9000, 8000, reason, axis, 17.0, 20.0, 1.0, shoulder=side)
        assert left_in(told(miss_words(missed))) == []
