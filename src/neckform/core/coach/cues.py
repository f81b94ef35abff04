"""What the coach says, and when it may: ``step(voice, t_ms, wanted) -> (voice, said)``.

A person with closed eyes can follow one thing at a time, and few in all. So a cue waits while
another is spoken, is dropped when its moment has passed, and never comes twice within eight
seconds. "Ease off" and the wrong side must not wait: they interrupt.

The words of a cue, and their language, are not known here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum

from neckform.core.types import Side


class CueKind(StrEnum):
    """What can be said."""

    # what must change before anything can begin
    COME_INTO_VIEW = "come-into-view"
    SHOW_SHOULDERS = "show-shoulders"
    COME_CLOSER = "come-closer"
    MOVE_BACK = "move-back"
    MOVE_TO_MIDDLE = "move-to-middle"
    MORE_LIGHT = "more-light"
    ONE_PERSON = "one-person"
    LEVEL_CAMERA = "level-camera"
    # the neutral
    SIT_STILL = "sit-still"
    KEEP_STILL = "keep-still"
    NEUTRAL_TAKEN = "neutral-taken"
    # the routine
    INSTRUCTION = "instruction"
    STAY = "stay"
    TWENTY = "twenty"
    TEN = "ten"
    FIVE = "five"
    DONE = "done"
    SWAP_SIDES = "swap-sides"
    NEXT = "next"
    ALL_DONE = "all-done"
    # what spoils a hold
    WRONG_SIDE = "wrong-side"
    EASE_OFF = "ease-off"
    OTHER_STRETCH = "other-stretch"
    FURTHER = "further"
    TURN_FURTHER = "turn-further"
    DOWN_FURTHER = "down-further"
    FACE_FORWARD = "face-forward"
    CHIN_UP = "chin-up"
    CHIN_DOWN = "chin-down"
    HEAD_UPRIGHT = "head-upright"
    SHOULDER_DOWN = "shoulder-down"
    SHOULDERS_DOWN = "shoulders-down"
    SHOULDERS_MIDDLE = "shoulders-middle"
    SIT_UPRIGHT = "sit-upright"
    CHEST_FORWARD = "chest-forward"
    NOT_SEEN = "not-seen"
    # breaks
    PAUSED = "paused"
    RESUMED = "resumed"
    AWAY = "away"
    WELCOME_BACK = "welcome-back"
    GENTLY = "gently"
    SOMEBODY_ELSE = "somebody-else"
    TAKE_YOUR_TIME = "take-your-time"
    CAMERA_LOST = "camera-lost"
    STOPPED = "stopped"
    COME_BACK = "come-back"
    # the comfortable range
    REACH = "reach"
    RANGE_DONE = "range-done"
    # a tone without a word
    TICK = "tick"


class Tone(StrEnum):
    """Sounds without words."""

    IN = "in"
    """The clock runs."""
    OUT = "out"
    """The clock stands still."""
    DONE = "done"
    TICK = "tick"
    """One of the last seconds."""


class Weight(IntEnum):
    """What gives way to what; the smaller interrupts the greater."""

    URGENT = 0
    EVENT = 1
    """Something happened. It is said a little late rather than never."""
    CORRECTION = 2
    """Something is wrong. It is wanted again in each step while it lasts, and never waits."""
    TELLING = 3
    """A sentence or two, which anything may interrupt."""


_URGENT = {CueKind.WRONG_SIDE, CueKind.EASE_OFF, CueKind.STOPPED}
_EVENTS = {
    CueKind.STAY, CueKind.TWENTY, CueKind.TEN, CueKind.FIVE, CueKind.DONE, CueKind.SWAP_SIDES,
    CueKind.NEXT, CueKind.ALL_DONE,
    CueKind.NEUTRAL_TAKEN, CueKind.PAUSED, CueKind.RESUMED, CueKind.AWAY,
    CueKind.WELCOME_BACK, CueKind.SOMEBODY_ELSE, CueKind.CAMERA_LOST, CueKind.RANGE_DONE,
}  # fmt: skip
_TELLING = {
    CueKind.INSTRUCTION, CueKind.REACH, CueKind.SIT_STILL, CueKind.TAKE_YOUR_TIME,
    CueKind.GENTLY,
}  # fmt: skip
_ABOUT_A_STRETCH = {CueKind.INSTRUCTION, CueKind.REACH, CueKind.SWAP_SIDES, CueKind.NEXT}
WORDLESS = frozenset({CueKind.TICK})
"""Only a tone."""

SAME_MS = 8000
"""No cue comes again sooner than this."""
REPEAT_MS = 9000
"""What lasts is said again after this, then after twice and three times as long: often enough to
be understood, and not so often that it nags."""
MOST_REPEATS = 3
FRESH_MS = 40_000
"""What was not said for this long is new again."""
WAIT_MS = 4000
"""An event that had to wait for this long is too old to be said."""
SHORT_MS, LONG_MS = 1600, 6000
"""About how long a few words, and a sentence or two, take to say."""
MOST_WAITING = 3


@dataclass(frozen=True, slots=True)
class Cue:
    """One thing to say.

    Attributes
    ----------
    side : Side or None
        Which shoulder, or which side to go to.
    stretch : str or None
        Which stretch it is about, where its words depend on it.
    tone : Tone or None
        Sounds at once, even when the words must wait.
    """

    kind: CueKind
    side: Side | None = None
    stretch: str | None = None
    tone: Tone | None = None

    @property
    def weight(self) -> Weight:
        if self.kind in _URGENT:
            return Weight.URGENT
        if self.kind in _EVENTS:
            return Weight.EVENT
        return Weight.TELLING if self.kind in _TELLING else Weight.CORRECTION

    @property
    def topic(self) -> str:
        """What it is about. Either shoulder is the same topic; two stretches are two topics."""
        if self.kind is CueKind.SHOULDER_DOWN:
            return CueKind.SHOULDERS_DOWN.value
        about = (self.stretch or "", self.side or "") if self.kind in _ABOUT_A_STRETCH else ()
        return " ".join((self.kind, *about))

    @property
    def lasts_ms(self) -> int:
        if self.kind in WORDLESS:
            return 0
        return LONG_MS if self.weight is Weight.TELLING else SHORT_MS


@dataclass(frozen=True, slots=True)
class Said:
    """A cue that was given.

    Attributes
    ----------
    number : int
        Counts up from 1.
    words : bool
        False: only its tone sounds.
    interrupts : bool
        It cuts short what is being spoken.
    """

    number: int
    t_ms: int
    cue: Cue
    words: bool = True
    interrupts: bool = False


@dataclass(frozen=True, slots=True)
class Voice:
    """What is remembered between two steps; bounded.

    Attributes
    ----------
    spoken : mapping of str to (int, int)
        When each topic was last spoken of, and how often in a row.
    """

    number: int = 0
    spoken: dict[str, tuple[int, int]] = field(default_factory=dict)
    busy_until_ms: int = 0
    busy_with: Weight = Weight.TELLING
    waiting: tuple[tuple[int, Cue], ...] = ()


def step(voice: Voice, t_ms: int, wanted: Iterable[Cue]) -> tuple[Voice, tuple[Said, ...]]:
    """Say what may be said now.

    Parameters
    ----------
    wanted : iterable of Cue
        Events once, when they happen; corrections in each step for as long as they hold.
    """
    said: list[Said] = []
    queue = [(since, cue) for since, cue in voice.waiting if t_ms - since <= WAIT_MS]
    queue += [(t_ms, cue) for cue in wanted]
    waiting: dict[str, tuple[int, Cue]] = {}
    for since, cue in sorted(queue, key=lambda item: (item[1].weight, item[0])):
        if _may_speak(voice, t_ms, cue):
            voice, spoken = _speak(voice, t_ms, cue)
            said.append(spoken)
            continue
        if cue.tone is not None:
            voice = replace(voice, number=voice.number + 1)
            said.append(Said(voice.number, t_ms, cue, words=False))
        if cue.weight in (Weight.EVENT, Weight.TELLING) and not _said_lately(voice, t_ms, cue):
            waiting.setdefault(cue.topic, (since, replace(cue, tone=None)))
    # The weightiest come first, and of those the oldest; the least important are dropped.
    kept = tuple(waiting.values())[:MOST_WAITING]
    return replace(voice, waiting=kept), tuple(said)


def hush(voice: Voice) -> Voice:
    """Forget what is waiting, and let the next cue speak at once."""
    return replace(voice, waiting=(), busy_until_ms=0)


def forget(voice: Voice, kind: CueKind) -> Voice:
    """Drop what waits of this kind: it is not needed any more."""
    waiting = tuple((since, cue) for since, cue in voice.waiting if cue.kind is not kind)
    return replace(voice, waiting=waiting)


def _may_speak(voice: Voice, t_ms: int, cue: Cue) -> bool:
    if cue.kind in WORDLESS or _said_lately(voice, t_ms, cue):
        return False
    if t_ms >= voice.busy_until_ms:
        return True
    # A few words are not cut short, except for what must not wait.
    if voice.busy_with is Weight.TELLING:
        return cue.weight < Weight.TELLING
    return cue.weight is Weight.URGENT and voice.busy_with is not Weight.URGENT


def _said_lately(voice: Voice, t_ms: int, cue: Cue) -> bool:
    if cue.topic not in voice.spoken:
        return False
    last_ms, times = voice.spoken[cue.topic]
    if cue.weight in (Weight.CORRECTION, Weight.URGENT):
        return t_ms - last_ms < REPEAT_MS * min(times, MOST_REPEATS)
    return t_ms - last_ms < SAME_MS


def _speak(voice: Voice, t_ms: int, cue: Cue) -> tuple[Voice, Said]:
    last_ms, times = voice.spoken.get(cue.topic, (t_ms - FRESH_MS, 0))
    times = 1 if t_ms - last_ms >= FRESH_MS else times + 1
    interrupts = t_ms < voice.busy_until_ms
    voice = replace(
        voice,
        number=voice.number + 1,
        spoken={**voice.spoken, cue.topic: (t_ms, times)},
        busy_until_ms=t_ms + cue.lasts_ms,
        busy_with=cue.weight,
    )
    return voice, Said(voice.number, t_ms, cue, interrupts=interrupts)
