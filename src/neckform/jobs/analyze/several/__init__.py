"""Several recordings: those that were done before, and the others side by side."""
