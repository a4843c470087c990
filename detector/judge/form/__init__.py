"""Certificates as forms: what their fields say, and whether that fits together."""

from detector.judge.form.fields import CertificateReader

__all__ = ["CertificateReader"]
