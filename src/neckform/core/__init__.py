"""Pure: numpy and the standard library; no clock, no file, no pixel."""
