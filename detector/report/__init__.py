"""One file per report format, all from the same Report."""
