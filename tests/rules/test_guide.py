"""What a guide claims, held against the rules. The sentences are in guides/: one file of claims, one of innocent ones."""

import re
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from matchday.rules import rules
from matchday.rules.guide import GuideReport, Mark, claims, judge, judge_text, read_claims
from matchday.rules.guide_judge import ByEvent, ByFee, ByPeriods, ByRule, BySignals
from matchday.rules.guide_text import LARGEST_FILE, LARGEST_TEXT, LONGEST_SENTENCE, GuideText
from matchday.rules.seasonal import from_seasons
from matchday.terms import InputProblem

FOLDER = Path(__file__).parent / "guides"
TODAY = date(2026, 11, 22)
ROWS: list[dict[str, Any]] = yaml.safe_load((FOLDER / "claims.yaml").read_text("utf-8"))
INNOCENT: list[str] = yaml.safe_load((FOLDER / "innocent.yaml").read_text("utf-8"))
SAID = [(row, say) for row in ROWS for say in row["say"]]


def marks(text: str, on: date = TODAY) -> dict[str, tuple[Mark, date | None]]:
    report = judge_text(GuideText.plain(text), on)
    return {item.id: (item.judgement.mark, item.judgement.since) for item in report.claims}


@pytest.mark.parametrize(("row", "say"), SAID, ids=[say[:60] for _, say in SAID])
def test_a_claim_has_the_mark_of_the_day(row: dict[str, Any], say: str) -> None:
    for on, mark in row["days"].items():
        since = row.get("since") if mark == "outdated" else None
        assert (on, marks(say, on).get(row["claim"])) == (on, (Mark(mark), since))


@pytest.mark.parametrize("say", INNOCENT)
def test_an_innocent_sentence_raises_no_alarm(say: str) -> None:
    assert {name: mark for name, (mark, _) in marks(say).items() if mark in (Mark.OUTDATED, Mark.WRONG)} == {}


def test_every_claim_of_the_file_is_tried() -> None:
    assert {claim.id for claim in claims()} == {row["claim"] for row in ROWS}


def test_a_stale_guide_shows_every_claim_and_a_current_one_raises_no_alarm() -> None:
    stale = [say for row, say in SAID if row["days"].get(TODAY) in ("outdated", "wrong")]
    report = judge_text(GuideText.plain("\n\n".join(stale)), TODAY)
    assert report.count(Mark.OUTDATED) + report.count(Mark.WRONG) >= len(stale)
    current = [say for row, say in SAID if row["days"].get(TODAY) == "current"]
    fresh = judge_text(GuideText.plain("\n\n".join([*current, *INNOCENT])), TODAY)
    assert fresh.count(Mark.CURRENT) >= len(current)
    assert (fresh.count(Mark.OUTDATED), fresh.count(Mark.WRONG)) == (0, 0)


def test_the_article_that_began_this_asks_twice_for_step_2_cs(shared: Path) -> None:
    data = (shared / "data" / "guides" / "steps_to_secure_a_residency.txt").read_bytes()
    report = judge(data, TODAY)
    found = [(item.line, item.id) for item in report.claims if item.judgement.mark is not Mark.CURRENT]
    assert found == [(13, "cs-demand"), (17, "cs-demand")]
    assert report.oldest == date(2020, 3, 16)
    assert "2 are outdated" in report.sentence()
    assert "ended in March 2020" in report.sentence()
    assert {item.judgement.mark for item in judge(data, date(2019, 11, 22)).claims} == {Mark.CURRENT}


# --- Where a claim stands ------------------------------------------------------------------------------------------


def lines(report: GuideReport) -> list[int]:
    return [item.line for item in report.claims if item.id == "cs-demand"]


def test_a_claim_may_run_over_lines_and_stands_where_it_begins() -> None:
    text = "# Exams\n\nYou must pass Step 1\nand Step\n2 CS before\nyou start.\n"
    for ending in ("\n", "\r\n", "\r"):
        report = judge(text.replace("\n", ending).encode(), TODAY)
        assert [(item.line, item.text) for item in report.claims] == [
            (3, "You must pass Step 1 and Step 2 CS before you start.")
        ]


def test_the_line_is_that_of_the_first_quoted_word() -> None:
    assert lines(judge(b"Every IMG must take the\nexam that is called Step 2\nCS.", TODAY)) == [1]
    assert lines(judge(b"Good luck.\n\n\n  ** You must pass\nStep 2 CS.", TODAY)) == [4]


def test_items_of_a_list_stand_alone() -> None:
    text = "Exams:\n- Step 2 CK\n- Step 2 CS\n- the old CSA was discontinued\n"
    assert lines(judge(text.encode(), TODAY)) == [3]


def test_the_quotation_is_the_sentence_as_given_without_control_signs() -> None:
    report = judge("Fine. You \x1b[31mmust   pass\nStep 2\u00a0CS.  Next.".encode(), TODAY)
    assert [item.text for item in report.claims] == ["You [31mmust pass Step 2 CS."]
    long = judge(("You must pass Step 2 CS " + "and wait " * 60).encode(), TODAY)
    assert len(long.claims[0].text) == 300


