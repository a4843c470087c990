"""The data in rules/ checked, loaded and indexed."""
