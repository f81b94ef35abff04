"""A stretch as data, and the machines that judge how it is held."""
