"""Whether picture and camera stand still: what the camera does, and frozen pictures."""
