"""Room 10: the dossier as pages in a browser; the only room that knows Django."""
