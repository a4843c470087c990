"""Scope, speaker, role and denial: hits to findings with reasons."""

from detector.judge.judge import Judge

__all__ = ["Judge"]
