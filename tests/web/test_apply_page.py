"""My list: tiers, signals against the allowance, its price, what the budget holds, and money about to be wasted."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matchday.directory.fit import GATES
from matchday.dossier.file import dumps, parse
from matchday.dossier.keep import digest
from matchday.dossier.model import Application, Dossier, Preferences
from matchday.plan.wasted import Wasted
from matchday.web.applying import warnings
from tests.web.conftest import example, seated, visitor
from tests.web.small import digest_on, press, use_small


@pytest.fixture(autouse=True)
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_small(tmp_path / "small", monkeypatch)


def over(tmp_path: Path, *applications: Application, **preferences: Any) -> Client:
    """A visitor over Amina's facts with these applications and preferences."""
    from dataclasses import replace

    dossier = parse(example("amina"), "amina.toml")
    dossier = replace(dossier, application=applications, preferences=Preferences(**preferences))
    path = tmp_path / "mine.toml"
    path.write_text(dumps(dossier, "toml"))
    return visitor(seated(path))


def peds(code: str, **values: Any) -> Application:
    return Application(**{"program": code, "specialty": "Pediatrics", "status": "listed"} | values)


def data(client: Client) -> dict[str, Any]:
    answer: dict[str, Any] = client.get("/apply", {"format": "json"}).json()
    return answer


def read(tmp_path: Path) -> Dossier:
    return parse((tmp_path / "mine.toml").read_bytes(), "mine.toml")


def rows(tmp_path: Path) -> dict[str, str]:
    """What the form says of each row: which program it is about."""
    return {f"program-{at}": one.program or "" for at, one in enumerate(read(tmp_path).application or ())}


def test_an_empty_list_says_how_to_begin(newcomer: Client) -> None:
    page = newcomer.get("/apply").content.decode()
    assert "Your list is empty" in page
    assert "odds" not in page.lower()


def test_programs_that_refuse_the_visa_are_told_with_the_dollars_they_would_cost(tmp_path: Path) -> None:
    client = over(tmp_path, peds("1002320C0"), peds("1001320C0"))
    (warning,) = data(client)["warnings"]
    assert warning == {
        "text": "You plan to pay for 1 program that does not sponsor J-1: 11 dollars.",
        "sent": False, "gate": "visa", "usd": 11, "programs": ["1002320C0"],
    }  # fmt: skip


def test_what_was_sent_already_is_told_apart_and_what_is_over_not_at_all(tmp_path: Path) -> None:
    sent = over(tmp_path, peds("1002320C0", status="submitted"))
    assert data(sent)["warnings"][0]["text"].startswith("You have applied to 1 program")
    assert data(over(tmp_path, peds("1002320C0", status="rejected")))["warnings"] == []


def test_every_gate_that_can_be_shut_has_words_for_one_program_and_for_several() -> None:
    """Whether a track offers positions again, and through which service, is asked, never refused."""
    for gate in GATES.keys() - {"positions", "service"}:
        some = [
            Wasted(str(n), str(n), gate, "does not sponsor J-1", "a list", sent=False, made_up=True) for n in (1, 2)
        ]
        for found, n in ((some[:1], "1 program "), (some, "2 programs ")):
            (warning,) = warnings(Dossier(), found, 2027)
            assert warning["text"].startswith(f"You plan to pay for {n}"), gate


def test_a_list_that_cannot_be_priced_still_warns(tmp_path: Path) -> None:
    client = over(tmp_path, peds("1002320C0"), peds("x", specialty="Palmistry"))
    assert data(client)["warnings"][0]["text"].endswith("does not sponsor J-1: price not known.")


def test_an_unknown_price_elsewhere_leaves_the_price_of_what_is_wasted_known(tmp_path: Path) -> None:
    client = over(tmp_path, peds("1002320C0"), peds("1001320C0"), peds("x", specialty="Emergency Medicine"))
    assert [warning["usd"] for warning in data(client)["warnings"]] == [11]


