"""A report as the numbers and sentences of ``report.json``, schema ``neckform/report/1``.

Seconds and degrees are not rounded, except inside a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from enum import StrEnum
from typing import Any

from neckform.core.events import MissReason, NearMiss
from neckform.core.measure.observation import Baseline
from neckform.core.night import Night, changes
from neckform.core.outcome import Direction, Reached
from neckform.core.plain_text import plain
from neckform.core.posture.flags import Posture, PostureSettings
from neckform.core.prescription import CardAnswer
from neckform.core.report import FlagTotal, SessionReport, best_of
from neckform.core.stretch.holds import HoldSettings
from neckform.core.stretch.stretches import Stretch
from neckform.core.types import Flag, Hold, Stats
from neckform.showing.words.card_words import answer_words
from neckform.showing.words.report_words import flag_verdict, hold_verdict, miss_verdict

SCHEMA = "neckform/report/1"

JsonDict = dict[str, Any]


def as_json(report: SessionReport) -> JsonDict:
    """Lay out a report: only text, numbers, booleans, lists and None."""
    return {
        "schema": SCHEMA,
        "neckform_version": report.version,
        "source": {
            name: plain(value) if isinstance(value, str) else value
            for name, value in asdict(report.source).items()
        },
        "models": {kind: asdict(facts) for kind, facts in report.models.items()},
        "settings": _settings(report),
        "baseline": _baseline(report.baseline),
        "coverage": _fields(report.coverage, "head_seen_s", "shoulders_seen_s", "unseen_s"),
        "range_of_motion": {
            direction.value: _reached(report.reached.get(direction)) for direction in Direction
        },
        "holds": [_hold(hold) | {"verdict": hold_verdict(report, hold)} for hold in report.holds],
        "near_misses": [
            _miss(miss) | {"verdict": miss_verdict(report, miss)} for miss in report.near_misses
        ],
        "flags": [_flag(flag) | {"verdict": flag_verdict(report, flag)} for flag in report.flags],
        **_card(report),
        **({} if report.outcome.night is None else {"night": _night(report)}),
        "summary": {
            "holds": len(report.holds),
            "completed": report.completed,
            "near_misses": len(report.near_misses),
            "stretches": [_best(holds) for holds in report.attempts.values()],
            "flags": [_total(total) for total in report.flag_totals],
        },
    }


def _card(report: SessionReport) -> JsonDict:
    """The card and its answers; nothing without one."""
    if report.card is None:
        return {}
    return {
        "card": {
            "who": report.card.who,
            "words": report.card.words,
            "days": list(report.card.days),
            "lines": [_answer(report, answer) for answer in report.answers],
        }
    }


def _answer(report: SessionReport, answer: CardAnswer) -> JsonDict:
    line = answer.line
    return {
        "stretch": line.stretch,
        "side": _plain(answer.exercise.side),
        "hold_s": line.hold_s,
        "repetitions": line.repetitions,
        "to_deg": line.to_deg,
        "words": line.words,
        "done": answer.done,
        "angle_deg": answer.angle_deg,
        "uncertainty_deg": answer.error_deg,
        "far_enough": answer.far_enough,
        "verdict": answer_words(report.settings.by_id[line.stretch], answer),
    }


def stretches_table(settings: HoldSettings) -> JsonDict:
    """The settings in use, as ``stretches.toml`` lays them out."""
    return {**_common(settings), **_by_id(settings.stretches)}


_UNJUDGED = {"id", "figure", "instruction", "announcement", "words"}
"""What of a stretch no verdict depends on: how it is drawn, and what the coach says of it."""


def postures_table(settings: PostureSettings) -> JsonDict:
    """The postures in use, as ``postures.toml`` lays them out."""
    return {**_common(settings), **_by_id(settings.postures)}


def _settings(report: SessionReport) -> JsonDict:
    table = stretches_table(report.settings)
    if report.postures is not None:
        table["postures"] = postures_table(report.postures)
    kinds = {"stretches": report.judges_stretches, "postures": report.judges_postures}
    table["judged"] = [kind for kind, is_judged in kinds.items() if is_judged]
    if report.lying_on is not None:
        table["lying_on"] = report.lying_on
    return table


def _common(settings: HoldSettings | PostureSettings) -> JsonDict:
    """What a settings file says under its common headings."""
    return {
        heading.name: asdict(getattr(settings, heading.name))
        for heading in fields(settings)
        if heading.name not in {"stretches", "postures"}
    }


def _by_id(each: Sequence[Stretch] | Sequence[Posture]) -> JsonDict:
    return {
        one.id: {
            name: _plain(value) for name, value in asdict(one).items() if name not in _UNJUDGED
        }
        for one in each
    }


def _plain(value: Any) -> Any:
    """The same without enumerations, which are text in Python alone."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    return str(value) if isinstance(value, StrEnum) else value


