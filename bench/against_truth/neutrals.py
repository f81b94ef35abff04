"""How right neckform is without a still second first: recordings with their neutral cut away.

Each truth clip is seen once, kept as landmarks, and cut: where the head leaves its neutral, in the
middle, and at 200 random moments. What is left is analysed as any recording is, its neutral found
by itself. Clips in which the body turns or leans in place of the neck are told apart; those of
``bodies/twist_*`` are not among them, because the kinds of neutral were fitted on them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from against_truth import truth
from against_truth.tables import print_angles, print_head
from against_truth.truth import Clip, RealMoment, TrueMoment
from against_truth.verdicts import verdicts
from neckform.api import Report, analyze
from neckform.core.types import Sample
from neckform.sensing.landmarks.bundles import find_models
from neckform.sensing.landmarks.observer import observe
from neckform.sensing.sources import recording
from neckform.sensing.sources.video import open_video

CUTS = 200
SEED = 12
LEFT_MS = 3000
"""So much of a clip is left behind a random cut, at least."""
LEFT_NEUTRAL_DEG = 6.0
"""A head that is further than this from its neutral has left it."""
BODY_DEG = 10.0
"""A body that turns or leans by more than this moves in place of the neck."""
KINDS = ("held", "brief", "usual", "assumed")


@dataclass(frozen=True, slots=True)
class Cut:
    """A clip from one moment on, analysed.

    Attributes
    ----------
    kind : str
        Of the neutral that was found, or ``none``.
    pairs : list
        Error and sample of each fair moment.
    expects : bool
        Whether a hold is whole in it.
    judged : bool
        Whether all holds of the clip are: only then can be said what is right.
    wrong : list of str
    """

    clip: str
    kind: str
    pairs: list[tuple[NDArray[np.float64], Sample]]
    expects: bool
    judged: bool
    wrong: list[str]


def neutrals(only: str | None = None) -> dict[str, float]:
    """Print the table; the same numbers by name."""
    clips = [c for c in truth.clips() + truth.bodies() if only is None or only in c.name]
    still: dict[str, list[Cut]] = defaultdict(list)
    apart: list[Cut] = []
    with TemporaryDirectory() as folder:
        seen = {clip.name: _seen(clip, Path(folder) / f"{clip.name}.nfobs") for clip in clips}
        for name, clip, start_ms in _cuts(clips):
            cut = _judged(clip, start_ms, seen[clip.name], Path(folder) / "cut.nfobs")
            (apart if _body_moves(clip) else still[name]).append(cut)
    print_head("the neutral cut away, found in what is left: mean absolute error, degrees")
    metrics: dict[str, float] = {}
    for name, cuts in still.items():
        for kind in KINDS:
            own = [cut for cut in cuts if cut.kind == kind]
            metrics |= print_angles("cut", f"{name}.{kind}", _pairs(own))
        metrics |= print_angles("cut", f"{name}.all", _pairs(cuts))
    everything = [cut for cuts in still.values() for cut in cuts]
    gathered = [cut for cut in everything if cut.kind in ("brief", "usual")]
    metrics |= print_angles("cut", "brief_and_usual", _pairs(gathered))
    metrics |= print_angles("cut", "body_moves", _pairs(apart))
    for name, cuts in [*still.items(), ("body_moves", apart)]:
        metrics |= _print_verdicts(name, cuts)
    return metrics


def biwi_recording() -> dict[str, float]:
    """BIWI as a recording like any other: its frames as a film, its neutral found by itself."""
    moments = {moment.t_ms: moment for moment in truth.biwi_moments()}
    with TemporaryDirectory() as folder:
        film = Path(folder) / "biwi.mkv"
        _write_film(film, list(moments.values()))
        report = analyze(film)
    pairs, fair = [], 0
    for step in report.steps:
        moment = min(moments.values(), key=lambda each: abs(each.t_ms - step.t_ms))
        if moment.angles.flexion_deg < -40:
            continue
        fair += 1
        if step.sample is not None and step.sample.head is not None and step.sample.head.face_seen:
            pairs.append((np.subtract(step.sample.head.angles, moment.angles), step.sample))
    kind = report.baseline.kind if report.baseline else "none"
    print_head(f"BIWI as a recording, its neutral found by itself ({kind})")
    metrics = print_angles("biwi_recording", "all", pairs)
    coverage = len(pairs) / max(1, fair)
    print(f"  face seen in {coverage:.1%}; {len(report.holds)} holds, {len(report.flags)} flags")
    metrics["biwi_recording.coverage"] = coverage
    metrics["biwi_recording.mean_deg"] = float(np.mean([np.abs(error) for error, _ in pairs]))
    return metrics


def _cuts(clips: Sequence[Clip]) -> Iterable[tuple[str, Clip, int]]:
    for clip in clips:
        yield "whole", clip, 0
        yield "neutral_away", clip, _leaves_ms(clip)
        yield "half_away", clip, clip.moments[-1].t_ms // 2
    draw = np.random.default_rng(SEED)
    for _ in range(CUTS):
        clip = clips[int(draw.integers(len(clips)))]
        yield "random", clip, int(draw.uniform(0, clip.moments[-1].t_ms - LEFT_MS))


def _leaves_ms(clip: Clip) -> int:
    """When the head first leaves its neutral; without such a moment, a second and a half."""
    away = (m.t_ms for m in clip.moments if max(map(abs, m.angles)) > LEFT_NEUTRAL_DEG)
    return next(away, 1500)


def _body_moves(clip: Clip) -> bool:
    first = clip.moments[0].trunk
    return any(
        abs(now - then) > BODY_DEG
        for moment in clip.moments
        for now, then in zip(moment.trunk, first, strict=True)
    )


def _seen(clip: Clip, path: Path) -> Path:
    """What is seen in a clip, kept as landmarks."""
    with (
        open_video(clip.video, 10.0) as source,
        closing(observe(source, find_models())) as looks,
        recording.write(path) as recorder,
    ):
        for _, observation in looks:
            recorder.append(observation)
    return path


def _judged(clip: Clip, start_ms: int, seen: Path, path: Path) -> Cut:
    with recording.write(path) as recorder:
        for observation in recording.open_recording(seen):
            if observation.t_ms >= start_ms:
                recorder.append(observation)
    report = analyze(path)
    starts_ms = [1000 * hold["start_s"] for hold in clip.expected["holds"]]
    return Cut(
        clip=clip.name,
        kind=report.baseline.kind if report.baseline else "none",
        pairs=list(_errors(clip, report)),
        expects=any(start >= start_ms for start in starts_ms),
        judged=all(start >= start_ms for start in starts_ms),
        wrong=verdicts(clip, report.holds)[0],
    )


def _errors(clip: Clip, report: Report) -> Iterable[tuple[NDArray[np.float64], Sample]]:
    times = np.array([moment.t_ms for moment in clip.moments])
    for step in report.steps:
        moment: TrueMoment = clip.moments[int(np.abs(times - step.t_ms).argmin())]
        if step.sample is not None and step.sample.head is not None and moment.is_fair:
            yield np.subtract(step.sample.head.angles, moment.angles), step.sample


def _pairs(cuts: Iterable[Cut]) -> list[tuple[NDArray[np.float64], Sample]]:
    return [pair for cut in cuts for pair in cut.pairs]


def _print_verdicts(name: str, cuts: Sequence[Cut]) -> dict[str, float]:
    judged = [cut for cut in cuts if cut.judged]
    held = [cut for cut in judged if cut.expects]
    right = [cut for cut in held if not cut.wrong]
    kinds = ", ".join(
        f"{n} {kind}" for kind in (*KINDS, "none") if (n := sum(c.kind == kind for c in cuts))
    )
    invented = [cut for cut in judged if not cut.expects and cut.wrong]
    print(f"  {name}: {len(cuts)} recordings ({kinds})")
    print(
        f"    whole holds right in {len(right)} of {len(held)}; "
        f"something invented in {len(invented)} of {len(judged) - len(held)} without one"
    )
    print("".join(f"    {line}\n" for cut in judged for line in cut.wrong), end="")
    return {f"cut.{name}.wrong_verdicts": float(len(held) - len(right) + len(invented))}


def _write_film(path: Path, moments: Sequence[RealMoment]) -> None:
    """The frames with nothing lost, at the times that they were taken at."""
    with av.open(str(path), "w") as film:
        stream = film.add_stream("ffv1", rate=30)
        stream.pix_fmt = "bgr0"
        stream.height, stream.width = cv2.imread(str(moments[0].picture)).shape[:2]
        for moment in moments:
            image = cv2.imread(str(moment.picture))
            frame = av.VideoFrame.from_ndarray(image, format="bgr24")
            frame.pts = round(moment.t_ms * 30 / 1000)
            film.mux(stream.encode(frame))
        film.mux(stream.encode())
