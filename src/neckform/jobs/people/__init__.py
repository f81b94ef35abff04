"""The job of ``neckform people``: those whom the user looks after."""
