"""Whether the computer runs on its battery: psutil asks each system."""

from __future__ import annotations

import psutil


def on_battery() -> bool:
    """False where there is no battery, or the system does not tell."""
    try:
        battery = psutil.sensors_battery()
    except Exception:  # noqa: BLE001 - a system that tells it in a new way is no reason to stop
        return False
    return battery is not None and battery.power_plugged is False
