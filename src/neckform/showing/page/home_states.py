"""What the page's home is told: the monitor's minutes, what a recording shows, the settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from neckform.core.report import SessionReport
from neckform.showing.words.catalogue import DEFAULT_LANGUAGE, language_tags, phrase, words_at
from neckform.showing.words.result_words import exercise_words, titled
from neckform.showing.words.telling import told
from neckform.showing.words.watch_words import lasting, zone_order


class Chosen(Protocol):
    """What a person chose for voice and page; without a language, it is the browser's."""

    @property
    def language(self) -> str | None: ...
    @property
    def volume(self) -> float: ...
    @property
    def voice(self) -> bool: ...
    @property
    def tones(self) -> bool: ...
    @property
    def guiding(self) -> bool: ...
    @property
    def keeps_landmarks(self) -> bool: ...


def watch_state(
    status: Mapping[str, Any], language: str, names: Mapping[str, str]
) -> dict[str, Any]:
    """The monitor, with the day's minutes in words; `names` are those of the postures."""
    spent = {str(zone): int(ms) for zone, ms in status["today_ms"].items()}
    now = zone = None
    if status["runs"]:
        key = status["camera"] or "starting"
        if key == "on" and not status["neutral"]:
            key = "neutral"
        now = phrase(f"page.watch.now.{key}", language)
        if key == "on" and status["zone"] is not None:
            zone = zone_words(status["zone"], language, names)
    return {
        "runs": status["runs"],
        "starting": status["runs"] and status["camera"] is None,
        "trouble": status["trouble"],
        "paused": status["camera"] == "paused",
        "sign": status["sign"],
        "looking": status["looking"],
        "seen": status["seen"],
        "snoozed": status["snoozed"],
        "now": now,
        "zone": zone,
        "today": [
            {
                "zone": zone,
                "name": zone_words(zone, language, names),
                "lasted": lasting(spent[zone]),
                "ms": spent[zone],
            }
            for zone in zone_order(spent)
        ],
        "not_bad": [
            phrase("page.watch.not-bad", language, n=times, name=zone_words(zone, language, names))
            for zone, times in status["not_bad"].items()
        ],
    }


def zone_words(zone: str, language: str, names: Mapping[str, str]) -> str:
    """A zone's name: one of those without a posture, or the posture's."""
    return str(words_at(language, "zone", zone) or posture_name(zone, names, language))


def posture_name(posture: str, names: Mapping[str, str], language: str) -> str:
    """What a posture is called: as the person's own file calls it, or else in the language."""
    own = names.get(posture, posture)
    shipped = words_at(DEFAULT_LANGUAGE, "posture", posture, "name")
    return str(words_at(language, "posture", posture, "name")) if own == shipped else own


def found_lines(report: SessionReport, language: str) -> list[str]:
    """What a recording shows, in a line each."""
    lines = []
    for hold in report.holds:
        key = "page.look.whole" if hold.completed else "page.look.part"
        held = {"held": hold.held_ms // 1000, "target": f"{hold.target_ms / 1000:g}"}
        name = exercise_words(report, hold.exercise, language)
        lines.append(phrase(key, language, name=name, **held))
    for total in report.flag_totals:
        name = titled(posture_name(total.flag, report.names, language), total.side, language)
        lines.append(phrase("page.look.flag", language, name=name, lasted=lasting(total.total_ms)))
    if lines or not report.half_unseen:
        return lines or [phrase("page.look.nothing", language)]
    seen_s, unseen_s = (
        round(ms / 1000) for ms in (report.coverage.head_seen_ms, report.coverage.unseen_ms)
    )
    return [phrase("page.look.half-unseen", language, seen=seen_s, unseen=unseen_s)]


def welcome_state(seen: Mapping[str, Any]) -> dict[str, Any]:
    """The camera as the first visit tries it."""
    return {**seen, "trouble": told(seen["trouble"])}


def settings_state(choices: Chosen, camera: int, language: str) -> dict[str, Any]:
    """What can be chosen in every room."""
    return {
        "language": language,
        "languages": [{"id": tag, "name": phrase("name", tag)} for tag in language_tags()],
        "camera": camera,
        "voice": choices.voice,
        "tones": choices.tones,
        "guiding": choices.guiding,
        "keeps_landmarks": choices.keeps_landmarks,
        "volume": choices.volume,
    }
