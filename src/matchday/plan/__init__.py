"""Room 3: what next, by when, at what price."""
