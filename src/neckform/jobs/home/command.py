"""``neckform``: opens home, or says what to type where there is no screen."""

from __future__ import annotations

from neckform.core.wording import worded
from neckform.jobs.home.options import HomeOptions
from neckform.showing.words.telling import told
from neckform.terminal.echo import hand_out
from neckform.terminal.screen import there_is_a_screen

WITHOUT_A_SCREEN = worded(
    """\
There is no desktop here to show a page on. In the terminal:

  neckform coach --text       stretch, led by lines and keys
  neckform calibrate --text   measure how far your neck goes
  neckform watch --text       watch how your neck rests
  neckform analyze VIDEO      look at a recording, or at a folder of them
  neckform history            what you did so far
  neckform heat, sleep        a timer for a heat pack; how to lie

neckform --help has everything; neckform home --no-browser serves the page all the same.
"""
)


def run(options: HomeOptions) -> int:
    """Serve the page until it is closed or the program ends; return the exit code."""
    if options.browser and not there_is_a_screen():
        hand_out(told(WITHOUT_A_SCREEN))
        return 0
    from neckform.app.opening import exit_code, open_desk
    from neckform.config.remembered import remembered_file
    from neckform.jobs.home.job import Home

    # Who asks for a room was here before.
    first = options.room == "home" and options.source is None and not remembered_file().exists()
    with open_desk("home", options) as desk, Home(desk, options, first=first) as home:
        home.run()
        return exit_code(desk)
