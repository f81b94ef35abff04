"""What is judged in a recording: stretches, resting posture, or both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from neckform.config.card import read_card
from neckform.config.corrections import load_correction
from neckform.config.settings import load_postures, load_settings, own_settings_file
from neckform.core.coach.routine import all_exercises, each_side, parse_exercises
from neckform.core.errors import SettingsError
from neckform.core.outcome import Outcome
from neckform.core.prescription import Prescription
from neckform.core.report import ModelFacts, SessionReport, SourceFacts
from neckform.core.session import SessionSettings
from neckform.core.stretch.stretches import Stretch
from neckform.core.types import Exercise
from neckform.core.wording import worded
from neckform.jobs.analyze.options import AnalyzeOptions, BaselineChoice
from neckform.version import __version__


@dataclass(frozen=True, slots=True)
class Judged:
    """Everything that follows from the options about what to look for.

    Attributes
    ----------
    known : tuple of Stretch
        All stretches, whether asked for or not.
    baseline : BaselineChoice
        Where the neutral comes from.
    lying_on : str or None
        ``back`` or ``side`` of a person who lies down.
    routine : tuple of Exercise
        What was to be done, where that was more than to look for stretches.
    card : Prescription or None
        What a therapist asked for.
    """

    session: SessionSettings
    known: tuple[Stretch, ...]
    baseline: BaselineChoice = field(default_factory=BaselineChoice)
    lying_on: str | None = None
    routine: tuple[Exercise, ...] = ()
    card: Prescription | None = None

    @property
    def asked(self) -> tuple[Exercise, ...]:
        """The stretches that were to be done, each side by itself."""
        if self.routine:
            return tuple(dict.fromkeys(self.routine))
        stretches = self.session.holds.stretches
        return each_side(self.session.only, stretches) or all_exercises(stretches)

    @property
    def names(self) -> Mapping[str, str]:
        """What each stretch and each flag is called."""
        stretches = {stretch.id: stretch.name for stretch in self.known}
        postures = self.session.postures
        return stretches if postures is None else {**stretches, **postures.names}

    def report(
        self, outcome: Outcome, source: SourceFacts, models: Mapping[str, ModelFacts]
    ) -> SessionReport:
        """The report of what was found."""
        return SessionReport(
            outcome,
            source,
            models,
            settings=self.session.holds,
            postures=self.session.postures,
            lying_on=self.lying_on,
            version=__version__,
            asked=self.asked,
            card=self.card,
        )


def what_is_judged(options: AnalyzeOptions) -> Judged:
    """Read the settings files and the options.

    Raises
    ------
    SettingsError
        When any of them is wrong.
    """
    _ = options.whom  # is refused before anything is read
    settings = load_settings(options.settings or own_settings_file())
    resting = load_postures(options.posture_settings or own_settings_file("postures.toml"))
    only = parse_exercises(options.stretches, settings.stretches)
    card = None
    if options.card is not None:
        if only or options.postures is True or options.lying:
            raise SettingsError("--card", [worded("says itself which stretches are judged")])
        card = read_card(options.card, settings.stretches)
        settings, only = card.over(settings), tuple(dict.fromkeys(card.exercises))
    # Asked for alone, postures judge plain sitting: a long chin on the chest is then no stretch.
    _refuse_beside_lying(options)
    with_stretches = not options.lying and (bool(only) or options.postures is not True)
    with_postures = options.postures is not False
    if options.fail_on and not with_stretches:
        raise SettingsError(
            "--fail-on", [worded("incomplete: --postures alone judges no stretch; add --stretch")]
        )
    known = settings.stretches
    if not with_stretches:
        settings = replace(settings, stretches=())
    session = SessionSettings(
        settings, load_correction(), only, postures=resting if with_postures else None
    )
    return Judged(
        session,
        known,
        BaselineChoice.parse(options.baseline, options.who),
        options.lying,
        card=card,
    )


def _refuse_beside_lying(options: AnalyzeOptions) -> None:
    given = {
        "--stretch": bool(options.stretches),
        "--no-postures": options.postures is False,
        "--baseline": options.baseline != "auto",
        "--save-profile": options.save_profile is not None,
        "--fail-on": options.fail_on,
    }
    problems = [
        worded("{name} is for people who sit", name=name) for name, used in given.items() if used
    ]
    if options.lying and problems:
        raise SettingsError("--lying", problems)
