"""Characters, views with exact maps back, and word borders."""
