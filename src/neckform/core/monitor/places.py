"""Which of the person's places this is: ``step(places, fit, observation)``.

Head and shoulders lie elsewhere in the picture where chair, screen or camera stand in another way
(see `neutral.drift`); a posture moves the head alone. So each place is known by its neutral, and no
picture is kept. Where the neutral in use fits no longer and that of another place does, that one
serves; where none does, the person is asked for a new one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from neckform.core.measure.observation import Baseline, Observation
from neckform.core.neutral import drift as fitting
from neckform.core.neutral.drift import Fit

MOST_PLACES = 6
"""So many are remembered beside the one in use, the latest ones."""
MOVED_SHARE = 0.4
"""The neutral in use does not fit for this fading share of the time: after a minute elsewhere, two
minutes before a new one is asked for."""
AT_FIRST_SHARE = 0.15
"""While there is no neutral yet, a known place is told sooner: after 20 seconds there."""


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place, and how well it fits what is seen."""

    baseline: Baseline
    fit: Fit = field(default_factory=lambda: Fit(share=1.0))


@dataclass(frozen=True, slots=True)
class Places:
    """The places that are known, beside the one in use; the latest last."""

    known: tuple[KnownPlace, ...] = ()

    @property
    def baselines(self) -> tuple[Baseline, ...]:
        return tuple(place.baseline for place in self.known)

    def left(self, baseline: Baseline | None) -> Places:
        """Remember a place that is no longer in use."""
        if baseline is None:
            return self
        return Places((*self.known, KnownPlace(baseline))[-MOST_PLACES:])

    def found(self, observation: Observation) -> Places:
        """Forget the places that the person sits in at the moment they take a new neutral."""
        return Places(
            tuple(
                place
                for place in self.known
                if fitting.misfits(place.baseline, observation) is not False
            )
        )


def known(baselines: tuple[Baseline, ...]) -> Places:
    """The places of earlier days."""
    return Places(tuple(map(KnownPlace, baselines[-MOST_PLACES:])))


def step(
    places: Places, fit: Fit | None, observation: Observation
) -> tuple[Places, Baseline | None]:
    """Take in one observation; answers with the neutral of the place that the person is in now.

    Parameters
    ----------
    fit : Fit or None
        Of the neutral in use; None while there is none.
    """
    stepped = tuple(
        replace(place, fit=fitting.step(place.fit, place.baseline, observation)[0])
        for place in places.known
    )
    places = Places(stepped)
    moved = AT_FIRST_SHARE if fit is None else MOVED_SHARE
    if not stepped or (fit is not None and fit.share < moved):
        return places, None
    here = min(stepped, key=lambda place: place.fit.share)
    if here.fit.share > 1.0 - moved:
        return places, None
    others = tuple(place for place in stepped if place is not here)
    return Places(others), here.baseline
