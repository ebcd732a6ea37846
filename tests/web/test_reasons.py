"""Sentences that other rooms make in English are said in the language of the page; what nobody translated is marked."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.utils import translation

from matchday.dossier.file import loads, read
from matchday.dossier.model import Dossier
from matchday.plan import plan
from matchday.rules import check
from matchday.web.reasons import PLACE, message_of, messages, parts, reason, said
from tests.strategies import EXAMPLES

DAYS = (dt.date(2022, 3, 1), dt.date(2025, 6, 1), dt.date(2026, 11, 22), dt.date(2027, 3, 15), dt.date(2030, 1, 1))
# Something that fits each place; the names that are not here may hold any words.
FITTING = {
    "day": "3 March 2027 (2027-03-03)", "iso": "2027-03-03", "time": "21:00", "exam": "Step 2 CK", "pathway": "Pathway 3",
    "sitting": "The OET of 3 May 2025", "n": "7", "number": "12", "season": "2027", "year": "2019", "usd": "100,000",
    "things": "Step 1 and the final diploma", "visa": "J-1", "moment": "3 March 2027, 21:00 US Eastern",
}  # fmt: skip


def test_a_sentence_is_said_with_its_values() -> None:
    with translation.override("es"):
        told = said("Step 1 was passed on 19 November 2025, and the pass counts. The seven years end on 3 March 2032.")
    assert told == (
        "Step 1: aprobado el 19 de noviembre de 2025, y el aprobado cuenta. Los siete años terminan el 3 de marzo de 2032."
    )


def test_a_list_is_said_thing_by_thing() -> None:
    with translation.override("es"):
        assert said("Not met: Step 1, clinical skills and the final diploma.") == (
            "No cumplido: Step 1, habilidades clínicas y el diploma final."
        )


def test_clauses_joined_by_semicolons_are_said_one_by_one() -> None:
    with translation.override("es"):
        assert said("The licence ends before it begins; the answer is due before the invitation.") == (
            "La licencia termina antes de empezar. La respuesta vence antes de la invitación."
        )


def test_fragments_joined_by_semicolons_stay_one_line() -> None:
    with translation.override("es"):
        assert said("City: the program did not rank you; Lake: no positions") == (
            "City: el programa no le puso en su lista; Lake: sin plazas"
        )


@pytest.mark.parametrize(
    ("number", "words"), [(1, "يومًا واحدًا"), (2, "يومين"), (3, "3 أيام"), (11, "11 يومًا"), (100, "100 يوم؛")]
)
def test_what_is_counted_takes_the_form_of_its_number(number: int, words: str) -> None:
    with translation.override("ar"):
        assert words in said(f"Sit Step 1 would be {number} days late at the usual pace; it is your turn.")


def test_names_and_codes_keep_their_direction_and_days_their_numbers() -> None:
    with translation.override("ar"):
        told = said("Take Step 1 on 3 March 2027 (2027-03-03).")
    assert told == "أدِّ \u2068Step 1\u2069 في \u20683 مارس 2027\u2069."


def test_a_day_that_is_told_for_programs_too_is_told_once_on_a_page() -> None:
    with translation.override("en"):
        assert (
            reason("Take Step 1 on 3 March 2027 (2027-03-03).") == '<bdi lang="en">Take Step 1 on 3 March 2027.</bdi>'
        )


def test_an_attempt_is_named_by_its_exam_and_its_day() -> None:
    with translation.override("es"):
        assert said("The OET of 3 May 2025 has a result, and yet its day is still to come.") == (
            "El OET del 3 de mayo de 2025 tiene un resultado, y sin embargo su día está por llegar."
        )


def test_what_fits_no_message_stays_english_and_says_so() -> None:
    text = "OET Medicine was not taken. Some <new> sentence of a board."
    with translation.override("es"):
        assert reason(text) == (
            'OET Medicine no se ha hecho. <bdi lang="en">Some &lt;new&gt; sentence of a board.</bdi>'
        )
    with translation.override("en"):
        assert reason("Book Step 1.") == '<bdi lang="en">Book Step 1.</bdi>'


def test_a_name_that_looks_like_the_end_of_a_sentence_does_not_break_it() -> None:
    with translation.override("es"):
        assert said("The request to Dra. Helena Prado was open on 1 June 2026 and is void. Choose the best.") == (
            "La petición a Dra. Helena Prado estaba abierta el 1 de junio de 2026 y quedó nula. Elija las mejores."
        )


def test_a_day_alone_is_said_in_the_language_too() -> None:
    with translation.override("es"):
        assert said("Certify it by 3 March 2027, 21:00 US Eastern.").endswith(
            "3 de marzo de 2027, 21:00 hora del Este."
        )
        assert said("3 March 2027") == "3 de marzo de 2027"
        assert said("") == ""


@pytest.mark.parametrize("message", messages())
def test_no_message_hides_behind_an_earlier_one(message: str) -> None:
    """A sentence made from a message is known by that message, with what was put in."""
    put_in = {name: FITTING.get(name.rstrip("0123456789"), "some words") for name in PLACE.findall(message)}
    assert message_of(message % put_in if put_in else message) == (message, put_in)


def dossiers() -> Iterator[Dossier]:
    yield loads("schema = 1\n", "toml")
    yield from map(read, EXAMPLES)


def found_on(on: dt.date) -> Iterator[str]:
    """Whatever the findings of all made-up people say on a day. What a board says is the text of a rule."""
    for dossier in dossiers():
        for finding in check(dossier, on):
            if not finding.id.startswith("licence."):
                yield from (finding.why, finding.next)


def planned() -> Iterator[str]:
    for dossier in dossiers():
        found = plan(dossier, DAYS[2])
        yield from (why for _, why in found.in_the_way)
        yield from (need for season in found.seasons for need in season.must_go_right)


def left_english(texts: Iterator[str]) -> set[str]:
    with translation.override("ar"):
        return {piece for text in texts for piece, done in parts(text) if piece and not done}


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_whatever_the_findings_of_the_made_up_people_say_is_translated(on: dt.date) -> None:
    assert left_english(found_on(on)) == set()


def test_whatever_the_plans_of_the_made_up_people_say_is_translated() -> None:
    assert left_english(planned()) == set()
