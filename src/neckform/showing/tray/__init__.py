"""The monitor's icon in the tray. The library is Qt's own for Python, PySide6.

It is maintained by those who make Qt, typed, and shows the same menu on macOS, Windows and every
desktop of Linux (StatusNotifierItem over D-Bus, or XEmbed). pystray has had no release since 2023,
and on Linux it shows a menu only with system packages that a virtual environment does not see. Qt
is large, so it comes with ``neckform[tray]`` alone.
"""
