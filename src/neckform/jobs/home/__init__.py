"""Home: one page with a door to each of the other jobs."""
