"""Whether others use a camera or share the screen, as each system tells it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from neckform.sensing.other_programs import screen_is_shared, used_by_others, uses_camera


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="as Linux tells it")
def test_another_program_with_a_camera_s_device_open_is_seen(tmp_path: Path) -> None:
    device = tmp_path / "video0"
    device.touch()
    cameras = str(tmp_path / "video")
    assert not uses_camera(cameras)
    with device.open("rb"):
        assert not uses_camera(cameras), "this program itself"
    holding = f"f = open({str(device)!r}); print('held', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", holding], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert uses_camera(cameras)
        other.communicate("\n")
    assert not uses_camera(cameras)


def node(state: str, **facts: object) -> dict[str, object]:
    return {"type": "PipeWire:Interface:Node", "info": {"state": state, "props": facts}}


def test_a_shared_screen_is_a_running_source_of_video_without_a_device() -> None:
    screen = {"media.class": "Video/Source", "node.name": "gnome-shell"}
    camera = {"media.class": "Video/Source", "device.id": 42}
    sound = {"media.class": "Audio/Source"}
    assert screen_is_shared([node("running", **sound), node("running", **screen)])
    assert not screen_is_shared([node("suspended", **screen), node("running", **camera)])
    for odd in (
        None,
        {},
        [None, {"info": None}, {"info": {"state": "running"}}],
        [1],
    ):
        assert not screen_is_shared(odd)


def test_windows_tells_it_program_by_program() -> None:
    own = r"C:\Users\me\venv\Scripts\python.exe"
    running = {r"cam\NonPackaged\C:#Zoom#zoom.exe"}
    keys = {
        "cam": ["NonPackaged", "Microsoft.Teams_8wekyb3d8bbwe"],
        r"cam\NonPackaged": ["C:#Users#me#venv#Scripts#python.exe", "C:#Zoom#zoom.exe"],
    }

    def used() -> bool:
        return used_by_others("cam", lambda key: keys.get(key, []), running.__contains__, own)

    assert used()
    running.clear()
    running.add(r"cam\NonPackaged\C:#Users#me#venv#Scripts#python.exe")
    assert not used()
    running.add(r"cam\Microsoft.Teams_8wekyb3d8bbwe")
    assert used()
