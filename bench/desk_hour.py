"""False alarms in an hour of desk work: clips strung together, looked at as ``watch`` looks.

    python bench/desk_hour.py           # what each clip led to, and the minutes judged
    python bench/desk_hour.py --check   # fails at any alarm, and under an hour

People type, glance aside, drink, talk, sign, nod and stretch, at the monitor's defaults and on a
made-up clock: each clip is played there and back for some minutes, five looks a second until there
is a neutral and two from then on. For that, each keeps still for some seconds, as the monitor asks
for: a clip's first two tenths of a second are shown to and fro. They are different people, so each
has a monitor that knows nobody else. Only time that was judged counts toward the hour.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from against_truth.truth import DATA
from neckform.config.corrections import load_correction
from neckform.config.settings import load_postures, load_settings
from neckform.core.measure.observation import Observation
from neckform.core.monitor import monitor, zones
from neckform.core.monitor.alerts import RequestKind
from neckform.core.monitor.monitor import MonitorState, WatchSettings
from neckform.jobs.watch.job import SEARCH_MS
from neckform.jobs.watch.run import JUDGE_MS
from neckform.sensing.landmarks.bundles import find_models
from neckform.sensing.landmarks.sparse_observer import POSE_MS, Glancer
from neckform.sensing.sources.recording import open_recording
from neckform.sensing.sources.video import Frame, open_video

Look = Callable[[int, int], Observation]
"""Looks at a place in a clip, ms, at a time, ms."""

PICTURE_MS = 100
PLAYED_MS = 120_000
"""A clip of three seconds could not raise anything: it is played for longer than a notice takes."""
STILL_MS, TO_AND_FRO_MS = 6_000, 200
APART_MS = 60_000
"""Between one clip and the next."""
DESK = ("rest_desk_tom", "lev_L_correct_mei", "para_C_hand_tom", "trap_L_correct_anna")
"""Rendered: typing, drinking and glances aside; and stretches well held, as one does in between."""
EXERCISES = ("arms_overhead", "side_bends", "stretch_", "tilting_at_once", "turns", "whole_body")
"""Landmarks of people who are not at a desk, or do exercises."""
RESTLESS = ("two_people_tilting", "woman_turning")
"""They begin to move at once: the monitor takes what neutral it finds, if any."""
ALARMS = (RequestKind.HINT, RequestKind.NOTICE)
NOT_JUDGED = (zones.UNSEEN, zones.AWAY)
HOUR_MIN = 60.0


@dataclass(frozen=True, slots=True)
class Scene:
    """One clip at the desk."""

    name: str
    lasts_ms: int
    look: Look
    once: bool = False
    restless: bool = False

    def at_ms(self, played_ms: int, *, still: bool) -> int:
        """Where in the clip it is, played there and back; only its beginning to keep still."""
        lasts_ms = TO_AND_FRO_MS if still and not self.restless else self.lasts_ms
        there = played_ms % (2 * lasts_ms)
        return min(there, 2 * lasts_ms - there)


@dataclass(slots=True)
class Hour:
    """The alarms, and for how long each clip was judged."""

    alarms: list[str] = field(default_factory=list)
    judged_s: dict[str, float] = field(default_factory=dict)

    @property
    def judged_min(self) -> float:
        return sum(self.judged_s.values()) / 60


# --- the clips --------------------------------------------------------------------------------


def filmed(path: Path, glancer: Glancer) -> Scene:
    """Pictures, looked at anew each time they are shown."""
    with open_video(path, sample_fps=1000 / PICTURE_MS) as video:
        images = [frame.image for frame in video]

    def look(clip_ms: int, t_ms: int) -> Observation:
        return glancer.look(Frame(t_ms, images[min(clip_ms // PICTURE_MS, len(images) - 1)]))

    name, lasts_ms = path.stem, len(images) * PICTURE_MS
    return Scene(name, lasts_ms, look, once=name in DESK[1:], restless=name in RESTLESS)


def recorded(path: Path) -> Scene:
    """Landmarks: each look takes the nearest face, and every other one the nearest pose."""
    seen = list(open_recording(path))
    posed = [one for one in seen if one.pose_looked]
    begins_ms, pose_ms = seen[0].t_ms, [0]

    def look(clip_ms: int, t_ms: int) -> Observation:
        def nearest(among: Sequence[Observation]) -> Observation:
            return min(among, key=lambda one: abs(one.t_ms - begins_ms - clip_ms))

        face, due = nearest(seen), t_ms - pose_ms[0] >= POSE_MS
        pose_ms[0] = t_ms if due else pose_ms[0]
        pose = nearest(posed).pose if due else None
        return replace(face, t_ms=t_ms, pose=pose, pose_looked=due)

    return Scene(path.stem, seen[-1].t_ms - begins_ms, look)


def scenes(glancer: Glancer) -> Iterator[Scene]:
    """All of them, rendered and real."""
    for name in DESK:
        yield filmed(DATA / "synthetic" / f"{name}.mp4", glancer)
    for path in sorted((DATA / "real").iterdir()):
        yield filmed(path, glancer)
    for path in sorted((DATA / "real_landmarks").glob("*.nfobs")):
        if not path.stem.startswith(EXERCISES):
            yield recorded(path)


# --- the hour ---------------------------------------------------------------------------------


def watch(settings: WatchSettings) -> Hour:
    """All of them, one after the other."""
    hour, t_ms = Hour(), 0
    with Glancer(find_models()) as glancer:
        for scene in scenes(glancer):
            state, t_ms = _sit(monitor.begin(settings), scene, t_ms, hour)
            spent = state.tally.spent_ms
            judged_s = sum(ms for zone, ms in spent.items() if zone not in NOT_JUDGED) / 1000
            hour.judged_s[scene.name] = judged_s
            seconds = {zone: round(ms / 1000) for zone, ms in spent.items()}
            print(f"  {scene.name:<26}{judged_s:6.0f}  {seconds}", flush=True)
            t_ms += APART_MS
    return hour


def _sit(state: MonitorState, scene: Scene, t_ms: int, hour: Hour) -> tuple[MonitorState, int]:
    def at(what: str) -> str:
        return f"{scene.name}, after {(t_ms - began_ms) / 1000:.0f} s: {what}"

    began_ms = t_ms
    lasts_ms = scene.lasts_ms if scene.once else PLAYED_MS
    while t_ms - began_ms < lasts_ms:
        played_ms = t_ms - began_ms
        still = state.baseline is None and played_ms < STILL_MS
        observation = scene.look(scene.at_ms(played_ms, still=still), t_ms)
        state, watched = monitor.step(state, observation)
        hour.alarms += [
            at(f"{request.kind} {request.posture or ''}")
            for request in watched.requests
            if request.kind in ALARMS
        ]
        if watched.misfit:
            hour.alarms.append(at("the neutral no longer fits"))
        t_ms += SEARCH_MS if state.baseline is None else JUDGE_MS
    return state, t_ms


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="fail at any alarm")
    options = parser.parse_args(arguments)
    hour = watch(WatchSettings(load_postures(), load_correction(), load_settings()))
    print(f"{len(hour.alarms)} false alarms in {hour.judged_min:.0f} minutes")
    print(*hour.alarms, sep="\n")
    return 1 if options.check and (hour.alarms or hour.judged_min < HOUR_MIN) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
