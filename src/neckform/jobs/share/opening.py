"""``neckform open``: what was sent, judged again by this neckform, with the sender's beside it."""

from __future__ import annotations

import webbrowser
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from neckform.core.errors import SettingsError
from neckform.core.report import SessionReport
from neckform.core.wording import Worded, worded
from neckform.files import claimed, replacing, safe_name, write_text
from neckform.jobs.analyze.inputs import Job
from neckform.jobs.analyze.judged import Judged, what_is_judged
from neckform.jobs.analyze.loop import Findings, JudgedFrame, judge
from neckform.jobs.analyze.one import Analysis, analysis_of, guarded
from neckform.jobs.analyze.options import DEFAULT_OUT, AnalyzeOptions
from neckform.jobs.analyze.outputs import (
    FramesFile,
    Output,
    PageFile,
    ReportFile,
    Wanted,
    opened,
)
from neckform.jobs.analyze.sources import open_source
from neckform.showing.exports.files import prepare_folder
from neckform.showing.exports.parcel import Letter, Parcel, read_parcel
from neckform.showing.exports.report_json import as_json
from neckform.showing.html.page import page_html, write_page
from neckform.showing.html.sent import MovingFigure, differing, sent_html
from neckform.terminal import printing, tables
from neckform.terminal.interrupt import Stop
from neckform.terminal.printing import Advance
from neckform.terminal.screen import there_is_a_screen


class SentPage(PageFile):
    """The report, with what the sender said and the moving figure."""

    parcel: Parcel

    def __init__(self, wanted: Wanted) -> None:
        super().__init__(wanted)
        self._figure = MovingFigure()

    def take(self, judged: JudgedFrame) -> None:
        super().take(judged)
        self._figure.add(judged.observation)

    def write(self, report: SessionReport) -> None:
        sent = sent_html(self.parcel, as_json(report), self._figure)
        write_page(self.path, page_html(report, self.trace, sent=sent))


@dataclass(frozen=True, slots=True)
class JudgedAgain:
    """What this neckform says of what was sent.

    Attributes
    ----------
    outputs : list of Output
        What is written, the page last.
    notes : tuple of str
        What could not be done as the sender meant it.
    different : list of tuple
        The verdicts that are not the same: the sender's, and this neckform's beside it.
    """

    letter: Letter
    findings: Findings
    outputs: list[Output]
    notes: tuple[str, ...]
    different: list[tuple[str | None, str | None]]

    @property
    def beside(self) -> list[Worded]:
        """Whether the sender's neckform said the same; else a line for each verdict."""
        if not self.different:
            return [worded("The sender's neckform came to the same.")]
        return [_both(theirs, ours) for theirs, ours in self.different]


def run(path: Path, out: Path | None, card: Path | None, *, browser: bool) -> int:
    """Open a parcel: judge it anew, write the page, and print what differs.

    Raises
    ------
    NeckformError
    """
    job = Job(path, out or DEFAULT_OUT / safe_name(path.stem))
    again = judge_again(job, card)
    for note in again.notes:
        printing.print_note(printing.err(), note)
    if again.findings.problem is not None:
        raise again.findings.problem
    console = printing.out()
    if again.letter.words:
        printing.print_indented(console, again.letter.words, 0)
    tables.print_report(console, again.findings.report)
    for line in again.beside:
        printing.print_indented(console, line, 0, style="yellow" if again.different else "")
    tables.print_files(console, [output.path for output in again.outputs])
    if browser and there_is_a_screen():
        webbrowser.open(again.outputs[-1].path.resolve().as_uri())
    return 0


def look_at_sent(
    job: Job, options: AnalyzeOptions, *, stop: Stop, advance: Advance = lambda _share: None
) -> Analysis:
    """Open a parcel as `analyze_one` analyses a recording; the notes say what the sender said."""

    def look() -> Analysis:
        again = judge_again(job, options.card, stop=stop, advance=advance)
        said = [again.letter.words] if again.letter.words else []
        analysis = analysis_of(job, again.findings, again.outputs)
        return replace(analysis, notes=(*said, *again.beside, *again.notes, *analysis.notes))

    return guarded(job, look)


def judge_again(
    job: Job,
    card: Path | None,
    *,
    stop: Stop = lambda: False,
    advance: Advance = lambda _share: None,
) -> JudgedAgain:
    """Judge what was sent, and write what there is to see into the folder.

    Parameters
    ----------
    card : Path or None
        Judge by this card; without it, by the one that was sent along.

    Raises
    ------
    NeckformError
    """
    parcel = read_parcel(job.recording)
    options = AnalyzeOptions(card=card, history=False, who=parcel.letter.who)
    judged = what_is_judged(options)
    prepare_folder(job.out)
    notes: tuple[str, ...] = ()
    with ExitStack() as stack:
        stack.enter_context(claimed(job.out))
        if card is None and parcel.card is not None:
            own = replace(options, card=job.out / "card.toml")
            write_text(job.out / "card.toml", parcel.card)
            judged, notes = _by_its_card(own, judged)
            options = options if notes else own
        landmarks = job.out / "landmarks.nfobs"
        with replacing(landmarks) as partial:
            partial.write_bytes(parcel.landmarks)
        wanted = Wanted(options, job.out, judged.names)
        page = SentPage(wanted)
        page.parcel = parcel
        outputs = [ReportFile(wanted), FramesFile(wanted), page]
        with open_source(landmarks, options) as source:
            sink = opened(outputs)
            findings = judge(options, judged, source, sink, stop=stop, advance=advance)
        # The person knows what was sent by its name.
        facts = replace(findings.report.source, path=str(job.recording))
        findings = replace(findings, report=replace(findings.report, source=facts))
        for output in outputs:
            output.write(findings.report)
    different = differing(parcel.report, as_json(findings.report))
    return JudgedAgain(parcel.letter, findings, outputs, notes, different)


def _by_its_card(own: AnalyzeOptions, without: Judged) -> tuple[Judged, tuple[str, ...]]:
    """Judge by the card that lies in the parcel; without it where it makes no sense here."""
    try:
        return what_is_judged(own), ()
    except SettingsError as error:
        return without, (worded("the card that was sent is passed over: {error}", error=error),)


def _both(theirs: str | None, ours: str | None) -> Worded:
    nothing = worded("nothing")
    return worded(
        "Here: {ours} The sender's neckform said: {theirs}",
        ours=ours or nothing,
        theirs=theirs or nothing,
    )
