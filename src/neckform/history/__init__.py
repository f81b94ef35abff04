"""Edge: what was practised, kept in one small database of the person's own."""
