"""Who sits at the desk, and whose neutral serves: ``step(sitter, observation)``.

A colleague who sits down has other measures than the person before: nothing is judged against that
person's neutral. Who comes back gets their own again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from neckform.core.measure.observation import Baseline, Observation
from neckform.core.measure.presence import person_seen
from neckform.core.people import Visitor, visited

OTHER_MS = 10_000
"""Somebody else who is there for this long sits there; a shorter visit passes by."""
MOST_KNOWN = 4
"""So many people's neutrals are remembered, the latest ones."""


class Takeover(StrEnum):
    """What is known of somebody who has sat down in another one's place."""

    NEW = "new"
    """Their neutral is not known yet."""
    KNOWN = "known"
    """They sat there before."""


@dataclass(frozen=True, slots=True)
class Sitter:
    """Who sits there.

    Attributes
    ----------
    person : int or None
        Whose neutral serves; None until somebody is seen with one.
    owner : int or None
        Who was first, or asked for a new neutral: whose profile it is.
    visitor : Visitor or None
        Somebody else who is there instead.
    neutrals : tuple of (int, Baseline)
        Of those who sat there, the latest last.
    """

    person: int | None = None
    owner: int | None = None
    visitor: Visitor | None = None
    neutrals: tuple[tuple[int, Baseline], ...] = ()

    @property
    def is_owner(self) -> bool:
        return self.owner is None or self.person == self.owner

    def neutral_of(self, person: int) -> Baseline | None:
        return dict(self.neutrals).get(person)

    def settled(self, person: int, baseline: Baseline) -> Sitter:
        """From here on this person's neutral serves."""
        others = tuple(known for known in self.neutrals if known[0] != person)
        return replace(
            self,
            person=person,
            owner=person if self.owner is None else self.owner,
            visitor=None,
            neutrals=(*others, (person, baseline))[-MOST_KNOWN:],
        )


def step(sitter: Sitter, observation: Observation) -> tuple[Sitter, int | None]:
    """Take in one observation; answers with who has sat down in the place of another, once."""
    if sitter.person is None or not person_seen(observation):
        return sitter, None
    visitor = visited(sitter.visitor, sitter.person, observation, OTHER_MS)
    if visitor is None or visitor.lasted_ms < OTHER_MS:
        return replace(sitter, visitor=visitor), None
    return replace(sitter, person=None, visitor=None), observation.person
