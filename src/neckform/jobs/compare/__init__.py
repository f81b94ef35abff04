"""The job of `neckform compare`: how well its angles agree with another instrument."""
