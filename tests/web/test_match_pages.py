"""Try the Match: a list in a market, step by step; another order; why an honest list is best."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from matchday.match.json_form import from_document
from matchday.web.scene import scene, words
from matchday.web.trial import begin, keep, kept, made_up
from tests.web.conftest import example, seated, visitor

NRMP = json.loads((Path(__file__).parents[1] / "match" / "examples" / "a_nrmp.json").read_text("utf-8"))
DOCUMENT = NRMP.get("market", NRMP)
CIRCLES = {
    "programs": {"h1": {"quota": 1, "list": ["x", "s"]}, "h2": {"quota": 1, "list": ["s", "y"]}},
    "applicants": {"s": ["h1", "h2"]},
    "couples": [{"members": ["x", "y"], "list": [["h1", "h2"]]}],
}


def upload(client: Client, document: object = DOCUMENT, me: str = "Joseph", name: str = "market.json") -> str:
    """The address of the trial, or the page that says what is wrong."""
    file = SimpleUploadedFile(name, json.dumps(document).encode())
    answer = client.post("/match", {"what": "file", "market": file, "me": me})
    return str(answer["Location"]) if answer.status_code == 302 else answer.content.decode()


def told(client: Client, address: str, **more: str) -> dict[str, object]:
    found: dict[str, object] = client.get(address, {"format": "json", **more}).json()
    return found


def test_a_list_is_matched_in_a_made_up_market(client: Client) -> None:
    answer = client.post("/match", {"what": "list", "list": "City\nLake\n\nMercy\n", "seed": "3"})
    found = told(client, answer["Location"])
    assert [line["programs"] for line in found["list"]] == ["City", "Lake", "Mercy"]  # type: ignore[attr-defined]
    assert found["made_up"] is True


def test_the_list_of_the_file_is_offered(tmp_path: Path) -> None:
    path = tmp_path / "ines.toml"
    path.write_bytes(example("ines"))
    client = visitor(seated(path))
    page = client.get("/match").content.decode()
    assert "9910180A0\n9911180C0\n9912180C0</textarea>" in page
    address = client.post("/match", {"what": "couple", "seed": "1"})["Location"]
    assert [line["programs"] for line in told(client, address)["list"]] == [  # type: ignore[attr-defined]
        "9910180A0 + 9910140C0", "9911180C0 + 9914140C0", "9912180C0 + no match", "no match + 9910140C0",
    ]  # fmt: skip


def test_the_outcome_is_that_of_the_command(client: Client) -> None:
    """The example of the NRMP: Joseph matches with General, his second choice."""
    found = told(client, upload(client))
    assert (found["match"], found["place"], found["stable"]) == ("General", 2, True)


def test_each_step_is_told_in_words_and_as_a_picture(client: Client) -> None:
    address = upload(client)
    said = [told(client, address, step=str(number))["step"] for number in range(1, 4)]
    assert [step["words"] for step in said] == [  # type: ignore[index]
        "Arthur asks City. It has a free position and holds Arthur for now.",
        "Sunny asks City. It has a free position and holds Sunny for now.",
        "Joseph (you) asks City. It is full of people it ranks higher: no.",
    ]
    page = client.get(address, {"step": "3"}).content.decode()
    assert "<svg" in page
    assert 'class="no"' in page
    assert 'rel="prev"' in page
    assert 'rel="next"' in page


def test_the_links_lead_from_the_first_step_to_the_last(client: Client) -> None:
    address, number, seen = upload(client), 1, []
    while number:
        step = told(client, address, step=str(number))["step"]
        seen.append(step["number"])  # type: ignore[index]
        number = step["next"] or 0  # type: ignore[index]
    assert seen == list(range(1, step["of"] + 1))  # type: ignore[index]
    held = {row["program"]: row["held"] for row in step["held"]}  # type: ignore[index]
    assert held == {"Mercy": ["Sunny"], "City": ["Darrius", "Arthur"], "General": ["Joseph (you)", "Latha"]}


@pytest.mark.parametrize(("asked", "shown"), [("0", 1), ("999999", None), ("x", 1), ("", 1), ("9" * 5000, 1)])
def test_a_step_that_is_not_there_is_the_nearest_one(client: Client, asked: str, shown: int | None) -> None:
    step = told(client, "/match/example", step=asked)["step"]
    assert step["number"] == (shown or step["of"])  # type: ignore[index]


def test_another_order_is_compared_with_the_honest_one(client: Client) -> None:
    """Joseph puts Mercy first: he stays with it, which is less by his own order."""
    address = upload(client)
    for act in ("up 2", "up 1"):
        address = client.post(address, {"act": act})["Location"]
    found = told(client, address)
    assert [line["programs"] for line in found["list"]] == ["Mercy", "City", "General"]  # type: ignore[attr-defined]
    assert (found["match"], found["comparison"]) == ("Mercy", "worse")
    assert found["before"] == {"match": "General", "place": 2}
    assert "this list gives less" in client.get(address).content.decode()
    again = client.post(address, {"act": "reset"})["Location"]
    assert told(client, again)["changed"] is False


@pytest.mark.parametrize("act", ["", "up", "up 0", "down 2", "down -1", "drop 99", "fly 1", "up x"])
def test_a_change_that_cannot_be_changes_nothing(client: Client, act: str) -> None:
    address = upload(client)
    assert client.post(address, {"act": act})["Location"] == address


def test_a_program_can_be_left_out_down_to_an_empty_list(client: Client) -> None:
    address = upload(client)
    for _ in range(3):
        address = client.post(address, {"act": "drop 0"})["Location"]
    found = told(client, address)
    assert (found["list"], found["match"], found["comparison"]) == ([], None, "worse")
    assert client.get(address).status_code == 200


def test_whom_a_change_moves_is_said(client: Client) -> None:
    address = upload(client, me="Darrius")
    address = client.post(address, {"act": "drop 0"})["Location"]
    assert told(client, address)["others_moved"] == [["Sunny", "Mercy", "City"], ["Latha", "General", None]]
    assert "It moved others" in client.get(address).content.decode()


def test_no_change_of_an_honest_list_gives_more(client: Client) -> None:
    address = upload(client) + "/honesty"
    found = told(client, address)
    assert (found["more"], found["proved"]) == (0, True)
    assert len(found["tried"]) == found["possible"] == 3 + 3 + 1  # type: ignore[arg-type]
    assert "None of the changes tried gives more" in client.get(address).content.decode()


def test_the_theorem_is_told_with_its_limits_and_its_papers(client: Client) -> None:
    page = client.get(upload(client) + "/honesty").content.decode()
    assert "whatever the lists of all others are" in page
    for paper in (
        "Machiavelli and the Gale-Shapley algorithm",
        "88(7), 1981",
        "stability and incentives",
        "7(4), 1982",
    ):
        assert paper in page
    assert "Not proved for programs" in page
    assert "Whoever can name only some programs" in page


def test_with_a_couple_the_theorem_is_not_claimed(client: Client) -> None:
    address = client.post("/match", {"what": "list", "list": "A\nB\nC", "partner": "on", "seed": "2"})["Location"]
    assert told(client, address + "/honesty")["proved"] is False
    assert "it is not proved" in client.get(address + "/honesty").content.decode()


def test_a_lie_that_pays_is_told(client: Client) -> None:
    """A single of a market with couples can, rarely, gain; then the page says so and does not hide it."""
    trial = keep(made_up(["A", "B", "C"], 1))
    trials = trial.trials
    trial.__dict__["trials"] = type(trials)(2, (type(trials.tried[0])(trials.tried[0].change, 0, True),), 1)
    assert "1 change gives more in this market." in client.get(f"/match/{trial.key}/honesty").content.decode()


def test_a_market_that_goes_round_in_circles_is_told_as_such(client: Client) -> None:
    address = upload(client, CIRCLES, "s")
    page = client.get(address).content.decode()
    assert "round in circles" in page
    assert "not stable" in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"what": "list", "list": ""}, "the list has 0 programs"),
        ({"what": "list", "list": "A\nB\nA"}, "A stands twice"),
        ({"what": "list", "list": "A" * 61}, "this name is too long"),
        ({"what": "list", "list": "\n".join(map(str, range(31)))}, "the list has 31 programs"),
        ({"what": "file", "me": "Joseph"}, "no file was chosen"),
        ({"what": "nonsense"}, "the list has 0 programs"),
    ],
)
def test_what_cannot_be_tried_says_what_to_do(client: Client, given: dict[str, str], said: str) -> None:
    answer = client.post("/match", given)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_market_that_cannot_be_read_says_where(client: Client) -> None:
    assert "there is no applicant" in upload(client, me="Nobody")
    assert "line 1" in upload(client, {"programs": {"A": {"quota": -1}}}, "x")
    assert "is not a part of a market" in upload(client, name="../../market.txt")
    assert "too large" in upload(client, {"programs": {}, "x": "y" * 1_000_001})
    many = {"programs": {f"p{i}": {"quota": 1} for i in range(300)}}
    many["applicants"] = {f"a{i}": list(many["programs"]) for i in range(70)}
    assert "too large" in upload(client, many, "a1")


def test_csv_files_are_a_market_too(client: Client) -> None:
    files = [
        SimpleUploadedFile("programs.csv", b"id,quota\nCity,1\n"),
        SimpleUploadedFile("lists.csv", b"side,id,rank,other\napplicant,Ana,1,City\nprogram,City,1,Ana\n"),
    ]
    answer = client.post("/match", {"what": "file", "market": files, "me": "Ana"})
    assert told(client, answer["Location"])["match"] == "City"


def test_a_trial_that_is_forgotten_leads_back_to_the_start(client: Client) -> None:
    """After a restart, or forty trials later."""
    first = client.post("/match", {"what": "list", "list": "A", "seed": "1"})["Location"]
    for seed in range(2, 43):
        client.post("/match", {"what": "list", "list": "A\nB", "seed": str(seed)})
    assert client.get(first)["Location"] == client.get(first + "/honesty")["Location"] == "/match"
    assert kept("0" * 20) is None


def test_names_never_become_part_of_the_page(client: Client) -> None:
    answer = client.post("/match", {"what": "list", "list": "<b>City</b>\nLake"}, follow=True)
    assert "<b>City" not in answer.content.decode()


def test_the_list_is_never_in_the_address(client: Client) -> None:
    assert "City" not in client.post("/match", {"what": "list", "list": "City"})["Location"]


def test_a_large_market_is_answered_without_steps(client: Client) -> None:
    people = {f"a{i}": [f"p{(i + j) % 40}" for j in range(20)] for i in range(120)}
    programs = {f"p{i}": {"quota": 2, "list": list(people)} for i in range(40)}
    page = client.get(upload(client, {"programs": programs, "applicants": people}, "a5")).content.decode()
    assert "too large to be told step by step" in page


def test_every_kind_of_step_has_its_words() -> None:
    """Supplemental lists, reversions, even numbers, couples: each is told."""
    document = {
        "programs": {
            "Adv": {"quota": 1, "list": ["a"], "kind": "advanced"},
            "Pre": {"quota": 1, "list": ["a", "c"], "kind": "preliminary"},
            "Even": {"quota": 2, "list": ["e"], "parity": "even"},
            "Giver": {"quota": 2, "list": ["d"]},
            "Taker": {"quota": 1, "list": ["x", "f", "g"]},
            "Lake": {"quota": 1, "list": ["y", "h"]},
        },
        "applicants": {
            "a": ["Adv"],
            "c": ["Pre"],
            "d": ["Giver"],
            "e": ["Even"],
            "f": ["Taker"],
            "g": ["Taker"],
            "h": ["Lake"],
        },
        "couples": [{"members": ["x", "y"], "list": [["Taker", "Giver"], ["Taker", "Lake"]]}],
        "supplemental": [{"applicant": "a", "entries": ["Adv"], "list": ["Pre"]}],
        "reversions": [{"donor": "Giver", "receiver": "Taker", "max": 1}],
    }
    trial = begin(from_document(document), "a", made=False, source="test")
    assert trial.told is not None
    said = [words(trial, step) for step in trial.told.steps]
    for part in (
        "takes a first-year position at Pre, which prefers a (you) to c.",
        "Giver has free positions left and gives them over to Taker.",
        "Even asked for an even or odd number of people. It lets e go.",
        "x + y ask together for Taker + Giver. Not both can be taken: no.",
        "x + y ask together for Taker + Lake. Both are held for now;",
    ):
        assert any(part in sentence for sentence in said), (part, said)
    assert all(scene(trial, step).height > 0 for step in trial.told.steps)
