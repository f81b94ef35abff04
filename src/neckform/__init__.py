"""neckform checks neck stretches and resting neck posture, on your own computer."""

__version__ = "0.1.0"
