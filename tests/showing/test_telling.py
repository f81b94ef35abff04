"""Lines are said in the language of whoever reads them."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from messages import messages
from neckform.config.settings import load_settings
from neckform.core.errors import InputError, SettingsError
from neckform.core.parameter import checked
from neckform.core.stretch.stretches import OwnRange
from neckform.core.wording import listed, named, plural, why, worded
from neckform.showing.words.catalogue import by_english, languages, words_at
from neckform.showing.words.phrases import day_words
from neckform.showing.words.telling import language_now, told, use_language

MESSAGES = messages()
OTHERS = [language for language in languages() if language != "en"]


@pytest.fixture
def german() -> Iterator[None]:
    use_language("de")
    yield
    use_language("en")


def forms(words: Any) -> list[str]:
    return list(words.values()) if isinstance(words, Mapping) else [words]


def filled(words: str) -> set[str]:
    return set(re.findall(r"\{[^}]*\}", words))


def test_there_are_messages() -> None:
    assert len(MESSAGES) > 600
    assert MESSAGES["{n} minutes"] == "{n} minute"


@pytest.mark.parametrize("language", OTHERS)
def test_each_language_has_words_for_each_line(language: str) -> None:
    known = by_english(language)
    assert [line for line in MESSAGES if line not in known] == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_language_has_words_for_a_line_that_nobody_says(language: str) -> None:
    assert [line for line in words_at(language, "message") if line not in MESSAGES] == []


@pytest.mark.parametrize("language", OTHERS)
def test_each_line_is_filled_with_the_same(language: str) -> None:
    for line, own in words_at(language, "message").items():
        one = MESSAGES[line]
        assert isinstance(own, Mapping) == (one is not None), line
        *few, most = forms(own)
        assert filled(most) == filled(line), line
        for form in few:  # one may be a word: once
            assert filled(form) | {"{n}"} == filled(one or line) | {"{n}"}, line


def test_a_line_is_english_until_it_is_told(german: None) -> None:
    line = worded("{path} is empty; record or copy it again", path="clip.mp4")
    assert line == "clip.mp4 is empty; record or copy it again"
    assert told(line) == "clip.mp4 ist leer; nimm neu auf oder kopier es neu"
    assert told("clip.mp4 is empty") == "clip.mp4 is empty"


def test_a_line_within_a_line_is_told_too(german: None) -> None:
    inner = worded("chin down")
    assert told(worded("{title}: {what}", title=named("Slouching"), what=inner)) == (
        "Zusammengesunken: Kinn nach unten"
    )
    assert told(listed([inner, worded("upright")])) == "Kinn nach unten; aufrecht"


def test_what_is_counted_has_the_form_of_its_number(german: None) -> None:
    lines = [plural("{n} minute", "{n} minutes", n=n) for n in (1, 2)]
    assert lines == ["1 minute", "2 minutes"]
    assert [told(line) for line in lines] == ["1 Minute", "2 Minuten"]


def test_numbers_and_days_are_written_as_the_language_does(german: None) -> None:
    read = worded("for {lost_s:.1f} s, of which nothing could be seen", lost_s=1.5)
    assert told(read) == "für 1,5 s, von denen nichts zu sehen war"
    day = day_words(date(2026, 11, 23))
    assert day == "23 November 2026"
    assert told(worded("for {day}", day=day)) == "für den 23. November 2026"


def test_an_error_is_told_with_its_reason(german: None) -> None:
    error = PermissionError(13, "Permission denied")
    raised = InputError(worded("{path} cannot be opened: {reason}", path="a", reason=why(error)))
    assert str(raised) == "a cannot be opened: Permission denied"
    assert told(raised) == "a kann nicht geöffnet werden: keine Erlaubnis"
    wrong = SettingsError("--minutes", [worded("{flag}: {error}", flag="x", error="y")] * 40)
    assert told(wrong).endswith("; und 10 weitere")


def test_a_name_may_hold_any_sign(german: None) -> None:
    assert told(worded("{title}: {what}", title=named("{n}"), what="{0}")) == "{n}: {0}"


def test_a_line_travels_between_processes(german: None) -> None:
    sent = pickle.loads(pickle.dumps(plural("{n} minute", "{n} minutes", n=1)))
    assert (sent, told(sent)) == ("1 minute", "1 Minute")
    wrong = SettingsError("--minutes", [worded("{flag}: {error}", flag="x", error="y")])
    line = worded("not kept in your history: {error}", error=wrong)
    sent = pickle.loads(pickle.dumps(line))
    assert (sent, told(sent)) == (line, told(line))


def test_an_unknown_language_is_english() -> None:
    use_language("tlh")
    assert language_now() == "en"


def test_what_no_settings_file_knows_is_told_in_the_language(german: None, tmp_path: Path) -> None:
    own = tmp_path / "stretches.toml"
    own.write_text('[upper-trapezius.words.German]\nname = "Ohr"\n', encoding="utf-8")
    with pytest.raises(SettingsError) as wrong:
        load_settings(own)
    assert "muss das Kürzel einer Sprache sein" in told(wrong.value)
    _, (problem,) = checked(OwnRange, {"nod_deg": 1})
    assert told(problem) == "nod_deg: diese Angabe gibt es nicht"


def test_an_error_is_a_line_in_english_too() -> None:
    line = told(InputError(worded("{path} is empty; record or copy it again", path="clip.mp4")))
    assert line == "clip.mp4 is empty; record or copy it again"
