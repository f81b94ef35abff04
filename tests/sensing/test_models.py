from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from neckform.core.errors import ModelError
from neckform.resources import resource
from neckform.sensing.landmarks import bundles
from neckform.sensing.landmarks.bundles import Kind, find_model, find_models
from neckform.sensing.landmarks.landmarkers import FaceReader


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the shipped models that may be damaged."""
    for name in ("manifest.json", "face_landmarker.task", "pose_landmarker.task"):
        shutil.copy(resource("models", name), tmp_path / name)
    monkeypatch.setattr(bundles, "resource", lambda _folder, name: tmp_path / name)
    bundles._shipped.cache_clear()
    yield tmp_path
    bundles._shipped.cache_clear()


def test_the_shipped_models_are_whole() -> None:
    found = find_models()
    manifest = json.loads(resource("models", "manifest.json").read_text())["models"]
    for kind, model in (("face", found.face), ("pose", found.pose)):
        assert model.kind == kind
        assert model.shipped
        assert model.sha256 == manifest[kind]["sha256"]
        assert model.sha256 == hashlib.sha256(model.path.read_bytes()).hexdigest()


def test_a_shipped_model_is_hashed_once_per_start(
    shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed = []
    original = bundles._sha256
    monkeypatch.setattr(
        bundles, "_sha256", lambda *arguments: hashed.append(1) or original(*arguments)
    )
    assert find_model(Kind.FACE).path.parent == shipped
    find_model(Kind.FACE)
    assert len(hashed) == 1


@pytest.mark.parametrize("damage", ["one byte", "gone", "manifest gone", "manifest broken"])
def test_damage_to_a_shipped_model_is_one_clear_line(shipped: Path, damage: str) -> None:
    bundle, manifest = shipped / "face_landmarker.task", shipped / "manifest.json"
    if damage == "one byte":
        data = bytearray(bundle.read_bytes())
        data[len(data) // 2] ^= 1
        bundle.write_bytes(data)
    elif damage == "gone":
        bundle.unlink()
    elif damage == "manifest gone":
        manifest.unlink()
    else:
        manifest.write_text('{"models": []}')
    with pytest.raises(ModelError, match="install neckform again") as caught:
        find_model(Kind.FACE)
    assert caught.value.exit_code == 6
    assert "\n" not in str(caught.value)


def test_a_person_may_bring_their_own(tmp_path: Path) -> None:
    own = tmp_path / "mine.task"
    shutil.copy(resource("models", "face_landmarker.task"), own)
    model = find_model(Kind.FACE, own)
    assert (model.name, model.path, model.shipped) == ("mine.task", own, False)
    assert model.sha256 == hashlib.sha256(own.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("missing", "is missing"),
        ("folder", "is a folder"),
        ("text", "no .task bundle"),
        ("of the other kind", "lacks face_detector.tflite and face_landmarks_detector.tflite"),
        ("damaged", "is damaged in face_detector.tflite"),
    ],
)
def test_an_unusable_bundle_is_one_clear_line(tmp_path: Path, what: str, expected: str) -> None:
    path = tmp_path / "mine.task"
    if what == "folder":
        path.mkdir()
    elif what == "text":
        path.write_text("not a bundle")
    elif what == "of the other kind":
        shutil.copy(resource("models", "pose_landmarker.task"), path)
    elif what == "damaged":
        data = bytearray(resource("models", "face_landmarker.task").read_bytes())
        data[5000] ^= 1
        path.write_bytes(data)
    with pytest.raises(ModelError, match=expected) as caught:
        find_model(Kind.FACE, path)
    assert "\n" not in str(caught.value)


def test_a_bundle_that_mediapipe_refuses_is_one_clear_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.task"
    with zipfile.ZipFile(path, "w") as bundle:
        bundle.writestr("face_detector.tflite", b"nonsense")
        bundle.writestr("face_landmarks_detector.tflite", b"nonsense")
    model = find_model(Kind.FACE, path)
    with pytest.raises(ModelError, match="was refused") as caught, FaceReader(model):
        pass
    assert "\n" not in str(caught.value)
    assert capfd.readouterr().err == ""
