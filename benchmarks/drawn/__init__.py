"""Pages drawn for the benchmark of scans, with the truth about them. Everything is invented."""
