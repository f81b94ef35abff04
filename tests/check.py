"""The one check, here and in CI.

    python tests/check.py           # everything: what CI runs
    python tests/check.py --fast    # the fast tier, under 90 seconds on two cores

Format, lint, types, the workflow file, the documentation, and the tests with warnings as errors.
The fast tier leaves out the documentation and the tests that are marked `slow` or `truth`, and
spreads the others over the processors. What follows goes to pytest, such as ``-k cli``.
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
FAST = ["pytest", "-q", "-m", "not slow and not truth", "-n", "auto", "--dist", "loadfile"]
WHOLE = ["pytest", "-q"]


def main(arguments: list[str]) -> int:
    fast = "--fast" in arguments
    for_pytest = [argument for argument in arguments if argument != "--fast"]
    with tempfile.TemporaryDirectory() as folder:
        steps = STEPS | ({} if fast else {"docs": [*DOCS, folder]})
        steps |= {"tests": [*(FAST if fast else WHOLE), *for_pytest]}
        failed = [name for name, command in steps.items() if not passes(name, command)]
    print("== all good" if not failed else f"== failed: {', '.join(failed)}")
    return 1 if failed else 0


def passes(name: str, command: list[str]) -> bool:
    print(f"== {name}: {' '.join(command)}", flush=True)
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
