"""The job of `neckform history`: what was practised, in words and numbers."""
