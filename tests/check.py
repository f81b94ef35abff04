"""The one check, here and in CI.

    python tests/check.py           # everything: what CI runs
    python tests/check.py --fast    # the fast tier, under 90 seconds on two cores

Format, lint, types, the workflow file, the documentation, and the tests with warnings as errors.
The fast tier is spread over the processors. It leaves out the documentation and the tests that are
marked `slow` or `truth`, which run one after the other. What follows goes to pytest, such as
``-k cli``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
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
SLOW = ["pytest", "-q", "-m", "slow or truth"]
"""One after the other: they start programs, browsers and clocks, which disturb one another."""
NO_TEST = 5
"""pytest's answer when ``-k`` leaves none of a tier."""


def main(arguments: list[str]) -> int:
    fast = "--fast" in arguments
    for_pytest = [argument for argument in arguments if argument != "--fast"]
    with tempfile.TemporaryDirectory() as folder:
        steps = STEPS | ({} if fast else {"docs": [*DOCS, folder]})
        steps |= {"tests": [*FAST, *for_pytest], "fuzz": [*FUZZ, *for_pytest]}
        steps |= {} if fast else {"slow tests": [*SLOW, *for_pytest]}
        codes = {name: code_of(name, command) for name, command in steps.items()}
    tried = any(codes[name] == 0 for name in ("tests", "fuzz", "slow tests") if name in codes)
    fine = {0, NO_TEST} if for_pytest and tried else {0}
    failed = [name for name, code in codes.items() if code not in fine]
    print("== all good" if not failed else f"== failed: {', '.join(failed)}")
    return 1 if failed else 0


def code_of(name: str, command: list[str]) -> int:
    print(f"== {name}: {' '.join(command)}", flush=True)
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
