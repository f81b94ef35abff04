"""The job of ``neckform coach``: a guided routine at the camera."""
