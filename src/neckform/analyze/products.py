"""The files that are made beside report.json and frames.csv: page, chapters, exports."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from neckform.analyze.options import AnalyzeOptions
from neckform.core.report import SessionReport
from neckform.core.session import Step
from neckform.sensing.video import Frame
from neckform.showing import parquet
from neckform.showing.chapters import write_chapters
from neckform.showing.html import BestMoments, Trace, write_page
from neckform.showing.opensim_mot import write_mot
from neckform.showing.parquet import write_parquet

PAGE = "report.html"
CHAPTERS = "chapters.vtt"
MOT = "angles.mot"
PARQUET = "frames.parquet"


class Products:
    """Collects what the page shows while a recording is analysed, and writes at the end."""

    def __init__(self, options: AnalyzeOptions) -> None:
        self._options = options
        self._trace = Trace()
        self._moments = BestMoments() if options.html and options.pictures else None

    def add(self, frame: Frame | None, step: Step) -> None:
        """Take in one picture, or what was seen in it."""
        if self._options.html or self._options.annotate:
            self._trace.add(step.t_ms, step.sample)
        if self._moments is not None and frame is not None:
            self._moments.add(frame.image, step.t_ms, step.status)

    def write(
        self,
        out: Path,
        report: SessionReport,
        *,
        frames: str,
        annotated: str,
        earlier_deg: Mapping[str, float],
    ) -> None:
        """Write everything that was asked for into `out`.

        Parameters
        ----------
        frames, annotated : str
            Names of the table and of the annotated video in `out`.
        earlier_deg : mapping of str to float
            The person's own earlier best in each direction; empty when it is not known.

        Raises
        ------
        OutputError
        """
        film = self._options.annotate and (out / annotated).exists()
        if film:
            write_chapters(out / CHAPTERS, report, self._trace.start_ms, self._trace.end_ms)
        if self._options.mot:
            write_mot(out / frames, out / MOT)
        if self._options.parquet:
            write_parquet(out / frames, out / PARQUET)
        if self._options.html:
            pictures = self._moments.taken() if self._moments else ()
            write_page(
                out / PAGE,
                report,
                self._trace,
                pictures=pictures,
                video=annotated if film else None,
                earlier_deg=earlier_deg,
            )


def asked(options: AnalyzeOptions) -> dict[str, bool]:
    """Each file that `Products` may write, and whether it was asked for."""
    return {
        PAGE: options.html,
        CHAPTERS: options.annotate,
        MOT: options.mot,
        PARQUET: options.parquet,
    }


def problems(options: AnalyzeOptions) -> list[str]:
    """What cannot be written here, before any work is done."""
    found = []
    if options.parquet and not parquet.available():
        found.append(f"--parquet {parquet.MISSING}")
    if options.pictures and not options.html:
        found.append("--pictures go into the page, which --no-html leaves out")
    return found
