"""Who was there beside the person who is judged, and whom a recording is about.

Places are those of the picture as the camera took it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from neckform.core.measure.observation import Observation, without_person
from neckform.core.measure.presence import person_seen
from neckform.core.time import seen_ms

LASTS_MS = 1000
"""Somebody else who is there for less is not spoken of: a model may see a face where none is."""


@dataclass(frozen=True, slots=True)
class Company:
    """Who was there beside the person who is judged.

    Attributes
    ----------
    people : int
        The most who were in view at once, the judged one included.
    number : int
        The judged one's, counted from the left of the picture, when so many were first in view.
    moved : bool
        The judged one had another number later.
    beside_ms : int
        For how long somebody else was in view.
    instead_ms : int
        For how long somebody else was followed, while the judged one was not there.
    instead_from_ms : int or None
        When that was first.
    """

    people: int = 1
    number: int = 1
    moved: bool = False
    beside_ms: int = 0
    instead_ms: int = 0
    instead_from_ms: int | None = None

    @property
    def place(self) -> str | None:
        """Where the judged one is among the people in view; None when alone."""
        if self.people < 2:
            return None
        if self.number in (1, self.people):
            return "left" if self.number == 1 else "right"
        return "middle" if self.people == 3 else None


class People:
    """Collects who was there through a recording.

    Attributes
    ----------
    most_heads : int
        The most that were ever counted in one picture.
    """

    def __init__(self) -> None:
        self.most_heads = 0
        self._last_ms: int | None = None
        self._heads: tuple[float, ...] = ()
        self._several = 0
        self._seen_ms: Counter[int] = Counter()
        self._since_ms: dict[int, int] = {}
        self._beside_ms: Counter[tuple[int, int, int]] = Counter()

    def add(self, observation: Observation) -> None:
        """Take in the next observation."""
        t_ms, person = observation.t_ms, observation.person
        last_ms = t_ms if self._last_ms is None else self._last_ms
        self._last_ms = t_ms
        if observation.heads:
            self._heads = observation.heads
            self.most_heads = max(self.most_heads, len(self._heads))
            self._several = self._several + 1 if len(self._heads) > 1 else 0
        if not person_seen(observation):
            return
        lasted_ms = seen_ms(last_ms, t_ms)
        self._seen_ms[person] += lasted_ms
        self._since_ms.setdefault(person, t_ms)
        # Twice, one after the other: a model may see a face where none is.
        if self._several > 1:
            own, *_ = self._heads
            number = 1 + sum(other < own for other in self._heads)
            self._beside_ms[person, len(self._heads), number] += lasted_ms

    def main(self, *, chosen: bool) -> int:
        """Whom the recording is about: who was followed for longest.

        Parameters
        ----------
        chosen : bool
            Somebody was chosen by place: only the time counts in which there was a choice.
        """
        together: Counter[int] = Counter()
        for (person, _, _), lasted_ms in self._beside_ms.items():
            together[person] += lasted_ms
        times = together if chosen and together.total() >= LASTS_MS else self._seen_ms
        return max(times, key=lambda person: (times[person], -person), default=0)

    def company(self, judged: int | None) -> Company:
        """Who was there beside the one who is judged; None: whoever was there."""
        main = self.main(chosen=False) if judged is None else judged
        beside = {key[1:]: ms for key, ms in self._beside_ms.items() if key[0] == main}
        counts = Counter[int]()
        for (people, _), lasted_ms in beside.items():
            counts[people] += lasted_ms
        most = max((people for people, ms in counts.items() if ms >= LASTS_MS), default=1)
        # In the order in which they were first seen.
        numbers = {number: ms for (people, number), ms in beside.items() if people == most}
        first = next(iter(numbers), 1)
        others = [person for person in self._seen_ms if person != main]
        instead_ms = sum(self._seen_ms[person] for person in others)
        company = Company(
            people=most,
            number=first,
            moved=sum(numbers.values()) - numbers.get(first, 0) >= LASTS_MS,
            beside_ms=sum(counts.values()) if most > 1 else 0,
        )
        if judged is None or instead_ms < LASTS_MS:
            return company
        first_ms = min(self._since_ms[person] for person in others)
        return replace(company, instead_ms=instead_ms, instead_from_ms=first_ms)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody else in a person's place.

    Attributes
    ----------
    since_ms, last_ms : int
        When they were seen there first and last.
    """

    since_ms: int
    last_ms: int

    @property
    def lasted_ms(self) -> int:
        return self.last_ms - self.since_ms


def visited(before: Visitor | None, person: int, seen: Observation, long_ms: int) -> Visitor | None:
    """The visitor after a moment in which somebody is seen; None: that is the person themself.

    Parameters
    ----------
    long_ms : int
        Where nobody was there for so long, another visit begins.
    """
    if seen.person == person:
        return None
    if before is None or seen.t_ms - before.last_ms >= long_ms:
        return Visitor(seen.t_ms, seen.t_ms)
    return replace(before, last_ms=seen.t_ms)


def unless_other(observation: Observation, person: int | None) -> Observation:
    """The same; of another person than `person`, one in which nobody was found."""
    if person is None or observation.person == person:
        return observation
    return without_person(observation)
