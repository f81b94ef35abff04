"""What a watch needs: folders of its own, clips of people at a desk, and a camera to pull out."""

from __future__ import annotations

from pathlib import Path

import pytest

import clips


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing of these tests ends up among the person's own things."""
    folder = tmp_path / "kept"
    monkeypatch.setenv("NECKFORM_DATA", str(folder))
    monkeypatch.setattr("neckform.jobs.watch.command.user_state_path", lambda _: folder)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'no-bus'}")
    return folder


@pytest.fixture(scope="session")
def sitting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve seconds of somebody who sits still: the clip's neutral, there and back."""
    frames = list(clips.demo_frames(0, 2.5))
    there_and_back = [*frames, *reversed(frames)]
    path = tmp_path_factory.mktemp("clips") / "sitting.mp4"
    return clips.write_video(path, (there_and_back * 3)[: 12 * clips.FPS])


@pytest.fixture(scope="session")
def sitting_on(sitting: Path) -> Path:
    """The same for two minutes: it lasts longer than what another terminal does meanwhile."""
    frames = list(clips.video_frames(sitting))
    return clips.write_video(sitting.with_name("sitting-on.mp4"), frames * 10)


@pytest.fixture(scope="session")
def slumping(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six seconds of sitting, then a chin on the chest for 75 s, then sitting again."""
    still, low = list(clips.demo_frames(0, 2.5)), list(clips.demo_frames(67, 69))
    frames = [
        *(still + still[::-1])[: 6 * clips.FPS],
        *[low[index % len(low)] for index in range(75 * clips.FPS)],
        *(still + still[::-1])[: 6 * clips.FPS],
    ]
    return clips.write_video(tmp_path_factory.mktemp("clips") / "slumping.mp4", frames)
