"""Who is let in: this computer, with the cookie, by our own name, from our own page."""

from __future__ import annotations

import queue
import re
import socket
import sys
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from knocking import SOON_S, Site, receive
from websockets.exceptions import InvalidStatus

from neckform.app.incoming import LARGEST_PIECE, Incoming
from neckform.app.opening import PAGES
from neckform.app.serving import Serving
from neckform.app.state_board import StateBoard

pytestmark = pytest.mark.slow

NOT_US = ("evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:{other}", "localhost",
          "localhost:{other}", "[::1]:{port}", "0.0.0.0:{port}", "127.0.0.1.evil.example:{port}",
          "")  # fmt: skip


def named(site: Site, pattern: str) -> str:
    return pattern.format(port=site.port, other=site.port + 1)


def own_address() -> str | None:
    """This machine's address in its network; a datagram socket finds it without sending."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address = str(asking.getsockname()[0])
    return None if address.startswith("127.") else address


def test_the_page_is_there(site: Site) -> None:
    answer = site.get()
    assert answer.status_code == 200
    assert "<title>" in answer.text
    assert site.get("page.js").status_code == 200


# --- where it listens ---------------------------------------------------------------------


def test_it_listens_on_the_loopback_alone(site: Site) -> None:
    own = own_address()
    if own is None:
        pytest.skip("NOT TRIED: this machine has no address in a network")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((own, site.port), timeout=SOON_S)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have one loopback address")
def test_it_listens_on_one_address_of_the_loopback(site: Site) -> None:
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", site.port), timeout=SOON_S)


# --- the token ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["/", "/index.html", "/live", "/report.html", "/page.js", "//", "/{half}/", "/{token}x/",
     "/{token}", "/x{token}/", "/{upper}/", "/x/{token}/", "/%00/"],
)  # fmt: skip
def test_nothing_without_the_token(site: Site, path: str) -> None:
    token = site.token
    wanted = path.format(token=token, half=token[:16], upper=token.swapcase())
    answer = site.ask(wanted, Cookie=site.cookie)
    assert answer.status_code == 404
    assert answer.text == "not here"


def test_what_lets_in_cannot_be_guessed_and_is_new_each_time(site: Site) -> None:
    with Serving(StateBoard(), PAGES) as other:
        another = Site(StateBoard(), other)
    for one, two in ((site.token, another.token), (site.cookie, another.cookie)):
        assert len(one) >= 32
        assert one != two


@pytest.mark.parametrize("cookie", ["", "{name}=", "{name}={room}", "{cookie}x", "x={cookie}",
                                    "other={value}"])  # fmt: skip
def test_nothing_without_the_cookie(site: Site, cookie: str) -> None:
    name, _, value = site.cookie.partition("=")
    shown = cookie.format(name=name, value=value, room=site.token, cookie=site.cookie)
    assert site.get(Cookie=shown).status_code == 404
    with pytest.raises(InvalidStatus) as refused:
        site.page(cookie=shown)
    assert refused.value.response.status_code == 403
    assert site.get(Cookie=f"a=b; {site.cookie}").status_code == 200


# --- the address that works once ----------------------------------------------------------


def test_an_address_works_once_and_gives_a_cookie_that_no_script_and_no_other_site_gets(
    site: Site,
) -> None:
    entrance = site.serving.entrance
    address = urlsplit(entrance.address).path
    first, second = site.ask(address), site.ask(address)
    kept, *rules = first.headers["set-cookie"].split("; ")
    assert (first.status_code, kept) == (200, site.cookie)
    assert sorted(rules) == ["HttpOnly", f"Path=/{site.token}/", "SameSite=Strict"]
    assert second.status_code == 410
    assert "set-cookie" not in second.headers
    assert site.token not in second.text
    assert site.get().status_code == 200


def test_the_file_is_the_person_s_and_opens_the_page_each_time(site: Site) -> None:
    file = site.serving.entrance.file
    assert file is not None
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o777 == 0o600
        assert file.parent.stat().st_mode & 0o777 == 0o700
    for _ in range(3):
        found = re.search(r"url=http://[^/]+(/[^\"]+)", file.read_text("utf-8"))
        assert found is not None
        assert site.ask(found[1]).status_code == 200


def test_an_address_under_another_name_is_not_used_up(site: Site) -> None:
    path = urlsplit(site.serving.entrance.address).path
    assert site.ask(path, Host="evil.example").status_code == 404
    assert site.ask(path, "POST").status_code == 404
    assert site.ask(path).status_code == 200


def test_the_file_ends_with_the_program() -> None:
    with Serving(StateBoard(), PAGES) as serving:
        file = serving.entrance.file
        assert file is not None
        assert file.is_file()
    assert not file.parent.exists()


def test_the_browser_is_given_nothing_secret(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody on the computer can read a browser's arguments."""
    from neckform.app import opening
    from neckform.jobs.coach.options import CoachOptions

    opened: queue.Queue[str] = queue.Queue()
    monkeypatch.setattr(opening.webbrowser, "open", opened.put)
    monkeypatch.setattr(opening, "there_is_a_screen", lambda: True)
    with opening._open_front(CoachOptions(), lambda: False):
        address = opened.get(timeout=SOON_S)
        content = Path(urlsplit(address).path).read_text("utf-8")
    assert address.startswith("file://")
    ticket = re.search(r"url=http://[^/]+/([^\"]+)", content)
    assert ticket is not None
    assert ticket[1] not in address


