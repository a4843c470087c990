"""The notices' own tables, filled from cases, confirmed findings and the registers."""
