"""One file for each body that asks something."""
