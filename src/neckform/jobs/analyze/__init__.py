"""The job of `neckform analyze`: recordings in, verdicts out."""
