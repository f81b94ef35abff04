"""What is judged in a recording: stretches, resting posture, or both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from neckform.analyze.options import AnalyzeOptions, parse_stretches
from neckform.core.errors import SettingsError
from neckform.core.session import SessionSettings
from neckform.core.stretches import Stretch
from neckform.corrections import load_correction
from neckform.settings import (
    as_dict,
    load_postures,
    load_settings,
    own_settings_file,
    postures_as_dict,
)

STRETCHES, POSTURES = "stretches", "postures"


@dataclass(frozen=True, slots=True)
class Judged:
    """Everything that follows from the options about what to look for.

    Attributes
    ----------
    known : tuple of Stretch
        All stretches, whether asked for or not.
    names : mapping of str to str
        What each stretch and each flag is called.
    settings : dict
        As the report keeps them; ``judged`` says which kinds were looked for.
    """

    session: SessionSettings
    known: tuple[Stretch, ...]
    names: Mapping[str, str]
    settings: dict[str, Any]


def what_is_judged(options: AnalyzeOptions) -> Judged:
    """Read the settings files and the options.

    Raises
    ------
    SettingsError
        When any of them is wrong.
    """
    settings = load_settings(options.settings or own_settings_file())
    resting = load_postures(options.posture_settings or own_settings_file("postures.toml"))
    only = parse_stretches(options.stretches, settings.stretches)
    # Asked for alone, postures judge plain sitting: a long chin on the chest is then no stretch.
    _refuse_beside_lying(options)
    with_stretches = not options.lying and (bool(only) or options.postures is not True)
    with_postures = options.postures is not False
    if options.fail_on_incomplete and not with_stretches:
        raise SettingsError(
            "--fail-on", ["incomplete: --postures alone judges no stretch; add --stretch"]
        )
    names = {stretch.id: stretch.name for stretch in settings.stretches}
    known = settings.stretches
    if not with_stretches:
        settings = replace(settings, stretches=())
    kept = as_dict(settings)
    if with_postures:
        kept[POSTURES] = postures_as_dict(resting)
        names |= resting.names
    kept["judged"] = [
        kind for kind, on in ((STRETCHES, with_stretches), (POSTURES, with_postures)) if on
    ]
    if options.lying:
        kept["lying_on"] = options.lying
    session = SessionSettings(
        settings, load_correction(), only, postures=resting if with_postures else None
    )
    return Judged(session, known, names, kept)


def _refuse_beside_lying(options: AnalyzeOptions) -> None:
    given = {
        "--stretch": bool(options.stretches),
        "--no-postures": options.postures is False,
        "--baseline": options.baseline != "auto",
        "--save-profile": options.save_profile is not None,
        "--fail-on": options.fail_on_incomplete,
    }
    problems = [f"{name} is for people who sit" for name, used in given.items() if used]
    if options.lying and problems:
        raise SettingsError("--lying", problems)
