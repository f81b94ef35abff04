"""The history for other programs: JSON, and a table with one row for each hold."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from neckform.core.plain_text import cell
from neckform.history.entry import Entry, KeptHold, KeptPain
from neckform.history.overview import Overview
from neckform.history.trends import NOISE_DEG

SCHEMA = "neckform/history/1"


def as_json(history: Overview) -> dict[str, Any]:
    """Everything, ready for JSON."""
    return {
        "schema": SCHEMA,
        "today": history.today.isoformat(),
        "streak_days": history.streak_days,
        "longest_streak_days": history.longest_streak_days,
        "noise_deg": NOISE_DEG,
        "fortnight_since": None
        if not history.fortnight_since
        else history.fortnight_since.isoformat(),
        "days": [
            {
                "day": day.day.isoformat(),
                "full": day.full,
                "practised": day.practised,
                "holds": day.holds,
                "held_s": day.held_s,
                "near_misses": day.near_misses,
                "done": [exercise._asdict() for exercise in sorted(day.done, key=str)],
            }
            for day in history.days
        ],
        "balance": [asdict(balance) for balance in history.balances],
        "trends": [
            {
                **trend.exercise._asdict(),
                "weeks": [asdict(week) | {"monday": str(week.monday)} for week in trend.weeks],
                "change": asdict(trend.change) | {"beyond_noise": trend.change.beyond_noise},
            }
            for trend in history.trends
        ],
        "watched": [
            {"day": day.isoformat(), "zones_ms": dict(zones)}
            for day, zones in history.watched.items()
        ],
        "recordings": [
            asdict(entry)
            | {"day": entry.day.isoformat(), "made_at": entry.made_at.isoformat(timespec="seconds")}
            for entry in history.entries
        ],
    }


def as_csv(entries: Sequence[Entry]) -> str:
    """One row for each hold; an unknown value is empty, a truth value is ``true`` or ``false``."""
    stream = io.StringIO()
    names = [item.name for item in fields(KeptHold)]
    felt = [item.name for item in fields(KeptPain)]
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["day", "made_at", "recording", *names, *(f"pain_{name}" for name in felt)])
    for entry in entries:
        made_at = entry.made_at.isoformat(timespec="seconds")
        pain = asdict(entry.pain[0]) if entry.pain else dict.fromkeys(felt)
        for hold in entry.holds:
            values = asdict(hold) | {"completed": "true" if hold.completed else "false"}
            told = (*(values[name] for name in names), *pain.values())
            row = (entry.day, made_at, entry.recording, *told)
            writer.writerow([cell(each) if isinstance(each, str) else each for each in row])
    return stream.getvalue()
