"""One file for each group of figures; each has a list `ROWS`."""
