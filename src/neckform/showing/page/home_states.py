"""What the page's home is told: the monitor's minutes, what a recording shows, the settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from neckform.core.report import SessionReport
from neckform.core.types import Side
from neckform.showing.words.catalogue import language_tags, phrase, words_at
from neckform.showing.words.spoken import stretch_words
from neckform.showing.words.watch_words import lasting, zone_order


class Chosen(Protocol):
    """What a person chose for voice and page."""

    @property
    def volume(self) -> float: ...
    @property
    def voice(self) -> bool: ...
    @property
    def tones(self) -> bool: ...


def watch_state(status: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The monitor, with the day's minutes in words."""
    spent = {str(zone): int(ms) for zone, ms in status["today_ms"].items()}
    now = None
    if status["runs"]:
        key = status["camera"] or "starting"
        if key == "on" and not status["neutral"]:
            key = "neutral"
        now = phrase(f"page.watch.now.{key}", language)
    return {
        "runs": status["runs"],
        "paused": status["camera"] == "paused",
        "snoozed": status["snoozed"],
        "now": now,
        "zone": None if status["zone"] is None else zone_words(status["zone"], language),
        "today": [
            {"zone": zone, "name": zone_words(zone, language), "lasted": lasting(spent[zone]),
             "ms": spent[zone]}
            for zone in zone_order(spent)
        ],
    }  # fmt: skip


def zone_words(zone: str, language: str) -> str:
    """A zone's name; that of a person's own posture is the same in every language."""
    found = words_at(language, "zone", zone) or words_at(language, "posture", zone, "name")
    return str(found or zone)


def found_lines(report: SessionReport, language: str) -> list[str]:
    """What a recording shows, in a line each."""
    lines = []
    for hold in report.holds:
        key = "page.look.whole" if hold.completed else "page.look.part"
        held = {"held": hold.held_ms // 1000, "target": f"{hold.target_ms / 1000:g}"}
        name = _titled(stretch_name(report, hold.stretch, language), hold.side, language)
        lines.append(phrase(key, language, name=name, **held))
    for total in report.flag_totals:
        name = _titled(_posture_name(report, total.flag, language), total.side, language)
        lines.append(phrase("page.look.flag", language, name=name, lasted=lasting(total.total_ms)))
    return lines or [phrase("page.look.nothing", language)]


def stretch_name(report: SessionReport, name: str, language: str) -> str:
    """What a stretch of a report is called."""
    by_id = report.settings.by_id
    return stretch_words(by_id[name], language).name if name in by_id else name


def settings_state(choices: Chosen, camera: int, language: str) -> dict[str, Any]:
    """What can be chosen in every room."""
    return {
        "language": language,
        "languages": [{"id": tag, "name": phrase("name", tag)} for tag in language_tags()],
        "camera": camera,
        "voice": choices.voice,
        "tones": choices.tones,
        "volume": choices.volume,
    }


def _posture_name(report: SessionReport, flag: str, language: str) -> str:
    return str(words_at(language, "posture", flag, "name") or report.names.get(flag, flag))


def _titled(name: str, side: Side | None, language: str) -> str:
    return name if side is None else f"{name}, {phrase(f'side.{side}', language)}"