def test_the_price_of_the_list_its_next_program_and_the_cliff(tmp_path: Path) -> None:
    client = over(tmp_path, *(peds(f"x{n}") for n in range(30)), budget_usd=1000)
    money = data(client)["money"]
    assert money["applications_usd"] == 330
    assert money["next_application_usd"] == {"Pediatrics": 30}
    assert money["cliffs"] == [{"specialty": "Pediatrics", "program": 31, "from_usd": 11, "to_usd": 30}]
    assert money["services"] == [{"service": "ERAS", "programs": 30, "usd": 330 + 185 + 80, "unknown": []}]
    left = 1000 - money["total_usd"]
    assert money["room"] == {
        "budget": 1000, "left": left, "short": 0, "at_least": False, "more": {"Pediatrics": left // 30},
    }  # fmt: skip


def test_the_list_is_split_by_service_and_an_unknown_price_stays_unknown(tmp_path: Path) -> None:
    """No price of ResidencyCAS is known for 2027: the sum says at least, and so does the budget."""
    client = over(tmp_path, peds("a"), peds("b", specialty="Emergency Medicine"), budget_usd=10)
    money = data(client)["money"]
    assert [one["service"] for one in money["services"]] == ["ERAS", "ResidencyCAS"]
    assert money["services"][1]["programs"] == 1
    assert "Emergency Medicine" in money["services"][1]["unknown"]
    assert money["room"]["short"] == money["total_usd"] - 10
    page = client.get("/apply").content.decode()
    assert "over the budget" in page
    assert "At least" in page


def test_signals_are_held_against_the_allowance_of_the_season(tmp_path: Path) -> None:
    client = over(tmp_path, *(peds(f"x{n}", signal="single") for n in range(6)))
    (row,) = data(client)["signals"]
    assert row["kinds"] == [{"kind": "single", "used": 6, "most": 5, "over": True}]
    assert row["source"]
    assert "too many" in client.get("/apply").content.decode()


def test_an_allowance_on_which_sources_disagree_is_shown_as_such(tmp_path: Path) -> None:
    client = over(tmp_path, peds("x", specialty="Obstetrics and Gynecology", signal="gold"))
    (row,) = data(client)["signals"]
    assert (row["known"], row["kinds"]) == (False, [{"kind": "gold", "used": 1, "most": None, "over": False}])
    assert row["disputed"] == ["5 single", "3 gold + 15 silver"]


def test_a_list_that_cannot_be_priced_says_what_to_mend(tmp_path: Path) -> None:
    client = over(tmp_path, peds("x", specialty="Palmistry"))
    assert data(client)["money"]["problem"]["what"] == "application[0].specialty: no specialty is called 'Palmistry'"
    assert client.get("/apply").status_code == 200


def test_tiers_and_signals_are_saved_together_and_what_is_ticked_goes(tmp_path: Path) -> None:
    client = over(tmp_path, peds("1001320C0"), peds("1002320C0"), peds("1003320C0"), tiers={"A": ("1002320C0",)})
    fields = {"tier-0": "A", "signal-0": "single", "tier-1": "C", "remove-2": "on", "tier-2": "B"} | rows(tmp_path)
    assert press(client, "/apply/save", "/apply", **fields) == 302
    dossier = read(tmp_path)
    assert dossier.application == (peds("1001320C0", signal="single"), peds("1002320C0"))
    assert dossier.preferences.tiers == {"A": ("1001320C0",), "C": ("1002320C0",)}


@pytest.mark.parametrize(
    "fields", [{"signal-0": "platinum"}, {"budget": "much"}, {"budget": "99999999999"}, {"budget": "-5"}]
)
def test_what_the_file_cannot_hold_is_refused_and_nothing_is_written(tmp_path: Path, fields: dict[str, str]) -> None:
    client = over(tmp_path, peds("1001320C0"))
    before = (tmp_path / "mine.toml").read_bytes()
    address = "/apply/budget" if "budget" in fields else "/apply/save"
    assert press(client, address, "/apply", **(fields | rows(tmp_path))) == 422
    assert (tmp_path / "mine.toml").read_bytes() == before


def test_a_list_changed_meanwhile_is_shown_beside_what_was_chosen_and_then_written(tmp_path: Path) -> None:
    """Another tab took a row off and set a tier; the choice of this tab is found again by its program."""
    client = over(tmp_path, peds("1001320C0"), peds("1002320C0"), peds("1003320C0"))
    stale = {"digest": digest_on(client, "/apply"), "tier-1": "A", "tier-2": "B"} | rows(tmp_path)
    assert press(client, "/apply/save", "/apply", **{"remove-0": "on", "tier-1": "C"} | rows(tmp_path)) == 302
    before = (tmp_path / "mine.toml").read_bytes()
    both = client.post("/apply/save", stale)
    assert both.status_code == 409
    assert client.post("/apply/save?format=json", stale).json()["conflict"] == [
        {"entry": "", "field": "Your tiers: A", "file": "", "yours": "1002320C0"},
        {"entry": "", "field": "Your tiers: B", "file": "", "yours": "1003320C0"},
        {"entry": "", "field": "Your tiers: C", "file": "1002320C0", "yours": ""},
    ]
    assert (tmp_path / "mine.toml").read_bytes() == before
    again = dict(
        re.findall(r'name="((?:program|tier|signal|digest|over)[^"]*)" value="([^"]*)"', both.content.decode())
    )
    assert client.post("/apply/save", again).status_code == 302
    assert read(tmp_path).preferences.tiers == {"A": ("1002320C0",), "B": ("1003320C0",)}


def test_a_stale_form_that_asks_nothing_new_writes_nothing(tmp_path: Path) -> None:
    client = over(tmp_path, peds("1001320C0"))
    assert client.post("/apply/save", {"digest": "0" * 64, "tier-0": "", "program-0": "1001320C0"}).status_code == 302
    assert client.post("/apply/budget", {"digest": "0" * 64, "budget": "5"}).status_code == 409


def test_the_budget_is_kept_in_whole_dollars_or_not_known(tmp_path: Path) -> None:
    client = over(tmp_path, peds("1001320C0"))
    assert press(client, "/apply/budget", "/apply", budget="$2,500") == 302
    assert read(tmp_path).preferences.budget_usd == 2500
    assert press(client, "/apply/budget", "/apply", budget="") == 302
    assert read(tmp_path).preferences.budget_usd is None


def test_a_budget_that_is_no_number_is_told_at_its_form_with_what_was_typed(tmp_path: Path) -> None:
    client = over(tmp_path, peds("1001320C0"))
    assert press(client, "/apply/budget", "/apply", budget="1.500") == 302
    assert read(tmp_path).preferences.budget_usd == 1500
    answer = client.post("/apply/budget", {"budget": "mucho"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write the budget in whole dollars, such as 2000." in page
    assert 'value="mucho" aria-invalid="true"' in page
    assert read(tmp_path).preferences.budget_usd == 1500


def test_a_list_of_200_stays_below_the_weight_of_a_page(tmp_path: Path) -> None:
    client = over(tmp_path, *(peds(f"{n:04}320C0", notes="x" * 60) for n in range(1000, 1200)))
    answer = client.get("/apply")
    assert answer.content.decode().count("<select") == 400
    assert len(answer.content) < 250_000


typed = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ["\0", "A", "gold", "99999999999999", "-1", "1001320C0", "1001320C0\n", '"""', "on"]
)
names = st.sampled_from(
    ["tier-0", "signal-0", "remove-0", "program-0", "program-999999", "tier-1", "budget", "list", "shortlist",
     "unshortlist", "program", "note", "tier", "token", "source", "as_of", "column-0", "back"]
)  # fmt: skip
FORMS = ["/apply/save", "/apply/budget", "/programs/keep", "/programs/note", *(
    f"/programs/import/{act}" for act in ("check", "confirm", "leave", "undo"))]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(address=st.sampled_from(FORMS), sent=st.dictionaries(names, typed, max_size=6))
def test_whatever_a_form_is_sent_the_file_stays_readable(
    client: Client, file: Path, address: str, sent: dict[str, str]
) -> None:
    """Never a fault of the program, and never a file that could not be read again."""
    before = digest(file.read_bytes())
    assert client.post(address, sent | {"digest": before}).status_code in (302, 400, 409, 422)
    assert client.get("/apply").status_code == 200
    parse(file.read_bytes(), "amina.toml")


THREE = ("1001320C0", "1002320C0", "1003320C0")


def three(tmp_path: Path) -> Client:
    return over(tmp_path, *map(peds, THREE), tiers={"A": THREE})


def order(tmp_path: Path) -> tuple[str, ...]:
    return (read(tmp_path).preferences.tiers or {}).get("A", ())


def test_an_arrow_moves_a_program_inside_its_tier_and_keeps_the_focus_on_its_row(tmp_path: Path) -> None:
    client = three(tmp_path)
    answer = client.post("/apply/save", {**rows(tmp_path), "digest": digest_on(client, "/apply"), "move": "down 0"})
    assert answer["Location"] == "/apply#down-0"
    assert order(tmp_path) == (THREE[1], THREE[0], THREE[2])
    answer = client.post("/apply/save", {**rows(tmp_path), "digest": digest_on(client, "/apply"), "move": "down 0"})
    assert answer["Location"] == "/apply#up-0"  # it is the last one now: its other arrow takes the focus
    assert order(tmp_path) == (THREE[1], THREE[2], THREE[0])
    page = client.get("/apply").content.decode()
    assert 'id="up-0"' in page
    assert 'id="down-0"' not in page


def test_what_else_was_chosen_is_saved_with_the_arrow(tmp_path: Path) -> None:
    client = three(tmp_path)
    press(client, "/apply/save", "/apply", **rows(tmp_path), **{"signal-1": "single", "move": "up 2", "tier-0": "B"})
    assert read(tmp_path).preferences.tiers == {"A": (THREE[2], THREE[1]), "B": (THREE[0],)}
    assert (read(tmp_path).application or ())[1].signal == "single"


def test_an_arrow_in_a_row_that_leaves_its_tier_goes_nowhere(tmp_path: Path) -> None:
    client = three(tmp_path)
    sent = {**rows(tmp_path), "digest": digest_on(client, "/apply"), "move": "up 1", "tier-1": ""}
    assert client.post("/apply/save", {**sent, "remove-1": "on"})["Location"] == "/apply"
    assert order(tmp_path) == (THREE[0], THREE[2])


def test_several_places_are_written_at_once_and_only_what_was_changed_counts(tmp_path: Path) -> None:
    client = three(tmp_path)
    typed = {"place-0-1": "1", "place-1-2": " x", "place-2-3": "1"}
    assert press(client, "/apply/save", "/apply", **rows(tmp_path), **typed) == 302
    assert order(tmp_path) == (THREE[2], THREE[0], THREE[1])


def test_all_that_have_no_tier_can_be_put_into_one(tmp_path: Path) -> None:
    client = over(tmp_path, *map(peds, THREE), tiers={"B": THREE[1:2]})
    assert "Put all of these into tier" in client.get("/apply").content.decode()
    chosen = {"tier-0": "", "tier-1": "B", "tier-2": ""}
    press(client, "/apply/save", "/apply", **rows(tmp_path), **chosen, all="A")
    assert read(tmp_path).preferences.tiers == {"A": (THREE[0], THREE[2]), "B": (THREE[1],)}


def test_two_tabs_that_move_are_shown_both_and_the_step_can_still_be_taken(tmp_path: Path) -> None:
    client = three(tmp_path)
    early = digest_on(client, "/apply")
    press(client, "/apply/save", "/apply", **rows(tmp_path), move="up 2")
    for sent, words, after in (
        ({"move": "down 0"}, "; ".join((THREE[2], THREE[0], THREE[1])), (2, 0, 1)),
        ({"place-1-2": "1"}, "; ".join((THREE[1], THREE[2], THREE[0])), (1, 2, 0)),
    ):
        answer = client.post("/apply/save", {**rows(tmp_path), "digest": early, **sent})
        page = answer.content.decode()
        assert (answer.status_code, words in page) == (409, True)
        again = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
        assert client.post("/apply/save", again)["Location"].startswith("/apply")
        assert order(tmp_path) == tuple(THREE[at] for at in after)


def test_the_order_feeds_try_the_match(tmp_path: Path) -> None:
    client = three(tmp_path)
    press(client, "/apply/save", "/apply", **rows(tmp_path), move="up 2")
    page = client.get("/match").content.decode()
    given = re.search(r"<textarea[^>]*>([^<]*)</textarea>", page)
    assert given
    lines = given[1].split("\n")
    assert [line.split()[-1] for line in lines] == [THREE[0], THREE[2], THREE[1]]
    assert all(len(line) > 10 for line in lines)  # by name, as far as the directory knows it
    assert client.post("/match", {"what": "list", "list": given[1], "seed": "1"}).status_code == 302


def test_a_list_of_two_hundred_is_put_in_order_within_the_weight_of_a_page(tmp_path: Path) -> None:
    codes = tuple(f"{n:04}320C0" for n in range(200))
    client = over(tmp_path, *map(peds, codes), tiers={"A": codes})
    assert len(client.get("/apply").content) < 250_000
    typed = {f"place-{n}-{n + 1}": str(200 - n) for n in range(200)}
    press(client, "/apply/save", "/apply", **rows(tmp_path), **typed)
    assert order(tmp_path) == codes[::-1]
    assert "at most the first 30" in client.get("/match").content.decode()


def test_words_of_the_list_are_words_of_the_language_and_a_code_tells_its_specialty(tmp_path: Path) -> None:
    gone = Application(program="7777320C0", status="listed", signal="none")
    client = over(tmp_path, peds("1001320C0", signal="gold"), gone)
    client.cookies["matchday-language"] = "es"
    page = client.get("/apply").content.decode()
    assert ">oro</option>" in page
    assert " · listed" not in page
    assert "ya no está en su directorio, o nunca estuvo" in page
    assert page.partition("7777320C0</th>")[0].count("Pediatrics")
    client.cookies["matchday-language"] = "en"
    assert ">gold</option>" in client.get("/apply").content.decode()
