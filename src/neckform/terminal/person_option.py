"""``--person``, which `analyze`, `coach`, `calibrate` and `watch` have."""

from __future__ import annotations

from typing import Any

from neckform.core.errors import SettingsError
from neckform.core.whom import Whom
from neckform.terminal.click_options import option


def live_person_option() -> Any:
    """The field of the commands at a camera, where a person sees a mirror image."""
    return option(
        "Who is followed where several people are in view: left, middle or right of your mirror "
        "image, or a number counted from its left.  [default: the nearest and most central]",
        metavar="left|middle|right|N",
    )


class MeantPerson:
    """Of options at a camera, which have such a field: who is meant."""

    __slots__ = ()
    person: str | None

    @property
    def whom(self) -> Whom | None:
        """Who is meant, where somebody is.

        Raises
        ------
        SettingsError
        """
        return asked_for(self.person, mirrored=True)


def asked_for(person: str | None, *, mirrored: bool = False) -> Whom | None:
    """Read it; None where nobody is asked for.

    Parameters
    ----------
    mirrored : bool
        The person sees a mirror image.

    Raises
    ------
    SettingsError
    """
    if person is None:
        return None
    try:
        return Whom.parse(person, mirrored=mirrored)
    except ValueError as error:
        raise SettingsError("--person", [str(error)]) from error
