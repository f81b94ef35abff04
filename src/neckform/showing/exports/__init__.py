"""Files for other programs: JSON, CSV, Parquet, OpenSim, chapters."""
