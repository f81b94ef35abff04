"""Landmarks to samples: where head and shoulders are, against the person's own neutral."""
