"""One visit: choices, questions, the routine and its results; again if the person likes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from neckform.app.desk import Desk
from neckform.app.front import State
from neckform.app.guide import Guide
from neckform.app.loop import Ended, follow
from neckform.app.safety import READ, PainAfter, Ready, advise_hurt, let_go, safe_to_begin
from neckform.app.state_board import Order
from neckform.config import asked_today
from neckform.config.card import brought_card
from neckform.config.corrections import load_correction
from neckform.config.settings import load_pain
from neckform.core.coach import coaching
from neckform.core.coach.coaching import Coaching, CoachSettings
from neckform.core.coach.pain import Felt, PainRules, Today, eased, eased_range
from neckform.core.coach.placement import Patience, patience_for
from neckform.core.coach.range_change import DIRECTIONS, Measured, changes
from neckform.core.coach.range_test import RangeSettings
from neckform.core.coach.routine import held_for, repeated
from neckform.core.errors import OutputError, SettingsError
from neckform.core.prescription import Prescription
from neckform.core.report import SessionReport
from neckform.core.session import SessionSettings
from neckform.core.stretch.holds import HoldSettings
from neckform.core.stretch.stretches import OwnRange
from neckform.core.types import Exercise
from neckform.core.wording import worded
from neckform.jobs.coach import turn_check
from neckform.jobs.coach.brief import ready_for_one, show_and_close
from neckform.jobs.coach.choices import (
    Choices,
    as_dict,
    chosen,
    limits,
    write_choices,
)
from neckform.jobs.coach.ending import ending_state, unwell_state
from neckform.jobs.coach.for_therapist import ForTherapist
from neckform.jobs.coach.options import CoachOptions
from neckform.jobs.coach.session_record import Keeping, KeptNotice, PainOfDay
from neckform.sensing.landmarks.bundles import Models
from neckform.sensing.sources.camera import LiveSource
from neckform.sensing.sources.live import Look
from neckform.showing.page.card_states import card_state
from neckform.showing.page.coach_states import coach_state, done_state
from neckform.showing.page.figures import stretch_figure
from neckform.showing.words.catalogue import language_tags, phrase
from neckform.showing.words.spoken import stretch_words
from neckform.showing.words.telling import told

NewSource = Callable[[], LiveSource]


@dataclass(slots=True)
class Visit:
    """All that a visit needs.

    Attributes
    ----------
    choices_file : Path or None
        Where choices are remembered; None: they are not.
    problems : tuple of str
        What is wrong with the last choice.
    guide : Guide or None
        Of the last routine.
    card : Prescription or None
        What a therapist asked for, see `take_card`; it is laid over `settings` then.
    pain : PainRules
        What each number of pain means.
    completed : bool
        Whether a stretch of the last routine was held for as long as it should be.
    """

    desk: Desk
    options: CoachOptions
    settings: HoldSettings
    own_range: OwnRange
    choices: Choices
    models: Models
    new_source: NewSource
    choices_file: Path | None = None
    problems: tuple[str, ...] = ()
    guide: Guide[Coaching] | None = None
    pain: PainRules = field(default_factory=load_pain)
    card: Prescription | None = None
    card_problems: tuple[str, ...] = ()
    completed: bool = False
    _without_card: tuple[HoldSettings, Choices] | None = None

    def take_card(self, card: Prescription) -> None:
        """Do what a therapist asks for, instead of what was chosen."""
        self.put_card_away()
        self._without_card = self.settings, self.choices
        self.card, self.settings = card, card.over(self.settings)
        exercises = tuple(dict.fromkeys(card.exercises))
        pace = replace(self.choices.pace, repetitions=1)
        self.choices = replace(self.choices, exercises=exercises, pace=pace)

    def put_card_away(self) -> None:
        """What was chosen before stands again."""
        if self._without_card is not None:
            self.settings, chosen = self._without_card
            self.choices = replace(self.choices, exercises=chosen.exercises, pace=chosen.pace)
        self.card = self._without_card = None

    def run(self) -> None:
        """Go on until the person leaves or the program ends."""
        self.desk.use(self.choices)
        brief = self.options.brief
        if brief and (ready := ready_for_one(self.desk, self.pain, self.options.who)):
            self._routine(ready, None)
        while not (brief or self.desk.over):
            if not self._choose():
                return
            keeps = self.options.keeps_history
            keep = PainOfDay(self.options.who).keep if keeps else None
            ready = safe_to_begin(self.desk, self.pain, keep)
            if ready is not None:
                self._checked(ready)

    # --- before ------------------------------------------------------------------------------

    def _choose(self) -> bool:
        """Choose the routine; False when the program ends."""
        while True:
            order = self.desk.wait(self._setup_state)
            if order is None:
                return False
            if order["do"] == "choose":
                self._take_choices(order.get("choices"))
            elif order["do"] == "card":
                self._bring_card(order)
            elif order["do"] == "begin":
                return True

    def _bring_card(self, order: Order) -> None:
        """The page brings a card, or the person puts it away."""
        self.card_problems = ()
        self.put_card_away()
        if order.get("what") != "open":
            return
        try:
            known = self.settings.stretches
            self.take_card(brought_card(order.get("text"), order.get("name"), known))
        except SettingsError as error:
            self.card_problems = tuple(map(told, error.problems))

    def _take_choices(self, wanted: Any) -> None:
        if not isinstance(wanted, Mapping):
            return
        self.choices, problems = chosen(self.choices, wanted, self.settings.stretches)
        self.desk.use(self.choices)
        if self.choices_file is not None and self.card is None:
            try:
                write_choices(self.choices_file, self.choices)
            except OutputError as error:
                problems = [*problems, worded("not remembered: {error}", error=error)]
        self.problems = tuple(map(told, problems))

    def _setup_state(self) -> Mapping[str, Any]:
        language, held = self.desk.language, self._held()
        return {
            "phase": "setup",
            "setup": {
                "choices": {**as_dict(self.choices), "language": language},
                "limits": limits(),
                "stretches": [
                    {
                        "id": stretch.id,
                        **stretch_words(stretch, language)._asdict(),
                        "hold_s": held.by_id[stretch.id].hold_s,
                        "times": self._times(stretch.id),
                        "figures": {
                            side or "": stretch_figure(stretch, side, language)
                            for side in stretch.sides
                        },
                    }
                    for stretch in self.settings.stretches
                ],
                "languages": [
                    {"id": tag, "name": phrase("name", tag), "trial": phrase("trial", tag)}
                    for tag in language_tags()
                ],
                "profile": self.options.profile,
                "card": self.card and card_state(self.card, self.settings.stretches),
                "card_problems": list(self.card_problems),
                "problems": list(self.problems),
                "history": self.options.keeps_history,
            },
        }

    def _times(self, stretch: str) -> int:
        """How often each side of a stretch is done."""
        lines = () if self.card is None else self.card.lines
        asked = [line.repetitions for line in lines if line.stretch == stretch]
        return asked[0] if asked else self.choices.pace.repetitions

    def _held(self) -> HoldSettings:
        """The stretches with their times: what was chosen, but for those that have their own."""
        if self.card is not None:  # it says how long each is held
            return self.settings
        return held_for(
            self.settings, self.choices.pace.hold_s, each=self.options.hold_s is not None
        )

    # --- the routine -------------------------------------------------------------------------

    def _exercises(self) -> tuple[Exercise, ...]:
        """As chosen; of a card, those that were not taken out, as often as it says."""
        chosen = self.choices.exercises
        if self.card is None:
            return repeated(chosen, self.choices.pace.repetitions)
        asked = tuple(each for each in self.card.exercises if each in chosen)
        own = tuple(each for each in chosen if each not in asked)
        return (*asked, *own)

    def _patience(self) -> Patience:
        options = self.options
        return patience_for(
            recorded=options.source is not None,
            strict=options.strict,
            company=options.person is not None,
        )

    def _checked(self, ready: Ready) -> None:
        """The routine, between two checks of how far the neck turns where that was chosen."""
        # Nobody turns as far as they can in moderate pain.
        checks = self.choices.turn_check and ready.today is not Today.EASED
        before = None
        if checks:
            before, ended = self._turn()
            if ended is Ended.HURTS:
                self._let_go_of_turn(ready)
            if before is None:
                return
        self._routine(ready, before)

    def _routine(self, ready: Ready, before: Measured | None) -> None:
        settings, own_range = self._held(), self.own_range
        if ready.today is Today.EASED:
            settings = eased(settings, self.pain.eased)
            own_range = eased_range(own_range, self.pain.eased)
        source = self.new_source()
        routine = CoachSettings(
            session=SessionSettings(settings, load_correction(), own_range=own_range, live=True),
            exercises=self._exercises(),
            rest_ms=round(self.choices.pace.rest_s * 1000),
            patience=self._patience(),
        )
        begun = coaching.begin(routine, 0)
        guide = self.guide = Guide(self.desk, coaching, begun, coach_state)
        felt = Felt(ready.pain)
        with Keeping(
            self.options, routine, self.models, source.name, felt, card=self.card
        ) as keeping:
            ended_holds = 0

            def see(look: Look) -> None:
                nonlocal ended_holds
                keeping.see(look, guide.response)
                # A hold goes on after its exercise is done, so it is kept when it has ended.
                if len(guide.state.holds) > ended_holds:
                    ended_holds = len(guide.state.holds)
                    keeping.tell(keeping.report(coaching.outcome(guide.state)))

            ended = follow(guide, source, self.models, see, whom=self.options.whom)
            if ended is Ended.HURTS:
                let_go(self.desk)
        report = keeping.report(coaching.outcome(guide.state))
        told = keeping.tell(report)
        files = keeping.write(report)
        if ended is Ended.AGAIN:
            return
        pain = self._pain_after(keeping, report)
        if ended is Ended.HURTS:
            asked_today.forget(self.options.who)
            advise_hurt(self.desk, pain)
            return
        self.completed = any(hold.completed for hold in report.holds)
        lines: list[str] = []
        if before is not None and report.holds:
            lines, ended = self._turned(before, pain)
        if files:
            written = ", ".join(map(str, files))
            lines.append(phrase("outcome.written", self.desk.language, files=written))
        kept = keeping.notice(self.desk.language) if told else KeptNotice()
        done = self._done(guide.state, keeping, report, kept, lines)
        keeps = self.choices.keeps_landmarks
        if sending := keeping.for_therapist(self.desk.front, report, keeps=keeps):
            sending.renew(pain.felt)
        self._look_back(done, keeping, pain, sending, hurt=ended is Ended.HURTS)

    def _done(
        self,
        routine: Coaching,
        keeping: Keeping,
        report: SessionReport,
        kept: KeptNotice,
        more: list[str],
    ) -> State:
        """What is shown in the end; `more` are lines beside those on what was done."""
        language = self.desk.language
        page: Mapping[str, Any] = {}
        if report.holds:
            page = self.desk.front.show_report(keeping.page(report))
        done = done_state(routine, language, final=True)
        lines = [*done["lines"], *more]
        if advice := keeping.advice(kept, language):
            lines.append(advice)
        done |= {"lines": lines, "kept": kept.where, "streak_days": kept.streak_days, **page}
        now = datetime.now().astimezone()
        return done | ending_state(
            self.choices.exercises, self.settings.by_id, kept.trends, now, language
        )

    def _turn(self) -> tuple[Measured | None, Ended]:
        """How far the neck turns now; None when that was not done to the end."""
        session = SessionSettings(self._held(), load_correction(), live=True)
        settings = RangeSettings(session, self._patience(), DIRECTIONS)
        return turn_check.measure(
            self.desk, settings, self.models, self.new_source(), whom=self.options.whom
        )

    def _turned(self, before: Measured, pain: PainAfter) -> tuple[list[str], Ended]:
        """What became of how far the neck turns, in words."""
        after, ended = self._turn()
        if ended is Ended.HURTS:
            let_go(self.desk)
            advise_hurt(self.desk, pain)
        if after is None:
            return [], ended
        return turn_check.lines(tuple(changes(before, after)), self.desk.language), ended

    def _let_go_of_turn(self, ready: Ready) -> None:
        """It hurts before the routine: the day keeps that, and nothing else."""
        let_go(self.desk)
        pain = PainAfter(Felt(ready.pain), self.pain.bounds)
        if self.options.keeps_history:
            pain.keep = PainOfDay(self.options.who).keep
        advise_hurt(self.desk, pain)

    def _pain_after(self, keeping: Keeping, report: SessionReport) -> PainAfter:
        """The question how much it hurts now; the answer is kept with what was done."""

        def keep(felt: Felt) -> None:
            keeping.felt = felt
            keeping.tell(report)

        return PainAfter(keeping.felt, self.pain.bounds, keep)

    def _look_back(
        self,
        done: State,
        keeping: Keeping,
        pain: PainAfter,
        sending: ForTherapist | None,
        *,
        hurt: bool,
    ) -> None:
        """Show what was done until it is read; ask how much it hurts now, and say what follows.

        Parameters
        ----------
        sending : ForTherapist or None
            None where nothing was tried: nothing could hurt, and there is nothing to send.
        hurt : bool
            Whether it hurt at last; then nothing is due tomorrow.
        """
        if self.options.brief:
            show_and_close(self.desk, done)
            return
        shown = dict(done)

        def parts() -> Mapping[str, Any]:
            language = self.desk.language
            told: State = {}
            if sending is not None:
                told = {"pain": pain.state(language), "share": sending.state()}
            unwell = unwell_state(language) if hurt or pain.worse else {}
            return {"phase": "done", "done": {**shown, **told, **unwell}}

        while (order := self.desk.wait(parts)) is not None and order["do"] not in READ:
            if sending is not None and order["do"] == "share":
                sending.make(order, pain.felt)
            elif pain.takes(order):
                if sending is not None:
                    sending.renew(pain.felt)
                if self.options.keeps_history:
                    shown["kept"] = keeping.notice(self.desk.language).where
        if sending is not None:
            sending.forget()
