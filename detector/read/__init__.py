"""Sources, sniffing and one reader per format: bytes in, Document out."""

from detector.read.content import PageListener, Task, ignore_page
from detector.read.document import draw_pages, page_images, read_bytes, read_source, read_text
from detector.read.load import load_bytes
from detector.read.mark_text import mark_passage
from detector.read.sources import find_sources

__all__ = [
    "PageListener",
    "Task",
    "draw_pages",
    "find_sources",
    "ignore_page",
    "load_bytes",
    "mark_passage",
    "page_images",
    "read_bytes",
    "read_source",
    "read_text",
]
