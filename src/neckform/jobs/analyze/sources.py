"""A video and a landmark recording, seen the same way: pictures (or none) with observations."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from neckform.core.errors import InputError, SettingsError
from neckform.core.measure.observation import Observation
from neckform.core.measure.way_up import mirrored, turned
from neckform.core.report import ModelFacts, SourceFacts
from neckform.core.time import DAY_MS, LONGEST_MS
from neckform.core.wording import plural, worded
from neckform.jobs.analyze.noticed import noted
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.sensing.landmarks.bundles import Models, find_models
from neckform.sensing.landmarks.night import observe_night
from neckform.sensing.landmarks.observer import observe
from neckform.sensing.sources import recording
from neckform.sensing.sources.made_at import Made, content_sum, made
from neckform.sensing.sources.turning import quarters_to_upright, uprightness
from neckform.sensing.sources.upright import Way
from neckform.sensing.sources.video import Frame, VideoSource, check_file, open_video
from neckform.showing.exports.parcel import is_parcel

NIGHT_S = 1200.0
"""Somebody who lies for this long, in seconds, is looked at as over a night."""
NIGHT_FPS = 1.0

Seen = tuple[Frame | None, Observation]

Change = Callable[[Iterable[Frame]], Iterable[Frame]]
"""Makes other pictures of a source's own."""


class Source(Protocol):
    """Where the observations of an analysis come from.

    Attributes
    ----------
    path : Path
    duration_s : float or None
        None when it is not known.
    models : mapping of str to ModelFacts
        ``pose`` and ``face``.
    made : Made
        When it was recorded.
    is_night : bool
        Whether it is somebody lying for so long that a look a second is enough.
    may_turn : bool
        Whether `turn` would: once, where the way up was not asked for.
    """

    path: Path
    duration_s: float | None
    models: Mapping[str, ModelFacts]
    made: Made
    is_night: bool

    @property
    def up(self) -> tuple[float, float] | None:
        """Where the upper edge of the picture as taken is, to the right and up; None: unknown."""

    @property
    def is_torn(self) -> bool:
        """Whether days lie between two of its moments; known once all was seen."""

    @property
    def may_turn(self) -> bool: ...

    def seen(self) -> Generator[Seen]:
        """Each picture, or None, with what was observed in it; must be closed."""

    def pictures(self) -> Generator[Frame]:
        """The pictures once more, without a look at them; none where it holds landmarks alone."""

    def turn(self, quarters: int) -> bool:
        """Turn all that follows counter-clockwise; False where it stays as it is."""

    def facts(self, analyzed: int) -> SourceFacts:
        """What the report says about the source; complete once all was seen."""


@contextmanager
def open_source(
    path: Path, options: AnalyzeOptions, change: Change | None = None
) -> Iterator[Source]:
    """Open a recording of either kind.

    Parameters
    ----------
    change : callable, optional
        Look at other pictures, made of the video's own.

    Raises
    ------
    InputError, ModelError
    """
    check_file(path)
    if is_parcel(path):
        raise InputError(
            worded("{path} was made by neckform share: neckform open shows it", path=path)
        )
    if recording.is_recording(path) or path.suffix.lower() == recording.SUFFIX:
        if options.person is not None:
            raise SettingsError(
                "--person",
                [worded("a landmark recording holds one person alone; analyse its video")],
            )
        yield _Replay(path, options)
        return
    models = find_models(options.face_model, options.pose_model)
    with closing(_Video(path, options, models, change)) as source:
        if options.lying and source.may_turn:
            source.turn_to_lying()
        yield source


class _TurnedOnce:
    """What the two kinds have in common: they may be turned once, and have days in them."""

    _turning: _Turning
    _gap: _Tear

    @property
    def is_torn(self) -> bool:
        return bool(self._gap.note)

    @property
    def may_turn(self) -> bool:
        return not self._turning.is_settled

    def turn(self, quarters: int) -> bool:
        return self._turning.turn(quarters)


