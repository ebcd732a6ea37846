"""Markets in files: what is read, what is refused and on which line, and that writing loses nothing."""

import json
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matchday.match import read_market, run
from matchday.match.files import form_of, write_market
from matchday.match.json_form import from_document, to_document
from matchday.match.results import document
from matchday.match.validate import Refused
from matchday.terms import InputProblem
from tests.match.draw import small_market

TREE = {
    "programs": {
        "Adv": {"quota": 2, "list": ["a", "b", "x"], "kind": "advanced", "parity": "even"},
        "Pre": {"quota": 1, "list": ["b", "a", "x"], "kind": "P"},
        "Cat": {"quota": 2, "list": ["y", "a"]},
    },
    "applicants": {"a": ["Adv", "Cat"], "b": ["Adv"], "x": [], "y": []},
    "couples": [{"members": ["x", "y"], "list": [["Adv", "Cat"], [None, "Cat"]]}],
    "supplemental": [{"applicant": "a", "entries": ["Adv"], "list": ["Pre"]}],
    "reversions": [{"donor": "Cat", "receiver": "Pre", "max": 1}],
}


def same(one, other):
    for field in fields(one):
        left, right = getattr(one, field.name), getattr(other, field.name)
        assert list(left) == list(right), field.name


def read_text(tmp_path, text, name="market.json"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_market(path)


def problem(tmp_path, text, name="market.json"):
    with pytest.raises(InputProblem) as refused:
        read_text(tmp_path, text, name)
    assert refused.value.file.startswith(str(tmp_path))
    return refused.value


@pytest.mark.parametrize("name", ["market.json", "folder"])
def test_written_and_read_again_nothing_is_lost(tmp_path, name):
    for seed in range(40):
        drawn = small_market(seed, couples=2, programs=4, supplemental=3, reversions=2, parity=0.5)
        market = from_document(to_document(drawn))
        target = tmp_path / str(seed) / name
        write_market(market, target)
        again = read_market(target)
        if all(market.cpl_ptr[c] < market.cpl_ptr[c + 1] for c in range(2)) and name == "folder":
            assert run(again).program_of.tolist() == run(market).program_of.tolist()
        if name == "market.json":
            same(market, again)
            assert run(market).input_digest == run(again).input_digest


def test_both_forms_of_one_market_are_the_same_market(tmp_path):
    market = from_document(TREE)
    write_market(market, tmp_path / "folder")
    same(market, read_market(tmp_path / "folder"))
    assert json.loads(json.dumps(to_document(market)))["couples"] == TREE["couples"]
    assert {path.name for path in (tmp_path / "folder").iterdir()} == {
        "programs.csv", "applicants.csv", "lists.csv", "couples.csv", "supplemental.csv", "reversions.csv",
    }  # fmt: skip


def test_members_of_couples_need_not_stand_among_the_applicants():
    tree = json.loads(json.dumps(TREE))
    del tree["applicants"]["x"], tree["applicants"]["y"]
    assert from_document(tree).applicants == ["a", "b", "x", "y"]


def test_kinds_are_implied_only_where_none_is_stated():
    tree = json.loads(json.dumps(TREE))
    for row in tree["programs"].values():
        row.pop("kind", None)
    assert from_document(tree).kind.tolist() == [2, 0, 0]


def test_unknown_parts_and_kinds_are_told():
    notes = []
    tree = {**TREE, "cuples": [], "programs": {**TREE["programs"], "Z": {"quota": 0, "kind": "astral", "lst": []}}}
    assert from_document(tree, notes.append).kind.tolist() == [2, 1, 0, 6]
    assert notes == [
        "'cuples' is not a part of a market and is not read; did you mean 'couples'?",
        "programs.Z.lst is not read; a program has quota, list, kind, parity",
        "programs.Z.kind: kind 'astral' is not known and counts as neither advanced nor preliminary",
    ]


def broken(*path, value):
    tree = json.loads(json.dumps(TREE))
    inner = tree
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = value
    return tree


@pytest.mark.parametrize(
    ("tree", "place"),
    [
        ([], "market"),
        (broken("programs", "Cat", value=3), "programs.Cat"),
        (broken("programs", "Cat", "quota", value=-1), "programs.Cat.quota"),
        (broken("programs", "Cat", "quota", value=1.5), "programs.Cat.quota"),
        (broken("programs", "Cat", "quota", value=True), "programs.Cat.quota"),
        (broken("programs", "Cat", "quota", value=2**31), "programs.Cat.quota"),
        (broken("programs", "Cat", value={"list": []}), "programs.Cat.quota"),
        (broken("programs", "Cat", "list", value=["a", "zz"]), "programs.Cat.list[1]"),
        (broken("programs", "Cat", "list", value=["a", "y", "a"]), "programs.Cat.list[2]"),
        (broken("programs", "Cat", "list", value="a"), "programs.Cat.list"),
        (broken("programs", "Cat", "parity", value="few"), "programs.Cat.parity"),
        (broken("programs", "Cat", "kind", value=7), "programs.Cat.kind"),
        (broken("applicants", "a", value=["Adv", ["Cat"]]), "applicants.a[1]"),
        (broken("applicants", "x", value=["Cat"]), "applicants.x"),
        (broken("couples", 0, "members", value=["x"]), "couples[0].members"),
        (broken("couples", 0, "members", value=["x", "x"]), "couples[0].members"),
        (broken("couples", 0, "list", value=[["Adv"]]), "couples[0].list[0]"),
        (broken("couples", 0, "list", value=[["Adv", "Zzz"]]), "couples[0].list[0]"),
        (broken("supplemental", 0, "applicant", value="q"), "supplemental[0].applicant"),
        (broken("supplemental", 0, "entries", value=["Cat"]), "supplemental.a.Cat"),
        (broken("supplemental", 0, "list", value=["Adv"]), "supplemental.a.Adv"),
        (broken("reversions", 0, "max", value=0), "reversions[0].max"),
        (broken("reversions", 0, "max", value=3), "reversions[0].max"),
        (broken("reversions", 0, "receiver", value="Cat"), "reversions[0]"),
        (broken("reversions", 0, "donor", value="Zzz"), "reversions[0].donor"),
    ],
)
def test_what_is_refused_names_its_place_and_line(tmp_path, tree, place):
    with pytest.raises(Refused) as refused:
        from_document(tree)
    assert refused.value.what.startswith(f"{place}: ")
    text = json.dumps(tree, indent=1)
    told = problem(tmp_path, text)
    last = place.replace("]", "").replace("[", ".").split(".")[-1]
    line = text.splitlines()[told.line - 1]
    shown = place.split(".")[1] if "missing" in told.what else last
    assert told.line == 1 if place == "market" else last.isdigit() or shown in line or place.startswith("supplemental")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('{"programs": {},\n "applicants": {"a": [], "b": []\n}', 3, "not JSON"),
        ('{"programs": {},\n "applicants": {"a": [],\n "a": []}}', 3, "'a' stands twice"),
        ("[" * 100_000, 1, "nested too deeply"),
        ('{"programs": {"A": {"quota": 1, "list": ' + "[" * 600 + "]" * 600 + "}}}", 1, "nested too deeply"),
        ('{"programs": {}, "couples": ' + "[" * 900 + "]" * 900 + "}", 1, "nested too deeply"),
        ("[" * 900 + '{"a": 1,\n"a": 2}' + "]" * 900, 1, "'a' stands twice"),
        ("{", 1, "not JSON"),
        ('{"programs": {"A": {"quota": ' + "9" * 5000 + "}}}", 1, "not JSON"),
    ],
)
def test_broken_json_names_its_line(tmp_path, text, line, what):
    told = problem(tmp_path, text)
    assert (told.line, what in told.what) == (line, True)


