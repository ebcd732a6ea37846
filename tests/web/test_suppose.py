"""What if I pass Step 2 CK on ...? Every answer is given as if it were so; the file stays; one click goes back."""

import datetime as dt
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matchday.dossier.file import read
from matchday.dossier.keep import digest
from matchday.dossier.model import Dossier
from matchday.terms import InputProblem
from matchday.web.desk import Desk
from matchday.web.suppose import KINDS, Supposition, about
from tests.web.conftest import NOW, example, seated, visitor
from tests.web.filling import filled
from tests.web.walk import without_abbr


def verdict(client: Client, name: str) -> str:
    findings = client.get("/requirements", {"format": "json"}).json()["findings"]
    return next(one["verdict"] for one in findings if one["id"] == name)


def test_the_answers_are_given_as_if_it_were_so_and_the_file_stays(client: Client, file: Path) -> None:
    before = file.read_bytes()
    assert verdict(client, "step2ck.passed") == "not_met"
    client.post("/suppose", {"what": "step2ck", "day": "2026-12-18", "back": "/requirements"})
    assert verdict(client, "step2ck.passed") == "met"
    assert file.read_bytes() == before


def test_every_page_says_that_it_is_a_what_if(client: Client) -> None:
    client.post("/suppose", {"what": "step2ck", "day": "2026-12-18", "back": "/"})
    for address in ("/", "/requirements", "/plan", "/facts"):
        content = client.get(address).content.decode()
        assert '<body class="what-if">' in content, address
        assert "what if I pass Step 2 CK on 18 December 2026" in content, address


def test_one_click_goes_back_to_what_is_so(client: Client) -> None:
    client.post("/suppose", {"what": "step2ck", "day": "2026-12-18", "back": "/"})
    assert client.post("/suppose/end", {"back": "/requirements"})["Location"] == "/requirements"
    assert verdict(client, "step2ck.passed") == "not_met"
    assert 'class="what-if"' not in client.get("/").content.decode()


def test_a_day_gone_by_keeps_the_day_of_the_answers(client: Client) -> None:
    client.post("/suppose", {"what": "certificate", "day": "2026-11-20", "back": "/"})
    assert verdict(client, "certificate") == "met"
    assert f"answers as of <strong>{NOW:%-d %B %Y}" in client.get("/").content.decode()


def test_saving_while_supposing_saves_only_what_is_so(client: Client, file: Path) -> None:
    exams = read(file).exam
    client.post("/suppose", {"what": "step2ck", "day": "2026-12-18", "back": "/"})
    client.post("/facts/person", filled(client, "/facts/person", name="Another Name"))
    assert (read(file).person.name, read(file).exam) == ("Another Name", exams)


@pytest.mark.parametrize(
    "sent", [{}, {"what": "step2ck"}, {"what": "moon", "day": "2026-12-18"}, {"what": "step1", "day": "x"}]
)
def test_a_supposition_without_sense_is_told(client: Client, sent: dict[str, str]) -> None:
    answer = client.post("/suppose", sent)
    assert answer.status_code == 409
    assert "This was not done" in answer.content.decode()


@pytest.mark.parametrize(
    ("what", "value"),
    [("step2ck", "much"), ("step2ck", "9999"), ("step1", "240"), ("visa", "B-2"), ("months", ""), ("season", "soon")],
)
def test_a_value_without_sense_is_told_and_nothing_is_supposed(
    client: Client, desk: Desk, what: str, value: str
) -> None:
    assert client.post("/suppose", {"what": what, "value": value, "day": "2026-12-18"}).status_code == 409
    assert desk.supposed == ()