def _baseline(baseline: Baseline | None) -> JsonDict | None:
    if baseline is None:
        return None
    fields = _fields(baseline, "kind", "start_s", "end_s", "shoulder_width_px")
    return {**fields, "error": baseline.error._asdict()}


def _hold(hold: Hold) -> JsonDict:
    times = ("start_s", "end_s", "held_s", "target_s")
    hands = hold.hand_on_head
    return {
        **_fields(hold, "stretch", "side", *times, "completed"),
        "pauses": [_fields(pause, "start_s", "end_s", "reason") for pause in hold.pauses],
        "ended_by": str(hold.ended_by),
        "flexion_deg": _stats(hold.flexion_deg, hold.uncertainty.flexion_deg),
        "rotation_deg": _stats(hold.rotation_deg, hold.uncertainty.rotation_deg),
        "lateral_deg": _stats(hold.lateral_deg, hold.uncertainty.lateral_deg),
        "shoulder_rise_sw": {"left": hold.left_rise_sw, "right": hold.right_rise_sw},
        "shoulder_drift_sw": hold.drift_sw,
        "hand_on_head": "both" if len(hands) == 2 else next(map(str, hands), None),
    }


def _stats(values: Stats, uncertainty: float) -> JsonDict:
    return {**asdict(values), "uncertainty": uncertainty}


def _best(holds: Sequence[Hold]) -> JsonDict:
    best = best_of(holds)
    return {
        **_fields(best, "stretch", "side"),
        "best_held_s": best.held_ms / 1000,
        **_fields(best, "target_s", "completed"),
    }


def _reached(reached: Reached | None) -> JsonDict | None:
    if reached is None:
        return None
    angles = {"reached_deg": reached.deg, "uncertainty_deg": reached.uncertainty}
    return {**angles, **_fields(reached, "at_s")}


def _miss(miss: NearMiss) -> JsonDict:
    unit = "sw" if miss.reason in (MissReason.SHOULDER_RISE, MissReason.SHOULDER_DRIFT) else "deg"
    return {
        **_fields(miss, "stretch", "side", "start_s", "end_s", "near_s", "reason", "axis"),
        **_fields(miss, "measured", "limit", "gap"),
        "uncertainty": miss.error,
        "unit": unit,
        "perhaps": miss.perhaps,
    }


def _night(report: SessionReport) -> JsonDict:
    night = report.outcome.night or Night()
    return {
        "positions": [_fields(one, "position", "start_s", "end_s") for one in night.lain],
        "total_s": {str(lie): spent_ms / 1000 for lie, spent_ms in night.spent_ms.items()},
        "turns_s": [t_ms / 1000 for t_ms in night.turns],
        "changes": [str(change) for change in changes(night, report.flags)],
    }


def _flag(flag: Flag) -> JsonDict:
    return _fields(flag, "flag", "side", "start_s", "end_s", "mean_deg", "peak_deg")


def _total(total: FlagTotal) -> JsonDict:
    times = {"times": len(total.times)}
    return {**_fields(total, "flag", "side"), **times, **_fields(total, "total_s", "peak_deg")}


def _fields(source: object, *names: str) -> JsonDict:
    """Fields by the names of the schema, where ``start_s`` is the field ``start_ms`` in seconds."""
    return {
        name: getattr(source, f"{name[:-1]}ms") / 1000
        if name.endswith("_s")
        else _plain(getattr(source, name))
        for name in names
    }
