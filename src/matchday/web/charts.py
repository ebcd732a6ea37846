"""Pictures drawn on the server as SVG, each beside a table or list that says the same in words."""

from dataclasses import dataclass

from matchday.rules import Report
from matchday.rules.verdicts import all_of
from matchday.terms import Verdict


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of the route: its title, the verdict on it, its place from the left in user units."""

    title: str
    verdict: Verdict
    x: int


# The seven stops and the findings that settle each; the last three are ahead until the season brings them.
STOPS: dict[str, tuple[str, ...]] = {
    "School": ("school.listed", "school.years"),
    "Exams": ("step1.passed", "step2ck.passed", "exams.window"),
    "Skills": ("clinical_skills", "communication_skills"),
    "Certificate": ("certificate",),
    "Match": ("match.ecfmg_check",),
}


def route(report: Report) -> list[Stop]:
    """The route of steps: each stop with the verdict of what it rests on."""
    return [
        Stop(title, all_of(report[name].verdict for name in names), 30 + 110 * number)
        for number, (title, names) in enumerate(STOPS.items())
    ]
