"""``neckform share``: one file for a therapist, made of a recording."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from neckform.config.card import text_of
from neckform.core.errors import SettingsError
from neckform.core.wording import worded
from neckform.jobs.analyze.inputs import Job
from neckform.jobs.analyze.one import analyze_one
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.showing.exports.parcel import HOLDS, SUFFIX, Letter, parcel_of, write_parcel
from neckform.terminal import printing
from neckform.terminal.echo import say
from neckform.terminal.interrupt import INTERRUPTED, stop_on_interrupt


@dataclass(frozen=True, slots=True)
class SharedRecording:
    """What is to be sent.

    Attributes
    ----------
    out : Path or None
        The file; without it, beside nothing else, ``shared.nfshare``: a recording's name may
        be a person's.
    """

    recording: Path
    letter: Letter
    out: Path | None = None
    card: Path | None = None


def run(shared: SharedRecording) -> int:
    """Look at a recording, and write the file for the therapist.

    Raises
    ------
    SettingsError, OutputError
    """
    path = shared.out or Path(f"shared{SUFFIX}")
    if path.suffix != SUFFIX:
        raise SettingsError(
            "--out", [worded("{path}: name a {suffix} file", path=path, suffix=SUFFIX)]
        )
    with TemporaryDirectory(prefix="neckform-") as folder, stop_on_interrupt() as stop:
        landmarks = Path(folder) / "landmarks.nfobs"
        options = AnalyzeOptions(record=landmarks, html=False, card=shared.card, history=False)
        job = Job(shared.recording, Path(folder) / "out")
        with printing.progress(shared.recording.name) as advance:
            analysis = analyze_one(job, options, stop=stop, advance=advance)
        stopped = analysis.exit_code == INTERRUPTED
        # Where an analysis saves what it has is gone in a moment.
        notes = [worded("interrupted; nothing was saved.")] if stopped else analysis.notes
        for note in notes:
            printing.print_note(printing.err(), note)
        if analysis.report is None or analysis.exit_code > 1:
            return analysis.exit_code
        card = analysis.report.card
        asked = None if card is None else text_of(replace(card, who=shared.letter.who))
        content = landmarks.read_bytes()
        write_parcel(path, parcel_of(content, analysis.report, shared.letter, asked))
    say(path)
    say(HOLDS)
    return 0