def test_typographic_signs_do_not_hide_a_claim() -> None:
    for text in (
        "You must take Step\u00a02\u00a0CS.",
        "Take **Step 2 CS**.",
        "Take Step 2\u2011CS.",
        "TAKE STEP 2 CS.",
    ):
        assert lines(judge(text.encode(), TODAY)) == [1], text


def test_a_text_without_an_end_is_cut_into_pieces() -> None:
    for filler in ("word ", "word"):
        text = filler * 400 + " you must take Step 2 CS " + filler * 400
        assert lines(judge(text.encode(), TODAY)) == [1]
        assert max(len(s.raw) for s in GuideText.plain(text).sentences()) <= LONGEST_SENTENCE


def test_html_keeps_the_lines_of_the_file_and_leaves_out_scripts() -> None:
    page = (
        "<!DOCTYPE html>\n<html><head><style>\np { content: 'Step 2 CS' }</style>\n"
        "<script>var a = 'take Step 2 CS';</script></head>\n<body><p>You must pass <b>Step&nbsp;2</b>\nCS.</p>\n"
        "<ul><li>Step 2 CK</li>\n<li>Step 2 CS</li></ul>Was<br>fine</body></html>"
    )
    assert lines(judge(page.encode(), TODAY)) == [5, 8]
    assert lines(judge(b"<p>Take Step 2 CS.</p>", TODAY, file="guide.HTM")) == [1]


