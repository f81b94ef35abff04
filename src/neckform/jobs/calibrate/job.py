"""One calibration: questions, a neutral, six directions, and a review before it is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from neckform.app.desk import Desk
from neckform.app.guide import Guide
from neckform.app.loop import Ended, follow
from neckform.app.safety import PainAfter, advise_hurt, give_advice, let_go, safe_to_begin
from neckform.config.corrections import load_correction
from neckform.config.profile import own_range_of, write_profile
from neckform.config.settings import load_pain
from neckform.core.coach import range_test
from neckform.core.coach.pain import Felt, PainRules
from neckform.core.coach.placement import patience_for
from neckform.core.coach.range_test import RangeSettings, RangeTest
from neckform.core.errors import OutputError
from neckform.core.session import SessionSettings
from neckform.core.stretch.holds import HoldSettings
from neckform.jobs.calibrate.options import CalibrateOptions
from neckform.sensing.landmarks.bundles import Models
from neckform.sensing.sources.camera import LiveSource
from neckform.showing.page.range_states import range_state, review_state
from neckform.showing.words.catalogue import phrase, words_at
from neckform.showing.words.telling import told


@dataclass(slots=True)
class Calibration:
    """All that a calibration needs.

    Attributes
    ----------
    path : Path
        The file of the profile.
    saved : bool
        Whether the profile was kept.
    """

    desk: Desk
    options: CalibrateOptions
    settings: HoldSettings
    models: Models
    new_source: Callable[[], LiveSource]
    path: Path
    saved: bool = False
    pain: PainRules = field(default_factory=load_pain)

    def run(self) -> None:
        """Go on until the profile is kept, the person leaves or the program ends."""
        while not self.desk.over:
            ready = safe_to_begin(self.desk, self.pain, None, to_the_end=True)
            if ready is None:
                return
            guide, ended = self._measure()
            if ended is Ended.HURTS:
                let_go(self.desk)
                advise_hurt(self.desk, PainAfter(Felt(ready.pain), self.pain.bounds))
            elif guide.state.guided.baseline is None:
                give_advice(self.desk, _not_measured(self.desk.language))
            elif self._look_over(guide):
                return

    def _measure(self) -> tuple[Guide[RangeTest], Ended]:
        settings = RangeSettings(
            SessionSettings(self.settings, load_correction(), live=True),
            patience=patience_for(
                recorded=self.options.source is not None,
                strict=self.options.strict,
                company=self.options.person is not None,
            ),
        )
        whom = self.options.whom
        guide = Guide(self.desk, range_test, range_test.begin(settings, 0), range_state)
        return guide, follow(guide, self.new_source(), self.models, seen=lambda _: None, whom=whom)

    def _look_over(self, guide: Guide[RangeTest]) -> bool:
        """Let the person review, change and keep the result; False to measure again."""
        measured, baseline = guide.state.measured, guide.state.guided.baseline
        values: dict[str, Any] = asdict(range_test.own_range(measured))
        problems: list[str] = []
        while True:
            shown = review_state(
                self.options.profile,
                values,
                measured,
                self.desk.language,
                where=str(self.path),
                problems=problems,
                saved=self.saved,
            )
            order = self.desk.wait(partial(dict, shown))
            if order is None or order["do"] == "stop":
                return True
            if order["do"] == "again":
                return False
            if order["do"] != "save" or baseline is None:
                continue
            wanted = order.get("values")
            given = {**values, **(wanted if isinstance(wanted, dict) else {})}
            try:
                own_range = own_range_of(given)
                values = given
                write_profile(self.path, baseline, own_range)
            except ValueError as error:
                problems = list(map(told, error.args))
                continue
            except OutputError as error:
                problems = [told(error)]
                continue
            self.saved, problems = True, []


def _not_measured(language: str) -> dict[str, Any]:
    return {
        "title": phrase("range.none-title", language),
        "lines": list(words_at(language, "range", "none")),
    }
