"""How soon the page of ``neckform`` alone is there: from the start of the process.

    python bench/door.py           # five times; prints each, and the median
    python bench/door.py --check   # fails when the median is 2 seconds or more

A browser is open already, as a person's is. The page's home is the same as of ``neckform`` alone;
only its address is printed instead of opened.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from neckform.jobs.demo.job import CLIP

LIMIT_S = 2.0
ARGUMENTS = ("--headless", "--no-sandbox", "--disable-gpu")
PAINTED = """() => {
  const painted = performance.getEntriesByName("first-contentful-paint")[0];
  return painted && performance.timeOrigin + painted.startTime;
}"""


def measured(page: Page) -> tuple[float, float, float, float]:
    """Seconds to the first byte, to the first paint, until home is drawn; and of the processor.

    What the program takes of the processor does not depend on what else the machine does.
    """
    command = [sys.executable, "-m", "neckform", "home", "--no-browser", "--source", str(CLIP)]
    with tempfile.TemporaryDirectory() as data:
        began = time.time()
        with subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=os.environ | {"NECKFORM_DATA": data, "PYTHONUNBUFFERED": "1"},
        ) as process:
            assert process.stdout is not None
            found = None
            while found is None:
                found = re.search(r"http://\S+", process.stdout.readline())
            answer = page.goto(found[0], wait_until="commit")
            assert answer is not None
            byte_s = time.time() - began
            page.wait_for_selector("#door-stretch")
            home_s = time.time() - began
            used_s = _cpu_s(process.pid)
            painted = page.evaluate(PAINTED)
            while painted is None:
                page.wait_for_timeout(10)
                painted = page.evaluate(PAINTED)
            process.terminate()
    return byte_s, painted / 1000 - began, home_s, used_s


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="fail at 2 seconds or more")
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args(arguments)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    print("  seconds: first byte, first paint, home drawn, CPU of the program")
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*ARGUMENTS])
        for _ in range(options.times):
            page = browser.new_context().new_page()
            found.append(measured(page))
            page.context.close()
            print("  " + "  ".join(f"{one:5.2f}" for one in found[-1]))
        browser.close()
    middle = [statistics.median(each) for each in zip(*found, strict=True)]
    print("  " + "  ".join(f"{one:5.2f}" for one in middle) + "  median")
    print(f"  load of the machine: {Path('/proc/loadavg').read_text().split()[0]}")
    return 1 if options.check and middle[2] >= LIMIT_S else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
