"""Room 2: what is asked, by whom, since when, and who says so."""
