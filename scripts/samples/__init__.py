"""Draws and writes everything below `samples/`; `scripts/draw_samples.py` is the command."""
