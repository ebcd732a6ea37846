"""`matchday serve` as it is, but for its clock: for ever the day of the journeys, so that their answers stay the same.

Usage: python at_noon.py serve FILE --no-open
"""

import datetime as dt
from functools import partial

from matchday.cli import main
from matchday.web import serve

NOON = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)

if __name__ == "__main__":
    serve.Desk = partial(serve.Desk, clock=lambda: NOON)  # type: ignore[assignment, misc] # stands in for the class
    main()