class _Video(_TurnedOnce):
    def __init__(
        self, path: Path, options: AnalyzeOptions, models: Models, change: Change | None
    ) -> None:
        self._sample_fps = options.sample_fps
        self.is_night = False
        self._whom = options.whom
        self._change = change
        self._turning = _Turning(path, options)
        self._models = models
        self._video = open_video(path, self._sample_fps, self._turning.way)
        self._is_fresh = True
        self.path = self._video.info.path
        self.duration_s = self._video.info.duration_s
        self.models = model_facts(models)
        self.made = made(self.path, datetime.now(UTC))
        self._gap = _Tear(self.path)
        if options.lying and (self.duration_s or 0.0) >= NIGHT_S:
            self._begin_night()

    def _begin_night(self) -> None:
        self.is_night = True
        self._sample_fps = min(self._sample_fps, NIGHT_FPS)
        self._video.close()
        self._video = self._opened()

    @property
    def up(self) -> tuple[float, float] | None:
        turn = math.radians(self._turning.way.turn_deg)
        return math.sin(turn), math.cos(turn)

    def close(self) -> None:
        """Let the file go."""
        self._video.close()

    def seen(self) -> Generator[Seen]:
        if not self._is_fresh:
            self._video.close()
            self._video = self._opened()
        self._is_fresh = False
        frames = self._changed(self._video)
        if self.is_night:
            seen = observe_night(frames, self._models, uprightness, whom=self._whom)
        else:
            seen = observe(frames, self._models, whom=self._whom)
        # Closing this one closes that one, which ends its threads and the landmarkers in them.
        yield from self._gap.watched(seen)

    def pictures(self) -> Generator[Frame]:
        with self._opened() as video:
            yield from self._changed(video)

    def turn_to_lying(self) -> None:
        """Turn until the head of a person who lies down is up, which needs no word."""
        with self._opened() as video:
            quarters = quarters_to_upright(self._changed(video), self._models)
        self._is_fresh = not self._turning.turn(quarters, silent=True)

    def _opened(self) -> VideoSource:
        return open_video(self.path, self._sample_fps, self._turning.way, seldom=self.is_night)

    def _changed(self, video: VideoSource) -> Iterable[Frame]:
        return self._change(video) if self._change is not None else video

    def facts(self, analyzed: int) -> SourceFacts:
        info = self._video.info
        return SourceFacts(
            path=str(info.path),
            duration_s=self._video.duration_s,
            frames_read=self._video.frames_read,
            frames_analyzed=analyzed,
            width=info.width,
            height=info.height,
            note=noted(self._turning.note, self._gap.note, self._video.note),
            turned_deg=self._turning.way.turn_deg,
            mirrored=self._turning.way.mirrored,
            recorded_at=self.made.iso,
            recorded_from=self.made.says,
        )


class _Turning:
    """How the pictures of one source are turned: as asked, or once, as they are found to lie."""

    def __init__(self, path: Path, options: AnalyzeOptions) -> None:
        self._path = path
        self.is_settled = options.turn != "auto"
        self.way = Way(0 if options.turn == "auto" else int(options.turn), options.mirrored)
        self.note: str | None = None

    def turn(self, quarters: int, *, silent: bool = False) -> bool:
        """Turn counter-clockwise; False where that was settled before, or nothing is turned."""
        if self.is_settled or quarters % 4 == 0:
            return False
        self.is_settled = True
        self.way = self.way.turned_on(quarters)
        if not silent:
            lies = worded("lies on its side")
            if quarters % 4 == 2:
                lies = worded("stands on its head")
            self.note = worded(
                "the picture of {name} {lies}: it was turned clockwise by {turn_deg} degrees; "
                "--turn 0 leaves it, and --lying is for people who lie down",
                name=self._path.name,
                lies=lies,
                turn_deg=self.way.turn_deg,
            )
        return True


