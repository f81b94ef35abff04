"""The job of ``neckform calibrate``: a neutral and the own comfortable range, into a profile."""