@pytest.mark.parametrize("text", ["{}", '{"matching": {"a": "Cat"}}', '{"applicants": {}}'])
def test_a_document_without_programs_is_no_market(tmp_path, text):
    told = problem(tmp_path, text)
    assert (told.what, told.line) == ("programs: missing", 1)
    assert from_document({"programs": {}, "applicants": {}}).n_programs == 0


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"programs": {"A": {"quota": 1},\n"\\ud800": {"quota": 1}}}', 2),
        ('{"programs": {},\n"applicants": {"a": [],\n"\\udfff": []}}', 3),
    ],
)
def test_half_a_character_in_an_id_is_refused_with_its_line(tmp_path, text, line):
    told = problem(tmp_path, text)
    assert ("half a character" in told.what, told.line) == (True, line)
    assert str(told).encode()


def test_positions_that_may_go_over_fit_the_arrays(tmp_path):
    programs = {"A": {"quota": 2**31 - 1}, "B": {"quota": 1}}
    giving = [{"donor": "A", "receiver": "B", "max": 1}]
    told = problem(tmp_path, json.dumps({"programs": programs, "applicants": {}, "reversions": giving}, indent=1))
    assert (told.what, told.line) == ("reversions[0]: 2147483648 positions in the market, and some may go over", 12)


def test_text_that_is_not_utf8_names_its_line(tmp_path):
    (tmp_path / "m.json").write_bytes(b'{"programs":\n"\xff"}')
    with pytest.raises(InputProblem, match="not UTF-8") as refused:
        read_market(tmp_path / "m.json")
    assert refused.value.line == 2


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(InputProblem, match="cannot be read"):
        read_market(tmp_path / "none.json")
    with pytest.raises(InputProblem, match="unknown form"):
        read_market(tmp_path, "xml")


