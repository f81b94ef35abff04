"""The one check, here and in CI: format, lint, types, tests with warnings as errors.

Run it from anywhere: ``python tests/check.py``. What follows goes to pytest, such as ``-k cli``.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

STEPS = (
    ("format", ["ruff", "format", "--check", "."]),
    ("lint", ["ruff", "check", "."]),
    ("types", ["mypy"]),
    ("tests", ["pytest", "-q"]),
)


def main(pytest_arguments: list[str]) -> int:
    failed = []
    for name, command in STEPS:
        print(f"== {name}: {' '.join(command)}", flush=True)
        extra = pytest_arguments if name == "tests" else []
        done = subprocess.run([sys.executable, "-m", *command, *extra], cwd=ROOT, check=False)
        if done.returncode:
            failed.append(name)
    print("== all good" if not failed else f"== failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
