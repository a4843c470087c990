"""Measurements: accuracy, speed. Each also runs small among the tests."""