@pytest.mark.parametrize("token", ["", "wrong", "live"])
def test_no_socket_without_the_token(site: Site, token: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        site.page(token=token)
    assert refused.value.response.status_code == 403


# --- the name that a request means --------------------------------------------------------


@pytest.mark.parametrize("pattern", NOT_US)
def test_a_page_under_another_name_is_not_here(site: Site, pattern: str) -> None:
    """A name that was bent to 127.0.0.1 gives another site's page our address."""
    status, _ = site.raw(f"GET /{site.token}/ HTTP/1.1", f"Host: {named(site, pattern)}",
                         f"Cookie: {site.cookie}")  # fmt: skip
    assert status == 404


def test_no_name_or_two(site: Site) -> None:
    line = f"GET /{site.token}/ HTTP/1.1\r\nCookie: {site.cookie}"
    ours = f"Host: 127.0.0.1:{site.port}"
    assert site.raw(line, ours)[0] == 200
    assert site.raw(line)[0] in (400, 404)
    assert site.raw(line, ours, "Host: evil.example")[0] in (400, 404)
    assert site.raw(line, "Host: evil.example", ours)[0] in (400, 404)


def test_localhost_is_a_name_of_ours(site: Site) -> None:
    assert site.get(Host=f"localhost:{site.port}").status_code == 200


@pytest.mark.parametrize("pattern", ["evil.example", "evil.example:{port}", "127.0.0.1:{other}"])
def test_no_socket_under_another_name(site: Site, pattern: str) -> None:
    site.board.post({"phase": "setup"}, None)
    with pytest.raises(InvalidStatus) as refused:
        site.page(name=named(site, pattern))
    assert refused.value.response.status_code == 403


# --- the page that a socket is of ---------------------------------------------------------


@pytest.mark.parametrize(
    "pattern",
    [None, "null", "http://evil.example", "http://evil.example:{port}", "https://127.0.0.1:{port}",
     "http://127.0.0.1", "http://127.0.0.1:{other}", "http://localhost:{other}",
     "http://127.0.0.1:{port}.evil.example", "file://"],
)  # fmt: skip
def test_no_socket_for_another_page(site: Site, pattern: str | None) -> None:
    site.board.post({"phase": "setup"}, None)
    with pytest.raises(InvalidStatus) as refused:
        site.page(origin=None if pattern is None else named(site, pattern))
    assert refused.value.response.status_code == 403
    assert site.board.pages == 0


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_our_own_page_gets_the_state(site: Site, name: str) -> None:
    site.board.post({"phase": "setup"}, None)
    with site.page(name=name, origin=f"http://{name}:{site.port}") as page:
        assert receive(page) == {"phase": "setup", "seq": 1}


# --- what is taken in ----------------------------------------------------------------------

NUMBER = "0b0c5a52-9f0e-4f7a-8f4e-1f0e8a6b7c11"


def bring(site: Site, data: bytes = b"film", *, at: str = "0", **headers: str) -> int:
    """Bring a piece of a file as the page does, or nearly so; the status of the answer."""
    own = {"cookie": site.cookie, "origin": site.origin} | headers
    address = f"{site.address}upload/{NUMBER}?at={at}"
    return httpx.post(
        address, content=data, headers=own, timeout=SOON_S, trust_env=False
    ).status_code


def test_a_file_comes_in_from_the_page_alone(site: Site, tmp_path: Path) -> None:
    assert bring(site) == 404  # nobody takes any
    with Incoming(tmp_path) as incoming:
        site.board.incoming = incoming
        assert bring(site) == 204
        assert bring(site, b"s", at="4") == 204
        copy = incoming.path(NUMBER)
        assert copy is not None
        assert copy.read_bytes() == b"films"
        assert bring(site, origin="http://evil.example") == 404
        assert bring(site, cookie="") == 404
        assert bring(site, at="40") == 409
        assert bring(site, at="-1") == 409
        assert bring(site, at="x") == 409
        assert bring(site, bytes(LARGEST_PIECE + 1)) == 413
        assert copy.read_bytes() == b"films"


def test_a_piece_that_breaks_off_leaves_nothing_and_the_next_comes_in(
    site: Site, tmp_path: Path
) -> None:
    head = (
        f"POST {urlsplit(site.address).path}upload/{NUMBER}?at=0 HTTP/1.1\r\n"
        f"Host: 127.0.0.1:{site.port}\r\nOrigin: {site.origin}\r\nCookie: {site.cookie}\r\n"
        "Content-Length: 1000\r\n\r\n"
    )
    with Incoming(tmp_path) as incoming:
        site.board.incoming = incoming
        with socket.create_connection(("127.0.0.1", site.port), SOON_S) as cut:
            cut.sendall(head.encode() + b"half a piece")
        copy = incoming.path(NUMBER)
        assert copy is not None
        assert bring(site, b"whole") == 204
        assert copy.read_bytes() == b"whole"


# --- what is served, and how it is to be treated ------------------------------------------


POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self' ws://127.0.0.1:{port} ws://localhost:{port}",
    "frame-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.mark.parametrize(
    ("path", "status"),
    [("", 200), ("page.js", 200), ("style/base.css", 200), ("nowhere.js", 404), ("parts/", 404)],
)
def test_every_answer_says_how_it_is_to_be_treated(site: Site, path: str, status: int) -> None:
    answer = site.get(path)
    assert answer.status_code == status
    for name, value in HEADERS.items():
        assert answer.headers.get_list(name) == [value], name
    (policy,) = answer.headers.get_list("content-security-policy")
    found = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert found == {name: named(site, value) for name, value in POLICY.items()}


