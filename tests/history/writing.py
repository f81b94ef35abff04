"""A process that writes into a history until it is killed, or has written so many.

``python writing.py STORE NAME COUNT``: tells each recording once it is kept, one line each. Every
seventh time it forgets a day on which nothing was kept, which rewrites the whole file.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from histories import ago, entry, full
from neckform.history.store import Store


def main(path: str, name: str, count: str) -> None:
    with Store(Path(path), patience_s=30) as store:
        for number in range(int(count)):
            if number % 7 == 6:
                store.forget(ago(-1))
            one = entry(ago(number % 50), full(), name=f"{name} {number}")
            store.keep(one)
            os.write(1, f"{one.recording}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
