import json
from pathlib import Path

import pytest

from neckform.core.errors import InputError
from neckform.jobs.analyze.inputs import Job, plan


def test_one_file_goes_where_it_is_told(tmp_path: Path) -> None:
    assert plan([Path("a.mp4")], tmp_path) == [Job(Path("a.mp4"), tmp_path)]


def test_one_file_has_a_folder_of_its_own() -> None:
    assert plan([Path("x/a.mp4")], None) == [Job(Path("x/a.mp4"), Path("neckform-out/a"))]


def test_several_files_share_a_folder_of_folders(tmp_path: Path) -> None:
    jobs = plan([Path("a.mp4"), Path("b.mov")], tmp_path)
    assert [job.out for job in jobs] == [tmp_path / "a", tmp_path / "b"]


def test_the_same_name_twice_never_shares_a_folder() -> None:
    paths = [Path("a.mp4"), Path("a.mov"), Path("x/a.mp4"), Path("a.mp4")]
    jobs = plan(paths, None)
    assert [job.recording for job in jobs] == paths[:3]
    assert [job.out.name for job in jobs] == ["a-mp4", "a-mov", "a-mp4-2"]


def analysed(folder: Path, recording: Path | str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.json").write_text(json.dumps({"source": {"path": str(recording)}}))


def test_results_of_another_recording_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In separate runs, too, and whichever way the recording's name is written."""
    monkeypatch.chdir(tmp_path)
    out = Path("neckform-out")

    def name_of(recording: Path) -> str:
        (job,) = plan([recording], None)
        analysed(job.out, recording)
        return job.out.relative_to(out).as_posix()

    assert name_of(Path("a.mp4")) == "a"
    assert name_of(Path("a.mov")) == "a-mov"
    assert name_of(Path("x/a.mov")) == "a-mov-2"
    assert name_of(Path("a.mp4")) == "a"
    assert name_of(tmp_path / "a.mp4") == "a"
    assert name_of(Path("a.mov").resolve()) == "a-mov"
    assert name_of(Path("x") / ".." / "x" / "a.mov") == "a-mov-2"
    assert {job.out.name for job in plan([Path("a.mov"), Path("b.mp4")], None)} == {"a-mov", "b"}


@pytest.mark.parametrize("report", ["", "[]", '{"source": 3}', '{"source": {"path": 7}}'])
def test_a_report_that_is_none_keeps_nobody_out(tmp_path: Path, report: str) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "report.json").write_text(report)
    job, _ = plan([Path("a.mp4"), Path("b.mp4")], tmp_path)
    assert job.out == folder


def test_a_folder_stands_for_its_recordings(tmp_path: Path) -> None:
    for name in ("b.MP4", "a.mkv", "c.nfobs", "notes.txt"):
        (tmp_path / name).touch()
    (tmp_path / "deeper.mp4").mkdir()
    jobs = plan([tmp_path], None)
    assert [job.recording.name for job in jobs] == ["a.mkv", "b.MP4", "c.nfobs"]


def test_a_folder_without_a_recording_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no recording"):
        plan([tmp_path], None)


@pytest.mark.parametrize(
    ("recursive", "advice"),
    [(False, "--recursive looks into"), (True, "choose another folder")],
)
def test_what_was_done_already_is_not_advised(
    tmp_path: Path, *, recursive: bool, advice: str
) -> None:
    (tmp_path / "inside").mkdir()
    with pytest.raises(InputError, match=advice):
        plan([tmp_path], None, recursive=recursive)
