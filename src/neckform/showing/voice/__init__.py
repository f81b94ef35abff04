"""The computer's own voice."""
