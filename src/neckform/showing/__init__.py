"""The edge out: overlay and annotated video, terminal, JSON and CSV."""