class _Replay(_TurnedOnce):
    """A landmark recording says in its header what it was made from (see `header`)."""

    is_night = False
    up = None  # what is kept is as the picture was turned

    def __init__(self, path: Path, options: AnalyzeOptions) -> None:
        self._recording = recording.open_recording(path)
        self._turning = _Turning(path, options)
        self.path = path
        self.duration_s = self._duration_s()
        self.made = made(path, datetime.now(UTC), self._part("source"))
        self.models: Mapping[str, ModelFacts] = {
            kind: ModelFacts(str(model.get("name", "")), str(model.get("sha256", "")))
            for kind, model in self._part("models").items()
            if isinstance(model, Mapping)
        }
        self._size = (0, 0)
        self._gap = _Tear(path)

    def seen(self) -> Generator[Seen]:
        for _, observation in self._gap.watched((None, each) for each in self._observations()):
            self._size = observation.size
            yield None, observation
        if self._size == (0, 0):
            raise InputError(
                worded("{path} holds no observations; record it again", path=self.path)
            )

    def pictures(self) -> Generator[Frame]:
        yield from ()

    def facts(self, analyzed: int) -> SourceFacts:
        return SourceFacts(
            path=str(self.path),
            duration_s=self.duration_s,
            frames_read=analyzed,
            frames_analyzed=analyzed,
            width=self._size[0],
            height=self._size[1],
            note=noted(self._turning.note, self._gap.note),
            turned_deg=self._turning.way.turn_deg,
            mirrored=self._turning.way.mirrored,
            recorded_at=self.made.iso,
            recorded_from=self.made.says,
        )

    def _observations(self) -> Iterator[Observation]:
        way = self._turning.way
        for recorded in self._recording:
            observation = turned(recorded, -way.turn_deg // 90)
            yield mirrored(observation) if way.mirrored else observation

    def _duration_s(self) -> float | None:
        """As the header says, when that can be."""
        said = self._part("source").get("duration_s")
        if isinstance(said, int | float) and 0 <= said <= LONGEST_MS / 1000:
            return float(said)
        return None

    def _part(self, name: str) -> Mapping[str, Any]:
        part = self._recording.facts.get(name)
        return part if isinstance(part, Mapping) else {}


class _Tear:
    """Looks for days between two moments: no recording is paused for so long and goes on."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._longest_ms = 0

    def watched(self, seen: Generator[Seen]) -> Generator[Seen]:
        before_ms: int | None = None
        with closing(seen):
            for frame, observation in seen:
                if before_ms is not None:
                    self._longest_ms = max(self._longest_ms, observation.t_ms - before_ms)
                before_ms = observation.t_ms
                yield frame, observation

    @property
    def note(self) -> str:
        """A line for the person; empty when there is no such gap."""
        days = self._longest_ms // DAY_MS
        if not days:
            return ""
        return plural(
            "{path} has a gap of {n} day: its times are damaged, or it is two recordings in "
            "one; what was seen is judged all the same",
            "{path} has a gap of {n} days: its times are damaged, or it is two recordings in "
            "one; what was seen is judged all the same",
            path=self._path,
            n=days,
        )


def model_facts(models: Models) -> Mapping[str, ModelFacts]:
    """What a report says about the models."""
    return {
        "pose": ModelFacts(models.pose.name, models.pose.sha256),
        "face": ModelFacts(models.face.name, models.face.sha256),
    }


def header(
    duration_s: float | None, sha256: str, models: Mapping[str, ModelFacts], made: Made
) -> dict[str, Any]:
    """What a landmark recording keeps about its source; no path, which may name a person."""
    told = {"recorded_at": made.iso, "recorded_from": made.says}
    return {
        "source": {"duration_s": duration_s, "sha256": sha256, **told},
        "models": {kind: asdict(facts) for kind, facts in models.items()},
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
