"""The one way to write a file."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from neckform.core.errors import OutputError
from neckform.files import leftovers, replacing, write_text
from neckform.showing.exports.files import prepare_folder


def test_a_file_appears_when_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "result"
    with replacing(path) as partial:
        partial.write_text("whole")
        assert not path.exists()
        assert list(leftovers(path)) == [partial]
    assert [item.name for item in tmp_path.iterdir()] == ["result"]
    assert path.read_text() == "whole"


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt, OSError])
def test_after_an_error_it_is_as_it_was(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "result"
    write_text(path, "old")
    wanted = OutputError if error is OSError else error
    with pytest.raises(wanted), replacing(path) as partial:
        partial.write_text("half of the ne")
        raise error
    assert path.read_text() == "old"
    assert list(leftovers(path)) == []


def test_what_stands_in_the_way_is_named_and_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "result"
    path.mkdir()
    with pytest.raises(OutputError) as caught, replacing(path, advice="Try again.") as partial:
        partial.write_text("whole")
    assert str(caught.value).startswith(f"{path}: cannot be written (")
    assert str(caught.value).endswith("). Try again.")
    assert path.is_dir()
    assert list(leftovers(path)) == []
    with pytest.raises(OutputError, match=r"No such file or directory\)$"):
        write_text(tmp_path / "nowhere" / "result", "whole")


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such permissions")
def test_a_private_file_stays_private(tmp_path: Path) -> None:
    path = tmp_path / "mine"
    write_text(path, "old")
    path.chmod(0o600)
    write_text(path, "new")
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_no_two_writers_share_a_temporary_file(tmp_path: Path) -> None:
    path = tmp_path / "order.json"
    with replacing(path) as ours:
        ours.write_text("ours")
        write_text(path, "theirs")
        assert path.read_text() == "theirs"
    assert path.read_text() == "ours"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_new_file_and_its_new_folders_are_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "one" / "two"
    before = tmp_path.stat().st_mode
    prepare_folder(folder)
    write_text(folder / "new.json", "{}")
    assert [it.stat().st_mode & 0o777 for it in (folder.parent, folder)] == [0o700, 0o700]
    assert (folder / "new.json").stat().st_mode & 0o777 == 0o600
    assert tmp_path.stat().st_mode == before
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    prepare_folder(shared)
    assert shared.stat().st_mode & 0o777 == 0o755
