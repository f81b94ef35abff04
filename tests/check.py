"""The one check, here and in CI.

    python tests/check.py           # everything: what CI runs
    python tests/check.py --fast    # the fast tier, a minute and a half on two cores

Format, lint, types, the workflow file, the documentation, and the tests with warnings as errors.
The fast tier is spread over the processors. It leaves out the documentation and the tests that are
marked `slow` or `truth`. What follows goes to pytest, such as ``-k cli``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = ROOT / ".github" / "workflows"

STEPS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "workflows": [
        "check_jsonschema",
        "--builtin-schema",
        "vendor.github-workflows",
        *map(str, sorted(WORKFLOWS.glob("*.yml"))),
    ],
}
DOCS = ["sphinx", "-q", "-W", "--keep-going", "-b", "html", "docs"]
FAST = [
    "pytest",
    "-q",
    "-m",
    "not slow and not truth and not fuzz",
    "-n",
    "auto",
    "--dist",
    "loadfile",
]
FUZZ = ["pytest", "-q", "-m", "fuzz", "tests/fuzz"]
SLOW = [
    "pytest",
    "-q",
    "-m",
    "slow or truth",
    "--ignore",
    "tests/truth",
    "-n",
    "3",
    "--dist",
    "loadfile",
]
"""More at a time than processors: they start programs, browsers and clocks, and mostly wait."""
# In the order of their names: the accuracy of all clips takes longest, and begins first.
IN_ORDER = ["--dist", "loadfile", "--no-loadscope-reorder"]
PATIENT = ["--timeout", "1500"]
TRUTH = ["pytest", "-q", "-m", "slow or truth", "tests/truth", "-n", "2", *IN_ORDER, *PATIENT]
"""Beside them: they have no clock and never wait, so that they take what is left, which may be
little: what takes three minutes on a machine that is free takes more than five."""
NO_TEST = 5
"""pytest's answer when ``-k`` leaves none of a tier."""


def main(arguments: list[str]) -> int:
    fast = "--fast" in arguments
    for_pytest = [argument for argument in arguments if argument != "--fast"]
    with tempfile.TemporaryDirectory() as folder:
        steps = STEPS | ({} if fast else {"docs": [*DOCS, folder]})
        steps |= {"tests": [*FAST, *for_pytest], "fuzz": [*FUZZ, *for_pytest]}
        codes = {name: code_of(name, command) for name, command in steps.items()}
        if not fast:
            with ThreadPoolExecutor() as beside:
                truth = beside.submit(quietly, [*TRUTH, *for_pytest])
                codes["slow tests"] = code_of("slow tests", [*SLOW, *for_pytest])
                codes["truth"], said = truth.result()
            print(f"== truth: {' '.join(TRUTH)}\n{said}", flush=True)
    tried = any(codes.get(name) == 0 for name in ("tests", "fuzz", "truth", "slow tests"))
    fine = {0, NO_TEST} if for_pytest and tried else {0}
    failed = [name for name, code in codes.items() if code not in fine]
    print("== all good" if not failed else f"== failed: {', '.join(failed)}")
    return 1 if failed else 0


def quietly(command: list[str]) -> tuple[int, str]:
    """The code, and what was said; it gives way to what runs beside it."""
    niced = ["nice"] if shutil.which("nice") else []
    done = subprocess.run(
        [*niced, sys.executable, "-m", *command],
        cwd=ROOT, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return done.returncode, done.stdout


def code_of(name: str, command: list[str]) -> int:
    print(f"== {name}: {' '.join(command)}", flush=True)
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
