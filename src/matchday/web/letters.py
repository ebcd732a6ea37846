"""A letter to a program that asks for what no source states, ready to be copied by hand. Nothing is sent from here.

It is in English whatever the language of the page: the program reads it.
"""

from collections.abc import Sequence

from matchday.directory.fit import Reason
from matchday.directory.gates import Verdict

# Whether a state would license somebody is for its board to say, not for a program.
FOR_THE_BOARD = "licence"


def questions() -> dict[str, str]:
    """What to ask a program when one of its gates is neither open nor shut."""
    return {
        "visa": "Which visas do you sponsor for residents: J-1, H-1B, both or none?",
        "graduation": "Is there a limit of years since graduation, and from which day do you count?",
        "attempts": "Is there a limit on the number of tries at a USMLE Step?",
        "score": "Do you look at applications from a certain Step 2 CK score upwards?",
        "us_experience": "Do you ask for clinical experience in the United States, and of how many months?",
        "track": "Is this position open to physicians without earlier training in the United States?",
        "positions": "Will you offer positions in this Match?",
        "img": "Do you consider graduates of medical schools outside the United States?",
        "service": "Through which application service do you take applications this season?",
    }


def open_questions(reasons: Sequence[Reason]) -> list[str]:
    """The questions that the program alone can answer; what is missing in the person's own file is not asked."""
    asked = questions()
    return [
        asked[reason.gate]
        for reason in reasons
        if reason.ruling.verdict is Verdict.SILENT and not reason.ruling.missing and reason.gate != FOR_THE_BOARD
    ]


def letter(reasons: Sequence[Reason], *, program: str, season: int, name: str) -> str:
    """The text of the letter; empty when there is nothing to ask."""
    asked = open_questions(reasons)
    if not asked:
        return ""
    numbered = "\n".join(f"{number}. {question}" for number, question in enumerate(asked, start=1))
    begin = (
        "Dear program coordinator,\n\n"
        "I am preparing my application to %(program)s for the Match of %(season)s. "
        "I could not find the answers to these questions and would be glad of your help:"
    )
    end = "Thank you for your time."
    return f"{begin % {'program': program, 'season': season}}\n\n{numbered}\n\n{end}\n{name}".rstrip()
