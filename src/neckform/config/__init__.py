"""Settings, profiles, fitted corrections, and where a person's files lie."""
