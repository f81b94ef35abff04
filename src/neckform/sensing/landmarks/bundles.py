"""The bundles of the landmark models: where they are, and that they are undamaged.

A bundle is a ``.task`` file, a zip of a detector and a landmark model. neckform ships one of each
`Kind`, and knows their SHA-256 from ``models/manifest.json``; a person may name their own.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from neckform.core.errors import ModelError
from neckform.resources import resource

_REINSTALL = "install neckform again (pip install --force-reinstall neckform)"


class Kind(StrEnum):
    """What a bundle looks for."""

    FACE = "face"
    POSE = "pose"


_LARGEST = 256 << 20
"""Bytes of a bundle, unpacked; MediaPipe's largest has 30 MB."""

_MEMBERS = {
    Kind.FACE: ("face_detector.tflite", "face_landmarks_detector.tflite"),
    Kind.POSE: ("pose_detector.tflite", "pose_landmarks_detector.tflite"),
}


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A bundle that was looked at and found whole.

    Attributes
    ----------
    name : str
        The file's name, for reports.
    sha256 : str
        Of the file as it was read, in lower-case hexadecimal.
    shipped : bool
        Whether it is neckform's own, checked against the manifest.
    """

    kind: Kind
    name: str
    path: Path
    sha256: str
    shipped: bool


@dataclass(frozen=True, slots=True)
class Models:
    """The two bundles that an observation is made with."""

    face: ModelFile
    pose: ModelFile


def find_models(face: Path | None = None, pose: Path | None = None) -> Models:
    """Both bundles: the person's own where a path is given, else the shipped ones.

    Raises
    ------
    ModelError
        When one is missing or damaged.
    """
    return Models(find_model(Kind.FACE, face), find_model(Kind.POSE, pose))


def find_model(kind: Kind, path: Path | None = None) -> ModelFile:
    """One bundle, the person's own or the shipped one.

    The shipped ones are hashed once per process, which takes about 20 ms.

    Raises
    ------
    ModelError
        When it is missing or damaged.
    """
    return _shipped(kind) if path is None else _own(kind, Path(path))


@lru_cache(maxsize=len(Kind))
def _shipped(kind: Kind) -> ModelFile:
    name, expected = _manifest_entry(kind)
    path = resource("models", name)
    found = _sha256(path, f"neckform's {kind} model", _REINSTALL)
    if found != expected:
        raise ModelError(
            f"neckform's {kind} model is damaged: {path} does not have the SHA-256 that "
            f"manifest.json gives it; {_REINSTALL}"
        )
    return ModelFile(kind, name, path, found, shipped=True)


def _own(kind: Kind, path: Path) -> ModelFile:
    what = f"the {kind} model"
    digest = _sha256(path, what, f"give --{kind}-model a .task bundle")
    try:
        with zipfile.ZipFile(path) as bundle:
            members = set(bundle.namelist())
            _check_size(bundle)
            damaged = bundle.testzip()
    # Each is how zipfile says that something in the file is damaged.
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError) as error:
        raise ModelError(
            f"{what} {path} is no .task bundle, which is a zip file ({_reason(error)}); "
            f"give --{kind}-model a MediaPipe {kind} landmarker bundle"
        ) from error
    missing = [member for member in _MEMBERS[kind] if member not in members]
    if missing:
        raise ModelError(
            f"{what} {path} lacks {' and '.join(missing)}; "
            f"give --{kind}-model a MediaPipe {kind} landmarker bundle"
        )
    if damaged is not None:
        raise ModelError(f"{what} {path} is damaged in {damaged}; fetch it again")
    return ModelFile(kind, path.name, path, digest, shipped=False)


def _check_size(bundle: zipfile.ZipFile) -> None:
    """Refuse what would unpack to more than any bundle has, before it is unpacked."""
    if sum(member.file_size for member in bundle.infolist()) > _LARGEST:
        raise ValueError(f"it unpacks to more than {_LARGEST >> 20} MB")


def _manifest_entry(kind: Kind) -> tuple[str, str]:
    path = resource("models", "manifest.json")
    try:
        entry = json.loads(path.read_text(encoding="utf-8"))["models"][kind]
        return str(entry["name"]), str(entry["sha256"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"neckform's list of models {path} cannot be read ({_reason(error)}); {_REINSTALL}"
        ) from error


def _sha256(path: Path, what: str, remedy: str) -> str:
    if path.is_dir():
        raise ModelError(f"{what} {path} is a folder; {remedy}")
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise ModelError(f"{what} {path} is missing; {remedy}") from error
    except OSError as error:
        raise ModelError(f"{what} {path} cannot be read ({_reason(error)}); {remedy}") from error


def _reason(error: Exception) -> str:
    strerror = getattr(error, "strerror", None)
    return str(strerror or error or type(error).__name__).splitlines()[0]
