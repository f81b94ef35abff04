"""What an analysis writes: one class for each file, and all of them in `OUTPUTS`.

A new format is a class here, its name in `OUTPUTS`, and a field of `AnalyzeOptions` to ask for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from neckform.config.profile import write_profile
from neckform.core.report import SessionReport
from neckform.core.wording import named, worded
from neckform.files import replacing
from neckform.jobs.analyze.loop import JudgedFrame, Take
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.sensing.sources import recording
from neckform.showing.exports import parquet
from neckform.showing.exports.chapters import write_chapters
from neckform.showing.exports.files import write_json
from neckform.showing.exports.for_excel import write_for_excel
from neckform.showing.exports.frames_csv import frame_rows
from neckform.showing.exports.opensim_mot import write_mot
from neckform.showing.exports.opensim_trc import Markers
from neckform.showing.exports.report_json import as_json
from neckform.showing.html import BestMoments, Trace, night_html, page_html, write_page
from neckform.showing.video.annotated import AnnotatedVideo
from neckform.showing.video.overlay import Moment


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written, and what the files say that is in no frame and in no report.

    Attributes
    ----------
    folder : Path
        For the results.
    names : mapping of str to str
        What each stretch and each flag is called.
    header : mapping
        What a landmark recording says about its source.
    earlier_deg : mapping of str to float
        The person's own earlier best in each direction, by the names of `Direction`.
    """

    options: AnalyzeOptions
    folder: Path
    names: Mapping[str, str]
    header: Mapping[str, Any] = field(default_factory=dict)
    earlier_deg: Mapping[str, float] = field(default_factory=dict)


class Output:
    """A file that an analysis writes. A subclass overrides what it needs.

    Attributes
    ----------
    name : str
        Of the file in the folder for the results.
    option : str or None
        The field of `AnalyzeOptions` that asks for it. None: it is always written.
    """

    name: ClassVar[str]
    option: ClassVar[str | None] = None

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted

    @classmethod
    def asked(cls, options: AnalyzeOptions) -> bool:
        """Whether the options ask for it."""
        return cls.option is None or bool(getattr(options, cls.option))

    @classmethod
    def problems(cls, options: AnalyzeOptions, source: Path | None = None) -> Iterator[str]:
        """What is wrong with the options, before any work is done.

        Parameters
        ----------
        source : Path, optional
            The recording. None: say only what is wrong whatever the recording.
        """
        yield from ()

    @property
    def path(self) -> Path:
        """The file."""
        return self.wanted.folder / self.name

    def open(self, stack: ExitStack) -> None:
        """Open what grows while frames are judged; `stack` closes it."""

    def take(self, judged: JudgedFrame) -> None:
        """Take in the next judged frame."""

    def write(self, report: SessionReport) -> None:
        """Write what is written at the end, once all that grows is closed."""


class OwnFile(Output):
    """An output whose option names its file, so that it serves one recording at a time."""

    option: ClassVar[str]

    @property
    def path(self) -> Path:
        """The file."""
        return Path(getattr(self.wanted.options, self.option))


class ReportFile(Output):
    """The report, for other programs."""

    name = "report.json"

    def write(self, report: SessionReport) -> None:
        write_json(self.path, as_json(report))


class FramesFile(Output):
    """A table with one row for each judged frame."""

    name = "frames.csv"

    def open(self, stack: ExitStack) -> None:
        self._rows = stack.enter_context(frame_rows(self.path))

    def take(self, judged: JudgedFrame) -> None:
        step = judged.step
        self._rows.add(step.t_ms, step.sample, step.status)


class AnnotatedFile(Output):
    """The video, with what was judged drawn on it."""

    name, option = "annotated.mp4", "annotate"

    @classmethod
    def problems(cls, options: AnalyzeOptions, source: Path | None = None) -> Iterator[str]:
        if options.annotate and source is not None and recording.is_recording(source):
            yield worded("--annotate: a landmark recording holds no picture to draw on")

    def open(self, stack: ExitStack) -> None:
        self._video = stack.enter_context(AnnotatedVideo(self.path, self.wanted.names))

    def take(self, judged: JudgedFrame) -> None:
        frame, observation, step, baseline = judged
        if frame is not None:
            moment = Moment(observation, step.sample, step.status, baseline, step.resting)
            self._video.add(frame.image, moment)


class PageFile(Output):
    """The report to look at and to print.

    Attributes
    ----------
    trace : Trace
        What its plots show.
    """

    name, option = "report.html", "html"

    def __init__(self, wanted: Wanted) -> None:
        super().__init__(wanted)
        self.trace = Trace()
        self._moments = BestMoments()

    @classmethod
    def problems(cls, options: AnalyzeOptions, source: Path | None = None) -> Iterator[str]:
        if options.pictures and not options.html:
            yield worded("--pictures go into the page, which --no-html leaves out")
        if options.pictures and source is not None and recording.is_recording(source):
            yield worded("--pictures: a landmark recording holds no picture")

    def take(self, judged: JudgedFrame) -> None:
        step = judged.step
        self.trace.add(step.t_ms, step.sample)
        if self.wanted.options.pictures and judged.frame is not None:
            self._moments.add(judged.frame.image, step.t_ms, step.status)

    def write(self, report: SessionReport) -> None:
        page = page_html(
            report,
            self.trace,
            pictures=self._moments.taken(),
            video=self._film(),
            earlier_deg=self.wanted.earlier_deg,
        )
        write_page(self.path, page)

    def _film(self) -> str | None:
        """The annotated video's name, where there is one."""
        asked = AnnotatedFile.asked(self.wanted.options)
        return (
            AnnotatedFile.name
            if asked and (self.wanted.folder / AnnotatedFile.name).exists()
            else None
        )


