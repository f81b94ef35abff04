"""What starts and steers the monitor: files for the login, options read back, orders."""

from __future__ import annotations

import json
import os
import plistlib
import shutil
import subprocess
import sys
import xml.dom.minidom
from pathlib import Path
from typing import Any

import pytest
from stage import Stage

from neckform.core.errors import SettingsError
from neckform.jobs.coach.options import CoachOptions
from neckform.jobs.watch.beside.at_login import login_item
from neckform.jobs.watch.beside.background import log_file, start
from neckform.jobs.watch.beside.icon import Icon
from neckform.jobs.watch.options import WatchOptions
from neckform.jobs.watch.orders import Order
from neckform.terminal.click_options import arguments
from running import Runner
from scripts import looped

ODD = ['/opt/it\'s my "$HOME" `x` 100% \\ <place> & more/python', "-m", "neckform", "watch"]


def test_linux_starts_it_by_an_entry_that_its_own_validator_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    item = login_item("linux", tmp_path, ODD)
    assert item.path == tmp_path / ".config" / "autostart" / "neckform-watch.desktop"
    assert item.write() == f"Written: {item.path}"
    if sys.platform != "win32":  # its command may name a person
        assert item.path.stat().st_mode & 0o777 == 0o700
    validator = shutil.which("desktop-file-validate")
    if validator is None:
        pytest.skip("ENTRY NOT VALIDATED: desktop-file-utils is not installed")
    checked = subprocess.run([validator, item.path], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout) == (0, "")


def test_macos_starts_it_by_a_property_list_that_is_one(tmp_path: Path) -> None:
    item = login_item("darwin", tmp_path, ODD)
    item.write()
    assert item.path == tmp_path / "Library" / "LaunchAgents" / "neckform.watch.plist"
    agent = plistlib.loads(item.path.read_bytes())
    assert (agent["Label"], agent["ProgramArguments"]) == (item.path.stem, ODD)
    assert agent["RunAtLoad"] is True
    xml.dom.minidom.parseString(item.content)
    linter = shutil.which("plutil")
    if linter is not None:
        subprocess.run([linter, "-lint", item.path], check=True)
    assert item.remove() == f"Removed: {item.path}"


def test_windows_starts_it_by_a_batch_file_in_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APPDATA", str(tmp_path / "Roaming"))
    item = login_item("win32", tmp_path, [r"C:\100% mine\pythonw.exe", "-m", "neckform", "watch"])
    assert item.path.parts[-5:-1] == ("Windows", "Start Menu", "Programs", "Startup")
    assert '"C:\\100%% mine\\pythonw.exe" "-m" "neckform" "watch"\r\n' in item.content


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="where Linux has its items")
def test_at_login_on_and_off(
    neckform: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = tmp_path / "config" / "autostart" / "neckform-watch.desktop"
    assert neckform("watch", "--at-login", "on", "--profile", "desk", "--no-tray").code == 0
    (line,) = [line for line in path.read_text().splitlines() if line.startswith("Exec=")]
    assert line.endswith(
        '"-m" "neckform" "watch" "--background" "--profile=desk" "--no-tray" "--wait"'
    )
    assert neckform("watch", "--at-login", "off").out == f"Removed: {path}\n"
    assert neckform("watch", "--at-login", "off").out == f"Not there: {path}\n"
    path.write_text("mine")
    ran = neckform("watch", "--at-login", "on")
    assert (ran.code, path.read_text()) == (2, "mine")
    assert "it is left as it is" in ran.err
    assert neckform("watch", "--at-login", "maybe").code == 2
    assert neckform("watch", "--at-login", "on", "--stop").code == 2


def test_options_stand_on_a_command_line_as_they_were_chosen(tmp_path: Path) -> None:
    chosen = WatchOptions(camera=2, hint_s=12.5, notify=False, source=Path("a b.mp4"), tray=False)
    assert arguments(chosen) == [
        "--camera=2", "--hint=12.5", "--no-notify", "--no-tray",
        f"--source={Path('a b.mp4').absolute()}",
    ]  # fmt: skip
    assert arguments(WatchOptions()) == []
    assert arguments(CoachOptions(stretches=("a", "b:left"), history=False)) == [
        "--stretch=a", "--stretch=b:left", "--no-history"
    ]  # fmt: skip


def test_an_icon_that_is_wanted_without_its_library_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("neckform.jobs.watch.beside.icon.find_spec", lambda _: None)
    with pytest.raises(SettingsError, match=r"neckform\[tray\]"):
        Icon(True)
    with Icon(None) as icon:
        assert icon.trouble() is None


def test_an_icon_that_is_wanted_without_a_desktop_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("neckform.jobs.watch.beside.icon.there_is_a_screen", lambda: False)
    monkeypatch.setattr("neckform.jobs.watch.beside.icon.find_spec", lambda _: "there")
    with Icon(True) as icon:
        assert icon.trouble() == "there is no desktop here, so no icon is shown"
        assert icon.trouble() is None
    with Icon(None) as icon:
        assert icon.trouble() is None


@pytest.mark.slow
def test_what_it_sees_is_shown_while_somebody_looks_and_nothing_of_it_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sitting = looped(0, 2.5)
    read: dict[float, dict[str, Any]] = {}

    def script(t_s: float) -> object:
        path = tmp_path / "status.json"
        if path.exists():
            read[t_s] = json.loads(path.read_text())
        return sitting(t_s)

    stage = Stage(tmp_path, capsys)
    stage.play(script, 40, orders={10: Order.LOOK})  # type: ignore[arg-type]
    shown = {t_s: status["seen"] for t_s, status in read.items() if "seen" in status}
    assert 10 <= min(shown) < 12
    assert 19 <= max(shown) < 22
    seen = shown[max(shown)]
    assert (seen["width"], seen["height"]) == (640, 480)
    assert all(0 <= place <= 1 for line in seen["lines"] for point in line for place in point)
    assert len(seen["lines"]) == 2  # a head and shoulders
    assert [file for file in tmp_path.iterdir() if '"lines"' in file.read_text()] == []


@pytest.mark.skipif(sys.platform == "win32", reason="permissions as on Unix")
def test_what_it_says_without_a_terminal_is_for_its_owner_alone(
    own_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_data.chmod(0o755)
    command = [sys.executable, "-c", "print('said')"]
    monkeypatch.setattr("neckform.jobs.watch.beside.background.own_command", lambda: command)
    before = os.umask(0)
    try:
        assert start([]).wait(30) == 0
    finally:
        os.umask(before)
    assert log_file().read_text() == "said\n"
    assert log_file().stat().st_mode & 0o777 == 0o600
