"""One monitor at a time, and orders from another terminal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import neckform
from neckform.core.errors import NeckformError
from neckform.jobs.watch.orders import Order
from neckform.jobs.watch.running import (
    LOCK,
    ORDER,
    STATUS,
    Running,
    give_order,
    read_status,
)

SOURCE = str(Path(neckform.__file__).parents[1])
HOLD = """
import sys, time
from pathlib import Path
from neckform.jobs.watch.running import Running
with Running(Path(sys.argv[1])) as running:
    running.tell({})
    print("holding", flush=True)
    time.sleep(60)
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": SOURCE},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "holding\n"
    return process


def test_a_second_one_says_that_one_runs(tmp_path: Path) -> None:
    process = holder(tmp_path)
    try:
        with pytest.raises(NeckformError, match=rf"already \(process {process.pid}\)") as caught:
            Running(tmp_path).__enter__()
        assert caught.value.exit_code == 1
        assert "\n" not in str(caught.value)
    finally:
        process.kill()
        process.communicate()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_crash_leaves_no_lock_behind(tmp_path: Path) -> None:
    process = holder(tmp_path)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert (tmp_path / LOCK).exists()
    with Running(tmp_path):
        pass


def test_nobody_to_give_an_order_to(tmp_path: Path) -> None:
    with pytest.raises(NeckformError, match="no neckform watch is running"):
        give_order(tmp_path, Order.STOP)
    assert not (tmp_path / ORDER).exists()


def test_an_order_is_answered(tmp_path: Path) -> None:
    taken: list[Order] = []
    ready = threading.Event()

    def serve() -> None:
        with Running(tmp_path) as running:
            ready.set()
            while not taken:
                order = running.order()
                if order is not None:
                    running.tell({}, f"did {order.value}")
                    running.tell({"zone": "good"})  # news, before the answer is read
                    taken.append(order)
                time.sleep(0.02)
            time.sleep(0.5)

    thread = threading.Thread(target=serve)
    thread.start()
    ready.wait()
    assert give_order(tmp_path, Order.SNOOZE_1H) == "did snooze-1h"
    thread.join()
    assert taken == [Order.SNOOZE_1H]


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"order": "dance", "id": "1"}', '{"order": "stop"}']
)
def test_a_broken_order_is_thrown_away(tmp_path: Path, content: str) -> None:
    with Running(tmp_path) as running:
        (tmp_path / ORDER).write_text(content)
        assert running.order() is None
        assert not (tmp_path / ORDER).exists()


def test_an_order_to_one_that_has_ended_is_nobody_s(tmp_path: Path) -> None:
    (tmp_path / ORDER).write_text(json.dumps({"order": "stop", "id": "1"}))
    with Running(tmp_path) as running:
        assert running.order() is None


def test_one_that_does_not_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("neckform.jobs.watch.running.ANSWER_S", 0.3)
    process = holder(tmp_path)
    try:
        with pytest.raises(NeckformError, match="does not answer"):
            give_order(tmp_path, Order.TODAY)
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize(
    "content",
    [b"[" * 100_000, b"\xff", b'{"order": ' + b"9" * 5000 + b"}", b'{"order": []}', b"[]", b""],
)
def test_damaged_orders_and_states_are_passed_over(tmp_path: Path, content: bytes) -> None:
    with Running(tmp_path) as running:
        (tmp_path / ORDER).write_bytes(content)
        assert running.order() is None
        assert not (tmp_path / ORDER).exists()
    (tmp_path / STATUS).write_bytes(content)
    assert isinstance(read_status(tmp_path), dict)
