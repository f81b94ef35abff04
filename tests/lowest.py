"""The lowest versions that pyproject.toml allows, together: do they pass the fast tests?

    python tests/lowest.py           # makes an environment of its own; some minutes
    python tests/lowest.py -k cli    # what follows goes to pytest

Run it with the oldest Python that neckform takes: later ones have no wheels of such versions.
`requirements-lowest.txt` has the versions; its first lines have the command that makes it again.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from check import FAST, ROOT

LOWEST = ROOT / "requirements-lowest.txt"
OLDEST = (3, 11)


def main(arguments: list[str]) -> int:
    if sys.version_info[:2] != OLDEST:
        print(f"this needs Python {'.'.join(map(str, OLDEST))}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder) / ("Scripts" if sys.platform == "win32" else "bin") / "python")
        pip = [python, "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, "--require-hashes", "-r", str(LOWEST)], check=True)
        own = ["--no-deps", "--no-build-isolation", str(ROOT)]
        subprocess.run([*pip, *own], check=True)
        tests = [python, "-m", *FAST, *arguments]
        return subprocess.run(tests, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
