"""An episode of one posture: ``step(machine, ...)`` for one posture on one side.

::

             in                        in for `after_s`
      REST -------> SPELL (not told) -------------------> SPELL (raised)
       ^              |                                      |
       +--------------+--------------------------------------+
             back for `lapse_s`, or unseen for `unseen_s`: over since it was last seen

The clock counts the time between two sightings of the posture that follow each other closely.
Unseen time between them is neither good nor bad, and a long one counts for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from neckform.core.events import Event, EventKind
from neckform.core.parameter import milliseconds
from neckform.core.posture.flags import Posture, RecordedRules
from neckform.core.types import Evidence, Flag, Side

Events = tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Episode:
    """The posture since `start_ms`.

    Attributes
    ----------
    last_in_ms : int
        When the posture was last seen.
    bad_ms : int
        How long the posture was seen.
    weight_ms, sum_deg, peak_deg
        Of the moments with an angle: a head whose face is lost has none.
    out_since_ms : int or None
        Set while the head is back, and not yet for long enough to matter.
    """

    start_ms: int
    last_in_ms: int
    bad_ms: int = 0
    weight_ms: int = 0
    sum_deg: float = 0.0
    peak_deg: float | None = None
    out_since_ms: int | None = None
    raised: bool = False

    def seen(self, t_ms: int, earned_ms: int, value_deg: float | None) -> Episode:
        spell = replace(self, last_in_ms=t_ms, bad_ms=self.bad_ms + earned_ms, out_since_ms=None)
        if value_deg is None:
            return spell
        return replace(
            spell,
            weight_ms=self.weight_ms + earned_ms,
            sum_deg=self.sum_deg + value_deg * earned_ms,
            peak_deg=value_deg if self.peak_deg is None else max(self.peak_deg, value_deg),
        )

    def flag(self, name: str, side: Side | None) -> Flag:
        mean_deg = self.sum_deg / self.weight_ms if self.weight_ms else self.peak_deg
        return Flag(name, self.start_ms, self.last_in_ms, mean_deg, self.peak_deg, side)


@dataclass(frozen=True, slots=True)
class PostureMachine:
    """All that is remembered of one posture on one side.

    Attributes
    ----------
    raises : bool
        Whether a long spell raises a flag. At a camera `alarms` counts bad rest instead.
    evidence : Evidence
        What the latest sample showed.
    cautious : bool
        Whether the head was on its way into the posture.
    quiet_until_ms : int or None
        No flag is raised before.
    """

    posture: Posture
    side: Side | None
    rules: RecordedRules
    raises: bool = True
    spell: Episode | None = None
    evidence: Evidence = Evidence.UNSEEN
    cautious: bool = False
    quiet_until_ms: int | None = None

    @property
    def inside(self) -> bool:
        """Whether the head must go as far as the lower limit to be out: hysteresis."""
        return self.spell is not None and self.spell.out_since_ms is None


def step(
    machine: PostureMachine, t_ms: int, evidence: Evidence, value_deg: float | None
) -> tuple[PostureMachine, Events]:
    """Take in what one sample shows of this posture.

    Parameters
    ----------
    value_deg : float or None
        How far toward the posture, in degrees; None when it is seen without an angle.
    """
    machine, ended = _end_overdue(machine, t_ms)
    if evidence is not machine.evidence:
        machine = replace(machine, evidence=evidence)
    if evidence is Evidence.IN:
        machine, events = _seen(machine, t_ms, value_deg)
        return machine, (*ended, *events)
    if evidence is Evidence.OUT and machine.spell is not None and machine.inside:
        machine = replace(machine, spell=replace(machine.spell, out_since_ms=t_ms))
    return machine, ended


def finish(machine: PostureMachine) -> tuple[PostureMachine, Events]:
    """End a spell that is still running; there are no more samples."""
    return _end(machine, None)


def _end_overdue(machine: PostureMachine, t_ms: int) -> tuple[PostureMachine, Events]:
    spell, rules = machine.spell, machine.rules
    if spell is None:
        return machine, ()
    back = spell.out_since_ms is not None and (
        t_ms - spell.out_since_ms >= milliseconds(rules.lapse_s)
    )
    if back or t_ms - spell.last_in_ms > milliseconds(rules.unseen_s):
        return _end(machine, t_ms)
    return machine, ()


def _seen(
    machine: PostureMachine, t_ms: int, value_deg: float | None
) -> tuple[PostureMachine, Events]:
    rules = machine.rules
    spell = machine.spell or Episode(t_ms, t_ms)
    since_ms = t_ms - spell.last_in_ms
    # A lapse too brief to matter counts with the moments around it.
    longest_s = rules.gap_s if spell.out_since_ms is None else max(rules.gap_s, rules.lapse_s)
    earned_ms = since_ms if since_ms <= milliseconds(longest_s) else 0
    spell = spell.seen(t_ms, earned_ms, value_deg)
    due = machine.raises and spell.bad_ms >= milliseconds(rules.after_s)
    quiet = machine.quiet_until_ms is not None and t_ms < machine.quiet_until_ms
    if spell.raised or quiet or not due:
        return replace(machine, spell=spell), ()
    spell = replace(spell, raised=True)
    return replace(machine, spell=spell), (_event(machine, t_ms, EventKind.FLAG_RAISED, spell),)


def _end(machine: PostureMachine, t_ms: int | None) -> tuple[PostureMachine, Events]:
    spell = machine.spell
    if spell is None or not spell.raised:
        return replace(machine, spell=None), ()
    ended_ms = spell.last_in_ms if t_ms is None else t_ms
    cooled_ms = ended_ms + milliseconds(machine.rules.cooldown_s)
    event = _event(machine, ended_ms, EventKind.FLAG_ENDED, spell)
    return replace(machine, spell=None, quiet_until_ms=cooled_ms), (event,)


def _event(machine: PostureMachine, t_ms: int, kind: EventKind, spell: Episode) -> Event:
    flag = spell.flag(machine.posture.id, machine.side)
    return Event(t_ms, kind, side=machine.side, flag=flag)
