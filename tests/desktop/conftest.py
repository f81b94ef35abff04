"""A desktop of the test's own: a virtual display, a bus, a tray's host, a notification daemon."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from virtual import Desktop, end

import clips
import neckform as package

SOURCE = str(Path(package.__file__).parents[1])
NEEDED = {"Xvfb": "xvfb", "trayer": "trayer", "xdotool": "xdotool", "dunst": "dunst",
          "dbus-daemon": "dbus-daemon"}  # fmt: skip
"""Programs, and Debian's packages with them."""

BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
"""A session's bus that starts nothing by itself: whoever asks for notifications before the test's
own dunst is there would get another one, without its settings."""


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    missing = sorted(deb for name, deb in NEEDED.items() if shutil.which(name) is None)
    if missing or not sys.platform.startswith("linux"):
        pytest.skip(f"DESKTOP NOT TRIED: apt-get install {' '.join(missing)}")
    kept = tmp_path / "kept"
    kept.mkdir(mode=0o700)
    names = ("HOME", "NECKFORM_DATA", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME",
             "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")  # fmt: skip
    env = os.environ | dict.fromkeys(names, str(kept)) | {"PYTHONPATH": SOURCE, "LC_ALL": "C.UTF-8"}
    for name in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        env.pop(name, None)
    with ExitStack() as stack:
        read, write = os.pipe()
        screen = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "800x600x24", "-nolisten", "tcp"],
            pass_fds=(write,), stderr=subprocess.DEVNULL,
        )  # fmt: skip
        stack.callback(end, screen)
        os.close(write)
        with os.fdopen(read) as told:
            env["DISPLAY"] = f":{told.readline().strip()}"
        config = tmp_path / "bus.conf"
        config.write_text(BUS)
        bus = subprocess.Popen(
            ["dbus-daemon", "--config-file", str(config), "--nofork", "--print-address"],
            env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        stack.callback(end, bus)
        assert bus.stdout is not None
        stack.enter_context(bus.stdout)
        env["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        yield Desktop(tmp_path, env, stack)


@pytest.fixture(scope="session")
def desk_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty seconds of sitting, then a chin on the chest, for three minutes."""
    still, low = list(clips.demo_frames(0, 2.5)), list(clips.demo_frames(67, 69))
    frames = [
        *((still + still[::-1]) * 4)[: 20 * clips.FPS],
        *[low[index % len(low)] for index in range(180 * clips.FPS)],
    ]
    return clips.write_video(tmp_path_factory.mktemp("clips") / "desk.mp4", frames)
