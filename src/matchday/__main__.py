"""`python -m matchday` is the command `matchday`."""

from matchday.cli import main

main()
