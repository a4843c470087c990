"""The command line: options to settings to a library call to an exit code."""
