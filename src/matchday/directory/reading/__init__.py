"""Open files from outside with care, and make sense of their cells. The importers are written on top of this."""
