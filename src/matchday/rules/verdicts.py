"""How verdicts combine: one that fails decides, then one that is not known, then one at risk."""

from collections.abc import Iterable, Sequence

from matchday.rules.model import Answer
from matchday.terms import Verdict

ORDER = (Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.AT_RISK, Verdict.MET)


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict on several things that are all needed; what is not needed does not count."""
    given = set(verdicts)
    return next((verdict for verdict in ORDER if verdict in given), Verdict.NOT_NEEDED)


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict on several things of which one is enough."""
    given = set(verdicts)
    best = (Verdict.MET, Verdict.NOT_NEEDED, Verdict.AT_RISK, Verdict.UNKNOWN, Verdict.NOT_MET)
    return next((verdict for verdict in best if verdict in given), Verdict.NOT_MET)


def weakest(answers: Sequence[Answer]) -> Answer | None:
    """The first answer that keeps the whole from being met; None when nothing does."""
    whole = all_of(answer.verdict for answer in answers)
    return None if whole in (Verdict.MET, Verdict.NOT_NEEDED) else next(a for a in answers if a.verdict is whole)
