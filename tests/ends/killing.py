"""neckform is killed at any moment of its work, again and again, in the same folder.

    python tests/ends/killing.py                 # sixty kills; ten minutes
    python tests/ends/killing.py --kills 500 --seed 7

After each: nothing is left running, no file under a final name is half written, and nothing is
lost that was said to be kept. KILL ends the process alone; TERM, too, as a system that shuts down
does it; INT goes to the whole group, as a terminal's Ctrl-C does.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from whole import all_whole, routines_kept  # noqa: E402

import clips  # noqa: E402
import neckform  # noqa: E402
from running import RUN, alive, answers  # noqa: E402

# By name: Windows, which runs none of this, has no such signal.
KILL, TERM, INT = getattr(signal, "SIGKILL", signal.SIGTERM), signal.SIGTERM, signal.SIGINT
GONE_S = 2.0
"""Nothing is left running after this."""
END_S = 60.0
"""By then whoever was asked to end has saved what it has, on a busy machine too."""
_NO = "n\n" * 7


@dataclass(eq=False)
class Job:
    """One command in a folder of its own, run over and over.

    Attributes
    ----------
    code : int
        Its exit code when nobody disturbs it.
    lasts_s : float
        How long it takes then, from the moment on that it answers signals.
    """

    folder: Path
    arguments: Sequence[str | Path]
    typed: str | None = None
    code: int = 0
    lasts_s: float = 0.0
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def data(self) -> Path:
        return self.folder / "own"

    def start(self) -> subprocess.Popen[str]:
        """Start it, and wait until it answers signals in its own way."""
        with (self.folder / "out.txt").open("w") as out, (self.folder / "err.txt").open("w") as err:
            process = subprocess.Popen(
                [sys.executable, "-m", "neckform", *self.arguments],
                cwd=self.folder, stdin=subprocess.PIPE, stdout=out, stderr=err, text=True,
                start_new_session=True,
                env=os.environ | {
                    "PYTHONPATH": str(Path(neckform.__file__).parents[1]),
                    "PYTHONUNBUFFERED": "1",
                    "NECKFORM_DATA": str(self.data),
                    "XDG_STATE_HOME": str(self.folder / "state"),
                    RUN: self.mark,
                },
            )  # fmt: skip
        assert process.stdin is not None
        if self.typed is not None:
            process.stdin.write(self.typed)
            process.stdin.flush()
        while process.poll() is None and not answers(process.pid, TERM):
            time.sleep(0.005)
        return process

    @property
    def said(self) -> str:
        return (self.folder / "out.txt").read_text() + self.complaints

    @property
    def complaints(self) -> str:
        return (self.folder / "err.txt").read_text()

    def undisturbed(self) -> None:
        """Run it to its end."""
        with self.start() as process:
            began = time.monotonic()
            assert process.wait(300) == self.code, self.said
        self.lasts_s = time.monotonic() - began
        all_whole(self.folder)

    def killed(self, how: signal.Signals, share: float) -> float:
        """End it from outside when this share of its time is over.

        Returns
        -------
        float
            The seconds that it took to end.
        """
        kept, began = routines_kept(self.data), time.time()
        with self.start() as process:
            time.sleep(share * self.lasts_s)
            asked = time.monotonic()
            with suppress(ProcessLookupError):  # it has ended by itself
                if how is INT:
                    os.killpg(process.pid, INT)
                else:
                    process.send_signal(how)
            try:
                code = process.wait(END_S)
            except subprocess.TimeoutExpired:
                process.kill()
                raise AssertionError(f"it did not end: {self.said}") from None
        took_s = time.monotonic() - asked
        time.sleep(GONE_S)
        left = list(alive(self.mark))
        assert not left, f"left running: {left}"
        allowed = {KILL: {-KILL, self.code}}.get(how, {130, self.code})
        assert code in allowed, f"exit code {code}: {self.said}"
        assert "Traceback" not in self.said, self.said
        all_whole(self.folder)
        self._kept(kept, began)
        return took_s

    def _kept(self, before: int, began: float) -> None:
        """What it said that it kept is there, and is this run's."""
        for line in self.said.splitlines():
            if "Kept in your history" in line and "coach" in self.arguments:
                assert routines_kept(self.data) == before + 1, line
            for file in (self.folder / "results").rglob("report.json"):
                if f"saved in {file.parent.relative_to(self.folder)}" in line:
                    assert file.stat().st_mtime >= began, line
            if "kept in" in line and line.endswith(".json"):
                assert Path(line.rpartition("kept in ")[2]).stat().st_mtime >= began


