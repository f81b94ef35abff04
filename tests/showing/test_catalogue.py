"""One file a language: all of them say the same things, and a new file is a new language."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any

import numpy as np
import pytest

import clips
import neckform
from neckform.config.settings import load_settings
from neckform.showing.words.catalogue import (
    DEFAULT_LANGUAGE,
    FOLDER,
    date_words,
    known_language,
    languages,
    phrase,
    system_language,
    words_at,
    yes_or_no,
)
from neckform.showing.words.spoken import stretch_words

PACKAGE = Path(neckform.__file__).parent
CHECKOUT = PACKAGE.parents[1]
FILES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.toml")}
OTHERS = sorted(set(FILES) - {DEFAULT_LANGUAGE})


def placeholders(words: Mapping[str, Any], key: str = "") -> dict[str, set[str]]:
    """Each key and what is filled in; a sentence for each side counts as one with a side."""
    if set(words) == {"left", "right"} and key not in {"side.", "toward."}:
        return {key.removesuffix("."): {"side"}}
    if "other" in words:  # plural forms: as many as the language has
        words, key = {key.removesuffix("."): words["other"]}, ""
    found: dict[str, set[str]] = {}
    for name, value in words.items():
        if isinstance(value, Mapping):
            found |= placeholders(value, f"{key}{name}.")
        else:
            parts = Formatter().parse(value) if isinstance(value, str) else ()
            found[key + name] = {field for _, field, _, _ in parts if field}
    return found


def test_there_are_languages_and_english_comes_first() -> None:
    assert set(languages()) == set(FILES)
    assert len(FILES) >= 4
    assert next(iter(languages())) == "en"
    assert languages()["de"] == "Deutsch"


@pytest.mark.parametrize("language", OTHERS)
def test_each_language_has_each_key_with_its_placeholders(language: str) -> None:
    # Messages are found by their English words: test_telling.py.
    own = {key: words for key, words in FILES[language].items() if key != "message"}
    assert placeholders(own) == placeholders(FILES[DEFAULT_LANGUAGE])


@pytest.mark.parametrize("language", FILES)
def test_no_word_is_empty(language: str) -> None:
    for key in placeholders({**FILES[language], "message": {}}):
        assert words_at(language, *key.split(".")), key


def test_what_is_counted_has_the_plural_forms_of_its_language() -> None:
    assert phrase("page.setup.lasts", "de", n=1).startswith("Etwa 1 Minute.")
    assert phrase("page.setup.lasts", "de", n=2).startswith("Etwa 2 Minuten.")
    # In French nothing is one.
    assert [phrase("page.done.streak", "fr", n=n) for n in (0, 1, 2)] == [
        "0 jour d'affilée", "1 jour d'affilée", "2 jours d'affilée",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "day"), [("en", "23 November 2026"), ("de", "23. November 2026")]
)
def test_a_day_is_written_as_in_its_language(language: str, day: str) -> None:
    assert date_words(date(2026, 11, 23), language) == day


def test_a_language_is_found_by_what_browsers_and_systems_call_it() -> None:
    assert known_language("pt-BR", "de_AT", "fr") == "de"
    assert known_language("tlh") == "en"
    assert known_language("../de", "") == "en"


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "es_ES.UTF-8"}, "es"),
        ({"LANG": "C"}, "en"),
    ],
)
def test_the_system_says_which_language_its_user_speaks(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert system_language() == language


def test_english_says_of_each_stretch_what_its_file_says() -> None:
    for stretch in load_settings().stretches:
        own = (stretch.name, stretch.muscle, stretch.how_to, stretch.when_not)
        assert stretch_words(stretch, "en") == own
        table = words_at("en", "stretch", stretch.id)
        assert (table["name"], table["muscle"], table["how-to"], table["when-not"]) == own


def test_what_a_person_calls_a_stretch_is_said_in_every_language() -> None:
    shipped = load_settings().stretches[0]
    assert stretch_words(shipped, "de").name == "Kinn zur Brust"
    own = replace(shipped, name="Nod")
    assert stretch_words(own, "de").name == "Nod"
    assert stretch_words(own, "de").how_to == stretch_words(shipped, "de").how_to


def test_a_phrase_is_found_by_its_key_and_filled() -> None:
    assert phrase("side.left", "de") == "links"
    assert phrase("cue.wrong-side", "en", side="left") == "Other side: to the left."


def test_an_unknown_language_is_english() -> None:
    assert phrase("cue.stay", "tlh") == "Stay."
    assert phrase("cue.stay", "../en") == "Stay."


def test_an_unknown_key_is_a_mistake() -> None:
    with pytest.raises(KeyError, match=r"cue\.nothing"):
        phrase("cue.nothing", "de")


@pytest.mark.parametrize(
    ("answer", "meaning"),
    [("y\n", True), ("Yes", True), ("ja", True), ("oui", True), ("sí", True), ("n", False),
     ("Nein\n", False), ("non", False), ("", None), ("perhaps", None)],
)  # fmt: skip
def test_an_answer_is_understood_in_each_language(answer: str, meaning: bool | None) -> None:
    assert yes_or_no(answer) is meaning


# --- a new language -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def klingon(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout whose program has one more file, with each sentence marked."""
    checkout = tmp_path_factory.mktemp("checkout")
    skip = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, checkout / "src" / "neckform", ignore=skip)
    for folder in ("models", "calibration", "third_party"):
        (checkout / folder).symlink_to(CHECKOUT / folder)
    words = checkout / "src" / "neckform" / FOLDER.relative_to(PACKAGE)
    english = (words / "en.toml").read_text("utf-8")
    marked = re.sub(r'"([^"]+[.])"', r'"\1 Qapla!"', english)
    marked = re.sub(r"(?m)^name = .*$", 'name = "tlhIngan Hol"', marked, count=1)
    marked = re.sub(r"(?m)^yes = .*$", 'yes = ["hislah"]', marked)
    marked = re.sub(r"(?m)^no = .*$", 'no = ["ghobe"]', marked)
    marked = re.sub(r"(?m)^macos_voice = .*$", 'macos_voice = "Worf"', marked)
    (words / "tlh.toml").write_text(marked, "utf-8")
    return checkout


