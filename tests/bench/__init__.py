"""Figures against peers: `make bench`, or `python -m tests.bench NAME...` for some rows. Not part of the test suite.

A new figure is one file in `rows/` with a list `ROWS`; the table finds it by reading that folder.
"""