def pdf(text: str) -> bytes:
    """The smallest PDF that says something, by hand."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + end


def test_a_pdf_is_read() -> None:
    assert lines(judge(pdf("You must take Step 2 CS."), TODAY, file="guide.pdf")) == [1]


# --- What cannot be read -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x00\x01\x02", "g.txt: this is not text"),
        (b"PK\x03\x04 a Word file", "g.txt: this is not text"),
        ("caf\xe9\nna\xefve".encode("cp1252"), "g.txt:1: the text is not UTF-8"),
        (b"fine\nfine\n\xff", "g.txt:3: the text is not UTF-8"),
        (b"a" * (LARGEST_TEXT + 1), "g.txt: the guide is too large"),
        (b"a" * (LARGEST_FILE + 1), "g.txt: the guide is too large"),
        (b"%PDF-1.4 and then nothing", "g.txt: this PDF cannot be read"),
        (pdf(""), "g.txt: this PDF holds no text"),
    ],
    ids=["binary", "zip", "cp1252", "third line", "large text", "large file", "broken pdf", "pictures only"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(InputProblem) as caught:
        judge(data, TODAY, file="g.txt")
    assert str(caught.value).startswith(said)
    assert "; expected " in str(caught.value)


def test_a_pdf_with_more_words_than_a_guide_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matchday.rules.guide_text.LARGEST_TEXT", 10)
    with pytest.raises(InputProblem, match="too large"):
        judge(pdf("You must take Step 2 CS."), TODAY)


def test_without_pypdf_a_pdf_is_refused_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypdf", None)
    with pytest.raises(InputProblem, match="need the package pypdf"):
        judge(pdf("You must take Step 2 CS."), TODAY)


PIECES = [word for row in ROWS for say in row["say"] for word in say.split()]


@given(
    st.one_of(st.text(), st.lists(st.sampled_from([*PIECES, ".", "\n", "\n\n", ";", "<p>", "\u0130"])).map(" ".join))
)
def test_no_text_brings_it_down_and_every_line_exists(text: str) -> None:
    for file in ("guide.txt", "guide.html"):
        report = judge(text.replace("\x00", "").encode("utf-8", "ignore"), TODAY, file=file)
        last = len(re.split("\r\n|\r|\n", text))
        assert all(1 <= item.line <= last for item in report.claims)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_bring_it_down(data: bytes) -> None:
    for start in (b"", b"%PDF-1.4\n"):
        try:
            judge(start + data, TODAY)
        except InputProblem as problem:
            assert problem.do  # noqa: PT017 -- both ends are right: an answer, or a refusal that says what to do


HARD = [
    "step ",
    "step 2 ",
    "1",
    "20",
    "$1 ",
    "a ",
    " ",
    "-",
    "(",
    "six ",
    "7 ",
    "program ",
    "certificate ",
    "register to ",
    "196 need ",
    "has 7 ",
    "7 gold signals ",
    "up to 15 ",
    "certification requires ",
    "all programs ",
]


def test_no_pattern_runs_away() -> None:
    patterns = {text for claim in claims() for text in (*claim.all, *claim.none, *claim.past)}
    for text in patterns:
        compiled = re.compile(text)
        for piece in HARD:
            begun = time.perf_counter()
            compiled.search((piece * LONGEST_SENTENCE)[:LONGEST_SENTENCE])
            # A pattern that backtracks without end takes minutes here; a busy machine takes a few milliseconds.
            assert time.perf_counter() - begun < 1, f"{text!r} on {piece!r}"


# --- The file of claims --------------------------------------------------------------------------------------------


def test_every_claim_rests_on_rules_that_can_be_shown() -> None:
    known = {*rules().parameters, *from_seasons()}
    for claim in claims():
        by = claim.judge
        named = (by.rule, *by.also) if isinstance(by, ByRule) else by.ids if isinstance(by, ByPeriods) else ()
        assert named or isinstance(by, ByEvent | ByFee | BySignals), claim.id
        assert set(named) <= known, claim.id


def test_a_claim_judged_by_a_number_catches_one() -> None:
    for claim in claims():
        by = claim.judge
        if isinstance(by, ByFee) or (isinstance(by, ByRule) and by.says is None):
            assert re.compile(claim.all[0]).groupindex, claim.id


def test_a_claim_hushes_only_claims_that_exist() -> None:
    known = {claim.id for claim in claims()}
    assert {name for claim in claims() for name in claim.hushes} <= known


HEAD = "read_on: 2026-11-22\nguards: {always: [], past: []}\nclaims:\n  x: {claim: X, when: [x], all: [x], "


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("perhaps: yes}", "unknown key 'perhaps'"),
        ("rules: [7Y]}", "claim x cannot be judged"),
        ("periods: [{mark: current}]}", "claim x cannot be judged"),
        ("rules: [7Y], periods: [{from: 2020-01-01, mark: current}]}", "claim x cannot be judged"),
        ("rules: [7Y], periods: [{mark: current, until: 2020-01-01}]}", "unknown key 'until'"),
    ],
)
def test_a_slip_in_the_file_of_claims_is_refused(entry: str, said: str) -> None:
    with pytest.raises(InputProblem, match=said):
        read_claims(HEAD + entry, "claims.yaml")


def test_rules_laid_over_change_the_judgement() -> None:
    over = rules().overlay(
        "body: USMLE\nread_on: 2026-11-22\ncitations: {a: {title: A}}\nparameters:\n  S2-PASS:\n    title: T\n"
        "    decided_by: exam date\n    values: [{value: 220, confidence: high, cite: a}]\n"
    )
    report = judge_text(GuideText.plain("The Step 2 CK passing score is 220."), TODAY, using=over)
    assert [item.judgement.mark for item in report.claims] == [Mark.CURRENT]


def test_one_sentence_gets_one_verdict_where_a_narrower_claim_says_more() -> None:
    for say in (
        "IMGs must hold ECFMG certification before they can apply.",
        "The certificate is valid for life once you have a Pathway.",
        "OET requires 350 in all four parts.",
        "Step 3 is required for ECFMG certification.",
        "Step 1 takes eight hours with seven 60-minute blocks.",
    ):
        assert len(marks(say)) == 1, say


def test_the_words_beside_a_verdict_fit_the_day() -> None:
    def now(say: str, on: date) -> list[str]:
        return [item.judgement.now for item in judge_text(GuideText.plain(say), on).claims]

    assert now("The Step 1 passing score is 196.", date(2019, 6, 1)) == [
        "The passing standard is 194 since 1 January 2018."
    ]
    assert now("The Step 1 passing score is 194.", TODAY) == [
        "The passing standard is 196 since 26 January 2022. The examinee is not shown the number."
    ]
    (said,) = now("Once certified, IMGs can participate in the NRMP Match and apply through ERAS.", TODAY)
    assert said.startswith(
        "The certificate itself is not needed to apply or to rank, only to start training and for Step 3."
    )


# --- What is shared ------------------------------------------------------------------------------------------------


def test_the_document_has_the_shape_of_the_interface() -> None:
    document = judge(b"Intro.\nYou must take Step 2 CS.\nSOAP has four rounds.", TODAY).as_json()
    assert document["summary"] == {
        "claims": 2,
        "current": 1,
        "outdated": 1,
        "wrong": 0,
        "unverifiable": 0,
        "oldest_ended": "2020-03-16",
        "sentence": "Of the claims in this guide, 1 is outdated and 1 is current; the oldest outdated one ended in March 2020 "
        "(asked on 22 November 2026).",
    }
    first = document["claims"][0]
    assert {key: first[key] for key in ("line", "text", "claim", "verdict", "since")} == {
        "line": 2,
        "text": "You must take Step 2 CS.",
        "claim": "Step 2 CS must be taken or passed",
        "verdict": "outdated",
        "since": "2020-03-16",
    }
    assert [rule["id"] for rule in first["rules"]] == ["CS-REQ", "CS-END", "PW-ALL"]


def test_a_guide_without_claims_says_so() -> None:
    assert judge(b" \n\n \n", TODAY).claims == ()
    assert judge(b"Be kind.", TODAY).sentence() == (
        "This guide makes no claim that the rules can judge (asked on 22 November 2026)."
    )


def test_a_price_that_is_gone_and_has_no_known_heir_says_until_when_it_held() -> None:
    report = judge(b"The fee for Step 1 is $910.", TODAY)
    assert report.claims[0].judgement.now.startswith("That held until 31 December 2021. ")
