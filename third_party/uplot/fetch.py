"""Get uPlot again, byte for byte, from its npm package.

uPlot draws the plots of report.html. It lies here, and inside neckform's wheel, so that a report
needs no network:

    python third_party/uplot/fetch.py             # writes the files and manifest.json
    python third_party/uplot/fetch.py --check     # compares with what is here, changes nothing

Needs ``npm``. For another version, change VERSION and PACKAGE_SHA256, and run the tests.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
VERSION = "1.6.32"
PACKAGE_SHA256 = "4b8a8191e425658e3ea8c8c1314b0fc679c861ee3a1af2b20c7b16ba50b5133d"
MEMBERS = ("dist/uPlot.iife.min.js", "dist/uPlot.min.css", "LICENSE")
MANIFEST = "manifest.json"


def fetch(folder: Path) -> None:
    """Write the files and ``manifest.json`` into `folder`."""
    with tempfile.TemporaryDirectory() as scratch:
        command = ["npm", "pack", "--silent", "--pack-destination", scratch, f"uplot@{VERSION}"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        (package,) = Path(scratch).glob("uplot-*.tgz")
        digest = hashlib.sha256(package.read_bytes()).hexdigest()
        if digest != PACKAGE_SHA256:
            raise SystemExit(f"{package.name}: SHA-256 is {digest}, expected {PACKAGE_SHA256}")
        files = {}
        with tarfile.open(package) as archive:
            for member in MEMBERS:
                stream = archive.extractfile(f"package/{member}")
                assert stream is not None, member
                name, data = Path(member).name, stream.read()
                (folder / name).write_bytes(data)
                files[name] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    source = f"uplot@{VERSION} (npm package, SHA-256 {PACKAGE_SHA256})"
    manifest = {"name": "uPlot", "source": source, "licence": "MIT", "files": files}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def check() -> int:
    """Fetch again into a temporary folder; 0 when every byte is the same as here."""
    with tempfile.TemporaryDirectory() as scratch:
        fetch(Path(scratch))
        names = sorted(path.name for path in Path(scratch).iterdir())
        different = [
            name
            for name in names
            if (HERE / name).read_bytes() != (Path(scratch) / name).read_bytes()
        ]
    said = "different: " if different else "the same, byte for byte: "
    print(said + ", ".join(different or names))
    return 1 if different else 0


def main() -> int:
    parser = argparse.ArgumentParser(description="Get uPlot again from its npm package.")
    parser.add_argument(
        "--check", action="store_true", help="compare with the files here, change nothing"
    )
    if parser.parse_args().check:
        return check()
    fetch(HERE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
