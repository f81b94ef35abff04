"""``neckform open``: what was sent, judged again by this neckform, with the sender's beside it."""

from __future__ import annotations

import webbrowser
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from neckform.core.errors import SettingsError
from neckform.core.report import SessionReport
from neckform.core.wording import worded
from neckform.files import claimed, replacing, safe_name, write_text
from neckform.jobs.analyze.judged import Judged, what_is_judged
from neckform.jobs.analyze.loop import JudgedFrame, judge
from neckform.jobs.analyze.options import DEFAULT_OUT, AnalyzeOptions
from neckform.jobs.analyze.outputs import FramesFile, PageFile, ReportFile, Wanted, opened
from neckform.jobs.analyze.sources import open_source
from neckform.showing.exports.files import prepare_folder
from neckform.showing.exports.parcel import Parcel, read_parcel
from neckform.showing.exports.report_json import as_json
from neckform.showing.html.page import page_html, write_page
from neckform.showing.html.sent import MovingFigure, differing, sent_html
from neckform.terminal import printing, tables
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


def run(path: Path, out: Path | None, card: Path | None, *, browser: bool) -> int:
    """Open a parcel: judge it anew, write the page, and print what differs.

    Raises
    ------
    NeckformError
    """
    parcel = read_parcel(path)
    folder = out or DEFAULT_OUT / safe_name(path.stem)
    options = AnalyzeOptions(card=card, history=False, who=parcel.letter.who)
    judged = what_is_judged(options)
    prepare_folder(folder)
    with ExitStack() as stack:
        stack.enter_context(claimed(folder))
        if card is None and parcel.card is not None:
            options, judged = _by_its_card(parcel.card, folder / "card.toml", options, judged)
        landmarks = folder / "landmarks.nfobs"
        with replacing(landmarks) as partial:
            partial.write_bytes(parcel.landmarks)
        wanted = Wanted(options, folder, judged.names)
        page = SentPage(wanted)
        page.parcel = parcel
        outputs = [ReportFile(wanted), FramesFile(wanted), page]
        with open_source(landmarks, options) as source:
            findings = judge(options, judged, source, opened(outputs))
        if findings.problem is not None:
            raise findings.problem
        for output in outputs:
            output.write(findings.report)
    _show(parcel, findings.report)
    tables.print_files(printing.out(), [output.path for output in outputs])
    if browser and there_is_a_screen():
        webbrowser.open(page.path.resolve().as_uri())
    return 0


def _by_its_card(
    text: str, path: Path, options: AnalyzeOptions, without: Judged
) -> tuple[AnalyzeOptions, Judged]:
    """Judge by the card that lies in the parcel; without it where it makes no sense here."""
    write_text(path, text)
    own = replace(options, card=path)
    try:
        return own, what_is_judged(own)
    except SettingsError as error:
        note = worded("the card that was sent is passed over: {error}", error=error)
        printing.print_note(printing.err(), note)
        return options, without


def _show(parcel: Parcel, report: SessionReport) -> None:
    console = printing.out()
    letter = parcel.letter
    if letter.words:
        printing.print_indented(console, letter.words, 0)
    tables.print_report(console, report)
    different = differing(parcel.report, as_json(report))
    if not different:
        printing.print_line(console, worded("The sender's neckform came to the same."))
    for theirs, ours in different:
        printing.print_indented(console, _both(theirs, ours), 0, style="yellow")


def _both(theirs: str | None, ours: str | None) -> str:
    nothing = worded("nothing")
    return worded(
        "Here: {ours} The sender's neckform said: {theirs}",
        ours=ours or nothing,
        theirs=theirs or nothing,
    )