def folder(tmp_path, **tables):
    base = {
        "programs": "id,quota,kind,parity\nAdv,2,advanced,\nPre,1,preliminary,none\n",
        "lists": "side,id,rank,other\napplicant,a,1,Adv\napplicant,b,1,Adv\nprogram,Adv,1,a\nprogram,Adv,2,b\nprogram,Pre,1,a\n",
    }
    for name, text in (base | tables).items():
        if text is not None:
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


LISTS = "side,id,rank,other\n"
COUPLES = "couple,a,b,rank,p,q\n"


@pytest.mark.parametrize(
    ("tables", "where", "what"),
    [
        ({"programs": None}, "", "no programs.csv"),
        ({"programs": "id,kind\nA,\n"}, "programs.csv:1", "no column quota"),
        ({"programs": "id,quota,quota\nA,1,1\n"}, "programs.csv:1", "a column stands twice"),
        ({"programs": "id,quota\nA,1,2\n"}, "programs.csv:2", "3 cells"),
        ({"programs": 'id,quota\n"A"x,1\n'}, "programs.csv:2", "not CSV"),
        ({"programs": "id,quota\n\nA,1.5\n"}, "programs.csv:3", "quota '1.5'"),
        ({"programs": "id,quota\nA," + "9" * 5000 + "\n"}, "programs.csv:2", "quota '999"),
        ({"lists": LISTS + "applicant,a," + "9" * 5000 + ",Adv\n"}, "lists.csv:2", "rank '999"),
        ({"lists": LISTS + "applicant,a,1,Adv\napplicant,a,9999999999,Pre\n"}, "lists.csv:3", "rank '9999999999'"),
        ({"programs": "id,quota\nA,-1\n"}, "programs.csv:2", "quota -1"),
        ({"programs": "id,quota\nA,1\nA,1\n"}, "programs.csv:3", "id 'A' stands twice"),
        ({"programs": "id,quota\n,1\n"}, "programs.csv:2", "id '' is empty"),
        ({"programs": "id,quota,kind,parity\nAdv,1,,few\n"}, "programs.csv:2", "parity 'few'"),
        ({"lists": LISTS + "applicant,a,1,Zed\n"}, "lists.csv:2", "unknown program 'Zed'"),
        ({"lists": LISTS + "program,Zed,1,a\n"}, "lists.csv:2", "unknown program 'Zed'"),
        ({"lists": LISTS + "applicant,a,one,Adv\n"}, "lists.csv:2", "rank 'one'"),
        ({"lists": LISTS + "applicant,a,-1,Adv\n"}, "lists.csv:2", "rank '-1'"),
        ({"lists": LISTS + "applicant,a,1,Adv\napplicant,a,1,Pre\n"}, "lists.csv:3", "rank 1 stands twice for 'a'"),
        ({"lists": LISTS + "applicant,a,1,Adv\napplicant,a,2,Adv\n"}, "lists.csv:3", "'Adv' stands twice"),
        ({"lists": LISTS + "nobody,a,1,Adv\n"}, "lists.csv:2", "side 'nobody'"),
        ({"lists": LISTS + 'program,Adv,1,"a"\n'}, "", ""),
        ({"applicants": "id\na\n"}, "lists.csv:3", "unknown applicant 'b'"),
        ({"couples": COUPLES + "1,x,y,1,Adv,Zed\n"}, "couples.csv:2", "unknown program 'Zed'"),
        ({"couples": COUPLES + "1,x,y,1,Adv,\n1,x,y,1,,Adv\n"}, "couples.csv:3", "rank 1 stands twice"),
        ({"couples": COUPLES + "1,x,y,1,Adv,\n1,x,z,1,,Adv\n"}, "couples.csv:3", "has other members"),
        ({"couples": COUPLES + "1,x,y,1,Adv,\n2,z,x,1,Adv,\n"}, "couples.csv:3", "already in couple 0"),
        ({"couples": COUPLES + "1,x,a,1,Adv,\n"}, "lists.csv:2", "has a primary list too"),
        (
            {"supplemental": "applicant,entry,rank,program\na,Pre,1,Adv\n"},
            "supplemental.csv:2",
            "not an advanced program",
        ),
        ({"reversions": "donor,receiver,max\nAdv,Pre,1\nAdv,Pre,9\n"}, "reversions.csv:3", "at most 9 positions"),
        ({"reversions": "donor,receiver,max\nAdv,Zed,1\n"}, "reversions.csv:2", "unknown program 'Zed'"),
    ],
)
def test_folders_are_refused_with_file_and_line(tmp_path, tables, where, what):
    place = folder(tmp_path, **tables)
    if not what:
        assert read_market(place).n_applicants == 1
        return
    with pytest.raises(InputProblem) as refused:
        read_market(place)
    told = refused.value
    assert what in told.what
    assert (f"{Path(told.file).name}:{told.line}" if where else "") == where


