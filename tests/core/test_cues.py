"""What the coach says and when: one test per rule, times in milliseconds."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from itertools import pairwise

import pytest

from neckform.core.coach import cues
from neckform.core.coach.cues import (
    LONG_MS,
    MOST_WAITING,
    SHORT_MS,
    WAIT_MS,
    Cue,
    CueKind,
    Said,
    Tone,
    Voice,
    Weight,
)
from neckform.core.types import Side

INSTRUCTION = Cue(CueKind.INSTRUCTION, Side.LEFT, "upper-trapezius")
STAY = Cue(CueKind.STAY, tone=Tone.IN)
FURTHER = Cue(CueKind.FURTHER, Side.LEFT)
WRONG_SIDE = Cue(CueKind.WRONG_SIDE, Side.LEFT)
EASE_OFF = Cue(CueKind.EASE_OFF)
LEFT_DOWN = Cue(CueKind.SHOULDER_DOWN, Side.LEFT)
RIGHT_DOWN = Cue(CueKind.SHOULDER_DOWN, Side.RIGHT)
TICK = Cue(CueKind.TICK, tone=Tone.TICK)


def lasting(cue: Cue, until_ms: int, every_ms: int = 100) -> dict[int, tuple[Cue, ...]]:
    """Wanted in each step, as corrections are."""
    return dict.fromkeys(range(0, until_ms + 1, every_ms), (cue,))


def heard(wanted: Mapping[int, Iterable[Cue]], until_ms: int = 0) -> list[Said]:
    """All that was said, with a step every 100 ms."""
    voice, said = Voice(), list[Said]()
    for t_ms in range(0, max(until_ms, *wanted) + 1, 100):
        voice, now = cues.step(voice, t_ms, wanted.get(t_ms, ()))
        said += now
    return said


def spoken(said: Iterable[Said]) -> list[tuple[int, str]]:
    return [(one.t_ms, one.cue.kind.value) for one in said if one.words]


def test_a_cue_is_said_at_once_when_nothing_else_is() -> None:
    assert heard({0: [STAY]}) == [Said(1, 0, STAY)]


def test_one_at_a_time() -> None:
    said = heard({0: [Cue(CueKind.DONE), Cue(CueKind.SWAP_SIDES, Side.RIGHT)]}, 5000)
    assert spoken(said) == [(0, "done"), (SHORT_MS, "swap-sides")]


def test_no_two_words_ever_overlap_unless_one_interrupts() -> None:
    draw = random.Random(5)
    kinds = [Cue(kind) for kind in CueKind]
    wanted = {t: [draw.choice(kinds)] for t in range(0, 120_000, 100)}
    said = [one for one in heard(wanted) if one.words]
    assert len(said) > 30
    for before, after in pairwise(said):
        free = after.t_ms >= before.t_ms + before.cue.lasts_ms
        assert free or (after.interrupts and after.cue.weight < before.cue.weight)


def test_nothing_twice_within_eight_seconds() -> None:
    draw = random.Random(6)
    kinds = [Cue(kind) for kind in CueKind if kind is not CueKind.TICK]
    wanted = {t: draw.sample(kinds, 3) for t in range(0, 120_000, 100)}
    last: dict[str, int] = {}
    for one in heard(wanted):
        if one.words:
            topic = one.cue.topic
            assert one.t_ms - last.get(topic, -9999) >= 8000
            last[topic] = one.t_ms
    assert len(last) > 15


def test_an_event_may_come_again_after_eight_seconds() -> None:
    said = heard({0: [STAY], 7900: [STAY], 13_000: [STAY], 21_000: [STAY]})
    assert spoken(said) == [(0, "stay"), (13_000, "stay"), (21_000, "stay")]


def test_the_shoulders_are_one_topic_whichever_is_up() -> None:
    said = heard({0: [LEFT_DOWN], 3000: [RIGHT_DOWN], 6000: [Cue(CueKind.SHOULDERS_DOWN)]}, 8000)
    assert spoken(said) == [(0, "shoulder-down")]


def test_two_instructions_are_two_topics() -> None:
    other = Cue(CueKind.INSTRUCTION, Side.RIGHT, "upper-trapezius")
    assert [t for t, _ in spoken(heard({0: [INSTRUCTION], 3000: [other]}, 9000))] == [0, LONG_MS]
    assert [t for t, _ in spoken(heard({0: [INSTRUCTION], 3000: [INSTRUCTION]}, 9000))] == [0]


def test_what_lasts_comes_again_after_9_then_18_then_27_seconds() -> None:
    said = heard(lasting(FURTHER, 110_000))
    assert [t for t, _ in spoken(said)] == [0, 9000, 27_000, 54_000, 81_000, 108_000]


def test_what_was_not_needed_for_forty_seconds_is_new_again() -> None:
    wanted = {t: c for t, c in lasting(FURTHER, 90_000).items() if t <= 9000 or t >= 49_000}
    assert [t for t, _ in spoken(heard(wanted))] == [0, 9000, 49_000, 58_000, 76_000]


@pytest.mark.parametrize("urgent", [WRONG_SIDE, EASE_OFF, Cue(CueKind.STOPPED)])
@pytest.mark.parametrize("other", [INSTRUCTION, STAY, FURTHER])
def test_what_must_not_wait_interrupts(urgent: Cue, other: Cue) -> None:
    said = heard({0: [other], 500: [urgent]})
    assert said[1] == Said(2, 500, urgent, interrupts=True)


def test_one_urgent_cue_does_not_cut_off_another() -> None:
    wanted = {0: [WRONG_SIDE], **{t: [EASE_OFF] for t in range(100, 3000, 100)}}
    assert spoken(heard(wanted)) == [(0, "wrong-side"), (SHORT_MS, "ease-off")]


def test_of_two_at_once_the_weightier_is_said_first() -> None:
    said = heard({0: [FURTHER, STAY, WRONG_SIDE]}, 4000)
    assert spoken(said) == [(0, "wrong-side"), (SHORT_MS, "stay")]


@pytest.mark.parametrize("other", [STAY, FURTHER])
def test_an_instruction_gives_way_to_anything(other: Cue) -> None:
    said = heard({0: [INSTRUCTION], 500: [other]})
    assert said[1] == Said(2, 500, other, interrupts=True)


def test_a_correction_does_not_interrupt_a_few_words_and_does_not_wait() -> None:
    assert spoken(heard({0: [STAY], 500: [FURTHER]}, 9000)) == [(0, "stay")]
    said = heard({0: [STAY], **{t: [FURTHER] for t in range(500, 3000, 100)}})
    assert spoken(said) == [(0, "stay"), (SHORT_MS, "further")]


def test_an_event_waits_for_its_turn_but_not_for_ever() -> None:
    busy = {0: [WRONG_SIDE], 1600: [EASE_OFF], 3200: [Cue(CueKind.STOPPED)]}
    in_time = heard({**busy, 1000: [Cue(CueKind.TEN)]}, 9000)
    assert spoken(in_time)[-1] == (4800, "ten")
    too_late = heard({**busy, 100: [Cue(CueKind.TEN)]}, 9000)
    assert WAIT_MS < 4800 - 100
    assert "ten" not in [kind for _, kind in spoken(too_late)]


def test_a_tone_sounds_at_once_though_its_words_must_wait() -> None:
    said = heard({0: [WRONG_SIDE], 300: [STAY]}, 3000)
    assert said[1] == Said(2, 300, STAY, words=False)
    assert said[2] == Said(3, SHORT_MS, Cue(CueKind.STAY))


def test_a_tone_sounds_though_its_words_were_just_said() -> None:
    said = heard({0: [STAY], 3000: [STAY]}, 9000)
    assert [(one.t_ms, one.words, one.cue.tone) for one in said] == [
        (0, True, Tone.IN),
        (3000, False, Tone.IN),
    ]


def test_a_tone_sounds_at_once_though_something_weightier_comes_with_it() -> None:
    said = heard({0: [STAY, WRONG_SIDE]}, 3000)
    assert [(one.t_ms, one.cue.kind.value, one.words, one.cue.tone) for one in said] == [
        (0, "wrong-side", True, None),
        (0, "stay", False, Tone.IN),
        (SHORT_MS, "stay", True, None),
    ]


def test_what_waits_already_is_not_kept_twice() -> None:
    voice, _ = cues.step(Voice(), 0, [WRONG_SIDE])
    for t_ms in range(100, 1000, 100):
        voice, _ = cues.step(voice, t_ms, [Cue(CueKind.SIT_STILL)])
    assert [(since, cue.kind) for since, cue in voice.waiting] == [(100, CueKind.SIT_STILL)]


def test_a_tick_is_a_tone_and_keeps_nothing_waiting() -> None:
    said = heard({0: [TICK], 100: [STAY], 200: [TICK], 300: [TICK]})
    assert [(one.t_ms, one.words) for one in said] == [
        (0, False), (100, True), (200, False), (300, False),
    ]  # fmt: skip
    assert all(one.cue.tone is not None for one in said)


def test_numbers_count_up_by_one() -> None:
    said = heard({0: [STAY], 300: [TICK], 1000: [WRONG_SIDE], 1100: [STAY]}, 9000)
    assert [one.number for one in said] == list(range(1, len(said) + 1))


def test_hush_lets_the_next_cue_speak_and_drops_what_waits() -> None:
    voice, _ = cues.step(Voice(), 0, [Cue(CueKind.DONE), Cue(CueKind.NEXT, None, "x")])
    voice, said = cues.step(cues.hush(voice), 100, [INSTRUCTION])
    assert [one.cue for one in said] == [INSTRUCTION]
    _, said = cues.step(voice, 100 + LONG_MS, [])
    assert said == ()


def test_an_instruction_that_was_cut_off_by_a_skip_does_not_silence_the_next() -> None:
    """Skipped to and fro: the instruction of each exercise is its own."""
    voice, _ = cues.step(Voice(), 0, [INSTRUCTION])
    other = Cue(CueKind.INSTRUCTION, None, "cervical-paraspinal")
    _, said = cues.step(cues.hush(voice), 300, [other])
    assert [one.cue for one in said] == [other]


def test_an_instruction_waits_for_the_words_before_it() -> None:
    assert spoken(heard({0: [Cue(CueKind.NEUTRAL_TAKEN), INSTRUCTION]}, 3000)) == [
        (0, "neutral-taken"),
        (SHORT_MS, "instruction"),
    ]


def test_forget_drops_one_kind_that_waits() -> None:
    voice, _ = cues.step(Voice(), 0, [Cue(CueKind.NEUTRAL_TAKEN), INSTRUCTION, STAY])
    assert len(voice.waiting) == 2
    left = cues.forget(voice, CueKind.INSTRUCTION).waiting
    assert [one.kind for _, one in left] == [CueKind.STAY]


def test_memory_is_bounded() -> None:
    draw = random.Random(7)
    kinds = [Cue(kind, side) for kind in CueKind for side in (None, *Side)]
    voice = Voice()
    for t_ms in range(0, 600_000, 100):
        voice, _ = cues.step(voice, t_ms, draw.sample(kinds, 4))
        assert len(voice.waiting) <= MOST_WAITING
    assert len(voice.spoken) <= len({cue.topic for cue in kinds})


def test_of_too_many_that_wait_the_weightiest_stay() -> None:
    """A telling that waits must not push out an event."""
    events = [Cue(kind) for kind in (CueKind.DONE, CueKind.TEN, CueKind.PAUSED)]
    tellings = [INSTRUCTION, Cue(CueKind.TAKE_YOUR_TIME), Cue(CueKind.SIT_STILL)]
    voice, _ = cues.step(Voice(), 0, [WRONG_SIDE])
    voice, _ = cues.step(voice, 100, [*events, *tellings])
    assert {cue.kind for _, cue in voice.waiting} == {cue.kind for cue in events}


def test_each_kind_has_a_weight() -> None:
    weights = {kind: Cue(kind).weight for kind in CueKind}
    assert {kind for kind, weight in weights.items() if weight is Weight.URGENT} == {
        CueKind.WRONG_SIDE,
        CueKind.EASE_OFF,
        CueKind.STOPPED,
    }
    assert {weights[kind] for kind in (CueKind.INSTRUCTION, CueKind.REACH)} == {Weight.TELLING}
    for kind in (CueKind.FURTHER, CueKind.SHOULDER_DOWN, CueKind.NOT_SEEN):
        assert weights[kind] is Weight.CORRECTION
    for kind in (CueKind.STAY, CueKind.TEN, CueKind.DONE, CueKind.PAUSED):
        assert weights[kind] is Weight.EVENT


def test_a_step_does_not_change_the_voice_it_was_given() -> None:
    voice, _ = cues.step(Voice(), 0, [STAY])
    again = [cues.step(voice, 2000, [FURTHER, Cue(CueKind.TEN)]) for _ in range(2)]
    assert again[0] == again[1]
