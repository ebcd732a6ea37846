"""Every address that writes the file does so in one way: beside a change elsewhere, never over one at the same place.

Whoever adds an address must say here what it does: the walk fails for one that is in none of the three lists.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

import matchday.web
from matchday.dossier import edit
from matchday.dossier.file import dumps, read
from matchday.dossier.model import Application, Dossier
from tests.web.conftest import NOW, example, seated, visitor
from tests.web.filling import fields_of, filled
from tests.web.walk import addresses, pages

PROGRAM, OTHER = "9803440C0", "9644220C0"  # of the made-up directory
Edit = Callable[[Dossier], Dossier]


@dataclass(frozen=True, slots=True)
class Act:
    """One way to write: the page of the form, the address, what is typed, and a change at the very same place."""

    page: str
    address: str
    typed: dict[str, str]
    same_place: Edit


def _removed(dossier: Dossier) -> Dossier:
    return edit.change(dossier, "exam", 1, score=199)


def _noted(dossier: Dossier) -> Dossier:
    return edit.change(dossier, "application", _at(dossier, PROGRAM), notes="theirs")


def _signalled(dossier: Dossier) -> Dossier:
    return edit.change(dossier, "application", _at(dossier, PROGRAM), signal="silver")


def _at(dossier: Dossier, program: str) -> int:
    return [one.program for one in dossier.application or ()].index(program)


def _listed(dossier: Dossier) -> Dossier:
    return edit.add_application(dossier, program=OTHER, notes="theirs")


def _interview(dossier: Dossier) -> Dossier:
    return edit.add_interview(dossier, program="theirs")


ACTS: dict[str, Act] = {
    "start": Act("/start/1", "/start/1", {"season": "2028"}, lambda one: edit.set_season(one, season=2029)),
    "facts_part": Act("/facts/person", "/facts/person", {"name": "Mine"}, lambda one: edit.set_person(one, name="Theirs")),
    "facts_row": Act("/facts/exam/2", "/facts/exam/2", {"writing": "360"}, lambda one: edit.change(one, "exam", 2, writing=340)),
    "facts_new": Act("/facts/couple", "/facts/couple", {"partner": "Mine"}, lambda one: edit.set_couple(one, partner="Theirs")),
    "facts_none": Act("/facts/interview", "/facts/interview/none", {}, _interview),
    "facts_unknown": Act("/facts/scholarly", "/facts/scholarly/unknown", {}, lambda one: edit.add(one, "scholarly", title="x")),
    "facts_remove": Act("/facts/exam", "/facts/exam/1/remove", {}, _removed),
    "step_done": Act("/plan", "/plan/done", {"task": "certificate", "day": "2026-11-01"},
                     lambda one: edit.set_certification(one, certificate_issued=NOW.date())),
    "step_days": Act("/plan", "/plan/days", {"task": "state.licence", "shortest": "1", "usual": "2", "longest": "3"},
                     lambda one: edit.set_duration(one, task="state.licence", days=(7, 8, 9))),
    "aim": Act("/plan", "/plan/aim", {"season": "2028"}, lambda one: edit.set_season(one, season=2029)),
    "keep": Act("/programs", "/programs/keep", {"list": OTHER, "note": "mine"}, _listed),
    "note": Act("/apply", "/programs/note", {"program": PROGRAM, "note": "mine"}, _noted),
    "apply_save": Act("/apply", "/apply/save", {"program-0": PROGRAM, "signal-0": "gold"}, _signalled),
    "apply_budget": Act("/apply", "/apply/budget", {"budget": "3000"},
                        lambda one: edit.set_preferences(one, budget_usd=4000)),
}  # fmt: skip
# Addresses that take forms and never write the file by what they are sent.
OTHERS = {
    "set_day", "set_language", "set_rate", "suppose", "as_it_is", "keep_pages", "forget_pages", "facts_check",
    "undo", "redo",  # they walk through the states of the file: tests/web/test_undo.py
    "import_check", "import_confirm", "import_leave", "import_undo", "import_stop",  # they write the directory
}  # fmt: skip
# Addresses that answer with a file, or only while something is under way.
FILES = {"import_wait", "plan_ics", "calendar_ics", "take_item"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Amina's file with one program on the list, and nothing but "none" under scholarly work."""
    path = tmp_path / "amina.toml"
    path.write_bytes(example("amina"))
    listed = Application(program=PROGRAM, status="listed", signal="none", specialty="Internal Medicine")
    path.write_text(dumps(replace(read(path), application=(listed,), scholarly=(), couple=None)))
    return path


def by_hand(file: Path, edited: Edit) -> None:
    """Somebody else changes the file."""
    file.write_text(dumps(edited(read(file))))


def opened(client: Client, act: Act) -> dict[str, str]:
    """What the form would send: of the whole form where the page is the form's own address."""
    digest = fields_of(client.get(act.page).content)["digest"][0]
    if act.page == act.address:
        return {name: "\n".join(text) for name, text in filled(client, act.page, **act.typed).items()}
    return {"digest": digest, **act.typed}