@given(
    what=st.sampled_from(sorted(KINDS)),
    value=st.sampled_from(["", "0", "1", "240", "9999", "-1", "2028", "J-1", "none", "%s", "{}", "٢٤٠", "x" * 400]),
    day=st.sampled_from(["0001-01-01", "1899-12-31", "2026-11-22", "2031-02-28", "9999-12-31", "", "soon"]),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_supposed_every_page_answers(client: Client, desk: Desk, what: str, value: str, day: str) -> None:
    desk.supposed = ()
    client.cookies.pop("matchday-day", None)
    assert client.post("/suppose", {"what": what, "value": value, "day": day, "back": "/"}).status_code in (302, 409)
    assert client.get("/requirements").status_code == client.get("/plan").status_code == 200


def test_what_it_would_happen_to_must_be_there() -> None:
    with pytest.raises(InputProblem, match="no Pathway"):
        Supposition("pathway", dt.date(2026, 12, 18)).applied(Dossier())


def test_a_supposition_whose_object_left_the_file_changes_nothing(client: Client, file: Path) -> None:
    client.post("/suppose", {"what": "pathway", "day": "2026-11-20", "back": "/"})
    assert verdict(client, "clinical_skills") == "met"
    text = file.read_text()
    file.write_text(text[: text.index("[[pathway]]")])
    assert verdict(client, "clinical_skills") == "unknown"


VALUES = {"visa": "H-1B", "months": "3", "season": "2029"}


@pytest.mark.parametrize("what", KINDS)
def test_every_supposition_changes_a_made_up_dossier(file: Path, what: str) -> None:
    owner = read(file)
    assert Supposition(what, dt.date(2026, 11, 1), VALUES.get(what, "")).applied(owner) != owner


@pytest.mark.parametrize("what", KINDS)
def test_every_supposition_can_be_tried_in_a_form_of_the_page_and_is_told_in_the_frame(
    client: Client, what: str
) -> None:
    page = client.get("/requirements").content.decode()
    assert f'value="{what}"' in page
    client.post("/suppose", {"what": what, "day": "2026-12-18", "value": VALUES.get(what, ""), "back": "/"})
    frame = client.get("/money").content.decode()
    told = Supposition(what, dt.date(2026, 12, 18), VALUES.get(what, ""))
    assert f"what if {told.words}{' 18 December 2026' if told.dated else ''}</span>" in without_abbr(frame)


def test_a_supposed_score_is_judged_by_the_standard_of_its_day(client: Client) -> None:
    for score, expected in (("200", "not_met"), ("245", "met")):
        client.post("/suppose", {"what": "step2ck", "day": "2026-12-18", "value": score, "back": "/"})
        assert verdict(client, "step2ck.passed") == expected
    assert "what if I score 245 in Step 2 CK on 18 December 2026" in without_abbr(client.get("/").content.decode())


def test_several_are_supposed_together_and_a_new_day_takes_the_place_of_the_old_one(client: Client, desk: Desk) -> None:
    for what, day in (("step2ck", "2026-12-18"), ("pathway", "2026-12-20"), ("step2ck", "2026-12-19")):
        client.post("/suppose", {"what": what, "day": day, "back": "/"})
    assert [(one.what, one.day.day) for one in desk.supposed] == [("pathway", 20), ("step2ck", 19)]
    assert (verdict(client, "step2ck.passed"), verdict(client, "clinical_skills")) == ("met", "met")


def test_the_row_of_a_finding_leads_to_what_one_would_suppose_about_it(client: Client) -> None:
    page = client.get("/requirements").content.decode()
    assert 'href="?suppose=step2ck#if-exam"' in page
    assert 'href="?suppose=visa#if-visa"' in page
    asked = client.get("/requirements?suppose=oet").content.decode()
    assert '<option value="oet" selected>' in asked
    assert 'id="what-if" open' in asked
    assert about("dossier.exam_order") == ""


def test_what_is_only_supposed_has_no_form_to_lead_to(client: Client) -> None:
    client.post("/suppose", {"what": "step3", "day": "2026-11-20", "back": "/"})
    page = client.get("/requirements").content.decode()
    assert "/facts/exam/3" not in page
    assert "/facts/exam/0#" in page


def test_the_visa_reaches_the_programs_and_the_list(client: Client, tmp_path: Path) -> None:
    def takes(address: str) -> dict[str, int]:
        found: dict[str, int] = client.get(address, {"format": "json"}).json()["verdicts"]
        return found

    before, gates = takes("/programs"), client.get("/program/9738140C1?format=json").json()["gates"]
    client.post("/suppose", {"what": "visa", "value": "none", "back": "/"})
    resident = takes("/programs")
    assert resident["does not"] < before["does not"]
    client.post("/suppose", {"what": "months", "value": "12", "day": "2026-11-22", "back": "/"})
    assert takes("/programs")["does not"] < resident["does not"]
    assert client.get("/program/9738140C1?format=json").json()["gates"] != gates
    client.post("/suppose/end", {"back": "/"})
    assert takes("/programs") == before


def test_the_season_reaches_money_plan_apply_and_calendar(client: Client) -> None:
    client.post("/suppose", {"what": "season", "value": "2028", "back": "/"})
    for page in ("money", "plan", "apply", "calendar"):
        assert client.get(f"/{page}", {"format": "json"}).json()["season"] == 2028, page
    assert "Match 2028" in client.get("/").content.decode()


def test_the_files_to_take_hold_only_what_is_so(client: Client) -> None:
    names = client.get("/take?format=json").json()["files"]
    before = {name: client.get(f"/take/{name}").content for name in names}
    client.post("/suppose", {"what": "visa", "value": "none", "back": "/"})
    client.post("/suppose", {"what": "step2ck", "day": "2026-11-20", "back": "/"})
    assert {name: client.get(f"/take/{name}").content for name in names} == before
    assert "what if" in client.get("/take/print").content.decode()


SENT: list[tuple[str, dict[str, str]]] = [
    ("/facts/person", {"name": "Another"}),
    ("/facts/exam/1", {"date": "2027-01-05"}),
    ("/facts/exam/new", {"exam": "step3", "date": "2027-02-01"}),
    ("/facts/pathway/0", {"attested": "2026-10-03"}),
    ("/plan/done", {"task": "step2ck.exam", "day": "2026-12-18"}),
    ("/plan/days", {"task": "pathway.accepted", "shortest": "10", "usual": "20", "longest": "30"}),
    ("/plan/aim", {"season": "2028"}),
    ("/apply/save", {"program-0": "9626140C0", "tier-0": "A", "signal-0": "none", "remove-1": "on"}),
    ("/apply/budget", {"budget": "900"}),
    ("/programs/keep", {"shortlist": "9738140C1"}),
    ("/programs/keep", {"list": "9738140C1", "tier": "B"}),
    ("/programs/note", {"program": "9626140C0", "note": "asked them"}),
    ("/facts/letter/0/remove", {}),
    ("/facts/interview/none", {}),
    ("/undo", {}),
]


def test_whatever_is_written_while_supposing_the_file_is_the_same_as_without(tmp_path: Path) -> None:
    """Every form that writes, once with everything supposed and once with nothing: the files do not differ by a byte."""

    def written(name: str, *, supposing: bool) -> list[bytes]:
        file = tmp_path / f"{name}.toml"
        file.write_bytes(example("amina"))
        client = visitor(seated(file))
        for what in KINDS if supposing else ():
            value = VALUES.get(what, "")
            client.post("/suppose", {"what": what, "day": "2026-11-20", "value": value, "back": "/"})
        states = []
        for address, typed in SENT:
            now = digest(file.read_bytes())
            form = (
                filled(client, address, **typed) if address.startswith(("/facts/p", "/facts/exam", "/start")) else typed
            )
            answer = client.post(address, {**form, "digest": now, "loaded": now, "back": "/"})
            assert answer.status_code == 302, (address, answer.content.decode()[-900:])
            states.append(file.read_bytes())
        return states

    so = written("so", supposing=False)
    assert written("supposing", supposing=True) == so
    still = [address for (address, _sent), state, before in zip(SENT, so, [b"", *so], strict=False) if state == before]
    assert still == []


def test_a_score_for_an_exam_that_gives_none_is_told_at_the_form(client: Client, desk: Desk) -> None:
    answer = client.post("/suppose", {"what": "step1", "day": "2026-12-18", "value": "240", "back": "/"})
    page = answer.content.decode()
    assert (answer.status_code, desk.supposed) == (409, ())
    assert "This exam gives no score" in page or "this exam gives no score" in page
    assert '<option value="step1" selected>' in page
    assert 'value="2026-12-18"' in page
    assert 'value="240" aria-invalid="true"' in page
    assert 'name="back" value="/requirements"' in page