class MomentFile(Output):
    """A small picture of the best moment, for the page over several recordings."""

    name, option = "moment.jpg", "pictures"

    def __init__(self, wanted: Wanted) -> None:
        super().__init__(wanted)
        self._moments = BestMoments(_SMALL_PX)

    def take(self, judged: JudgedFrame) -> None:
        if judged.frame is not None:
            self._moments.add(judged.frame.image, judged.step.t_ms, judged.step.status)

    def write(self, report: SessionReport) -> None:
        self.path.unlink(missing_ok=True)
        best = max(self._moments.taken(), key=lambda moment: moment.angle_deg, default=None)
        if best is not None:
            with replacing(self.path) as partial:
                partial.write_bytes(best.jpeg)


_SMALL_PX = 160


class NightFile(Output):
    """The page of somebody who lies: the positions, and what to change."""

    name, option = "night.html", "lying"

    @classmethod
    def asked(cls, options: AnalyzeOptions) -> bool:
        """With the other page, for somebody who lies."""
        return bool(options.lying and options.html)

    def write(self, report: SessionReport) -> None:
        if report.outcome.night is not None:
            write_page(self.path, night_html(report))


class ChaptersFile(Output):
    """The chapters of the annotated video."""

    name, option = "chapters.vtt", AnnotatedFile.option

    _span_ms: tuple[int, int] | None = None

    def take(self, judged: JudgedFrame) -> None:
        t_ms = judged.step.t_ms
        self._span_ms = (self._span_ms[0] if self._span_ms else t_ms, t_ms)

    def write(self, report: SessionReport) -> None:
        start_ms, end_ms = self._span_ms or (0, 0)
        write_chapters(self.path, report, start_ms, end_ms)


class ExcelFile(Output):
    """The table of frames as a European Excel opens it."""

    name, option = "frames-excel.csv", "csv_for"

    def write(self, report: SessionReport) -> None:
        write_for_excel(self.wanted.folder / FramesFile.name, self.path)


class MotionFile(Output):
    """The three angles for OpenSim."""

    name, option = "angles.mot", "mot"

    def write(self, report: SessionReport) -> None:
        write_mot(self.wanted.folder / FramesFile.name, self.path)


class MarkersFile(Output):
    """Head, shoulders and arms as markers for OpenSim."""

    name, option = "markers.trc", "trc"

    def __init__(self, wanted: Wanted) -> None:
        super().__init__(wanted)
        self._markers = Markers()

    def take(self, judged: JudgedFrame) -> None:
        self._markers.add(judged.observation)

    def write(self, report: SessionReport) -> None:
        self._markers.write(self.path)


class ParquetFile(Output):
    """The table of frames in a form for large collections."""

    name, option = "frames.parquet", "parquet"

    @classmethod
    def problems(cls, options: AnalyzeOptions, source: Path | None = None) -> Iterator[str]:
        if options.parquet and not parquet.available():
            yield worded("--parquet {missing}", missing=named(parquet.MISSING))

    def write(self, report: SessionReport) -> None:
        parquet.write_parquet(self.wanted.folder / FramesFile.name, self.path)


class LandmarksFile(OwnFile):
    """The landmarks, which can be analysed again in place of the video."""

    option = "record"

    @classmethod
    def problems(cls, options: AnalyzeOptions, source: Path | None = None) -> Iterator[str]:
        path = options.record
        if path is not None and source is not None and path.resolve() == source.resolve():
            yield worded("--record: {path} is the recording that is being analysed", path=path)

    def open(self, stack: ExitStack) -> None:
        self._recorder = stack.enter_context(recording.write(self.path, self.wanted.header))

    def take(self, judged: JudgedFrame) -> None:
        self._recorder.append(judged.observation)


class ProfileFile(OwnFile):
    """The neutral, as a profile."""

    option = "save_profile"

    def write(self, report: SessionReport) -> None:
        if report.baseline is not None:
            write_profile(self.path, report.baseline)


OUTPUTS: tuple[type[Output], ...] = (
    ReportFile,
    FramesFile,
    AnnotatedFile,
    PageFile,
    MomentFile,
    NightFile,
    ChaptersFile,
    ExcelFile,
    MotionFile,
    MarkersFile,
    ParquetFile,
    LandmarksFile,
    ProfileFile,
)


def problems_of(options: AnalyzeOptions, source: Path | None = None) -> list[str]:
    """All that is wrong with what the options ask for; see `Output.problems`."""
    return [problem for output in OUTPUTS for problem in output.problems(options, source)]


@contextmanager
def opened(outputs: Sequence[Output]) -> Iterator[Take]:
    """Open the outputs; answers with what takes in each judged frame for all of them."""
    with ExitStack() as stack:
        for output in outputs:
            output.open(stack)

        def take(judged: JudgedFrame) -> None:
            for output in outputs:
                output.take(judged)

        yield take
