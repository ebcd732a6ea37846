"""Check a guide: the text comes back with its claims marked; what cannot be read says what to do."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from matchday.web.views.guide import EXAMPLE
from tests.web.walk import without_abbr

STALE = "You must pass Step 2 CS in Philadelphia.\n\nThe sky is blue."


def post(client: Client, **given: object) -> str:
    return without_abbr(client.post("/guide", given).content.decode())


def test_a_stale_claim_is_marked_where_it_stands(client: Client) -> None:
    page = post(client, text=STALE)
    assert '<mark class="outdated">You must pass Step 2 CS in Philadelphia.</mark>' in page
    assert "since 16 March 2020" in page
    assert "One accepted ECFMG Pathway" in page or "one accepted ECFMG Pathway" in page
    assert "CS-END" in page
    assert "The sky is blue." in page


def test_the_summary_can_be_shared(client: Client) -> None:
    assert "Of the claims in this guide, " in post(client, text=STALE)


def test_the_answer_is_the_one_of_the_command(client: Client) -> None:
    """`?format=json` gives what `matchday guide --json` prints."""
    answer = client.post("/guide?format=json", {"text": STALE}).json()
    assert answer["summary"]["outdated"] >= 1
    assert answer["claims"][0]["line"] == 1


def test_the_mark_is_that_of_the_asked_day(client: Client) -> None:
    page = client.post("/guide?on=2019-06-01", {"text": "You must pass Step 2 CS."}).content.decode()
    assert '<mark class="current">' in page
    assert "what if" in page


@pytest.mark.parametrize("name", ["guide.txt", "guide.md", "guide.html"])
def test_a_file_is_taken_as_well(client: Client, name: str) -> None:
    words = f"<!doctype html><p>{STALE}</p>" if name.endswith("html") else STALE
    assert '<mark class="outdated">' in post(client, file=SimpleUploadedFile(name, words.encode()))


def test_a_pdf_is_read_in_a_process_of_its_own(client: Client) -> None:
    assert '<mark class="outdated">' in post(client, file=SimpleUploadedFile("guide.pdf", pdf(STALE.split("\n")[0])))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "no guide was given"),
        ({"text": "  \n "}, "no guide was given"),
        ({"file": SimpleUploadedFile("a.docx", b"PK\x03\x04rest")}, "this is not text"),
        ({"file": SimpleUploadedFile("a.txt", "é".encode("latin-1") * 9)}, "the text is not UTF-8"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4 broken")}, "this PDF cannot be read"),
        ({"file": SimpleUploadedFile("a.txt", b"a" * 2_000_001)}, "the guide is too large"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(client: Client, given: dict[str, object], said: str) -> None:
    answer = client.post("/guide", given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "What to do" in page


def test_an_oversized_pdf_is_refused_before_it_is_opened(client: Client) -> None:
    assert "too large" in post(client, file=SimpleUploadedFile("a.pdf", b"%PDF-" + b" " * 20_000_001))


def test_pasted_words_come_back_when_there_is_a_problem(client: Client) -> None:
    page = post(client, text=STALE, file=SimpleUploadedFile("a.docx", b"PK\x03\x04rest"))
    assert "The sky is blue." in page


def test_words_of_a_guide_never_become_part_of_the_page(client: Client) -> None:
    page = post(client, text="You must pass <script>Step 2 CS</script> \u202e now.")
    assert "<script>Step" not in page
    assert "\u202e" not in page


def test_a_long_guide_shows_its_marked_sentences_and_stays_light(client: Client) -> None:
    text = ("Nothing to see here. " * 40 + "\n\nYou must pass Step 2 CS.\n\n") * 300
    page = post(client, text=text)
    assert "Only the sentences with claims are shown" in page
    assert "180 more claims are not shown" in page
    assert len(page.encode()) < 250_000


def test_two_claims_in_one_sentence_share_its_mark_and_show_the_gravest(client: Client) -> None:
    page = post(
        client,
        text="Pass Step 2 CS, which costs $1,580 and is given in Philadelphia, in at most six attempts at each USMLE Step.",
    )
    assert page.count("<mark") == 1
    assert page.count('id="claim-') >= 2


def test_the_example_shows_stale_claims_beside_a_current_one(client: Client) -> None:
    summary = client.post("/guide?format=json", {"text": EXAMPLE}).json()["summary"]
    assert (summary["outdated"], summary["current"]) == (4, 1)
    assert "Step 2 CS" in client.get("/guide?example").content.decode()


def test_a_guide_without_claims_says_so(client: Client) -> None:
    assert "makes no claim that the rules can judge" in post(client, text="Be kind.")


def pdf(words: str) -> bytes:
    """The smallest PDF that holds these words."""
    stream = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(made),
    )


def test_a_sentence_of_another_direction_stands_by_itself(client: Client) -> None:
    """What follows in Arabic after English runs from right to left within itself."""
    page = client.post("/guide", {"text": "The sky is blue. السماء زرقاء."}).content.decode()
    assert "<bdi>The sky is blue. </bdi><bdi>السماء زرقاء.</bdi>" in page
    assert "Only guides written in English are understood" in page
