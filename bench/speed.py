"""How fast neckform is, and how much memory it takes.

    python bench/speed.py                       # the packaged clip
    python bench/speed.py CLIP... --json FILE   # others; and the numbers
    python bench/speed.py --repeat 5            # five pairs of each, not three
    python bench/speed.py CLIP --phone FOLDER   # the clip as phones record it; kept in the folder
    python bench/speed.py --loop-minutes 30     # one long stream: memory must stay flat
    python bench/speed.py --check               # exit 1 when slower or larger than promised

For each clip, in one run: the analysis at its defaults with all its files (real-time factor, CPU
seconds, and beside them those of decoding alone and of the models alone, which no analysis can
save), then a plain loop that decodes every frame and runs both landmarkers on it,
whose observations go through the same session: the ratio of both times, and whether the verdicts
are the same.

A good part of the ratio comes from the second processor, which the plain loop leaves idle. Other
work that takes it slows the analysis and not the loop, so a pair that was disturbed says so, the
middle ratio of the others counts, and where all were disturbed no promise is judged.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from limit import Limit, limit_of
from memory import memory_mb
from neckform.config.corrections import load_correction
from neckform.config.settings import load_settings
from neckform.core.measure.observation import Observation
from neckform.core.outcome import Outcome
from neckform.core.session import Session, SessionSettings
from neckform.core.types import Hold
from neckform.jobs.analyze.inputs import Job
from neckform.jobs.analyze.one import analyze_one
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.jobs.demo.job import CLIP
from neckform.sensing.landmarks.bundles import find_models
from neckform.sensing.landmarks.landmarkers import FaceReader, PoseReader
from neckform.sensing.landmarks.observer import observe
from neckform.sensing.sources.video import Frame, open_video
from others import Others
from phone_clips import PHONES, make

LEAST_RATIO = 5.0
MOST_OF_LIMIT = 1.3
"""CPU seconds of the analysis over those of decoding alone plus the models alone."""
MOST_MB = 600.0
MOST_GROWTH_MB = 10.0
"""Over the second half of a long stream: the first half fills every buffer there is."""
SAME_HELD_S = 1.0

REPEAT = 3
MOST_OTHERS = 0.15
"""Processors that others may take while an undisturbed analysis runs, which uses two."""
LONGEST_WAIT = 1.05
"""An undisturbed plain loop, which uses one, takes this many times its CPU seconds at most."""

Verdict = tuple[str, str | None, bool, float]
Done = TypeVar("Done")


@dataclass
class Pair:
    """The analysis and the plain loop, one after the other; wall seconds unless named CPU.

    `others` is how many processors other work took beside the analysis.
    """

    analysis_s: float
    analysis_cpu_s: float
    plain_loop_s: float
    plain_loop_cpu_s: float
    others: float

    @property
    def ratio(self) -> float:
        return self.plain_loop_s / self.analysis_s

    @property
    def disturbed(self) -> bool:
        waited = self.plain_loop_s > LONGEST_WAIT * self.plain_loop_cpu_s
        return waited or self.others > MOST_OTHERS


@dataclass
class Measured:
    """One clip's numbers; the ratios are those of the undisturbed pairs, or else of all."""

    clip: str
    duration_s: float
    limit: Limit
    pairs: list[Pair]
    disturbed: bool
    ratio: float
    least_ratio: float
    greatest_ratio: float
    same_verdicts: bool
    verdicts: list[Verdict]
    plain_verdicts: list[Verdict]


def timed(work: Callable[[], Done]) -> tuple[Done, float, float]:
    """What was done, and the wall and CPU seconds that it took."""
    wall_s, cpu_s = time.perf_counter(), time.process_time()
    done = work()
    return done, time.perf_counter() - wall_s, time.process_time() - cpu_s


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure neckform's speed and memory.")
    parser.add_argument("clips", nargs="*", type=Path, default=[CLIP])
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the numbers")
    parser.add_argument("--check", action="store_true", help="fail when it misses its promises")
    parser.add_argument("--repeat", type=int, default=REPEAT, metavar="N", help="pairs per clip")
    parser.add_argument(
        "--as-fps",
        type=float,
        metavar="N",
        help="first re-time the clips, such as to 30 per second",
    )
    parser.add_argument("--phone", type=Path, metavar="FOLDER", help="as phones record the clips")
    parser.add_argument("--loop-minutes", type=float, metavar="N", help="play one long stream")
    options = parser.parse_args()
    if options.loop_minutes:
        return long_stream(options.clips[0], options.loop_minutes, options.json, options.check)
    warm_up()
    with tempfile.TemporaryDirectory() as folder:
        clips = options.clips
        if options.as_fps:
            clips = [retimed(clip, Path(folder), options.as_fps) for clip in clips]
        if options.phone:
            options.phone.mkdir(parents=True, exist_ok=True)
            clips = [make(clip, options.phone, phone) for clip in clips for phone in PHONES]
        results = []
        for clip in clips:
            results.append(measure(clip, max(1, options.repeat)))
            show(results[-1])
    peak_mb = memory_mb("VmHWM")
    print(f"peak memory {peak_mb:.0f} MB")
    if options.json:
        numbers = {"clips": [asdict(result) for result in results], "peak_mb": peak_mb}
        options.json.write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")
    good = all(
        result.same_verdicts
        and near_limit(result)
        and (result.disturbed or result.ratio >= LEAST_RATIO)
        for result in results
    )
    return 1 if options.check and not good else 0


