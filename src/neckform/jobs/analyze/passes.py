"""Two passes over a recording: look once and keep what was observed, then judge with its neutral.

The models run in the first pass alone. What they saw goes to a temporary file that is the person's
own (the folder is 0700), so that memory stays flat however long a recording is.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from neckform.config.corrections import load_level_heads
from neckform.core.errors import InputError, NoNeutralError
from neckform.core.measure.camera_motion import steadied
from neckform.core.measure.observation import Baseline, Observation
from neckform.core.measure.shoulders import shoulders_seen
from neckform.core.measure.way_up import WayUp
from neckform.core.neutral import choice as neutral_choice
from neckform.core.neutral.baseline import baseline_from
from neckform.core.neutral.glimpses import Glimpses
from neckform.core.people import People, unless_other
from neckform.core.wording import worded
from neckform.jobs.analyze.options import BaselineChoice
from neckform.jobs.analyze.sources import Seen, Source
from neckform.sensing.sources import recording
from neckform.sensing.sources.video import Frame
from neckform.showing.words.phrases import not_neutral
from neckform.terminal.interrupt import Stop


class TwoPasses:
    """Both passes over one source; a context manager, which owns the temporary file.

    Parameters
    ----------
    source : Source
    pictures : bool
        Whether the second pass needs the pictures: they are then read once more.

    Attributes
    ----------
    people : People
        Who was there, once the first pass is over.
    lost : str or None
        Why the pictures could not be read once more, where that was needed; what was observed is
        judged all the same.
    """

    def __init__(self, source: Source, *, pictures: bool) -> None:
        self._source, self._pictures = source, pictures
        self._stack = ExitStack()
        self._glimpses = Glimpses()
        self.people = People()
        self._last_ms: int | None = None
        self._kept: Path = source.path
        self.lost: str | None = None

    def __enter__(self) -> Self:
        if not recording.is_recording(self._kept):
            folder = self._stack.enter_context(TemporaryDirectory(prefix="neckform-"))
            self._kept = Path(folder) / f"seen{recording.SUFFIX}"
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def look(self, stop: Stop, advance: Callable[[float], None]) -> int | None:
        """Run the models over the recording; answers with when somebody stopped it.

        Of a picture that lies on its side, once more, turned.
        """
        while True:
            self._glimpses, self.people, way_up = Glimpses(), People(), WayUp()
            stopped_ms = self._look(way_up, stop, advance)
            if stopped_ms is not None or not self._source.turn(way_up.quarters):
                return stopped_ms

    def _look(self, way_up: WayUp, stop: Stop, advance: Callable[[float], None]) -> int | None:
        duration_s = self._source.duration_s
        with ExitStack() as stack:
            seen = stack.enter_context(closing(self._source.seen()))
            recorder = None
            if self._kept != self._source.path:
                recorder = stack.enter_context(recording.write(self._kept, lasting=False))
            for _, observation in seen:
                self._last_ms = observation.t_ms
                self._glimpses.add(observation)
                way_up.add(observation)
                self.people.add(observation)
                if recorder is not None:
                    recorder.append(observation)
                if duration_s:
                    advance(min(1.0, observation.t_ms / 1000 / duration_s))
                if stop():
                    return observation.t_ms
                if way_up.is_sure and self._source.may_turn:
                    break
        return None

    def baseline(self, choice: BaselineChoice, person: int) -> tuple[Baseline | None, str | None]:
        """The neutral that is asked for, or None; and what is not ideal about one that was named.

        Parameters
        ----------
        person : int
            Whose it is.

        Raises
        ------
        NoNeutralError
            There is none in the span that was named.
        """
        if choice.span_ms is not None:
            return self._spanned(*choice.span_ms, person)
        choose = neutral_choice.held if choice.held else neutral_choice.choose
        known = load_level_heads()
        chosen = choose(self._glimpses.columns(person), known)
        if chosen is None:
            return None, None
        return neutral_choice.baseline_of(chosen, self._of(person), known), None

    def _spanned(self, start_ms: int, end_ms: int, person: int) -> tuple[Baseline, str | None]:
        """The neutral of a span, which may lie anywhere."""
        within: list[Observation] = []
        shoulders = None
        for observation in self._of(person):
            if observation.t_ms > end_ms:
                break
            if observation.pose is not None and shoulders_seen(observation.pose):
                shoulders = observation.pose
            if observation.t_ms >= start_ms:
                within.append(observation)
        name = self._source.path.name
        try:
            baseline, trouble = baseline_from(within, "span", shoulders)
        except NoNeutralError as error:
            raise NoNeutralError(
                worded("{name}: {error}; name another one", name=name, error=error)
            ) from error
        if trouble is None:
            return baseline, None
        return baseline, worded(
            "{name}: the span named as neutral is not ideal: {trouble}",
            name=name,
            trouble=not_neutral(trouble),
        )

    def again(self) -> Generator[Seen]:
        """All that was seen once more, with its pictures where they are needed."""
        if not self._pictures:
            for observation in self._observations():
                yield None, observation
            return
        with closing(self._source.pictures()) as pictures:
            for observation in self._observations():
                yield self._picture_at(pictures, observation.t_ms), observation

    def _picture_at(self, pictures: Iterator[Frame], t_ms: int) -> Frame | None:
        """The next picture of that time; those that nobody looked at are passed over."""
        try:
            return next((frame for frame in pictures if frame.t_ms >= t_ms), None)
        except InputError as error:
            self.lost = worded(
                "{name} could not be read a second time, for its pictures ({error}); what was "
                "measured is kept",
                name=self._source.path.name,
                error=error,
            )
            return None

    def _of(self, person: int) -> Iterator[Observation]:
        return (steadied(unless_other(one, person)) for one in self._observations())

    def _observations(self) -> Iterator[Observation]:
        """What was seen in the first pass, once more."""
        if self._kept == self._source.path:
            seen: Iterable[Observation] = (each for _, each in self._source.seen())
        else:
            seen = recording.open_recording(self._kept)
        for observation in seen:
            if self._last_ms is None or observation.t_ms > self._last_ms:
                return
            yield observation
