"""Where things stand in a file: the line of every key, table and list item."""

from matchday.dossier.lines import json_lines, json_twice, nearest, toml_lines

TOML = '''\
schema = 1   # line 1
# a comment = "with a quote
[person]
name = """
[exam]       # inside a text
"quoted" """
citizenships = [
  "NG", # one
  "GB",
]
"time_zone" = 'Africa/Lagos'

[[exam]]
exam = "step1"
[[exam]]
date = 2025-01-02
[[interview]]
scores = { fit = 1, "the city" = 2.5 }
[[interview]]
start = 2025-01-02 10:00:00.5
[interview.scores]
fit = 1
[couple]
pairs = [["a", "b"],
  ["c",
   "d"]]
'''


def test_the_lines_of_toml() -> None:
    assert toml_lines(TOML) == {
        ("schema",): 1,
        ("person",): 3,
        ("person", "name"): 4,
        ("person", "citizenships"): 7,
        ("person", "citizenships", 0): 8,
        ("person", "citizenships", 1): 9,
        ("person", "time_zone"): 11,
        ("exam",): 13,
        ("exam", 0): 13,
        ("exam", 0, "exam"): 14,
        ("exam", 1): 15,
        ("exam", 1, "date"): 16,
        ("interview",): 17,
        ("interview", 0): 17,
        ("interview", 0, "scores"): 18,
        ("interview", 0, "scores", "fit"): 18,
        ("interview", 0, "scores", "the city"): 18,
        ("interview", 1): 19,
        ("interview", 1, "start"): 20,
        ("interview", 1, "scores"): 21,
        ("interview", 1, "scores", "fit"): 22,
        ("couple",): 23,
        ("couple", "pairs"): 24,
        ("couple", "pairs", 0): 24,
        ("couple", "pairs", 0, 0): 24,
        ("couple", "pairs", 0, 1): 24,
        ("couple", "pairs", 1): 25,
        ("couple", "pairs", 1, 0): 25,
        ("couple", "pairs", 1, 1): 26,
    }


def test_the_lines_of_json() -> None:
    assert json_lines('{"a": [1,\n {"b":\n2}],\n"c": "x\\"\\n{"}') == {
        (): 1,
        ("a",): 1,
        ("a", 0): 1,
        ("a", 1): 2,
        ("a", 1, "b"): 2,
        ("c",): 4,
    }


def test_a_key_that_stands_twice_is_found_in_its_own_object_only() -> None:
    assert json_twice('{"a": {"b": 1},\n"b": {"b": 1,\n"b": 2}}') == ("b", 3)
    assert json_twice('[{"a": 1}, {"a": 1}]') is None
    assert json_twice('{"a": 1,\n"a": ') == ("a", 2)
    assert json_twice('{"a"') is None


def test_what_is_not_in_the_file_stands_where_its_table_stands() -> None:
    lines = toml_lines(TOML)
    assert nearest(lines, ("exam", 1, "exam")) == 15
    assert nearest(lines, ("letter", 0)) == 1
    assert nearest({}, ()) == 1
