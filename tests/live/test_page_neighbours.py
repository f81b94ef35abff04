"""Other users of the same computer: they get nothing, and they cannot shut the page out."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from knocking import SOON_S, Site, answer, receive
from strangers import flood

from neckform.app import connections
from neckform.app.connections import LONGEST_S, MOST_WAITING

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="rlimits and user ids are Unix's"),
]

STRANGER = 65534

NEIGHBOUR = """
import encodings.idna, os, socket, sys
from pathlib import Path
uid, port, room = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
os.setgroups([]); os.setgid(uid); os.setuid(uid)

def ask(path, *headers):
    with socket.create_connection(("127.0.0.1", port), timeout=5) as knock:
        lines = (f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", *headers, "", "")
        knock.sendall("\\r\\n".join(lines).encode())
        return int(knock.recv(100).split()[1])

socket_headers = ("Upgrade: websocket", "Connection: Upgrade", f"Origin: http://127.0.0.1:{port}",
                  "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==")
print(ask("/"), ask("/live"), ask(f"/{room}/"), ask(f"/{room}/live", *socket_headers))
for it in map(Path, sys.argv[4:]):
    try:
        it.read_bytes() if it.suffix else list(it.iterdir())
        print("read", it)
    except PermissionError:
        pass
"""


def talk(site: Site) -> None:
    """States go to the page, and its answers come back, for as long as slow ones may last."""
    with site.page() as page:
        until = time.monotonic() + LONGEST_S + 1.0
        while time.monotonic() < until:
            site.board.post({"phase": "hold"}, b"a picture")
            answer(page, receive(page)["seq"])
            time.sleep(0.05)
        assert site.board.pages == 1


@pytest.mark.parametrize(
    ("count", "sent"), [(1500, ""), (200, "G"), (200, "GET / HTTP/1.1\r\nX: y\r\n")]
)
def test_the_page_talks_on_through_a_flood(site: Site, count: int, sent: str) -> None:
    with site.page() as before:
        site.board.post({"phase": "setup"}, None)
        answer(before, receive(before)["seq"])
        with flood(site.port, count, sent):
            site.board.post({"phase": "hold"}, None)
            assert receive(before)["phase"] == "hold"
            before.close()
            assert site.get("page.js").status_code == 200
            talk(site)


def test_those_who_only_wait_lose_their_place(site: Site) -> None:
    waiting = [
        socket.create_connection(("127.0.0.1", site.port), timeout=LONGEST_S + SOON_S)
        for _ in range(MOST_WAITING + 10)
    ]
    for one in waiting:
        with one, suppress(ConnectionResetError):
            assert one.recv(1) == b""


LONG = "x" * 20_000_000  # more than the system takes on its way


def ask_for_much(site: Site) -> socket.socket:
    site.board.report = LONG
    asked = (f"GET /{site.token}/report.html HTTP/1.1", f"Host: 127.0.0.1:{site.port}",
             f"Cookie: {site.cookie}", "", "")  # fmt: skip
    page = socket.create_connection(("127.0.0.1", site.port), SOON_S)
    page.sendall("\r\n".join(asked).encode())
    assert page.recv(1)
    return page


def test_what_the_page_is_being_given_comes_whole_however_long_it_takes(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a file of the page is cut off, nothing of the page works."""
    monkeypatch.setattr(connections, "LONGEST_S", 0.2)
    with ask_for_much(site) as page:
        time.sleep(1.0)
        found = 1
        while part := page.recv(1 << 20):  # once it is whole, the old connection ends
            found += len(part)
        assert found > len(LONG)


def test_who_takes_nothing_of_an_answer_is_left_in_the_end(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "LONGEST_S", 0.2)
    monkeypatch.setattr(connections, "FINISHED_S", 0.5)
    with ask_for_much(site) as page:
        time.sleep(1.5)
        found = 1
        with suppress(ConnectionResetError):
            while part := page.recv(1 << 20):
                found += len(part)
        assert found < len(LONG)


def test_what_the_page_is_being_given_is_not_cut_off_by_those_who_wait(site: Site) -> None:
    with ExitStack() as stack:
        page = stack.enter_context(ask_for_much(site))
        found = 1
        for _ in range(2 * MOST_WAITING):
            stack.enter_context(socket.create_connection(("127.0.0.1", site.port), SOON_S))
        assert site.get("page.js").status_code == 200  # by now, all of them were taken in
        while found < len(LONG):
            part = page.recv(1 << 20)
            assert part, found
            found += len(part)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_running_out_of_files_is_survived(site: Site) -> None:
    """The program may open no file more while others knock; then it may again."""
    import resource

    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    with site.page() as page:
        knocks = [socket.socket() for _ in range(20)]
        highest = max(int(it.name) for it in Path("/proc/self/fd").iterdir())
        resource.setrlimit(resource.RLIMIT_NOFILE, (highest + 3, limits[1]))
        try:
            for knock in knocks:
                knock.connect(("127.0.0.1", site.port))
            time.sleep(0.5)
            site.board.post({"phase": "hold"}, None)
            assert receive(page)["phase"] == "hold"
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, limits)
            for knock in knocks:
                knock.close()
        time.sleep(1.5)  # asyncio accepts again after a second
        assert site.get().status_code == 200


@pytest.mark.skipif(
    not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can be somebody else"
)
def test_another_user_gets_neither_page_nor_socket_nor_file(site: Site) -> None:
    file = site.serving.entrance.file
    assert file is not None
    command = [sys.executable, "-c", NEIGHBOUR, str(STRANGER), str(site.port), site.token]
    done = subprocess.run(
        [*command, file, file.parent], capture_output=True, text=True, check=False, timeout=30
    )
    assert (done.stdout, done.stderr) == ("404 404 404 403\n", "")
