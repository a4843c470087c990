"""Certificates as forms: their fields, and checks of numbers, dates and what the form asks for."""
