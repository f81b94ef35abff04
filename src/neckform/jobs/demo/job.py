"""The job of ``neckform demo``: the main job on the packaged clip."""

from __future__ import annotations

from pathlib import Path

from neckform.jobs.analyze.command import show
from neckform.jobs.analyze.inputs import Job
from neckform.jobs.analyze.one import analyze_one
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.terminal import printing
from neckform.terminal.interrupt import stop_on_interrupt

CLIP = Path(__file__).with_name("demo.mp4")


def run(out: Path, *, html: bool = True) -> int:
    """Analyse the clip with its annotated video, print the summary, return the exit code."""
    options = AnalyzeOptions(annotate=True, html=html)
    with stop_on_interrupt() as stop, printing.progress("demo") as advance:
        analysis = analyze_one(Job(CLIP, out), options, stop=stop, advance=advance)
    show(analysis)
    return analysis.exit_code
