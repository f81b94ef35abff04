"""What two analyses must have in common for their results to be the same.

That is everything but the recording: the options that reach a result, the content of the files that
they name, and neckform itself.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import neckform
from neckform.config.settings import own_settings_file
from neckform.core.errors import InputError, SettingsError
from neckform.jobs.analyze.options import AnalyzeOptions, BaselineChoice
from neckform.resources import resource
from neckform.sensing.sources.made_at import content_sum
from neckform.showing.words.telling import language_now
from neckform.version import __version__

WITHOUT_EFFECT = frozenset(
    (
        "out",
        "json",
        "recursive",
        "jobs",
        "cluster",
        "again",
        "fail_on",
        "history",
        "record",
        "save_profile",
    )
)
"""Options that change no result of a folder: where results go, who works, what is said of them.

All others count, so that a new one counts until somebody has thought about it.
"""

_TEXTS = frozenset((".py", ".toml", ".json", ".html", ".css", ".js"))

_BESIDE = (
    ("calibration", "correction.json"),
    ("calibration", "neutral.json"),
    ("calibration", "trunk.json"),
    ("models", "manifest.json"),
    ("third_party", "uplot/manifest.json"),
)
"""What lies beside the package in a checkout; the manifests hold the sums of the large files."""

_MEASURES = ("mediapipe", "av", "numpy")
"""Libraries whose next version may read another angle."""


def choices_sum(options: AnalyzeOptions) -> str:
    """SHA-256 of all that leads from a recording to its results, in hexadecimal digits.

    A file that cannot be read counts as none; the analysis itself says what is wrong with it.
    """
    chosen = {
        each.name: getattr(options, each.name)
        for each in fields(options)
        if each.name not in WITHOUT_EFFECT
    }
    chosen |= {
        "baseline": _baseline(options),
        "card": _content(options.card),
        "settings": _content(options.settings or own_settings_file()),
        "posture_settings": _content(
            options.posture_settings or own_settings_file("postures.toml")
        ),
        "face_model": _content(options.face_model),
        "pose_model": _content(options.pose_model),
        "neckform": neckform_sum(),
        "language": language_now(),
    }
    return hashlib.sha256(json.dumps(chosen, sort_keys=True, default=str).encode()).hexdigest()


@cache
def neckform_sum() -> str:
    """SHA-256 of neckform: its version, code and data, and the libraries that it measures by.

    The version alone would call two states of a checkout the same.
    """
    package = Path(neckform.__file__).parent
    inside = [
        (path.relative_to(package).as_posix(), path)
        for path in package.rglob("*")
        if path.suffix in _TEXTS
    ]
    beside = [(f"{folder}/{name}", resource(folder, name)) for folder, name in _BESIDE]
    told: dict[str, Any] = {name: _content(path) for name, path in (*inside, *beside)}
    told |= {f"{name}=": metadata.version(name) for name in _MEASURES}
    told["version="] = __version__
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _baseline(options: AnalyzeOptions) -> str | None:
    try:
        profile = BaselineChoice.parse(options.baseline, options.who).profile
    except SettingsError:
        profile = None
    return options.baseline if profile is None else _content(profile)


def _content(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        return content_sum(path)
    except InputError:
        return None
