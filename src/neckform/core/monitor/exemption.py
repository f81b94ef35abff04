"""Whether what looks like bad rest is a stretch: ``step(stretching, ...)``.

A chin on the chest is the paraspinal stretch, and it is also how a person falls asleep. What comes
next tells them apart. While a hold is counted, the time at a bad angle is undecided, and nothing is
said about it. It was a stretch when the head comes back. It was bad rest

- when it has lasted twice as long as the stretch should be held, without the head coming back, or
- when the head is not back a while after the hold has ended.

Then it counts like any other bad rest, from its beginning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from neckform.core.events import Event, EventKind
from neckform.core.monitor.zones import (
    AWAY,
    CAUTION,
    GOOD,
    is_bad,
    plus,
)
from neckform.core.stretch.holds import Holds
from neckform.core.time import watched_ms

TOO_LONG = 2
"""No stretch lasts this many times its target: people are told to hold for 30 seconds or longer,
and nobody who counts holds for a minute."""

BACK_MS = 3000
"""The head is back this soon after a hold has ended, which left its angle two seconds earlier."""


@dataclass(frozen=True, slots=True)
class Stretched:
    """A stretch that is over.

    Attributes
    ----------
    spent_ms : mapping of str to int
        How long it looked like bad rest, by posture.
    completed : bool
        Whether the stretch was held for as long as it should be.
    """

    spent_ms: Mapping[str, int]
    completed: bool


@dataclass(frozen=True, slots=True)
class Exemption:
    """All that is remembered.

    Attributes
    ----------
    spent_ms : mapping of str to int
        Undecided time by posture.
    held_at_ms : int or None
        When a hold was last counted; None when nothing is undecided.
    refused : bool
        Whether it was no stretch, and the head has not been back since.
    """

    spent_ms: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    held_at_ms: int | None = None
    target_ms: int = 0
    completed: bool = False
    refused: bool = False
    zone: str | None = None
    last_ms: int | None = None

    @property
    def undecided(self) -> bool:
        return self.held_at_ms is not None


def step(
    state: Exemption, t_ms: int, zone: str, holds: Holds, events: Iterable[Event]
) -> tuple[Exemption, Stretched | None]:
    """Take in one moment, whose time is after that of the moment before.

    Parameters
    ----------
    zone : str
        What the moment looks like, stretches left aside.
    events : iterable of Event
        What happened to the holds.

    Returns
    -------
    Exemption
    Stretched or None
        The stretch that is over now.
    """
    state = replace(_spend(state, t_ms), zone=zone, last_ms=t_ms)
    target_ms = _target(holds)
    if zone in (GOOD, CAUTION, AWAY):
        over = None
        if state.spent_ms and zone != AWAY:
            over = Stretched(state.spent_ms, state.completed)
        state = Exemption(zone=zone, last_ms=t_ms)
        return (state if target_ms is None else _hold(state, t_ms, target_ms, events)), over
    if state.refused:
        return state, None
    if target_ms is not None:
        state = _hold(state, t_ms, target_ms, events)
    if sum(state.spent_ms.values()) > TOO_LONG * state.target_ms:
        return _decided(state, refused=True), None
    if state.held_at_ms is not None and t_ms - state.held_at_ms > BACK_MS:
        return _decided(state), None
    return state, None


def _spend(state: Exemption, t_ms: int) -> Exemption:
    passed_ms = watched_ms(state.last_ms, t_ms)
    if not state.undecided or state.zone is None or not is_bad(state.zone) or not passed_ms:
        return state
    return replace(state, spent_ms=plus(state.spent_ms, state.zone, passed_ms))


def _target(holds: Holds) -> int | None:
    """How long the stretch under way should be held; None while there is none."""
    return max(
        (
            machine.stretch.target_ms
            for machine in holds.machines
            if machine.attempt is not None and machine.attempt.begun
        ),
        default=None,
    )


def _hold(state: Exemption, t_ms: int, target_ms: int, events: Iterable[Event]) -> Exemption:
    reached = any(event.kind is EventKind.HOLD_TARGET for event in events)
    return replace(
        state,
        held_at_ms=t_ms,
        target_ms=max(state.target_ms, target_ms),
        completed=state.completed or reached,
    )


def _decided(state: Exemption, *, refused: bool = False) -> Exemption:
    return Exemption(refused=refused, zone=state.zone, last_ms=state.last_ms)
