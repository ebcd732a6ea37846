"""What cannot be read is refused with its line and a hint. One row of the table is one slip that people make."""

from typing import NamedTuple

import pytest

from matchday.dossier.file import loads
from matchday.terms import InputProblem


class Slip(NamedTuple):
    """A faulty text, the line that must be named, and words that the message must hold."""

    line: int
    says: tuple[str, ...]
    text: str


TOML = {
    "empty file": Slip(1, ("`schema` is missing", "put `schema = 1` on the first line"), ""),
    "no schema": Slip(1, ("`schema` is missing",), "season = 2027\n"),
    "schema of a later program": Slip(2, ("format is unknown", "newer"), "# mine\nschema = 2\n"),
    "schema that only looks like one": Slip(1, ("format is unknown",), "schema = true\n"),
    "unclosed quote": Slip(3, ("not TOML",), 'schema = 1\n[person]\nname = "Amina\nborn = 1999-01-01\n'),
    "text without quotes": Slip(3, ("put text in quotes",), "schema = 1\n[person]\nname = Amina\n"),
    "True as in Python": Slip(3, ("small letters",), "schema = 1\n[person]\ninside_us = True\n"),
    "typographic quotes": Slip(3, ("typographic", "straight"), "schema = 1\n[person]\nname = “Amina”\n"),
    "no equals sign": Slip(2, ("not TOML",), "schema = 1\nseason 2027\n"),
    "unclosed header": Slip(2, ("not TOML",), "schema = 1\n[person\nborn = 1999-01-01\n"),
    "unclosed list at the end": Slip(3, ("not TOML",), 'schema = 1\n[person]\nlanguages = ["English",\n'),
    "key twice": Slip(3, ("stands twice",), "schema = 1\nseason = 2027\nseason = 2028\n"),
    "table twice": Slip(4, ("stands twice",), 'schema = 1\n[person]\nname = "A"\n[person]\n'),
    "single table and list of tables": Slip(
        4, ("stands twice",), 'schema = 1\n[[exam]]\nexam = "oet"\n[exam]\nexam = "step1"\n'
    ),
    "30 February": Slip(3, ("2025-02-30 is no date",), "schema = 1\n[person]\nborn = 2025-02-30\n"),
    "month 13": Slip(3, ("2025-13-01 is no date",), "schema = 1\n[person]\nborn = 2025-13-01\n"),
    "date without zeros": Slip(3, ("2025-1-5 is no date",), "schema = 1\n[person]\nborn = 2025-1-5\n"),
    "date as in the USA": Slip(3, ("03/02/2025 is no date",), "schema = 1\n[person]\nborn = 03/02/2025\n"),
    "date in quotes": Slip(3, ("person.born", "without quotes"), 'schema = 1\n[person]\nborn = "1999-01-01"\n'),
    "date with a time": Slip(3, ("person.born", "leave the time out"), "schema = 1\n[person]\nborn = 1999-01-01T00:00:00\n"),
    "date in the year 25": Slip(3, ("the year 25 is impossible",), "schema = 1\n[person]\nborn = 0025-01-01\n"),
    "unknown key": Slip(3, ('"citizenship"', "nearest is `citizenships`"), 'schema = 1\n[person]\ncitizenship = ["NG"]\n'),
    "unknown key far from all": Slip(3, ('"zzz"', "one of name, born"), "schema = 1\n[person]\nzzz = 1\n"),
    "unknown table": Slip(2, ('"exams"', "nearest is `exam`"), 'schema = 1\n[[exams]]\nexam = "step1"\n'),
    "unknown key in the second exam": Slip(
        6, ('"scores" in [exam[1]]', "nearest is `score`"),
        'schema = 1\n[[exam]]\nexam = "step1"\n\n[[exam]]\nscores = 231\nexam = "step2ck"\n',
    ),
    "list of tables written as one table": Slip(2, ("exam is a table", "a list"), 'schema = 1\n[exam]\nexam = "step1"\n'),
    "one table written as a list": Slip(2, ("person is a list",), 'schema = 1\n[[person]]\nname = "A"\n'),
    "exam without its name": Slip(4, ("exam[1].exam is missing", "step2ck"), 'schema = 1\n[[exam]]\nexam = "oet"\n[[exam]]\nscore = 231\n'),
    "unknown exam": Slip(3, ('"step2"', '"step2ck"'), 'schema = 1\n[[exam]]\nexam = "step2"\n'),
    "unknown result": Slip(4, ('"passed"', '"pass"'), 'schema = 1\n[[exam]]\nexam = "step1"\nresult = "passed"\n'),
    "score out of range": Slip(4, ("exam[0].score is 999", "from 1 to 300"), 'schema = 1\n[[exam]]\nexam = "step1"\nscore = 999\n'),
    "score of zero": Slip(4, ("exam[0].score is 0",), 'schema = 1\n[[exam]]\nexam = "step1"\nscore = 0\n'),
    "score in quotes": Slip(4, ('"213"', "without quotes"), 'schema = 1\n[[exam]]\nexam = "step1"\nscore = "213"\n'),
    "score with a fraction": Slip(4, ("213.5", "whole number"), 'schema = 1\n[[exam]]\nexam = "step1"\nscore = 213.5\n'),
    "score true": Slip(4, ("is true", "whole number"), 'schema = 1\n[[exam]]\nexam = "step1"\nscore = true\n'),
    "OET part out of range": Slip(4, ("writing is 600", "from 0 to 500"), 'schema = 1\n[[exam]]\nexam = "oet"\nwriting = 600\n'),
    "number for yes": Slip(3, ("is 1", "true or false"), "schema = 1\n[person]\ninside_us = 1\n"),
    "number for text": Slip(3, ("is 5", "in quotes"), "schema = 1\n[person]\nname = 5\n"),
    "text for a list": Slip(3, ("a list", "square brackets"), 'schema = 1\n[person]\ncitizenships = "NG"\n'),
    "country that is none": Slip(5, ('"QQ" is no country code',), 'schema = 1\n[person]\ncitizenships = [\n  "NG",\n  "QQ",\n]\n'),
    "UK": Slip(3, ('"UK" is no country code', 'write "GB" for United Kingdom'), 'schema = 1\n[person]\ncitizenships = ["UK"]\n'),
    "country by name": Slip(3, ('write "NG" for Nigeria',), 'schema = 1\n[person]\npassport_country = "Nigeria"\n'),
    "city for a time zone": Slip(3, ('write "Africa/Lagos"',), 'schema = 1\n[person]\ntime_zone = "Lagos"\n'),
    "time zone that is none": Slip(3, ("no time zone",), 'schema = 1\n[person]\ntime_zone = "Mars/Olympus"\n'),
    "visa that no program asks for": Slip(3, ('"J1"', '"J-1"'), 'schema = 1\n[person]\nvisa_wanted = ["J1"]\n'),
    "state that is none": Slip(3, ('"ZZ" is no US state', "two letters of the state"), 'schema = 1\n[preferences]\nstates = ["ZZ"]\n'),
    "state that is a number": Slip(3, ("is 5", "two capital letters"), "schema = 1\n[preferences]\nstates = [5]\n"),
    "state by name": Slip(3, ('"Texas" is no US state', "two capital letters", 'write "TX"'), 'schema = 1\n[preferences]\nstates = ["Texas"]\n'),
    "not a number": Slip(4, ("nan", "from 0 to 20"), "schema = 1\n[[school]]\n\ncredit_years = nan\n"),
    "infinite": Slip(3, ("inf",), "schema = 1\n[[interview]]\nscores = { fit = inf }\n"),
    "huge number": Slip(2, ("season is a number of more than 18 digits",), f"schema = 1\nseason = {'9' * 400}\n"),
    "number of thousands of digits": Slip(2, ("thousands of digits",), f"schema = 1\nseason = {'9' * 5000}\n"),
    "control character": Slip(3, ("control character U+001B",), 'schema = 1\n[person]\nname = "\\u001b[31m"\n'),
    "nested too deeply": Slip(2, ("nested too deeply",), f"schema = 1\nseason = {'[' * 5000}\n"),
    "key of a thousand parts": Slip(2, ("nested too deeply",), f"schema = 1\n{'a.' * 1000}a = 1\n"),
    "durations out of order": Slip(3, ("durations.pathway", "not in order"), "schema = 1\n[durations]\npathway = [30, 10, 60]\n"),
    "two durations for three": Slip(3, ("durations.pathway", "a list of 2 values", "three numbers"), "schema = 1\n[durations]\npathway = [30, 10]\n"),
    "pair of one": Slip(4, ("couple.pairs[1]", "2 values"), 'schema = 1\n[couple]\npairs = [["a", "b"],\n  ["c"]]\n'),
    "number for a table": Slip(3, ("person is 5", "a table with name, born"), "schema = 1\n\nperson = 5\n"),
    "number for a table of durations": Slip(2, ("durations is 5", "a table, each value three"), "schema = 1\ndurations = 5\n"),
    "day without a time where one is asked for": Slip(3, ("interview[0].start is 2026-12-03", "a date with time"), "schema = 1\n[[interview]]\nstart = 2026-12-03\n"),
    "fault inside an inline table": Slip(
        3, ("exam[1].score is 999",), 'schema = 1\nexam = [{ exam = "step1" },\n  { exam = "step1", score = 999 }]\n'
    ),
    "fault behind a text of several lines": Slip(
        8, ("statement[0].label is 5",), 'schema = 1\n[[statement]]\ntext = """\nschema = 1\n[person]\n"quoted"\n"""\nlabel = 5\n'
    ),
    "fault under a dotted and quoted key": Slip(3, ("person.born",), 'schema = 1\nperson.name = "A"\n"person"."born" = 5\n'),
}  # fmt: skip

