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


def test_a_folder_stands_for_its_recordings(tmp_path: Path) -> None:
    for name in ("b.MP4", "a.mkv", "c.nfobs", "notes.txt"):
        (tmp_path / name).touch()
    (tmp_path / "deeper.mp4").mkdir()
    jobs = plan([tmp_path], None)
    assert [job.recording.name for job in jobs] == ["a.mkv", "b.MP4", "c.nfobs"]


def test_a_folder_without_a_recording_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no recording"):
        plan([tmp_path], None)
