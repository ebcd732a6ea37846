"""The command line: exit codes, JSON, files, notes; and the same bytes for every hash seed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from matchday.cli.match import match
from matchday.match import read_market
from matchday.terms import InputProblem
from tests.match.draw import small_market


def call(*words):
    return CliRunner().invoke(match, [str(word) for word in words], catch_exceptions=False)


def run_json(market, *words):
    result = call("run", market, "--json", *words)
    assert result.exit_code == 0
    return json.loads(result.stdout)


def saved(tmp_path, tree, name="outcome.json"):
    path = tmp_path / name
    path.write_text(json.dumps(tree))
    return path


def test_run_answers_in_json_on_standard_output_alone(examples):
    result = call("run", examples / "a_nrmp.json", "--json")
    told = json.loads(result.stdout)
    assert {"matching", "supplemental", "programs", "stable", "blocking", "loops", "options", "input_digest",
            "outcome_digest", "counts"} <= told.keys()  # fmt: skip
    assert (told["stable"], told["blocking"], told["loops"], told["supplemental"]) == (True, [], [], {})
    assert told["programs"]["Mercy"] == {"quota": 2, "final_quota": 2, "matched": ["Sunny"]}
    assert told["options"]["seed"] == 0
    assert "Matched and judged" in result.stderr


def test_run_answers_in_plain_words(examples):
    assert call("run", examples / "a_nrmp.json").stdout.splitlines() == [
        "5 of 5 applicants matched.",
        "  Arthur: City",
        "  Sunny: Mercy",
        "  Joseph: General",
        "  Latha: General",
        "  Darrius: City",
        "  Mercy: 1 unfilled",
        "Stable: yes.",
    ]


def test_a_run_without_stable_result_ends_with_exit_0_and_says_what_blocks(examples):
    result = call("run", examples / "c_no_stable_matching.json")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-4:] == [
        "Went round in circles: x and y (given up and left out).",
        "Every combination was tried: no stable matching exists.",
        "Stable: NO. Blocking:",
        "  x and y with h1 and h2",
    ]


def test_first_year_positions_are_shown(tmp_path, examples):
    tree = json.loads((examples / "f_supplemental.json").read_text())
    tree["programs"]["Adv"]["quota"] = 2
    market = saved(tmp_path, tree, "m.json")
    assert "  a: Adv, first year Pre" in call("run", market).stdout
    outcome = saved(tmp_path, run_json(market))
    assert "  first year 1. Pre: matched" in call("explain", market, outcome, "a").stdout


def test_a_settled_loop_and_many_people_are_told(tmp_path):
    from matchday.match.files import write_market
    from matchday.match.reference import settle

    shape = {"singles": 2, "couples": 2, "programs": 2, "full": True}
    seed = next(s for s in range(2000) if (got := settle(small_market(s, **shape))).looped and not got.given_up)
    write_market(small_market(seed, **shape), tmp_path / "m.json")
    assert "(settled in another order)." in call("run", tmp_path / "m.json").stdout
    write_market(small_market(1, singles=90, couples=0, full=True), tmp_path / "many.json")
    assert "Use --json or --out to see who matched where." in call("run", tmp_path / "many.json").stdout
    nobody = call("verify", tmp_path / "many.json", saved(tmp_path, {"matching": {}}))
    assert nobody.stdout.splitlines()[-1].startswith("  ... and ")


def test_out_writes_a_file_or_a_folder_of_tables(tmp_path, examples):
    told = run_json(examples / "g_reversion.json", "--out", tmp_path / "o.json")
    assert json.loads((tmp_path / "o.json").read_text()) == told
    call("run", examples / "g_reversion.json", "--out", tmp_path / "folder")
    assert (tmp_path / "folder" / "programs.csv").read_text().splitlines() == [
        "program,quota,final_quota,matched,rank_of_last_match", "D,2,1,1,1", "R,1,2,2,2",
    ]  # fmt: skip
    assert (tmp_path / "folder" / "matches.csv").read_text().splitlines()[1:] == ["D,1,a", "R,1,b", "R,2,c"]
    assert call("verify", examples / "g_reversion.json", tmp_path / "folder").exit_code == 0


def test_tables_hold_pairs_and_first_year_positions_and_no_formulas(tmp_path):
    tree = {
        "programs": {"=Adv": {"quota": 2, "list": ["a", "x"], "kind": "advanced"}, "Pre": {"quota": 1, "list": ["a"]}},
        "applicants": {"a": ["=Adv"], "n": []},
        "couples": [{"members": ["x", "y"], "list": [["=Adv", None]]}],
        "supplemental": [{"applicant": "a", "entries": ["=Adv"], "list": ["Pre"]}],
    }
    call("run", saved(tmp_path, tree, "m.json"), "--out", tmp_path / "folder")
    assert (tmp_path / "folder" / "applicants.csv").read_text().splitlines() == [
        "applicant,program,rank,first_year_program,first_year_rank,couple,pair_rank",
        "a,'=Adv,1,Pre,1,,",
        "n,,,,,,",
        "x,'=Adv,,,,0,1",
        "y,,,,,0,1",
    ]


def test_verify_says_yes_with_exit_0_and_no_with_exit_1(tmp_path, examples):
    market = examples / "a_nrmp.json"
    told = run_json(market)
    good = call("verify", market, saved(tmp_path, told))
    assert (good.exit_code, good.stdout) == (0, "Feasible: yes.\nStable: yes.\n")
    told["matching"]["Sunny"] = None
    bad = call("verify", market, saved(tmp_path, told), "--json")
    assert bad.exit_code == 1
    verdict = json.loads(bad.stdout)
    assert verdict["blocking"] == [{"kind": "single", "applicants": ["Sunny"], "programs": ["Mercy"], "rank": 2}]
    assert (verdict["stable"], verdict["feasible"], verdict["faults"]) == (False, True, [])
    assert "outcome_digest does not fit" in bad.stderr
    told["matching"]["Sunny"] = "General"
    worse = call("verify", market, saved(tmp_path, told))
    assert worse.stdout.splitlines()[:2] == ["Feasible: NO.", "  Sunny and General: not on the list of the applicant"]


def test_verify_reads_nothing_but_the_matching(tmp_path, examples):
    assert (
        call(
            "verify", examples / "b_gale_shapley.json", saved(tmp_path, {"matching": {"a": "C", "b": "A", "c": "B"}})
        ).exit_code
        == 0
    )


def test_verify_judges_by_the_definition_asked_for(tmp_path, examples):
    outcome = saved(tmp_path, run_json(examples / "d_same_program.json"))
    assert call("verify", examples / "d_same_program.json", outcome).exit_code == 0
    assert call("verify", examples / "d_same_program.json", outcome, "--stability", "mm").exit_code == 1


def test_a_stale_input_digest_is_a_warning(tmp_path, examples):
    told = run_json(examples / "b_gale_shapley.json")
    told["input_digest"] = "sha256:0"
    del told["counts"]
    result = call("verify", examples / "b_gale_shapley.json", saved(tmp_path, told))
    assert result.exit_code == 0
    assert "made from another input" in result.stderr
    assert "does not fit" in result.stderr


@pytest.mark.parametrize(
    ("outcome", "what"),
    [
        ({"matching": {"zz": "A"}}, "unknown applicant 'zz'"),
        ({"matching": {"a": "Z"}}, "unknown program 'Z' of 'a'"),
        ({"matching": {"a": 3}}, "unknown program 3 of 'a'"),
        ({"matching": []}, "no matching"),
        ([], "no matching"),
        ({"matching": {}, "supplemental": [1]}, "supplemental is not an object"),
    ],
)
def test_what_is_no_outcome_of_the_market_is_bad_input(tmp_path, examples, outcome, what):
    path = saved(tmp_path, outcome)
    with pytest.raises(InputProblem, match=what) as refused:
        call("verify", examples / "b_gale_shapley.json", path)
    assert refused.value.file == str(path)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('{"matching": {"a": "A",\n"a": "B"}}', 2, "'a' stands twice"),
        ('{"matching": {"a": ' + "[" * 900 + "]" * 900 + "}}", 1, "nested too deeply"),
    ],
)
def test_an_outcome_says_everything_once_and_flat(tmp_path, examples, text, line, what):
    path = tmp_path / "outcome.json"
    path.write_text(text)
    with pytest.raises(InputProblem, match=what) as refused:
        call("verify", examples / "b_gale_shapley.json", path)
    assert (refused.value.file, refused.value.line) == (str(path), line)


def test_explain_names_a_line_that_blocks(tmp_path, examples):
    market = examples / "c_no_stable_matching.json"
    outcome = saved(tmp_path, {"matching": {"x": None, "y": None, "s": "h1"}})
    assert call("explain", market, outcome, "x").stdout.splitlines()[1] == (
        "  1. h1 and h2: both would take you: this pair blocks, so the outcome is not stable"
    )
    outcome = saved(tmp_path, {"matching": {"x": None, "y": None, "s": "h2"}})
    assert call("explain", market, outcome, "s").stdout.splitlines()[1] == (
        "  1. h1: the program would take you: this line blocks, so the outcome is not stable"
    )


def test_an_outcome_that_is_not_json_is_bad_input_with_its_line(tmp_path, examples):
    (tmp_path / "o.json").write_text('{"matching":\n}')
    with pytest.raises(InputProblem, match="not JSON") as refused:
        call("verify", examples / "b_gale_shapley.json", tmp_path / "o.json")
    assert refused.value.line == 2


def test_bad_input_ends_with_exit_2_and_one_line(tmp_path):
    path = saved(tmp_path, {"programs": {"A": {"quota": -1}}}, "m.json")
    done = subprocess.run(
        [sys.executable, "-m", "matchday", "match", "run", path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr == f"{path}:1: programs.A.quota: quota -1; expected 0 or more positions; do: correct the quota\n"


def test_explain_tells_every_line_and_the_chain(tmp_path, examples):
    market = examples / "a_nrmp.json"
    outcome = saved(tmp_path, run_json(market))
    assert call("explain", market, outcome, "Joseph").stdout.splitlines() == [
        "Joseph: General (line 2 of 3)",
        "  1. City: City: full: the last match is rank 2, you are rank 5, 3 below",
        "  2. General: matched",
        "  3. Mercy: not needed: a line above was reached",
        "What joining sets off:",
        "  Joseph takes a free position of General",
        "Who ends elsewhere because they take part:",
        "  Joseph: no match -> General",
    ]
    told = json.loads(call("explain", market, outcome, "Darrius", "--json").stdout)
    assert told["chain"] == [
        {"applicant": "Darrius", "takes": "City", "from": "Sunny"},
        {"applicant": "Sunny", "takes": "Mercy", "from": None},
    ]
    assert told["moves"][0] == {
        "applicant": "Sunny", "from": "City", "to": "Mercy", "first_year_from": None, "first_year_to": None,
    }  # fmt: skip
    outcome = saved(tmp_path, run_json(examples / "f_supplemental.json"))
    shown = call("explain", examples / "f_supplemental.json", outcome, "b").stdout.splitlines()
    assert shown[2:5] == [
        "What joining sets off:", "  b takes Adv from a", "  ... and from here a couple or a first-year list moves.",
    ]  # fmt: skip
    shown = call("explain", examples / "f_supplemental.json", outcome, "c").stdout
    assert "  c takes a free position of Pre" in shown


def test_explain_names_programs_that_were_not_listed(tmp_path):
    tree = {"programs": {"A": {"quota": 1, "list": ["b", "a"]}, "B": {"quota": 1, "list": ["a"]}},
            "applicants": {"a": ["A"], "b": ["A"]}}  # fmt: skip
    market = saved(tmp_path, tree, "m.json")
    assert call("explain", market, saved(tmp_path, run_json(market)), "a").stdout.splitlines()[:3] == [
        "a: no match",
        "  1. A: A: full: the last match is rank 1, you are rank 2, 1 below",
        "  B is not on the list of a and would take them: 1 of 1 positions are free",
    ]


def test_explain_refuses_strangers_and_impossible_outcomes(tmp_path, examples):
    market = examples / "b_gale_shapley.json"
    with pytest.raises(InputProblem, match="unknown applicant 'zz'"):
        call("explain", market, saved(tmp_path, run_json(market)), "zz")
    with pytest.raises(InputProblem, match="the outcome cannot be"):
        call("explain", market, saved(tmp_path, {"matching": {"a": "A", "b": "A"}}), "a")


def test_convert_writes_what_run_reads(tmp_path, examples):
    market = examples / "f_supplemental.json"
    result = call("convert", market, tmp_path / "folder")
    assert result.stdout == f"3 applicants and 2 programs written to {tmp_path / 'folder'}\n"
    call("convert", tmp_path / "folder", tmp_path / "again.json")
    first, second = run_json(market), run_json(tmp_path / "again.json")
    assert (first["matching"], first["input_digest"]) == (second["matching"], second["input_digest"])


def test_the_same_bytes_for_every_hash_seed(tmp_path):
    from matchday.match.files import write_market

    write_market(
        small_market(5, singles=8, couples=3, programs=4, supplemental=3, reversions=2, parity=0.3), tmp_path / "m.json"
    )
    command = [sys.executable, "-m", "matchday", "match", "run", str(tmp_path / "m.json"), "--json", "--seed", "7"]
    answers = {
        subprocess.run(command, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("0", "1", "12345")
    }
    assert len(answers) == 1


def test_a_small_run_loads_neither_numpy_nor_numba(examples):
    code = (
        "import sys; from click.testing import CliRunner; from matchday.cli.match import match;"
        f"result = CliRunner().invoke(match, ['run', {str(Path(examples / 'c_no_stable_matching.json'))!r}]);"
        "assert result.exit_code == 0, result.output; heavy = {'numpy', 'numba', 'yaml', 'pydantic'} & set(sys.modules);"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_long_work_says_what_it_does(tmp_path, examples):
    from matchday.match.files import write_market

    write_market(read_market(examples / "a_nrmp.json"), tmp_path / "folder")
    notes = call("run", tmp_path / "folder").stderr.splitlines()
    assert notes[:2] == ["Reading ...", "Matching 5 applicants and 3 programs ..."]
