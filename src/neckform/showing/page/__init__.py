"""What the pages of the coach and of the range test are told, and their files."""
