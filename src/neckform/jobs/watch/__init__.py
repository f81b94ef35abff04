"""The job of ``neckform watch``: a quiet monitor of how the neck rests."""
