"""Notifications over a real D-Bus, to a service of the test's own; and without any."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from neckform.showing.notifications import Notifier

linux = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is Linux's")

SERVICE = """
import asyncio, json, sys
from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface, dbus_method

class Notifications(ServiceInterface):
    def __init__(self):
        super().__init__("org.freedesktop.Notifications")
        self.count = 0

    @dbus_method()
    def Notify(self, app: "s", replaces: "u", icon: "s", title: "s", text: "s", actions: "as",
               hints: "a{sv}", expires: "i") -> "u":
        self.count += 1
        shown = {"app": app, "title": title, "text": text,
                 "hints": {key: value.value for key, value in hints.items()}}
        with open(sys.argv[1], "a") as file:
            file.write(json.dumps(shown) + "\\n")
        if title == "hang":
            import time
            time.sleep(30)
        if title == "die":
            import os
            os._exit(1)
        return self.count

    @dbus_method()
    def GetCapabilities(self) -> "as":
        return ["body", "sound"]

    @dbus_method()
    def GetServerInformation(self) -> "ssss":
        return ["test", "test", "1", "1.2"]

async def main():
    bus = await MessageBus().connect()
    bus.export("/org/freedesktop/Notifications", Notifications())
    await bus.request_name("org.freedesktop.Notifications")
    print("ready", flush=True)
    await asyncio.get_running_loop().create_future()

asyncio.run(main())
"""


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A session bus of our own."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("NOT TESTED: no dbus-daemon here")
    address = f"unix:path={tmp_path / 'bus'}"
    with subprocess.Popen(
        [daemon, "--session", "--nofork", "--nopidfile", "--print-address", f"--address={address}"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address
        process.kill()


@pytest.fixture
def service(bus: str, tmp_path: Path) -> Iterator[Path]:
    """A notification service; the file that it writes what it showed to."""
    shown = tmp_path / "shown"
    with subprocess.Popen(
        [sys.executable, "-c", SERVICE, str(shown)], stdout=subprocess.PIPE, text=True,
        env=os.environ | {"DBUS_SESSION_BUS_ADDRESS": bus},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield shown
        process.kill()


@linux
def test_a_notification_is_shown(service: Path) -> None:
    with Notifier(sound=True) as notifier:
        assert notifier.trouble is None
        assert notifier.show("Chin on the chest", "Lift your head.", urgent=False)
        assert notifier.show("Chin on the chest for 1 min", "Lift your head.", urgent=True)
    hint, notice = (json.loads(line) for line in service.read_text().splitlines())
    assert (hint["app"], hint["title"]) == ("neckform", "Chin on the chest")
    assert hint["text"] == "Lift your head."
    # A hint is of low urgency and silent; a notice is neither.
    assert (hint["hints"]["urgency"], notice["hints"]["urgency"]) == (0, 1)
    assert "sound-name" not in hint["hints"]
    assert "sound-name" in notice["hints"]


@linux
def test_silent_unless_asked(service: Path) -> None:
    with Notifier() as notifier:
        assert notifier.show("a", "b", urgent=True)
    assert "sound" not in service.read_text()


@linux
def test_a_service_that_hangs_is_given_up_soon(
    service: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("neckform.showing.notifications.PATIENCE_S", 0.5)
    begin = time.monotonic()
    with Notifier() as notifier:
        assert notifier.trouble is None
        assert not notifier.show("hang", "b", urgent=True)
        assert notifier.trouble is not None
        assert "no answer" in notifier.trouble
    assert time.monotonic() - begin < 5


@linux
@pytest.mark.usefixtures("service")
def test_a_service_that_dies_is_one_line(caplog: pytest.LogCaptureFixture) -> None:
    with Notifier() as notifier:
        assert not notifier.show("die", "b", urgent=True)
        assert notifier.trouble is not None
        assert "did not take" in notifier.trouble
    # The library would print a traceback.
    assert not [one for one in caplog.records if one.name.startswith("desktop_notifier")]


@linux
@pytest.mark.parametrize("nothing", ["no bus", "no service", "no address"])
def test_without_a_service_it_is_one_line(
    nothing: str,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    if nothing == "no service":
        request.getfixturevalue("bus")
    elif nothing == "no bus":
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'nowhere'}")
    else:
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
        monkeypatch.delenv("DISPLAY", raising=False)
    with Notifier() as notifier:
        assert notifier.trouble is not None
        assert "\n" not in notifier.trouble
        assert notifier.trouble == (
            "This desktop shows no notifications, so neckform says everything here."
        )
        assert notifier.cause
        assert not notifier.show("a", "b", urgent=True)
    assert capfd.readouterr().err == ""


def test_without_the_library_it_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "desktop_notifier", None)
    with Notifier() as notifier:
        assert notifier.trouble is not None
        assert "desktop_notifier" in notifier.trouble


@linux
def test_a_service_that_comes_up_later_is_used(
    bus: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with Notifier() as notifier:
        assert notifier.trouble is not None
        shown = request.getfixturevalue("service")
        assert notifier.show("a", "b", urgent=False)
        assert notifier.trouble is None
    assert shown.exists()
