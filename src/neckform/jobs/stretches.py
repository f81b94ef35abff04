"""``neckform stretches`` prints what each stretch is, how to do it, and when not to."""

from __future__ import annotations

from neckform.core.errors import SettingsError
from neckform.core.wording import named, worded

SAFETY = (
    worded("Do each stretch every day, gently, on both sides. Never force the head further."),
    worded(
        "Never stretch a neck that is frozen: stuck, so that it cannot be moved. See a therapist."
    ),
    worded("Stop at any pain, and see a therapist."),
    worded("Symptoms for longer than a fortnight: see a therapist."),
    worded("Heat, such as a pack or a shower, helps: 15 to 20 minutes at most, to spare the skin."),
    worded(
        "Lying: on the back with the head level is best; on the side with the spine straight is "
        "good; face down is worst, because the neck stays twisted. On the back, the chin should be "
        "neither almost on the chest nor tilted far back; on the side, the head should not tilt, "
        "be propped too high or sink in."
    ),
)
"""The rules for every stretch, and for a neck that hurts."""


def run(name: str | None) -> int:
    """Print one stretch or all of them, then the rules of safety."""
    from rich.text import Text

    from neckform.config.settings import load_settings, own_settings_file
    from neckform.showing.words.telling import told
    from neckform.terminal import printing

    known = load_settings(own_settings_file()).by_id
    if name is not None and name not in known:
        raise SettingsError(
            "stretches",
            [
                worded(
                    "no stretch is called {name}; there are {known}",
                    name=name,
                    known=", ".join(known),
                )
            ],
        )
    console = printing.out()
    for stretch in known.values() if name is None else [known[name]]:
        sides = worded("no sides")
        if stretch.sided:
            sides = worded("to the left and to the right")
        facts = f"  ({stretch.id}, {told(sides)}, {stretch.hold_s:.0f} s)"
        heading = Text.assemble((told(named(stretch.name)), "bold"), facts)
        console.print(heading, soft_wrap=True)
        printing.print_indented(console, named(stretch.how_to), 2)
        printing.print_indented(
            console, worded("When not: {when_not}", when_not=named(stretch.when_not)), 2
        )
        console.print()
    printing.print_line(console, worded("For your neck"), "bold")
    for rule in SAFETY:
        printing.print_indented(console, rule, 4, first="  -")
    return 0