def jobs(folder: Path) -> list[Job]:
    """One of each command."""
    still = list(clips.demo_frames(0, 2))
    sitting = clips.write_video(folder / "sitting.mp4", [*still, *still[::-1]] * 2)
    held = clips.write_video(
        folder / "held.mp4", [*still, *still[::-1], *clips.demo_frames(5, 11), *still]
    )
    made = [clips.short(folder / f"{name}.mp4") for name in "abc"]

    def job(name: str, *arguments: str | Path, typed: str | None = None, code: int = 0) -> Job:
        (folder / name).mkdir()
        return Job(folder / name, arguments, typed, code)

    coach = ("coach", "--text", "--no-voice", "--source", held, "--hold", "5", "--stretch",
             "upper-trapezius:left", "--out", "results", "--history", "--record")  # fmt: skip
    return [
        job("many", "analyze", *made, "--jobs", "2", "--annotate", "--out", "results", "--history",
            "--again"),
        job("one", "analyze", made[0], "--annotate", "--out", "results/a", "--record", "a.nfobs",
            "--save-profile", "a.json"),
        job("film", *coach, "film.mp4", typed=_NO),
        job("landmarks", *coach, "film.nfobs", typed=_NO),
        job("watch", "watch", "--source", sitting, "--no-notify", "--profile", "desk"),
        job("calibrate", "calibrate", "--text", "--no-voice", "--source", sitting, "--profile",
            "me.json", typed=_NO),
    ]  # fmt: skip


def waiting_jobs(folder: Path) -> list[Job]:
    """Those that wait for a person, and would for ever."""
    sitting = clips.write_video(folder / "still.mp4", [*clips.demo_frames(0, 2)])
    found = []
    for name, *arguments in (
        ("page", "coach", "--no-browser", "--source", sitting, "--record", "film.mp4"),
        ("question", "coach", "--text", "--no-voice", "--source", sitting),
    ):
        (folder / name).mkdir()
        found.append(Job(folder / name, arguments, lasts_s=4.0))
    return found


def kills(count: int, seed: int) -> Iterator[tuple[Job, signal.Signals, float]]:
    """Jobs and ways, each before any comes again, and moments by chance; ready to be carried out.

    At the end each job is run without disturbance: whatever was left behind is in nobody's way.
    """
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ways = list(itertools.product((KILL, TERM, INT), [*jobs(folder), *waiting_jobs(folder)]))
        chance.shuffle(ways)
        ran = set()
        for how, job in itertools.islice(itertools.cycle(ways), count):
            if not job.lasts_s:
                job.undisturbed()
                ran.add(job)
            yield job, how, chance.random()
        for job in ran:
            job.undisturbed()
            left = [path.name for path in job.folder.rglob(".*") if "partial" in path.name]
            assert not left, f"left behind: {left}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Kill neckform, and look what is left.")
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=13)
    chosen = parser.parse_args()
    bad, slowest = 0, 0.0
    for number, (job, how, share) in enumerate(kills(chosen.kills, chosen.seed), 1):
        try:
            took_s = job.killed(how, share)
            slowest = max(slowest, took_s)
            print(f"{number:3} {job.name:10} {how.name:8} at {share:4.0%}: ended in {took_s:.1f} s")
        except AssertionError as error:
            bad += 1
            print(f"{number:3} {job.name:10} {how.name:8} at {share:4.0%}: {error}")
    print(f"{chosen.kills} kills, {bad} of them did harm; the slowest end took {slowest:.1f} s")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
