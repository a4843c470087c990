"""Scope, speaker, role and denial: hits to findings with reasons."""
