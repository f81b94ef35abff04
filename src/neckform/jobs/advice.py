"""The advice that depends on the history: after a fortnight, see a therapist."""

from __future__ import annotations

from datetime import date

from neckform.history.days import a_fortnight_without_end, days_of
from neckform.history.store import Store
from neckform.showing.words.catalogue import date_words, phrase
from neckform.showing.words.telling import language_now

_FORTNIGHT = "fortnight"


def fortnight_advice(store: Store, today: date, language: str | None = None) -> str | None:
    """The advice when it is due, else None. It is due once: the store remembers that it was given.

    neckform does not ask how a person feels, so it counts days: the advice is due after a fortnight
    of stretching. After a fortnight without stretching the count starts again, and the advice can
    be due once more.
    """
    since = a_fortnight_without_end(days_of(store.entries(), ()), today)
    if since is None or not store.say_once(_FORTNIGHT, since, today):
        return None
    language = language or language_now()
    return phrase("outcome.fortnight", language, day=date_words(since, language))
