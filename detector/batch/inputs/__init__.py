"""From what a user names to containers, their listing in steps, and their pages."""

from detector.batch.inputs.find import find_containers
from detector.batch.inputs.formats import read_pages, survey
from detector.batch.inputs.tables import pages_of_batch

__all__ = ["find_containers", "pages_of_batch", "read_pages", "survey"]
