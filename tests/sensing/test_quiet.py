from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import os, sys, threading
from neckform.sensing.quiet import native_quiet

def native(text):
    os.write(2, text.encode())

native("before|")
with native_quiet():
    native("NATIVE|")
    print("python", end="|", file=sys.stderr)
    with native_quiet():
        native("NESTED|")
    native("STILL|")
    other = threading.Thread(target=lambda: print("thread", end="|", file=sys.stderr))
    other.start()
    other.join()
print("after", end="|", file=sys.stderr, flush=True)
native("after too|")
try:
    with native_quiet():
        raise ValueError("kept")
except ValueError:
    native("raised|")
with native_quiet():
    raise RuntimeError("shown")
"""


def test_native_lines_vanish_and_python_lines_do_not() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("before|python|thread|after|after too|raised|Traceback")
    assert done.stderr.rstrip().endswith("RuntimeError: shown")


def test_it_does_without_a_stderr() -> None:
    script = (
        "import os\nos.close(2)\nfrom neckform.sensing.quiet import native_quiet\n"
        "with native_quiet():\n    pass\nprint('fine')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.stdout == "fine\n"


PROGRAM = """
import os, sys
from neckform import cli

def command(**_):
    os.write(2, b"W0000 inference_runner.cc:1433] a tensor is not aligned")
    print("python", end="|", file=sys.stderr)
    return 3

cli.commands.main = command
cli.main()
"""


def test_a_command_has_no_native_line_whenever_it_comes() -> None:
    """mediapipe complains at any picture: of memory that happens not to lie as it wants it."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (3, "python|")