def retimed(clip: Path, folder: Path, fps: float) -> Path:
    """The clip as a camera of that rate would have recorded it: its pictures, repeated."""
    import cv2

    path = folder / f"{clip.stem}@{fps:g}.mp4"
    with open_video(clip, sample_fps=1000) as video:
        size = video.info.frame_width, video.info.frame_height
        writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), fps, size)
        written = 0
        for frame in video:
            while written * 1000 / fps <= frame.t_ms:
                writer.write(frame.image)
                written += 1
        writer.release()
    return path


def warm_up() -> None:
    """Import what is imported late: it costs each process about a second, once."""
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        analyze_one(Job(CLIP, Path(folder)), AnalyzeOptions(), stop=lambda: True)
    print(f"start-up (imports, models): {time.perf_counter() - begin:.1f} s, once per process")


def measure(clip: Path, repeat: int) -> Measured:
    verdicts: list[Verdict] = []
    plain: list[Verdict] = []
    pairs, same_verdicts, duration_s = [], True, 0.0
    for _ in range(repeat):
        others = Others()
        verdicts, analysis_s, analysis_cpu_s = timed(lambda: analyze(clip))
        processors = others.processors()
        seen, plain_s, plain_cpu_s = timed(lambda: list(plain_loop(clip)))
        plain = [verdict(hold) for hold in judge(seen).holds]
        duration_s = seen[-1].t_ms / 1000
        same_verdicts = same_verdicts and same(verdicts, plain)
        pairs.append(Pair(analysis_s, analysis_cpu_s, plain_s, plain_cpu_s, processors))
    undisturbed = [pair for pair in pairs if not pair.disturbed]
    ratios = [pair.ratio for pair in undisturbed or pairs]
    return Measured(
        clip=clip.name,
        duration_s=duration_s,
        limit=limit_of(clip),
        pairs=pairs,
        disturbed=not undisturbed,
        ratio=statistics.median(ratios),
        least_ratio=min(ratios),
        greatest_ratio=max(ratios),
        same_verdicts=same_verdicts,
        verdicts=verdicts,
        plain_verdicts=plain,
    )


def analyze(clip: Path) -> list[Verdict]:
    """The analysis at its defaults."""
    with tempfile.TemporaryDirectory() as folder:
        job = Job(clip, Path(folder))
        analysis = analyze_one(job, AnalyzeOptions(), stop=lambda: False)
    if analysis.report is None:
        raise SystemExit("; ".join(analysis.notes))
    return [verdict(hold) for hold in analysis.report.holds]


def plain_loop(clip: Path) -> Iterator[Observation]:
    """Decode each frame, run both landmarkers on it: what one writes first."""
    models = find_models()
    with (
        open_video(clip, sample_fps=1000) as video,
        FaceReader(models.face) as faces,
        PoseReader(models.pose) as poses,
    ):
        for frame in video:
            face = next(iter(faces.read(frame.image, frame.t_ms)), None)
            pose = next(iter(poses.read(frame.image, frame.t_ms)), None)
            yield Observation(frame.t_ms, frame.size, face, pose, True)


def judge(seen: Sequence[Observation]) -> Outcome:
    _, outcome = new_session().replay(seen)
    return outcome


def new_session() -> Session:
    return Session(SessionSettings(load_settings(), load_correction()))


def verdict(hold: Hold) -> Verdict:
    side = None if hold.side is None else hold.side.value
    return hold.stretch, side, hold.completed, hold.held_ms / 1000


