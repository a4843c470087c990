"""Scope, speaker, role and denial: hits to findings with reasons."""

from detector.judge.findings import in_source
from detector.judge.judge import Judge

__all__ = ["Judge", "in_source"]
