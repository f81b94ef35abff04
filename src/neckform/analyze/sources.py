"""A video and a landmark recording, seen the same way: pictures (or none) with observations."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

from neckform.analyze.options import AnalyzeOptions
from neckform.core.errors import InputError
from neckform.core.observation import Observation
from neckform.core.report import ModelFacts, SourceFacts
from neckform.sensing import recording
from neckform.sensing.made_at import content_sum
from neckform.sensing.models import Models, find_models
from neckform.sensing.observer import observe
from neckform.sensing.turning import quarters_to_upright, turned
from neckform.sensing.video import Frame, VideoSource, open_video

Seen = tuple[Frame | None, Observation]


class Source(Protocol):
    """What an analysis needs to know about where its observations come from.

    Attributes
    ----------
    path : Path
    duration_s : float or None
        None when it is not known.
    models : mapping of str to ModelFacts
        ``pose`` and ``face``.
    """

    path: Path
    duration_s: float | None
    models: Mapping[str, ModelFacts]

    def seen(self) -> Generator[Seen]:
        """Each picture, or None, with what was observed in it; must be closed."""

    def facts(self, analyzed: int) -> SourceFacts:
        """What the report says about the source; complete once all was seen."""


@contextmanager
def open_source(path: Path, options: AnalyzeOptions) -> Iterator[Source]:
    """Open a recording of either kind.

    Raises
    ------
    InputError, ModelError
    """
    if recording.is_recording(path) or path.suffix.lower() == recording.SUFFIX:
        yield _Replay(path)
        return
    models = find_models(options.face_model, options.pose_model)
    quarters = 0
    if options.lying:
        with open_video(path, options.sample_fps) as video:
            quarters = quarters_to_upright(video, models)
    with open_video(path, options.sample_fps) as video:
        yield _Video(video, models, quarters)


class _Video:
    def __init__(self, video: VideoSource, models: Models, quarters: int = 0) -> None:
        self._video = video
        self._quarters = quarters
        self._models = models
        self.path = video.info.path
        self.duration_s = video.info.duration_s
        self.models: Mapping[str, ModelFacts] = {
            "pose": ModelFacts(models.pose.name, models.pose.sha256),
            "face": ModelFacts(models.face.name, models.face.sha256),
        }

    def seen(self) -> Generator[Seen]:
        # Closing this one closes that one, which ends its threads and the landmarkers in them.
        yield from observe(turned(self._video, self._quarters), self._models)

    def facts(self, analyzed: int) -> SourceFacts:
        info = self._video.info
        return SourceFacts(
            path=str(info.path),
            duration_s=info.duration_s,
            frames_read=self._video.frames_read,
            frames_analyzed=analyzed,
            width=info.width,
            height=info.height,
            note=self._video.note,
        )


class _Replay:
    """A landmark recording says in its header what it was made from (see `header`)."""

    def __init__(self, path: Path) -> None:
        self._recording = recording.open_recording(path)
        self.path = path
        self._source = self._part("source")
        duration_s = self._source.get("duration_s")
        self.duration_s = float(duration_s) if isinstance(duration_s, int | float) else None
        self.models: Mapping[str, ModelFacts] = {
            kind: ModelFacts(str(model.get("name", "")), str(model.get("sha256", "")))
            for kind, model in self._part("models").items()
            if isinstance(model, Mapping)
        }
        self._size = (0, 0)

    def seen(self) -> Generator[Seen]:
        for observation in self._recording:
            self._size = observation.size
            yield None, observation
        if self._size == (0, 0):
            raise InputError(f"{self._recording.path} holds no observations; record it again")

    def facts(self, analyzed: int) -> SourceFacts:
        return SourceFacts(
            path=str(self._recording.path),
            duration_s=self.duration_s,
            frames_read=analyzed,
            frames_analyzed=analyzed,
            width=self._size[0],
            height=self._size[1],
        )

    def _part(self, name: str) -> Mapping[str, Any]:
        part = self._recording.facts.get(name)
        return part if isinstance(part, Mapping) else {}


def header(source: Source) -> dict[str, Any]:
    """What a landmark recording keeps about its source; no path, which may name a person."""
    return {
        "source": {"duration_s": source.duration_s, "sha256": recording_sum(source.path)},
        "models": {kind: asdict(facts) for kind, facts in source.models.items()},
    }


def recording_sum(path: Path) -> str:
    """What a recording is known by: a video and the landmarks recorded from it are the same one.

    Raises
    ------
    InputError
    """
    if recording.is_recording(path):
        source = recording.open_recording(path).facts.get("source")
        if isinstance(source, Mapping) and isinstance(source.get("sha256"), str):
            return str(source["sha256"])
    return content_sum(path)
