"""Pictures to lines of text with polygons and confidence, behind one engine protocol."""
