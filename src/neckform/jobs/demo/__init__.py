"""The packaged clip, and the job of ``neckform demo``."""