def renamed(dossier: Dossier) -> Dossier:
    """A change that has nothing to do with any of the acts but the form of the person."""
    return edit.set_person(dossier, valid_visa="theirs", languages=["Theirs"])


def alone(act: Act, client: Client, file: Path) -> Dossier:
    """The dossier as the act leaves it when nobody else writes; the file is then as it was."""
    before = file.read_bytes()
    assert client.post(act.address, opened(client, act)).status_code == 302
    after = read(file)
    assert after != read_bytes(file, before)
    return after


def read_bytes(file: Path, content: bytes) -> Dossier:
    """Put these bytes into the file again, and read them."""
    file.write_bytes(content)
    return read(file)


def test_every_address_that_takes_a_form_is_known_here(client: Client) -> None:
    shown = {name for name, _ in pages(client)}
    unknown = {name for name, _ in addresses()} - shown - ACTS.keys() - OTHERS - FILES
    assert unknown == set(), "say what these addresses do: in ACTS, OTHERS or FILES"


def test_no_page_writes_the_file_in_another_way() -> None:
    """views/write.py is the only place that asks the desk to write."""
    here = Path(matchday.web.__file__).parent
    writing = {
        path.name
        for path in here.rglob("*.py")
        if re.search(r"desk\(\)\.write\b|keep import .*\breplace\b", path.read_text("utf-8"))
    }
    assert writing == {"write.py", "desk.py"}


@pytest.mark.parametrize("name", sorted(OTHERS - {"undo", "redo"}))
def test_the_other_addresses_leave_the_file_alone(client: Client, file: Path, name: str) -> None:
    before = file.read_bytes()
    everything = {key: text for act in ACTS.values() for key, text in act.typed.items()}
    client.post(dict(addresses())[name], everything)
    assert file.read_bytes() == before


def test_a_page_that_is_sent_a_form_leaves_the_file_alone(client: Client, file: Path) -> None:
    before = file.read_bytes()
    everything = {key: text for act in ACTS.values() for key, text in act.typed.items()}
    for name, address in pages(client):
        if name not in ACTS:
            client.post(address, everything)
            assert file.read_bytes() == before, name


@pytest.mark.parametrize("name", ACTS)
def test_a_change_elsewhere_stays_beside_mine(file: Path, name: str) -> None:
    client, act = visitor(seated(file)), ACTS[name]
    wanted = renamed(alone(act, client, file))
    sent = opened(client, act)
    by_hand(file, renamed)
    answer = client.post(act.address, sent)
    assert (answer.status_code, read(file)) == (302, wanted)
    assert "Both changes are kept" in client.get(answer["Location"]).content.decode()


def clash(client: Client, file: Path, act: Act) -> tuple[HttpResponse, bytes]:
    """The answer to a form whose place in the file was changed by hand meanwhile, and that file."""
    sent = opened(client, act)
    by_hand(file, act.same_place)
    theirs = file.read_bytes()
    return client.post(act.address, sent), theirs


@pytest.mark.parametrize("name", ACTS)
def test_a_change_at_the_same_place_is_shown_beside_mine_and_nothing_is_written(file: Path, name: str) -> None:
    client, act = visitor(seated(file)), ACTS[name]
    answer, theirs = clash(client, file, act)
    assert (answer.status_code, file.read_bytes()) == (409, theirs)
    text = answer.content.decode()
    assert "Keep the file as it is" in text
    assert "<td" in text, "what is in the file, and what is wanted"
    for key, typed in opened(client, act).items():
        if key in act.typed and typed:
            assert typed in text, "what was typed is not lost"


@pytest.mark.parametrize("name", sorted(set(ACTS) - {"facts_remove", "facts_none", "facts_unknown", "keep"}))
def test_mine_can_be_written_over_it(file: Path, name: str) -> None:
    """Where it makes sense: a row that has changed is not removed unseen, a list with rows is not "none"."""
    client, act = visitor(seated(file)), ACTS[name]
    wanted = alone(act, client, file)
    answer, _ = clash(client, file, act)
    assert client.post(act.address, fields_of(answer.content)).status_code == 302
    assert read(file) == wanted


@pytest.mark.parametrize("name", ACTS)
def test_what_can_no_more_be_compared_is_asked(file: Path, name: str) -> None:
    """The program was started again and the state that the page was made from is not kept: nothing is assumed."""
    sent, act = opened(visitor(seated(file)), ACTS[name]), ACTS[name]
    by_hand(file, renamed)
    theirs = file.read_bytes()
    client = visitor(seated(file))
    answer = client.post(act.address, sent)
    assert (answer.status_code, file.read_bytes()) == (409, theirs)
    assert client.post(act.address, fields_of(answer.content)).status_code == 302


def test_programs_kept_in_two_tabs_are_all_on_the_shortlist(client: Client, file: Path) -> None:
    """The commonest case of all: several tabs of programs, "keep" pressed in each."""
    digest = fields_of(client.get("/programs").content)["digest"][0]
    for program in (PROGRAM, OTHER):
        assert client.post("/programs/keep", {"digest": digest, "shortlist": program}).status_code == 302
    assert (read(file).preferences.tiers or {})["shortlist"] == (PROGRAM, OTHER)
