"""Room 5: the match engine."""