JSON = {
    "empty file": Slip(1, ("not JSON",), ""),
    "no object": Slip(1, ("not a table",), "[]"),
    "comma too many": Slip(3, ("not JSON",), '{\n"schema": 1,\n}'),
    "key twice": Slip(4, ("'season' stands twice",), '{"schema": 1,\n"person": {"name": "season"},\n"season": 2027,\n"season": 2028}'),
    "key twice further in": Slip(3, ("'date' stands twice",), '{"schema": 1, "exam": [{"exam": "oet"},\n{"exam": "oet", "date": null,\n"date": null}]}'),
    "month 13": Slip(2, ("person.born", "2025-13-01 is no day"), '{"schema": 1, "person": {\n"born": "2025-13-01"}}'),
    "seconds since 1970": Slip(2, ("person.born", '"2026-10-02"'), '{"schema": 1, "person": {\n"born": "1735689600"}}'),
    "moment for a date": Slip(2, ("person.born",), '{"schema": 1, "person": {\n"born": "1999-01-01T00:00:00"}}'),
    "score in the second exam": Slip(3, ("exam[1].score is 301",), '{"schema": 1, "exam": [{"exam": "oet"},\n{"exam": "step1",\n"score": 301}]}'),
    "NaN": Slip(2, ("hours_per_week is nan",), '{"schema": 1, "experience": [\n{"hours_per_week": NaN}]}'),
    "half a character": Slip(2, ("person.name",), '{"schema": 1, "person":\n{"name": "\\ud800"}}'),
    "nested too deeply": Slip(2, ("nested too deeply",), '{"schema": 1,\n"person": ' + "[" * 100_000),
    "number of thousands of digits": Slip(2, ("thousands of digits",), '{"schema": 1,\n"season": ' + "9" * 5000 + "}"),
}  # fmt: skip


