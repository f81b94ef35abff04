"""A card made in the page: what is filled in is the command line's card, or says what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from neckform.config.card import card_in, text_of
from neckform.config.settings import load_settings
from neckform.jobs.card import EXAMPLE
from neckform.jobs.home.cards import Cards

KNOWN = load_settings().stretches
EAR = {"id": "upper-trapezius", "sides": ["left"], "hold_s": 20, "repetitions": 2, "words": "",
       "to_deg": None}  # fmt: skip


def written(**draft: Any) -> Cards:
    cards = Cards(KNOWN)
    cards.do({"do": "card", "what": "write", "card": {"stretch": [EAR], **draft}})
    json.dumps(cards.state("en"), allow_nan=False)
    return cards


def test_what_is_filled_in_is_a_card() -> None:
    words = 'She said "gently" \\ and\tslowly: äöü 頸'
    cards = written(who="P-9", words=words, days=["monday"])
    assert cards.card is not None
    state = cards.state("en")["card"]
    again = card_in(state["text"], Path("card.toml"), KNOWN)
    assert again == cards.card
    assert again.words == " ".join(words.split())
    assert state["text"].count("[[stretch]]") == 1
    assert state["lines"][0]["asked"] == ["Ear to shoulder, left: 2 times 20 s"]


def test_a_card_that_is_opened_and_written_is_the_same() -> None:
    cards = Cards(KNOWN)
    cards.do({"do": "card", "what": "open", "name": "card.toml", "text": EXAMPLE})
    assert cards.card == card_in(EXAMPLE, Path("card.toml"), KNOWN)
    assert card_in(text_of(cards.card), Path("again.toml"), KNOWN) == cards.card
    before, draft = cards.card, cards.state("en")["draft"]
    cards.do({"do": "card", "what": "write", "card": draft})
    assert cards.card == before


@pytest.mark.parametrize(
    "draft",
    [{"days": 3}, {"days": ["someday"]}, {"who": {"a": 1}}, {"words": "x" * 501}, {"more": 1},
     {"stretch": [{**EAR, "hold_s": 1}]}, {"stretch": [{**EAR, "sides": []}]},
     {"stretch": [{**EAR, "id": 5}]}, {"stretch": [EAR, EAR]}, {"stretch": [{}]},
     {"stretch": [{**EAR, "to_deg": 10**400}]}, {"stretch": [{**EAR, "x": [[None]]}]}],
)  # fmt: skip
def test_what_makes_no_card_is_named(draft: dict[str, Any]) -> None:
    cards = written(**draft)
    assert cards.card is None
    assert cards.state("en")["problems"]


@pytest.mark.parametrize("draft", [{"stretch": "abc"}, {"stretch": 7}, {"stretch": []}])
def test_what_asks_for_nothing_is_no_card_and_no_mistake(draft: dict[str, Any]) -> None:
    cards = written(**draft)
    assert cards.card is None
    assert cards.state("en")["problems"] == []


def test_a_text_that_is_no_text_stands_as_an_escape() -> None:
    cards = written(who="a\ud800b\x1b[1m")
    assert cards.card is not None
    assert cards.card.who == r"a\ud800b\x1b[1m"


@pytest.mark.parametrize("text", [None, "", "no card", "\x00"])
def test_a_file_that_is_none_is_named(text: str | None) -> None:
    cards = Cards(KNOWN)
    cards.do({"do": "card", "what": "open", "name": "x", "text": text})
    assert cards.card is None
    assert cards.state("en")["problems"]
