"""How to lie, and how not to: seven positions, drawn once for the page, for print and as files."""