def run_in(checkout: Path, *arguments: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(checkout / "src")} | more.pop("env", {})
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        env=environment, capture_output=True, text=True, check=False, timeout=120, **more,
    )  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="its voice is that of Linux")
def test_a_new_language_speaks_wherever_neckform_speaks(
    klingon: Path, tmp_path: Path, own_data: Path
) -> None:
    """The real program before an empty room, asked, answered and heard in the new language."""
    room = clips.write_video(tmp_path / "room.mp4", [np.full((480, 640, 3), 110, np.uint8)] * 36)
    heard = tmp_path / "heard.txt"
    program = tmp_path / "bin" / "spd-say"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$@" >> {heard}\n')
    program.chmod(0o755)

    options = ("--text", "--source", room, "--language", "tlh", "--profile", "home")
    ran = run_in(
        klingon, "-m", "neckform", "calibrate", *options, cwd=tmp_path, input="ghobe\n" * 7,
        env={"PATH": f"{program.parent}:{os.environ['PATH']}"},
    )  # fmt: skip
    assert ran.returncode == 4, ran.stderr  # nobody was there
    assert "Come into the picture. Qapla!" in ran.stdout
    assert "-l tlh" in heard.read_text()
    assert "Come into the picture. Qapla!" in heard.read_text()


def test_a_new_language_can_be_chosen_and_is_in_the_help(klingon: Path, tmp_path: Path) -> None:
    ran = run_in(klingon, "-m", "neckform", "calibrate", "--help", cwd=tmp_path)
    assert "tlh" in ran.stdout
    script = """
from neckform.jobs.coach.choices import Choices, chosen
from neckform.showing.voice import speaker as speech
from neckform.showing.words.catalogue import languages
choices, problems = chosen(Choices(()), {"language": "tlh"}, ())
print(choices.language, problems, languages()["tlh"], speech._say("", "tlh", 1)[2])
"""
    ran = run_in(klingon, "-c", script, cwd=tmp_path)
    assert ran.stdout == "tlh [] tlhIngan Hol Worf\n", ran.stderr
