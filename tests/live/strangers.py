"""Programs of others on the same computer that keep the page's server busy."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_FLOOD = """
import resource, socket, sys, time
port, count, sent = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3].encode()
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
wanted = count + 100
resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard) if hard > 0 else wanted, hard))

def knock():
    one = socket.socket()
    one.setblocking(False)
    one.connect_ex(("127.0.0.1", port))
    return one

opened = [knock() for _ in range(count)]
print(len(opened), flush=True)
while True:
    for place, one in enumerate(opened):
        try:
            if one.recv(1) == b"":
                raise ConnectionResetError
        except BlockingIOError:
            pass
        except OSError:
            one.close()
            opened[place] = knock()
        try:
            opened[place].send(sent)
        except OSError:
            pass
    time.sleep(0.5)
"""


@contextmanager
def flood(port: int, count: int, sent: str) -> Iterator[None]:
    """Connections that another program keeps open, sending a little now and then.

    One that was ended is opened again.
    """
    command = [sys.executable, "-c", _FLOOD, str(port), str(count), sent]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout is not None
            assert program.stdout.readline() == f"{count}\n"
            yield
        finally:
            program.kill()
