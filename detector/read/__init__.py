"""Sources, sniffing and one reader per format: bytes in, Document out."""

from detector.read.document import page_images, read_source, read_text
from detector.read.sources import find_sources

__all__ = ["find_sources", "page_images", "read_source", "read_text"]
