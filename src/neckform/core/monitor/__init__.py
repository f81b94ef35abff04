"""The monitor of a whole day: when to speak up, and which minutes count as what."""
