"""The reminder is a calendar file that calendars read: RFC 5545."""

from datetime import datetime, timedelta, timezone

from neckform.showing.exports.reminder_ics import reminder

NOW = datetime(2026, 11, 28, 8, 52, 33, tzinfo=timezone(timedelta(hours=1)))


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_it_comes_every_day_at_the_quarter_of_the_hour_with_an_alarm() -> None:
    lines = unfolded(reminder(NOW, "Stretch", "Chin to chest\nEar to shoulder, left"))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    for line in ("VERSION:2.0", "DTSTART:20261128T084500", "RRULE:FREQ=DAILY", "SUMMARY:Stretch",
                 r"DESCRIPTION:Chin to chest\nEar to shoulder\, left", "TRIGGER:PT0S"):  # fmt: skip
        assert line in lines
    assert sum(line.startswith("UID:") for line in lines) == 1
    begun = [line[6:] for line in lines if line.startswith("BEGIN:")]
    assert [line[4:] for line in lines if line.startswith("END:")] == begun[::-1]


def test_two_reminders_are_two_events() -> None:
    ids = {next(line for line in unfolded(reminder(NOW, "a", "b")) if line.startswith("UID")) for _ in range(3)}  # fmt: skip  # noqa: E501
    assert len(ids) == 3


def test_lines_are_folded_at_75_bytes_and_come_back_whole() -> None:
    text = "Étirements du cou; à l'heure, avec \\ et " + "ä" * 200
    written = reminder(NOW, "Stretch", text)
    assert max(len(line.encode()) for line in written.split("\r\n")) <= 75
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    assert f"DESCRIPTION:{escaped}" in unfolded(written)
