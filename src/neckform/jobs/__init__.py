"""One room for each command: it wires sensing, core and showing together."""