def test_a_folder_may_have_no_lists_and_any_order_of_rows(tmp_path):
    assert read_market(folder(tmp_path, lists=None)).n_applicants == 0
    rows = LISTS + "program,Adv,2,b\nprogram,Adv,1,a\napplicant,b,7,Pre\napplicant,b,3,Adv\n"
    market = read_market(folder(tmp_path, lists=rows.replace("\n", "\r\n")))
    assert (market.applicants, market.app_pref.tolist(), market.prog_pref.tolist()) == (["b", "a"], [0, 1], [1, 0])


def test_people_whom_only_programs_list_have_no_list(tmp_path):
    notes = []
    market = read_market(folder(tmp_path, lists=LISTS + "program,Adv,1,a\n"), warn=notes.append)
    assert (market.applicants, notes[0][:41]) == (["a"], "1 applicants are listed by programs only:")


EXPECTED = [0, 1, 2, 3, 2, -1]


@pytest.mark.parametrize(
    "name",
    ["hr_plain.txt", "hr_stdin_colons.txt", "hr_glasgow_zero_header.txt", "matching_residents.yml",
     "matching_capacities.yml", "hgpmatch_residents.csv", "hgpmatch_capacities.csv"],
)  # fmt: skip
def test_instances_of_other_programs_give_the_known_result(formats, name):
    assert run(read_market(formats / name)).program_of.tolist() == EXPECTED