def same(found: Sequence[Verdict], other: Sequence[Verdict]) -> bool:
    return [one[:3] for one in found] == [one[:3] for one in other] and all(
        abs(one[3] - two[3]) <= SAME_HELD_S for one, two in zip(found, other, strict=True)
    )


def show(result: Measured) -> None:
    print(f"\n{result.clip}: {result.duration_s:.1f} s of video", flush=True)
    for pair in result.pairs:
        by_others = f"; disturbed, others took {pair.others:.2f} CPUs" if pair.disturbed else ""
        print(
            f"  analysis {pair.analysis_s:6.2f} s ({pair.analysis_cpu_s:.2f} CPU),"
            f" {result.duration_s / pair.analysis_s:.1f} x real time;"
            f" plain loop {pair.plain_loop_s:6.2f} s ({pair.plain_loop_cpu_s:.2f} CPU):"
            f" {pair.ratio:.1f} times{by_others}"
        )
    show_limit(result)
    print(
        f"  {result.ratio:.1f} times faster than the plain loop"
        f" ({result.least_ratio:.1f} to {result.greatest_ratio:.1f})"
    )
    if result.disturbed:
        print("  all disturbed by other work on this machine: no promise was judged")
    print(f"  verdicts {'the same' if result.same_verdicts else 'NOT the same'}")
    for found in result.verdicts:
        print(f"    neckform   {found}")
    if not result.same_verdicts:
        for found in result.plain_verdicts:
            print(f"    plain loop {found}")


def near_limit(result: Measured) -> bool:
    """CPU seconds hardly depend on what else the machine does: this is always judged."""
    least_s = min(pair.analysis_cpu_s for pair in result.pairs)
    return least_s <= MOST_OF_LIMIT * result.limit.least_s


def show_limit(result: Measured) -> None:
    """CPU seconds by stage, and how far the analysis is from decoding and the models alone."""
    limit = result.limit
    spent_s = min(pair.analysis_cpu_s for pair in result.pairs)
    print(
        f"  CPU seconds: decoding {limit.decode_s:.2f}, converting {limit.convert_s:.2f}, faces"
        f" {limit.face_s:.2f}, poses {limit.pose_s:.2f},"
        f" the rest {spent_s - limit.least_s - limit.convert_s:.2f}"
    )
    plain_s = min(pair.plain_loop_s for pair in result.pairs)
    best_s = limit.least_s / 2
    print(
        f"  {spent_s / limit.least_s:.2f} x decoding and the models alone ({limit.least_s:.2f});"
        f" two idle processors could at most do {result.duration_s / best_s:.1f} x real time,"
        f" {plain_s / best_s:.1f} times faster than the plain loop"
    )


def long_stream(clip: Path, minutes: float, to: Path | None, check: bool) -> int:
    """Play a clip again and again as one stream; memory at each tenth of it."""
    session, end_ms = new_session(), round(minutes * 60_000)
    begin, holds, points = time.perf_counter(), 0, [(0, memory_mb("VmRSS"))]
    with closing(observe(repeated(clip, end_ms), find_models())) as pairs:
        for _, observation in pairs:
            step = session.step(observation)
            holds += sum(event.hold is not None for event in step.events)
            if observation.t_ms >= len(points) * end_ms / 10:
                points.append((observation.t_ms, memory_mb("VmRSS")))
                print(f"{observation.t_ms / 60_000:6.1f} min  {points[-1][1]:7.1f} MB", flush=True)
    spent_s = time.perf_counter() - begin
    peak_mb = memory_mb("VmHWM")
    growth_mb = points[-1][1] - points[len(points) // 2][1]
    print(f"{minutes:g} minutes in {spent_s:.0f} s, {holds} holds")
    print(f"peak {peak_mb:.0f} MB, growth over the second half {growth_mb:+.1f} MB")
    if to:
        numbers = {"minutes": minutes, "peak_mb": peak_mb, "growth_mb": growth_mb, "at": points}
        to.write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")
    return 1 if check and (peak_mb > MOST_MB or growth_mb > MOST_GROWTH_MB) else 0


def repeated(clip: Path, end_ms: int) -> Iterator[Frame]:
    offset_ms = t_ms = 0
    while t_ms < end_ms:
        with open_video(clip) as video:
            for frame in video:
                t_ms = offset_ms + frame.t_ms
                yield Frame(t_ms, frame.image)
                if t_ms >= end_ms:
                    return
        offset_ms = t_ms + 100


if __name__ == "__main__":
    sys.exit(main())
