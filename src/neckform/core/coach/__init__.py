"""The guided routine and the range test: what comes next, and what to say."""
