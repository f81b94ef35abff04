"""Pain before and after a visit: what follows from it, and what is kept."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from visit_stage import NO, Person, kept, kept_soon, visit

from neckform.config.paths import routines_folder
from neckform.history.entry import KeptPain
from neckform.history.store import Store
from neckform.jobs.coach.options import CoachOptions
from neckform.jobs.kept_routines import kept_routines
from neckform.showing.exports.parcel import Letter, read_parcel
from scripts import Script, acts, unplugged

pytestmark = pytest.mark.slow


def hurting(pain: int, **more: Any) -> Person:
    return Person(answers={**NO, "pain": pain}, **more)


@pytest.fixture
def once(sitting: Script, left: Script) -> Script:
    return acts((5.5, sitting), (12.5, left), (99, sitting))


@pytest.mark.parametrize("pain", [7, 10])
def test_much_pain_ends_with_advice_and_what_helps_and_is_kept_with_the_day(pain: int) -> None:
    went = visit(unplugged, hurting(pain))
    assert went.phases == ["setup", "questions", "advice", "setup"]
    assert went.cameras == []
    advice = went.in_phase("advice")[-1]["advice"]
    assert advice["title"] == "Not today"
    assert "physiotherapist" in " ".join(advice["lines"])
    assert len(advice["helps"]) == 2
    (entry,) = kept_soon()
    assert (entry.holds, entry.pain) == ((), (KeptPain(pain),))


def test_much_pain_is_not_kept_where_nothing_is() -> None:
    visit(unplugged, hurting(8), options=CoachOptions(history=False))
    assert kept() == []


@pytest.mark.parametrize("pain", [4, 6])
def test_some_pain_is_advised_to_rest_first(pain: int) -> None:
    went = visit(unplugged, hurting(pain))
    assert went.phases == ["setup", "questions", "advice", "setup"]
    advice = went.in_phase("advice")[-1]["advice"]
    assert advice["goes_on"]
    assert advice["helps"]
    assert f"pain of {pain}" in advice["lines"][0]
    assert kept() == []


def test_with_some_pain_the_hold_is_half_and_less_far(once: Script) -> None:
    went = visit(once, hurting(5, goes_on=True), hold_s=8)
    (done,) = went.done["exercises"]
    assert (done["target_ms"], done["completed"]) == (4000, True)
    gauge = went.in_phase("hold")[0]["hold"]["gauge"]
    assert (gauge["enter_deg"], gauge["target_deg"], gauge["ease_off_deg"]) == (15, 18.75, 37.5)
    assert "Gently today. Less far is far enough." in went.words
    assert kept()[0].pain == (KeptPain(5),)


@pytest.mark.parametrize(("pain", "gently"), [(0, False), (1, True), (3, True)])
def test_little_pain_goes_on_gently(once: Script, pain: int, gently: bool) -> None:
    went = visit(once, hurting(pain), until_s=1)
    assert "advice" not in went.phases
    assert ("Gently today. Less far is far enough." in went.words) is gently


@pytest.mark.parametrize(("after", "worse"), [(1, False), (3, False), (4, True)])
def test_afterwards_it_says_whether_it_is_worse_and_whom_to_see(
    once: Script, after: int, worse: bool
) -> None:
    went = visit(once, hurting(2, after=after))
    told = went.done["pain"]
    assert told["value"] == after
    assert told["lines"][0] == f"Pain: 2 before, {after} now."
    assert told["worse"] is worse
    assert ("physiotherapist" in " ".join(told["lines"])) is worse
    (entry,) = kept()
    assert entry.pain == (KeptPain(2, after),)
    assert len(entry.holds) == 1


@pytest.mark.parametrize(("after", "worse"), [(3, False), (4, True)])
def test_tomorrow_is_due_unless_it_is_worse(once: Script, after: int, worse: bool) -> None:
    went = visit(once, hurting(2, after=after))
    assert (went.done["tomorrow"] is None) is worse
    assert (went.done["reminder"] is None) is worse
    assert ("helps" in went.done) is worse
    # Before it was told, nothing spoke against it.
    assert went.in_phase("done")[-2]["done"]["tomorrow"]


@pytest.mark.parametrize(("after", "worse"), [(3, False), (9, True)])
@pytest.mark.parametrize("at_s", [2.0, 10.0])
def test_who_says_that_it_hurts_is_asked_how_much(
    once: Script, at_s: float, after: int, worse: bool
) -> None:
    person = hurting(2, after=after, orders={at_s: {"do": "hurts"}})
    went = visit(once, person, hold_s=30)
    assert "done" not in went.phases
    asked = went.in_phase("advice")[-1]["advice"]
    assert asked["title"].startswith("Stop")
    assert asked["helps"]
    assert asked["pain"]["value"] == after
    assert asked["pain"]["worse"] is worse
    assert ("physiotherapist" in " ".join(asked["pain"]["lines"])) is worse
    # The earliest advice stands there before anything is kept.
    assert "pain" not in went.in_phase("advice")[0]["advice"]
    assert until_kept(KeptPain(2, after)) == (at_s > 5)


def test_who_is_hurt_and_tells_no_number_loses_nothing(once: Script) -> None:
    went = visit(once, hurting(2, orders={10.0: {"do": "hurts"}}), hold_s=30)
    assert went.in_phase("advice")[-1]["advice"]["pain"]["lines"] == []
    assert until_kept(KeptPain(2)) == 1


@pytest.mark.parametrize("keeps", [True, False])
def test_a_routine_is_kept_for_the_therapist_only_where_that_was_chosen(
    once: Script, own_data: Path, keeps: bool
) -> None:
    """With what was told of pain last, and with no name."""
    choose = {"do": "choose", "choices": {"keeps_landmarks": keeps}}
    visit(once, hurting(2, after=4, choose=choose))
    kept_files = list(kept_routines(routines_folder()).values())
    assert len(kept_files) == keeps
    for path in kept_files:
        parcel = read_parcel(path)
        assert parcel.letter == Letter(before=2, after=4)
        assert len(parcel.report["holds"]) == 1
        assert parcel.landmarks


CHECKED = {"do": "choose", "choices": {"turn_check": True}}


def test_a_check_that_hurts_before_the_routine_ends_it(sitting: Script) -> None:
    person = hurting(1, after=6, choose=CHECKED, orders={7.0: {"do": "hurts"}})
    went = visit(acts((99, sitting)), person)
    assert went.phases[-3:] == ["range", "advice", "setup"]
    assert went.in_phase("advice")[-1]["advice"]["pain"]["worse"]
    assert until_kept(KeptPain(1, 6)) == 0


def test_a_check_that_hurts_after_the_routine_leaves_nothing_due(once: Script) -> None:
    skip = {"do": "skip"}
    orders = {8.0: skip, 8.5: skip, 18.0: {"do": "hurts"}}
    person = hurting(3, after=3, choose=CHECKED, orders=orders)
    went = visit(once, person, until_s=20)
    assert went.phases[-4:] == ["range", "advice", "done", "setup"]
    assert (went.done["pain"]["value"], went.done["pain"]["worse"]) == (3, False)
    assert went.done["tomorrow"] is None
    assert went.done["helps"]
    assert until_kept(KeptPain(3, 3)) == 1


def until_kept(pain: KeptPain) -> int:
    """Wait until the history has this pain; how many holds that day has."""
    for _ in range(200):
        if (entries := kept()) and entries[0].pain == (pain,):
            (entry,) = entries
            return len(entry.holds)
        time.sleep(0.05)
    raise AssertionError(f"never kept: {kept()}")


def test_what_is_no_number_changes_nothing(once: Script) -> None:
    went = visit(once, hurting(2, after=11))
    assert went.done["pain"]["value"] is None
    assert kept()[0].pain == (KeptPain(2),)


def test_nobody_is_asked_after_nothing(sitting: Script) -> None:
    went = visit(sitting, hurting(2), until_s=3)
    assert "pain" not in went.done
    assert kept() == []


def test_a_damaged_number_costs_no_other_row(own_data: Path, once: Script) -> None:
    visit(once, hurting(2, after=1))
    with Store(own_data / "history.db") as store:
        with store.transaction() as connection:
            connection.execute("UPDATE pain SET before = 77")
        rows = store.rows()
        assert rows.entries[0].pain == ()
        assert len(rows.entries[0].holds) == 1
        assert "pain: before" in rows.damaged[0]
        store.forget()
        assert store.rows().damaged == ()


def test_a_day_is_forgotten_with_its_pain(own_data: Path) -> None:
    visit(unplugged, hurting(8))
    (entry,) = kept_soon()
    with Store(own_data / "history.db") as store:
        assert store.forget(entry.day) == 1
        with store.transaction() as connection:
            assert connection.execute("SELECT count(*) FROM pain").fetchone() == (0,)
