"""Pictures with drawings on them, and the films that are made of these."""
