"""What contradicts itself in the dossier: one finding for each kind, and none when all fits."""

from collections.abc import Iterator

from matchday.dossier.contradictions import Contradiction, contradictions
from matchday.rules.evaluate import Ask, Case, Requirement, several
from matchday.rules.model import Answer
from matchday.rules.requirements.usmle import outcome
from matchday.terms import Verdict


@several
def consistent(case: Case) -> Iterator[Requirement]:
    """A finding `dossier.<what>` for each contradiction among what had happened by the asked day."""
    ask = Ask(case)
    for found in contradictions(case.dossier, lambda exam: outcome(ask, "exam", exam)):
        yield _finding(found)


def _finding(found: Contradiction) -> Requirement:
    def judge(ask: Ask) -> Answer:
        ask.facts.update(dict.fromkeys(found.facts))
        why, do = (f"{text[0].upper()}{text[1:]}." for text in (found.why, found.next))
        return Answer(Verdict.NOT_MET, why, do)

    return Requirement(found.id, "Matchday", "The dossier fits together", judge)
