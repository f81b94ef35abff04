"""Recordings that were done before are passed over: what was found in them is said again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from neckform.jobs.analyze.inputs import Job
from neckform.jobs.analyze.judged import Judged
from neckform.jobs.analyze.one import Analysis, with_missing
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.jobs.analyze.several.done import Mark, Marks, find_done
from neckform.jobs.analyze.several.same import choices_sum
from neckform.terminal import printing


class Earlier:
    """What is known of several recordings from earlier runs with the same choices."""

    def __init__(self, options: AnalyzeOptions, judged: Judged) -> None:
        self._options, self._judged = options, judged
        self._marks: Marks = {}
        self._sums: dict[str | None, str] = {}

    def marked(self, job: Job) -> Job:
        """The job, with what its results are marked with."""
        return replace(job, choices=self._choices(job.who))

    def look(self, whose: Mapping[Path, str | None], results: Path) -> dict[Path, Path]:
        """Where the results lie of those that were done; see `inputs.plan`."""
        if not self._options.again:
            with printing.progress("what is done already") as advance:
                choices = {path: self._choices(who) for path, who in whose.items()}
                self._marks = find_done(choices, results, advance)
        return {path: folder for path, (folder, _) in self._marks.items()}

    def passed_over(self, jobs: Sequence[Job]) -> dict[Job, Analysis]:
        """What became of those that were done."""
        return {
            job: told_again(job, self._marks[job.recording][1], self._options, self._judged)
            for job in jobs
            if job.recording in self._marks
        }

    def _choices(self, who: str | None) -> str:
        """The same recording of somebody else has another report."""
        if who not in self._sums:
            theirs = replace(self._options, who=who or self._options.who, who_from=None)
            self._sums[who] = choices_sum(theirs)
        return self._sums[who]


def told_again(job: Job, mark: Mark, options: AnalyzeOptions, judged: Judged) -> Analysis:
    """What became of a recording, from the mark of its results."""
    source = replace(mark.found.source, path=str(job.recording))
    report = judged.report(mark.found.outcome, source, mark.found.models)
    files = tuple(job.out / name for name in mark.files)
    done = Analysis(job, report, mark.notes, mark.exit_code, files)
    return with_missing(done, options, judged)