@pytest.mark.parametrize("slip", TOML.values(), ids=TOML.keys())
def test_a_slip_in_toml_is_named_with_its_line(slip: Slip) -> None:
    with pytest.raises(InputProblem) as caught:
        loads(slip.text, "toml", name="my.toml")
    _same(caught.value, slip)


@pytest.mark.parametrize("slip", JSON.values(), ids=JSON.keys())
def test_a_slip_in_json_is_named_with_its_line(slip: Slip) -> None:
    with pytest.raises(InputProblem) as caught:
        loads(slip.text, "json", name="my.json")
    _same(caught.value, slip)


def _same(problem: InputProblem, slip: Slip) -> None:
    message = str(problem)
    assert problem.line == slip.line, message
    assert [words for words in slip.says if words not in message] == [], message
    assert "\n" not in message
    assert len(message) < 500
    assert message.isprintable()


def test_the_number_of_further_faults_is_told() -> None:
    text = 'schema = 1\n[[exam]]\nexam = "step1"\nscore = 999\n[person]\nborn = 5\n'
    with pytest.raises(InputProblem, match=r"exam\[0\].score is 999 \(the first of 2 faults\)"):
        loads(text)


def test_after_twenty_faults_nobody_counts() -> None:
    with pytest.raises(InputProblem, match=r'unknown key "a0" in the dossier \(the first of 20 faults or more\)'):
        loads("schema = 1\n" + "".join(f"a{number} = 1\n" for number in range(100)))
