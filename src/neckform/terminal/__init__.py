"""The terminal: what is printed, keys, Ctrl-C, and options made of dataclasses."""
