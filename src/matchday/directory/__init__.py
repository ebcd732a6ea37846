"""Room 4: programs, institutions, schools and specialties."""
