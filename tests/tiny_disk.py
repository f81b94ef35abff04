"""A disk of 200 KB, to fill; the fixture `disk` makes it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

FILLER = "filler"


@contextmanager
def tiny_disk(folder: Path) -> Iterator[Path]:
    """Mount one at `folder`, or skip the test: only a privileged user may."""
    command = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(folder)]
    if sys.platform != "linux" or shutil.which("mount") is None:
        pytest.skip("A FULL DISK WAS NOT TRIED: no tmpfs here")
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("A FULL DISK WAS NOT TRIED: mounting is not permitted")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill(disk: Path) -> None:
    """Leave no byte free."""
    with (disk / FILLER).open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
    assert shutil.disk_usage(disk).free == 0


def left(disk: Path) -> set[str]:
    """All files but the filler."""
    found = {str(path.relative_to(disk)) for path in disk.rglob("*") if path.is_file()}
    return found - {FILLER}