def test_what_makes_it_does_not_say_its_name(site: Site) -> None:
    assert "server" not in site.get().headers


def test_the_report_comes_with_a_policy_of_its_own(site: Site) -> None:
    """The page's would forbid its scripts, which it names by their hashes."""
    assert site.get("report.html").status_code == 404
    site.board.report = "<p>how it went</p>"
    answer = site.get("report.html")
    assert (answer.status_code, answer.text) == (200, "<p>how it went</p>")
    assert "content-security-policy" not in answer.headers
    for name, value in HEADERS.items():
        assert answer.headers.get_list(name) == [value], name


def test_a_file_called_like_the_report_has_the_page_s_policy(site: Site) -> None:
    answer = site.get("parts/report.html")
    assert answer.status_code == 404
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_there_is_nothing_to_send_it(site: Site, method: str) -> None:
    answer = site.ask(f"/{site.token}/", method, Cookie=site.cookie)
    assert answer.status_code == 405


@pytest.mark.parametrize(
    "path",
    ["../words/en.toml", "..%2fwords/en.toml", "%2e%2e/words/en.toml", "..%5cwords/en.toml",
     "parts/..%2f..%2fwords/en.toml", "..%2f..%2f..%2f..%2f..%2f..%2fetc/passwd", "%2fetc/passwd",
     "/etc/passwd", "....//words/en.toml", "..;/words/en.toml", "%252e%252e%252fwords/en.toml"],
)  # fmt: skip
def test_no_way_leads_out_of_the_page_s_folder(site: Site, path: str) -> None:
    host = f"Host: 127.0.0.1:{site.port}\r\nCookie: {site.cookie}"
    status, text = site.raw(f"GET /{site.token}/{path} HTTP/1.1", host)
    assert status in (400, 404)
    assert "[cue]" not in text
    assert "root:" not in text
