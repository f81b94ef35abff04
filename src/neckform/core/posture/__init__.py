"""A resting posture as data, and the machines that judge how the neck rests."""
