import pytest

from histories import ROUTINE, TODAY, ago, entry, hold
from neckform.history.trends import NOISE_DEG, balances, trends


def test_weeks_begin_on_monday_and_are_in_order() -> None:
    found = trends([entry(ago(1)), entry(ago(0)), entry(ago(7))])
    (trend,) = found
    assert [week.monday for week in trend.weeks] == [ago(7), TODAY]
    assert [week.holds for week in trend.weeks] == [2, 1]


def test_angles_are_weighted_by_how_long_they_were_held() -> None:
    holds = (hold(held_s=30, angle_deg=20), hold(held_s=10, angle_deg=40))
    (trend,) = trends([entry(holds=holds)])
    (week,) = trend.weeks
    assert week.angle_deg == pytest.approx(25)
    assert week.mean_held_s == pytest.approx(20)
    assert week.completed == 1


@pytest.mark.parametrize(
    ("before", "after", "error", "beyond"),
    [
        (20.0, 29.9, 1.0, False),
        (20.0, 30.0, 1.0, True),
        (30.0, 20.0, 1.0, True),
        # Two measurements that are each uncertain by 5 differ by 14 for no reason at all.
        (20.0, 33.0, 5.0, False),
        (20.0, 35.0, 5.0, True),
    ],
)
def test_differences_within_the_noise_are_no_progress(
    before: float, after: float, error: float, beyond: bool
) -> None:
    assert NOISE_DEG == 10.0
    entries = [
        entry(ago(14), (hold(angle_deg=before, error_deg=error),)),
        entry(ago(0), (hold(angle_deg=after, error_deg=error),)),
    ]
    (trend,) = trends(entries)
    assert trend.change.angle_deg == pytest.approx(after - before)
    assert trend.change.beyond_noise is beyond


def test_a_single_week_is_no_change() -> None:
    (trend,) = trends([entry()])
    assert trend.change.angle_deg is None
    assert trend.change.held_s is None
    assert not trend.change.beyond_noise


def test_an_unknown_angle_is_unknown_not_zero() -> None:
    entries = [entry(ago(7), (hold(angle_deg=None, error_deg=None),)), entry()]
    (trend,) = trends(entries)
    assert trend.weeks[0].angle_deg is None
    assert trend.change.angle_deg is None
    assert trend.change.held_s == 0.0


def test_exercises_come_in_the_order_of_the_routine() -> None:
    holds = (hold("my-own", None), hold("upper-trapezius", "right"), hold("levator-scapulae"))
    found = [trend.exercise for trend in trends([entry(holds=holds)], ROUTINE)]
    assert found == [("levator-scapulae", "left"), ("upper-trapezius", "right"), ("my-own", None)]


@pytest.mark.parametrize(
    ("left_s", "right_s", "less"),
    [(40, 30, None), (40, 29, "right"), (29, 40, "left"), (0, 40, "left"), (30, 40, None)],
)
def test_balance(left_s: float, right_s: float, less: str | None) -> None:
    holds = tuple(
        hold(side=side, held_s=held_s)
        for side, held_s in (("left", left_s), ("right", right_s))
        if held_s
    )
    (balance,) = balances([entry(holds=holds)], TODAY)
    assert balance.less == less


def test_balance_is_about_the_last_four_weeks() -> None:
    (balance,) = balances([entry(ago(28), (hold(side="right"),)), entry(ago(27))], TODAY)
    assert (balance.left.holds, balance.right.holds) == (1, 0)
    assert balances([entry(holds=(hold("cervical-paraspinal", None),))], TODAY) == []
