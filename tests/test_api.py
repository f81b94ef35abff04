"""neckform from Python."""

import inspect
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import clips
import neckform
from neckform.core.errors import InputError, SettingsError, ViewError
from neckform.core.events import EventKind
from neckform.core.types import Side
from neckform.jobs.analyze.options import AnalyzeOptions
from running import Runner

pytestmark = pytest.mark.slow

SOURCE = str(Path(neckform.__file__).parents[1])
EXAMPLE = Path(__file__).parents[1] / "examples" / "plot_session.py"


def python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": SOURCE},
        check=False,
    )


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clips.short(tmp_path_factory.mktemp("clip") / "short.mp4")


@pytest.fixture(scope="module")
def report(clip: Path) -> Iterator[neckform.Report]:
    yield neckform.analyze(clip)


@pytest.fixture
def command(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Runner:
    monkeypatch.chdir(tmp_path)
    return Runner(capfd, monkeypatch)


def test_what_was_found_are_the_core_s_own_objects(report: neckform.Report) -> None:
    (hold,) = report.holds
    assert (hold.stretch, hold.side, hold.completed) == ("upper-trapezius", Side.LEFT, False)
    assert report.baseline is not None
    assert report.baseline.kind == "held"
    assert report.coverage.head_seen_ms > 7000
    assert report.note is None
    kinds = [event.kind for event in report.events]
    assert kinds == [EventKind.HOLD_BEGAN, EventKind.HOLD_ENDED]
    assert report.events[-1].hold == hold


def test_series_are_what_the_steps_say(report: neckform.Report) -> None:
    series = report.series()
    assert {len(values) for values in series.values()} == {len(report.steps)}
    assert series["t_s"][-1] == report.steps[-1].t_ms / 1000
    for index, step in enumerate(report.steps):
        unseen = step.sample is None or step.sample.head is None
        assert np.isnan(series["lateral_deg"][index]) == unseen
        if step.sample is not None and step.sample.head is not None:
            assert series["lateral_deg"][index] == step.sample.head.angles.lateral_deg
            assert series["rotation_error_deg"][index] == step.sample.head.uncertainty.rotation_deg
    # The neutral serves for what came before it too.
    assert np.isfinite(series["lateral_deg"][0])
    assert np.nanmax(series["held_s"]) == pytest.approx(report.holds[0].held_ms / 1000, abs=0.2)


def test_numbers_are_those_of_the_command_and_nothing_is_kept(
    report: neckform.Report, clip: Path, own_data: Path, command: Runner
) -> None:
    ran = command("analyze", clip, "--json", "-", "--no-history")
    assert json.loads(ran.out) == report.to_dict()
    assert list(own_data.iterdir()) == []


def test_a_narrower_question(clip: Path) -> None:
    shares: list[float] = []
    found = neckform.analyze(
        str(clip), stretches=["upper-trapezius:right"], baseline="0.5-2", progress=shares.append
    )
    assert found.holds == ()
    assert found.baseline is not None
    assert found.baseline.kind == "span"
    assert shares == sorted(shares)
    assert 0.9 < shares[-1] <= 1


def test_what_is_wrong_is_an_error_with_a_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        neckform.analyze(tmp_path / "nowhere.mp4")
    with pytest.raises(neckform.NeckformError, match="no such stretch"):
        neckform.analyze(tmp_path / "nowhere.mp4", stretches=["yoga"])
    with pytest.raises(SettingsError, match="there is no such file"):
        neckform.analyze(tmp_path / "nowhere.mp4", settings=tmp_path / "none.toml")
    with pytest.raises(ViewError, match="nobody usable is in view"):
        neckform.analyze(clips.empty_room(tmp_path / "room.mp4"))


def test_what_is_not_given_is_as_on_the_command_line() -> None:
    defaults = {
        name: parameter.default
        for name, parameter in inspect.signature(neckform.analyze).parameters.items()
        if name not in ("recording", "progress")
    }
    assert defaults == {name: getattr(AnalyzeOptions(), name) for name in defaults}


def test_importing_neckform_loads_nothing_heavy() -> None:
    done = python(
        "import sys, neckform\n"
        "print(*{m.split('.')[0] for m in sys.modules} & {'numpy', 'cv2', 'rich', "
        " 'mediapipe', 'click', 'sqlite3', 'matplotlib'})"
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")


def test_analyze_stays_the_function_whatever_was_imported_before_or_after() -> None:
    done = python(
        "import neckform.jobs.analyze.options, neckform.cli, neckform\n"
        "from neckform.jobs.analyze.command import run\n"
        "import neckform.jobs.analyze.several.many\n"
        "assert neckform.analyze.__doc__.startswith('Say what was done')\n"
        "assert neckform.Report.__name__ == 'Report'\n"
        "try: neckform.nonsense\n"
        "except AttributeError as error: print(error)\n"
    )
    assert done.stdout == "module 'neckform' has no attribute 'nonsense'\n", done.stderr
    assert pickle.loads(pickle.dumps(neckform.analyze)) is neckform.analyze


def test_the_example_plots_a_session(clip: Path, tmp_path: Path) -> None:
    picture = tmp_path / "session.png"
    done = subprocess.run(
        [sys.executable, "-W", "error", str(EXAMPLE), str(clip), str(picture)],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": SOURCE, "MPLBACKEND": "Agg"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "upper-trapezius, left: 5 s of 30, ended by end" in done.stdout
    import cv2

    image = cv2.imread(str(picture))
    assert image is not None
    assert image.shape[1] == 1200
    assert len(np.unique(image.reshape(-1, 3), axis=0)) > 100
