"""How well neckform agrees with another instrument, as a page, as JSON, as a table and as plots."""
