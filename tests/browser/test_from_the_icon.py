"""From the icon: what ``neckform shortcut`` writes, opened as a desktop opens it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest
from coach_visit import VisitPage

import neckform
from neckform.jobs import shortcut

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="opened by Windows itself there"),
]

ODD = """it's "mine" $HOME `x` 100% = Käse"""
PATIENCE_S = 60.0
BROWSER = """#!/bin/sh
printf '%s\\n%s\\n' "$1" "$PPID" > '{asked}.new' && mv '{asked}.new' '{asked}'
"""
"""A browser that writes down what it is asked to open, and by which process."""


def environment_at(place: Path) -> Path:
    """A virtual environment with this neckform in it; its Python."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    (packages,) = place.glob("lib/python*/site-packages")
    paths = sysconfig.get_paths()
    found = [str(Path(neckform.__file__).parents[1]), paths["purelib"], paths["platlib"]]
    (packages / "this.pth").write_text("\n".join(found))
    return place / "bin" / "python"


@pytest.mark.parametrize("way", ["Linux's entry", "macOS's script"])
def test_the_icon_opens_the_page_wherever_neckform_is_installed(
    tmp_path: Path, visit: VisitPage, way: str
) -> None:
    launcher = ["gio", "launch"] if way.endswith("entry") else ["/bin/sh"]
    if launcher[0] == "gio" and not (sys.platform == "linux" and shutil.which("gio")):
        pytest.skip("ICON NOT OPENED: apt-get install libglib2.0-bin")
    python = environment_at(tmp_path / ODD)
    home, asked, browser = tmp_path / "Zoë B", tmp_path / "asked", tmp_path / "browser"
    desktop = home / "Desktop"
    desktop.mkdir(parents=True)
    browser.write_text(BROWSER.format(asked=asked))
    browser.chmod(0o755)
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("XDG_", "NECKFORM_", "PYTHON"))
    } | {"HOME": str(home), "DISPLAY": ":0", "BROWSER": f"{browser} %s", "LC_ALL": "C.UTF-8"}
    command = [str(python), "-m", "neckform"]
    if way.endswith("entry"):
        subprocess.run([*command, "shortcut"], env=env, cwd=home, check=True)
        icon = home / ".local/share/applications/neckform.desktop"
    else:
        (one,) = shortcut.shortcuts("darwin", home, desktop, command)
        one.write()
        icon = one.path
    opened = subprocess.Popen([*launcher, icon], env=env, cwd="/", stdout=subprocess.DEVNULL)
    until = time.monotonic() + PATIENCE_S
    while not asked.exists() and time.monotonic() < until:
        time.sleep(0.05)
    address, number = asked.read_text().splitlines()
    try:
        person = visit(address)
        person.wait_for("welcome")
        person.page.click("#welcome-done")
        person.wait_for("home")
        person.page.click(".phase.home .quit")
        person.wait_for("ended")
        person.comes_true(lambda: not Path(address.removeprefix("file://")).exists())
        person.kept_to(address)
        assert opened.wait(PATIENCE_S) == 0
    finally:
        if Path(address.removeprefix("file://")).exists():  # it still runs
            os.kill(int(number), signal.SIGKILL)
