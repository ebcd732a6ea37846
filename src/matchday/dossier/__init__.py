"""Room 1: the applicant's own file."""
