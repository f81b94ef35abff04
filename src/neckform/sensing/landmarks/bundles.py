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
from neckform.core.wording import why, worded
from neckform.files import refuse_zip_bomb
from neckform.resources import resource

_REINSTALL = worded("install neckform again (pip install --force-reinstall neckform)")


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
    found = _sha256(path, worded("neckform's {kind} model", kind=kind), _REINSTALL)
    if found != expected:
        raise ModelError(
            worded(
                "neckform's {kind} model is damaged: {path} does not have the SHA-256 that "
                "manifest.json gives it; {reinstall}",
                kind=kind,
                path=path,
                reinstall=_REINSTALL,
            )
        )
    return ModelFile(kind, name, path, found, shipped=True)


def _own(kind: Kind, path: Path) -> ModelFile:
    what = worded("the {kind} model", kind=kind)
    digest = _sha256(path, what, worded("give --{kind}-model a .task bundle", kind=kind))
    try:
        with zipfile.ZipFile(path) as bundle:
            members = set(bundle.namelist())
            refuse_zip_bomb(bundle, _LARGEST)
            damaged = bundle.testzip()
    # Each is how zipfile says that something in the file is damaged.
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError) as error:
        raise ModelError(
            worded(
                "{what} {path} is no .task bundle, which is a zip file ({error}); give "
                "--{kind}-model a MediaPipe {kind} landmarker bundle",
                what=what,
                path=path,
                error=_reason(error),
                kind=kind,
            )
        ) from error
    missing = [member for member in _MEMBERS[kind] if member not in members]
    if missing:
        raise ModelError(
            worded(
                "{what} {path} lacks {missing}; give --{kind}-model a MediaPipe {kind} "
                "landmarker bundle",
                what=what,
                path=path,
                missing=" and ".join(missing),
                kind=kind,
            )
        )
    if damaged is not None:
        raise ModelError(
            worded(
                "{what} {path} is damaged in {damaged}; fetch it again",
                what=what,
                path=path,
                damaged=damaged,
            )
        )
    return ModelFile(kind, path.name, path, digest, shipped=False)


def _manifest_entry(kind: Kind) -> tuple[str, str]:
    path = resource("models", "manifest.json")
    try:
        entry = json.loads(path.read_text(encoding="utf-8"))["models"][kind]
        return str(entry["name"]), str(entry["sha256"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            worded(
                "neckform's list of models {path} cannot be read ({error}); {reinstall}",
                path=path,
                error=_reason(error),
                reinstall=_REINSTALL,
            )
        ) from error


def _sha256(path: Path, what: str, remedy: str) -> str:
    if path.is_dir():
        raise ModelError(
            worded("{what} {path} is a folder; {remedy}", what=what, path=path, remedy=remedy)
        )
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise ModelError(
            worded("{what} {path} is missing; {remedy}", what=what, path=path, remedy=remedy)
        ) from error
    except OSError as error:
        raise ModelError(
            worded(
                "{what} {path} cannot be read ({error}); {remedy}",
                what=what,
                path=path,
                error=_reason(error),
                remedy=remedy,
            )
        ) from error


def _reason(error: Exception) -> str:
    said = why(error)
    return said.splitlines()[0] if "\n" in said else said  # whole, it keeps its words
