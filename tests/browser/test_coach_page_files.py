"""The files of the coach's page: nothing from elsewhere, nothing inline, nothing missing."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from coach_page import FOLDER

from neckform.showing.lying.drawings import drawings

pytestmark = pytest.mark.slow

SVG_NAMESPACE = "http://www.w3.org/2000/svg"
FILES = sorted(path for path in FOLDER.rglob("*") if path.is_file())
MODULES = [path for path in FILES if path.suffix == ".js"]
NAMES = [str(path.relative_to(FOLDER)) for path in FILES]


class Markup(HTMLParser):
    """Every element of the page with its attributes, and what stands inside scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] in ("script", "style") and data.strip():
            self.inline.append(data)


@pytest.fixture(scope="module")
def markup() -> Markup:
    parser = Markup()
    parser.feed((FOLDER / "index.html").read_text(encoding="utf-8"))
    return parser


def test_there_is_a_page() -> None:
    assert {"index.html", "page.js", "icon.svg"} <= set(NAMES)
    assert {path.suffix for path in FILES} == {".html", ".js", ".css", ".svg"}


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_nothing_comes_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace(SVG_NAMESPACE, "")
    assert re.findall(r"(?:https?|wss?|data|blob|file):[^\s\"'`;)]+", text) == []
    assert re.findall(r"[\"'(]//[\w.]", text) == []


@pytest.mark.parametrize("path", MODULES, ids=[n for n in NAMES if n.endswith(".js")])
def test_modules_stay_within_the_policy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for refused in (
        r"\beval\(",
        r"new Function",
        r"innerHTML",
        r"outerHTML",
        r"insertAdjacentHTML",
        r"document\.write",
        r"cssText",
        r"setAttr(?:ibute)?\([^,]*[,\s]*[\"']style",
        r"\bfetch\((?!\"(?:words|positions)\.json\"|`upload/)",  # the program's own
        r"XMLHttpRequest",
        r"sendBeacon",
    ):
        assert not re.search(refused, text), refused
    for imported in re.findall(r"from [\"']([^\"']+)[\"']", text):
        assert imported.startswith(("./", "../"))
        assert (path.parent / imported).resolve().is_file(), imported


def test_no_inline_script_style_or_handler(markup: Markup) -> None:
    assert markup.inline == []
    for tag, attributes in markup.elements:
        assert tag != "style"
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        assert tag != "form"  # the policy lets none be sent


def test_all_that_the_page_loads_is_there(markup: Markup) -> None:
    asked = [
        attrs.get("src") or attrs.get("href")
        for tag, attrs in markup.elements
        if tag in ("script", "link", "img", "use")
    ]
    assert asked
    for address in asked:
        assert address is not None
        assert (FOLDER / address).is_file(), address


def test_ids_are_unique_and_those_that_are_pointed_at_exist(markup: Markup) -> None:
    ids = [attrs["id"] for _, attrs in markup.elements if attrs.get("id")]
    assert len(ids) == len(set(ids))
    for _, attributes in markup.elements:
        for pointer in ("for", "aria-labelledby", "aria-describedby"):
            for target in (attributes.get(pointer) or "").split():
                assert target in ids, target


def test_every_id_that_a_module_looks_up_is_in_the_page(markup: Markup) -> None:
    ids = {attrs["id"] for _, attrs in markup.elements if attrs.get("id")}
    for path in MODULES:
        for wanted in re.findall(r"byId\([\"']([^\"']+)[\"']\)", path.read_text(encoding="utf-8")):
            assert wanted in ids, f"{path.name}: {wanted}"


def test_every_button_says_what_it_does(markup: Markup) -> None:
    for tag, attributes in markup.elements:
        if tag == "button":
            assert attributes.get("type") == "button"


def test_every_class_and_id_that_a_style_names_is_in_the_page() -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in FILES if path.suffix != ".css")
    told += "".join(one["drawing"] for one in drawings())
    styles = [path for path in FILES if path.suffix == ".css"]
    assert styles
    for path in styles:
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for rule in re.findall(r"([^{};]+)\{", text):
            for name in re.findall(r"[.#]([A-Za-z][\w-]*)", rule):
                assert re.search(rf"(?<![\w-]){name}(?![\w-])", told), f"{path.name}: {name}"


def test_the_display_is_mirrored_in_one_place() -> None:
    mirrors = [
        name
        for name, path in zip(NAMES, FILES, strict=True)
        if re.search(r"scaleX\(-1\)|scale\(-1", path.read_text(encoding="utf-8"))
    ]
    assert mirrors == ["style/frame.css"]
