"""The icon on the desktop: each system's file, its content, and that it starts neckform."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from neckform.core.errors import OutputError
from neckform.jobs import shortcut

ODD = ['/opt/it\'s my "$HOME" `x` 100% \\ place/python', "-m", "neckform"]


def written(tmp_path: Path, system: str, command: list[str]) -> shortcut.Shortcut:
    desktop = tmp_path / "Desktop"
    desktop.mkdir(exist_ok=True)
    return shortcut.shortcuts(system, tmp_path, desktop, command)[-1]


def test_the_menu_s_entry_is_one_by_its_own_validator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    validator = shutil.which("desktop-file-validate")
    entries = shortcut.shortcuts("linux", tmp_path, tmp_path, ODD)
    assert [entry.path.relative_to(tmp_path) for entry in entries] == [
        Path(".local/share/applications/neckform.desktop"), Path("neckform.desktop"),
    ]  # fmt: skip
    lines = dict(line.split("=", 1) for line in entries[0].content.splitlines() if "=" in line)
    # GNOME looks for a program's file before it reads %% as %, so a shell finds this one.
    shell = '"/bin/sh" "-c" "exec \\\\"\\\\$0\\\\" \\\\"\\\\$@\\\\"" '
    own = '"/opt/it\'s my \\\\"\\\\$HOME\\\\" \\\\`x\\\\` 100%% '
    assert lines["Exec"].startswith(shell + own)
    assert lines["Exec"].endswith(' "-m" "neckform"')
    assert Path(lines["Icon"]).is_file()
    if validator is None:
        pytest.skip("ENTRY NOT VALIDATED: desktop-file-utils is not installed")
    path = tmp_path / "neckform.desktop"
    path.write_text(entries[0].content, "utf-8")
    checked = subprocess.run([validator, path], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_the_one_of_macos_is_a_script_that_starts_it(tmp_path: Path) -> None:
    program = tmp_path / "it's a $place"
    program.write_text('#!/bin/sh\necho "$0 $@"\n')
    program.chmod(0o755)
    one = written(tmp_path, "darwin", [str(program), "-m", "neckform"])
    assert one.path.name == "neckform.command"
    one.path.write_text(one.content)
    ran = subprocess.run(["/bin/sh", one.path], capture_output=True, text=True, check=True)
    assert ran.stdout == f"{program} -m neckform\n"


def test_the_one_of_windows_ends_its_lines_as_windows_does(tmp_path: Path) -> None:
    one = written(tmp_path, "win32", [r"C:\100% mine\pythonw.exe", "-m", "neckform"])
    assert one.path.name == "neckform.cmd"
    assert '"C:\\100%% mine\\pythonw.exe" "-m" "neckform"\r\n' in one.content
    assert one.content.count("\n") == one.content.count("\r\n")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="where Linux has its menu")
def test_it_is_written_and_taken_away_and_what_is_not_ours_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_DESKTOP_DIR", str(tmp_path / "no desktop"))
    monkeypatch.setenv("HOME", str(tmp_path))
    entry = tmp_path / "data" / "applications" / "neckform.desktop"
    assert shortcut.run(remove=False) == 0
    assert shortcut.run(remove=False) == 0  # again
    assert os.access(entry, os.X_OK)
    assert f'Exec="{sys.executable}" "-P" "-m" "neckform"\n' in entry.read_text()
    assert shortcut.run(remove=True) == 0
    assert not entry.exists()
    assert shortcut.run(remove=True) == 0
    entry.write_text("mine")
    with pytest.raises(OutputError, match="not neckform's"):
        shortcut.run(remove=False)
    shortcut.run(remove=True)
    assert entry.read_text() == "mine"
    said = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in said] == [
        "Written", "Written", "Removed", "Not there", "Left as it is, not neckform's",
    ]  # fmt: skip
