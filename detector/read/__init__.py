"""Sources, sniffing and one reader per format: bytes in, Document out."""
