"""A real Dask scheduler with worker processes, and a connection to it that can be cut."""

from __future__ import annotations

import os
import re
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import neckform

ENVIRONMENT = os.environ | {
    "PYTHONPATH": str(Path(neckform.__file__).parents[1]),
    "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "30s",
}


class DaskCluster:
    """A scheduler and workers of one thread each, which end with the block."""

    def __init__(self, folder: Path, workers: int = 2) -> None:
        self._folder, self._count = folder, workers
        self.workers: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        self.scheduler = self._start(
            "scheduler", "--no-dashboard", "--host", "127.0.0.1", "--port", "0"
        )
        self.address = self._said(r"Scheduler at:\s+(tcp://\S+)")
        for _ in range(self._count):
            self.add_worker()
        self.until(lambda text: text.count("Register worker") >= self._count)
        return self

    def __exit__(self, *_: object) -> None:
        for process in (*self.workers, self.scheduler):
            if process.poll() is None:
                process.kill()
            process.wait()

    def add_worker(self) -> None:
        more = (
            "--no-dashboard",
            "--nthreads",
            "1",
            "--no-nanny",
            "--local-directory",
            str(self._folder),
        )
        self.workers.append(self._start("worker", self.address, *more))

    def kill_worker(self) -> None:
        """As the system does when there is no memory left."""
        self.workers[0].send_signal(signal.SIGKILL)

    def until(self, true_of: Callable[[str], bool]) -> str:
        for _ in range(600):
            text = self._log.read_text(encoding="utf-8")
            if true_of(text):
                return text
            time.sleep(0.1)
        raise AssertionError(self._log.read_text(encoding="utf-8"))

    @property
    def _log(self) -> Path:
        return self._folder / "scheduler.log"

    def _said(self, pattern: str) -> str:
        found = re.search(pattern, self.until(lambda text: re.search(pattern, text) is not None))
        assert found is not None
        return found[1]

    def _start(self, what: str, *arguments: str) -> subprocess.Popen[bytes]:
        with (self._folder / f"{what}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{what}", *arguments],
                env=ENVIRONMENT,
                stdout=log,
                stderr=log,
            )


class Cable:
    """Carries bytes between programs and an address, until it is cut; new ones are carried then."""

    def __init__(self, address: str) -> None:
        host, port = address.removeprefix("tcp://").split(":")
        self._target = (host, int(port))
        self._server = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp://127.0.0.1:{self._server.getsockname()[1]}"
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> int:
        """Break all connections; answers with how many there were."""
        pairs, self._pairs = self._pairs, []
        for pair in pairs:
            for end in pair:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
        return len(pairs)

    def close(self) -> None:
        self._server.close()
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._server.accept()
                there = socket.create_connection(self._target)
                self._pairs.append((here, there))
                threading.Thread(target=self._carry, args=(here, there), daemon=True).start()

    @staticmethod
    def _carry(here: socket.socket, there: socket.socket) -> None:
        with selectors.DefaultSelector() as ready, here, there, suppress(OSError):
            ready.register(here, selectors.EVENT_READ, there)
            ready.register(there, selectors.EVENT_READ, here)
            while True:
                for key, _ in ready.select():
                    source: Any = key.fileobj
                    data = source.recv(1 << 16)
                    if not data:
                        return
                    key.data.sendall(data)