def test_a_preflib_pair_needs_its_capacities(formats, tmp_path):
    for name in ("residents.soi", "programs.soi"):
        (tmp_path / name).write_text((formats / name).read_text())
    with pytest.raises(InputProblem, match="no place for capacities"):
        read_market(tmp_path / "programs.soi")
    (tmp_path / "capacities.csv").write_text("1,1\n2,1\n\nProgram 3,2\n4,2\n")
    market = read_market(tmp_path / "programs.soi")
    assert (run(market).program_of.tolist(), market.programs[0]) == (EXPECTED, "Program 1")


def test_glasgow_couples_are_read(formats):
    told = document(run(read_market(formats / "hrc_glasgow_nocolon.txt")))
    assert told["stable"]
    assert told["couples"] == [{"members": ["5", "6"], "pair": [None, None], "rank": None}]


SOI = "# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 2: B\n"


@pytest.mark.parametrize(
    ("files", "what"),
    [
        ({"m.txt": "2 1\n1 1\n2 (1 1)\n1 1 1\n"}, "a tie in brackets"),
        ({"m.txt": "2 1\n1 1\n1 1\n1 1 1\n"}, "'1' stands twice"),
        ({"m.txt": "2 1\n1 1\n2 1\n1\n"}, "'1'"),
        ({"m.txt": "2 1\n1 1\n2 1\n"}, "the end of the file"),
        ({"m.txt": "1 1\n1 1\n1 1 1\n2 1 1\n"}, "'2 1 1'"),
        ({"m.txt": "1 x\n1 1\n"}, "'1 x'"),
        ({"m.txt": "9" * 5000 + " 1\n1 1\n"}, " 1'"),
        ({"m.txt": "1 1 1\n1 1\n"}, "'1 1 1'"),
        ({"m.txt": "1 1\n1 1\n1 x 1\n"}, 'programs.1.quota: "x"'),
        ({"m.txt": "0\n1\n1\n1 2\n1 1 1\n"}, "unknown program"),
        ({"m.txt": "2\n1\n1\n"}, "the end of the file"),
        ({"m.txt": ""}, "the end of the file"),
        ({"m.soi": SOI}, "PrefLib holds one side"),
        ({"residents.soi": SOI + "1: 1\n", "programs.soi": SOI}, "1 voters"),
        ({"residents.soi": SOI + "2: 1\n", "programs.soi": SOI}, "'2' voters share"),
        ({"residents.soi": SOI + "1: {1, 2}\n", "programs.soi": SOI}, "a tie in braces"),
        ({"residents.soi": SOI + "1: 3\n", "programs.soi": SOI}, "unknown alternative '3'"),
        ({"residents.soi": SOI.replace("B", "A"), "programs.soi": SOI}, "two alternatives have one name"),
        ({"residents.soi": SOI + "1: 1\n1: 1\n", "programs.soi": SOI + "1: 1, 1\n1: 2\n", "capacities.csv": "1,1\nB,1"}, "twice"),
        ({"residents.soi": SOI + "1: 1\n1: 1\n", "programs.soi": SOI + "1: 1\n1: 2\n", "capacities.csv": "C,1"}, "'C,1'"),
        ({"residents.soi": SOI + "1: 1\n1: 1\n", "programs.soi": SOI + "1: 1\n1: 2\n", "capacities.csv": "1,1"}, "no capacity"),
        ({"m.yml": ""}, "one of three files"),
        ({"residents.yml": "a: [P", "hospitals.yml": "", "capacities.yml": ""}, "not YAML"),
        ({"residents.yml": "\x00", "hospitals.yml": "", "capacities.yml": ""}, "not YAML"),
        ({"residents.yml": "- a", "hospitals.yml": "", "capacities.yml": ""}, "not a dictionary"),
        ({"residents.yml": "a: [P]", "hospitals.yml": "P: [a]", "capacities.yml": "Q: 1"}, "a list or a capacity"),
        ({"residents.yml": "a: [Q]", "hospitals.yml": "P: [a]", "capacities.yml": "P: 1"}, "unknown program"),
        ({"residents.yml": "a: [P]", "hospitals.yml": "P: [a]", "capacities.yml": "P: few"}, 'quota: "few"'),
        ({"residents.csv": "a,P\n", "programs.csv": "P,,a\n", "capacities.csv": "P,1\n"}, "a missing entry"),
        ({"residents.csv": "a,P\na,P\n", "programs.csv": "P,a\n", "capacities.csv": "P,1\n"}, "'a' stands twice"),
    ],
)  # fmt: skip
def test_instances_that_are_refused_say_why(tmp_path, files, what):
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(InputProblem) as refused:
        read_market(tmp_path / next(iter(files)))
    assert what in refused.value.what
    assert refused.value.file


