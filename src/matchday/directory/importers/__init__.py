"""One file for each source that people hold."""
