"""Pictures to lines of text with polygons and confidence, behind one engine protocol."""

from detector.ocr.engine import ENGINES, Engine, Pixels, Polygon, ReadCell, ReadLine, load_engine

__all__ = ["ENGINES", "Engine", "Pixels", "Polygon", "ReadCell", "ReadLine", "load_engine"]