def test_the_form_is_told_by_name_and_content(tmp_path):
    texts = {
        "a.txt": "1 1\n",
        "b.txt": "1 1\n1 : 1\n",
        "c.txt": "0\n1\n1\n",
        "d.txt": "1\n1\n1\n",
        "e.txt": '{"programs": {}}',
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    found = [form_of(tmp_path / name) for name in texts]
    assert found == ["algmatch", "colons", "glasgow", "glasgow-couples", "json"]


def test_a_hgpmatch_file_may_end_rows_with_commas(tmp_path):
    for name, text in {"residents": "a,P,\n\n", "programs": "P,a\n", "capacities": "P,1\n"}.items():
        (tmp_path / f"{name}.csv").write_text(text)
    assert run(read_market(tmp_path / "programs.csv")).program_of.tolist() == [0]


def test_writing_where_one_may_not_is_told_and_changes_nothing(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputProblem, match="cannot be written"):
        write_market(from_document(TREE), tmp_path / "file" / "m.json")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def refusal(read):
    """What was refused, or None."""
    try:
        read()
    except InputProblem as problem:
        return problem
    return None


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(allow_nan=False) | st.sampled_from(["a", "Adv", "Cat", ""]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["programs", "applicants", "couples", "members", "list", "quota", "entries", "Adv", "a", "max"]),
        inner, max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(anything, st.sampled_from([("programs",), ("programs", "Cat"), ("applicants", "a"), ("couples", 0), ("supplemental", 0),
                                  ("reversions", 0), ("couples",), ("supplemental", 0, "list")]))  # fmt: skip
def test_whatever_stands_in_json_is_read_or_refused_with_a_line(tmp_path, value, place):
    path = tmp_path / "fuzz.json"
    path.write_text(json.dumps(broken(*place, value=value)))
    told = refusal(lambda: run(read_market(path)))
    assert told is None or (told.file and told.line)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text("applicnt,progm\n\r12\"Ad:;'é ", max_size=60),
    st.sampled_from(["lists", "programs", "couples", "supplemental"]),
)
def test_whatever_stands_in_tables_is_read_or_refused(tmp_path, text, name):
    headers = {
        "lists": LISTS, "programs": "id,quota,kind,parity\n", "couples": COUPLES,
        "supplemental": "applicant,entry,rank,program\n",
    }  # fmt: skip
    for old in tmp_path.iterdir():
        old.unlink()
    told = refusal(lambda: run(read_market(folder(tmp_path, **{name: headers[name] + text}))))
    assert told is None or told.file


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text("0123 :,\n(x", max_size=40))
def test_whatever_stands_in_a_text_instance_is_read_or_refused(tmp_path, text):
    path = tmp_path / "fuzz.txt"
    path.write_text(text)
    told = refusal(lambda: run(read_market(path)))
    assert told is None or told.file
