"""What each source gets wrong in its own way, and what is done about it."""

from pathlib import Path

import pytest

from matchday.directory.importers import read, recognise
from matchday.directory.model import Problem, Reading, Year
from matchday.terms import InputProblem


def table(tmp_path: Path, text: str, name: str = "list.csv") -> Reading:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read(path)


# ---------------------------------------------------------------- year columns by pattern


@pytest.mark.parametrize(
    "header",
    [
        *("2031 Quota,2031 Matched", "quota_2031,matched_2031", "Positions Offered 2031,Filled 2031"),
        *("Quota (2031),Matched (2031)", "Quota '31,Matched ’31", "Q2031,M2031"),
    ],
)
def test_seasons_are_found_by_pattern_not_by_an_exact_year(tmp_path: Path, header: str) -> None:
    reading = table(tmp_path, f"Program Code,Program Name,City,{header}\n9102140C0,Internal Medicine,Tampa,12,11\n")
    assert reading.kind == "nrmp-results"
    assert reading.records[0].history == (Year(2031, 12, 11),)


def test_a_span_of_years_is_no_season_and_a_second_column_of_one_season_is_named(tmp_path: Path) -> None:
    reading = table(
        tmp_path,
        "Program Code,Town/City,State/Province,AY 2030-31 quota,2030 Quota,Quota (2030),Mood\n"
        "9102140C0,Tampa,FL,12,11,10,good\n",
    )
    assert (reading.records[0].fields["city"], reading.records[0].fields["state"]) == ("Tampa", "FL")
    assert reading.records[0].history == (Year(2030, 11),)
    assert [(p.row, p.field, p.problem, p.repair) for p in reading.problems] == [
        (1, "AY 2030-31 quota", "a column not understood", "left out"),
        (1, "Quota (2030)", "a column of the same meaning as another (quota:2030)", "left out"),
        (1, "Mood", "a column not understood", "left out"),
    ]


def test_the_accreditors_words_for_its_columns_are_known(tmp_path: Path) -> None:
    text = (
        "Program #,Program Name,Institution/Address,Current Status,Fee\n"
        '1401100002,Gulf Program,"Gulf Hospital\n1 Bay Road\nTampa, FL 33601",Initial Accreditation,10\n'
    )
    reading = table(tmp_path, text)
    fields = {
        "name": "Gulf Program",
        "city": "Tampa",
        "state": "FL",
        "specialty": "140",
        "accreditation": "Initial Accreditation",
    }
    assert (reading.records[0].acgme_code, reading.records[0].fields) == ("1401100002", fields)
    assert [p.problem for p in reading.problems if p.field != "state"] == ["a column not understood"]


def test_a_column_of_codes_is_never_taken_for_names(tmp_path: Path) -> None:
    reading = table(tmp_path, "Program,City\n1401100002,Tampa\n2201100011,Tampa\n")
    assert [(r.acgme_code, "name" in r.fields) for r in reading.records] == [
        ("1401100002", False),
        ("2201100011", False),
    ]


def test_a_cell_of_its_own_may_still_name_its_visa(tmp_path: Path) -> None:
    reading = table(tmp_path, "Program,State,J1\nSable River,NY,J1 only\n")
    assert reading.records[0].fields["visa_j1"] == "yes"


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    reading = table(tmp_path, "2027 Matched,City,Program Code,2027 Quota\n11,Tampa,9102140C0,12\n")
    assert reading.records[0].history == (Year(2027, 12, 11),)
    assert reading.records[0].fields["city"] == "Tampa"


def test_a_column_called_program_code_is_told_apart_by_its_values(tmp_path: Path) -> None:
    assert table(tmp_path, "Program Code,City\n9102140C0,Tampa\n").records[0].nrmp_code == "9102140C0"
    assert table(tmp_path, "Program Code,City\n1401100002,Tampa\n").records[0].acgme_code == "1401100002"


def test_a_season_in_each_row_goes_with_any_word_for_the_quota(tmp_path: Path) -> None:
    reading = table(tmp_path, "Match Year,NRMP Code,Positions,Filled\n2030,9102140C0,12,11\n2031,9102140C0,13,13\n")
    assert reading.records[0].history == (Year(2031, 13, 13), Year(2030, 12, 11))


def test_codes_are_found_under_a_header_that_nobody_knows(tmp_path: Path) -> None:
    text = "Phone,Kennung,Program Name,City,State\n2059345631,1401100002,Gulf,Tampa,FL\n8135550199,2201100011.0,Bay,Tampa,FL\n"
    reading = table(tmp_path, text)
    assert reading.kind == "acgme"
    assert [record.acgme_code for record in reading.records] == ["1401100002", "2201100011"]


def test_blank_seasons_of_a_printed_line_are_told_by_where_the_counts_stand(tmp_path: Path) -> None:
    reading = table(
        tmp_path,
        "Program Results 2025-2027\nFLORIDA\nGulf Lantern Med Ctr-FL, Tampa\n"
        "Anesthesiology       9102040C0    8   8   6   6   5   5\n"
        "Internal Medicine    9102140C0   12  11\n"
        "Family Medicine      9102120C0            6   5\n"
        "9102220C0  Obstetrics-Gynecology   4 4 4 4 4 4\n"
        "Neurology 9102180C0 3 2\n"
        "Pathology 9102300C0    5   -   -   -   4   4\n",
        "book.txt",
    )
    told = {record.nrmp_code: [(y.quota, y.filled) for y in record.history] for record in reading.records}
    assert told == {
        "9102040C0": [(8, 8), (6, 6), (5, 5)],
        "9102140C0": [(12, 11), (0, 0), (0, 0)],
        "9102120C0": [(0, 0), (6, 5), (0, 0)],
        "9102220C0": [(4, 4), (4, 4), (4, 4)],
        "9102300C0": [(5, None), (0, 0), (4, 4)],  # nobody told how many it filled: not known is not none
    }
    assert [(p.row, p.problem) for p in reading.problems] == [(8, "2 counts for 3 seasons")]
    assert reading.records[0].fields["city"] == "Tampa"


# ---------------------------------------------------------------- institutions


LONG = "institution,state,city,program_name,program_code,year,quota,filled\n"


def test_a_name_over_several_codes_is_left_out_with_its_city_where_its_owner_cannot_be_told(tmp_path: Path) -> None:
    reading = table(
        tmp_path,
        LONG
        + "Quiet Bay Hospital,Alabama,Fairhope,Family Medicine,9200120C0,2026,6,6\n"
        + "Quiet Bay Hospital,Alabama,Fairhope,Anesthesiology,9305040C0,2026,15,15\n",
    )
    assert [sorted(record.fields) for record in reading.records] == [
        ["institution_code", "name", "specialty", "state", "track"]
    ] * 2
    assert [(p.row, p.repair, p.fatal) for p in reading.problems] == [
        (2, "institution and city left out", False),
        (3, "institution and city left out", False),
    ]


def test_the_owner_of_a_heading_keeps_it_when_another_season_names_the_others_rightly(tmp_path: Path) -> None:
    reading = table(
        tmp_path,
        LONG
        + "Quiet Bay Hospital,Alabama,Fairhope,Family Medicine,9200120C0,2025,6,6\n"
        + "Quiet Bay Hospital,Alabama,Fairhope,Anesthesiology,9305040C0,2025,15,15\n"
        + "Azalea State Univ Hosp-AL,Alabama,Mobile,Anesthesiology,9305040C0,2026,15,15\n",
    )
    named = {record.nrmp_code: record.fields["institution"] for record in reading.records}
    assert named == {"9200120C0": "Quiet Bay Hospital", "9305040C0": "Azalea State Univ Hosp-AL"}


def test_an_intruder_under_no_other_name_is_not_taken_for_the_owner(tmp_path: Path) -> None:
    def code(row: str) -> str:
        return row.split(",")[4]

    rows = (
        "Quiet Bay Hospital,Alabama,Fairhope,Family Medicine,9300120C0,2026,6,6\n"
        "Quiet Bay Hospital,Alabama,Fairhope,Psychiatry,9300400C0,2026,6,6\n"
        "Quiet Bay Hospital,Alabama,Fairhope,Anesthesiology,9205040C0,2026,15,15\n"  # the heading before these was missed
        "Quiet Bay Hospital,Alabama,Fairhope,Neurology,9205180C0,2026,5,5\n"
        "Quiet Bay Infirmary,Alabama,Fairhope,Pediatrics,9300320C0,2026,5,5\n"  # the owner's second name
    )
    in_order_of_headings = table(tmp_path, LONG + rows)
    assert {r.nrmp_code: r.fields.get("institution") for r in in_order_of_headings.records} == {
        "9300120C0": "Quiet Bay Hospital", "9300400C0": "Quiet Bay Hospital", "9300320C0": "Quiet Bay Infirmary", "9205040C0": None, "9205180C0": None,
    }  # fmt: skip
    in_order_of_codes = table(tmp_path, LONG + "".join(sorted(rows.splitlines(keepends=True), key=code)))
    assert "9205040C0" not in {r.nrmp_code for r in in_order_of_codes.records if r.fields.get("institution")}


def test_two_spellings_of_one_institution_are_no_fault(tmp_path: Path) -> None:
    reading = table(
        tmp_path,
        LONG
        + "Aven Hospital,Florida,Aven,Family Medicine,9200120C0,2026,6,6\n"
        + "Aven Hospital-FL,Florida,Aven,Anesthesiology,9200040C0,2026,15,15\n",
    )
    assert reading.problems == ()


def test_the_state_comes_from_the_suffix_only_where_the_table_has_no_state(tmp_path: Path) -> None:
    text = "Sponsoring Institution,Program Code,2026 Quota\nAven Hospital-FL,9200120C0,6\nAven Hospital,9200040C0,6\n"
    assert [record.fields["state"] for record in table(tmp_path, text).records] == ["FL", "FL"]
    misleading = text.replace("9200", "2984")  # a code whose suffix is known not to be its site's state
    assert ["state" in record.fields for record in table(tmp_path, misleading).records] == [False, False]


def test_a_list_in_which_every_suffix_is_one_state_is_of_that_state(tmp_path: Path) -> None:
    rows = "".join(f"Hospital {n}-FL,{n}120C0,6\n" for n in range(9101, 9111))
    reading = table(tmp_path, f"Institution,Program Code,2026 Quota\n{rows}No Suffix Hospital,9200120C0,6\n")
    assert {record.fields["state"] for record in reading.records} == {"FL"}
    assert reading.problems[0].repair == "FL for every row"


def test_a_row_without_a_state_takes_that_of_its_city_or_is_named(tmp_path: Path) -> None:
    reading = table(
        tmp_path,
        "Institution,City,Program Code,2026 Quota\nBay Hospital-NE,Omaha,9101120C0,6\nGulf Hospital-IA,Ames,9102120C0,6\n"
        "No Suffix Hospital,Omaha,9200120C0,6\nAnother Hospital,Lincoln,9201120C0,6\n",
    )
    assert [record.fields.get("state") for record in reading.records] == ["NE", "IA", "NE", None]
    assert [(p.row, p.value, p.problem, p.repair) for p in reading.problems] == [
        (4, "Omaha", "no column for the state", "NE, as the others in this city"),
        (5, "Lincoln", "no column, ending of a name, or city tells the state", None),
    ]


# ---------------------------------------------------------------- codes and cells


def test_a_row_with_one_good_code_survives_a_bad_one(tmp_path: Path) -> None:
    reading = table(tmp_path, "NRMP code,ACGME code,Institution,City\n9102140C0,12,Gulf,Tampa\n")
    assert reading.records[0].acgme_code is None
    assert reading.problems == (
        Problem(
            row=2, field="acgme_code", value="12", problem="not an ACGME program code of 10 digits", repair="left out"
        ),
    )


def test_hidden_characters_are_taken_out_of_codes_and_said(tmp_path: Path) -> None:
    reading = table(tmp_path, "Program Code,Institution\n9102140C0\u200b,Gulf\u00a0Lantern\n")
    assert reading.records[0].nrmp_code == "9102140C0"
    assert {(p.field, p.problem) for p in reading.problems} == {
        ("institution", "non-breaking spaces"),
        ("nrmp_code", "characters that cannot be seen"),
    }


def test_a_formula_is_never_a_value(tmp_path: Path) -> None:
    reading = table(tmp_path, 'Program Code,Program Name,City\n"=""0401100002""",=1+1,Tampa\n')
    assert reading.records[0].acgme_code == "0401100002"
    assert "name" not in reading.records[0].fields
    assert ("name", "a formula, which is never run", "left out") in [
        (p.field, p.problem, p.repair) for p in reading.problems
    ]


def test_a_code_says_more_than_the_columns_beside_it(tmp_path: Path) -> None:
    text = "Program Code,Specialty Code,Program Type,Institution\n9102140R0,120,C,Gulf\n"
    reading = table(tmp_path, text)
    assert (reading.records[0].fields["specialty"], reading.records[0].fields["track"]) == ("140", "R")
    assert {(p.field, p.repair) for p in reading.problems} == {("specialty", "140"), ("track", "R")}


def test_semicolons_tabs_and_other_encodings_are_read(tmp_path: Path) -> None:
    rows = "Program Code;Program Name;City\n1404200001;Hospital Español;Ponce\n"
    for encoding, said in (("cp1252", "not written in UTF-8"), ("utf-16", "written in UTF-16")):
        path = tmp_path / f"{encoding}.csv"
        path.write_text(rows, encoding=encoding)
        reading = read(path)
        assert reading.records[0].fields["name"] == "Hospital Español"
        assert [p.problem for p in reading.problems] == [said]


def test_tags_and_sponsor_codes_are_parted_from_names(tmp_path: Path) -> None:
    eras = table(tmp_path, "Program,Accreditation ID,Status\nGulf Program New Program!,1401100002,Participating\n")
    assert (eras.records[0].fields["name"], eras.records[0].fields["flags"]) == ("Gulf Program", "New Program!")
    assert [(p.problem, p.repair) for p in eras.problems] == [("tags of the page stuck to it", "Gulf Program")]
    text = "Program Code,Program Name,Sponsoring Institution\n1401100002,Gulf Program,[110123] - Gulf Hospital\n"
    fields = table(tmp_path, text).records[0].fields
    assert (fields["institution_code"], fields["institution"]) == ("110123", "Gulf Hospital")


def test_places_come_out_of_an_address(tmp_path: Path) -> None:
    text = 'Program Code,Program Name,Address\n1401100002,Gulf Program,"1 Bay Road\nTampa, FL 33601"\n'
    fields = table(tmp_path, text).records[0].fields
    assert (fields["city"], fields["state"]) == ("Tampa", "FL")
    fields = table(tmp_path, text.replace("\nTampa", " Tampa")).records[0].fields  # where does the street end?
    assert ("city" in fields, fields["state"]) == (False, "FL")


# ---------------------------------------------------------------- JSON, text and PDF


def test_json_may_group_programs_under_specialties_or_names(tmp_path: Path) -> None:
    grouped = (
        '{"Pathology": [{"program": ["A Program"], "accreditation_id": ["3000100009"], "status": ["Participating"]}]}'
    )
    keyed = '{"B Program": {"city": "Mobile", "acgme": "3000100010"}}'
    assert table(tmp_path, grouped, "a.json").records[0].fields["specialty"] == "300"
    assert table(tmp_path, keyed, "b.json").records[0].fields["name"] == "B Program"


@pytest.mark.parametrize(
    "text",
    [
        '[{"program": {"code": "1401100002", "name": "Gulf"}, "location": {"city": "Tampa", "state": "FL"}}]',
        '{"1401100002": {"Program Name": "Gulf", "City": "Tampa", "State": "FL"}}',
        '{"meta": {"count": 1}, "results": {"programs": [{"code": "1401100002", "program": "Gulf", "city": "Tampa", "state": "FL"}]}}',
    ],
)
def test_objects_within_objects_are_found_and_flattened(tmp_path: Path, text: str) -> None:
    (record,) = table(tmp_path, text, "list.json").records
    assert (record.acgme_code, record.fields) == (
        "1401100002",
        {"name": "Gulf", "city": "Tampa", "state": "FL", "specialty": "140"},
    )


def test_half_a_letter_that_json_can_write_is_no_part_of_a_value(tmp_path: Path) -> None:
    text = '[{"program code": "1401100002", "name": "Gulf\\ud800", "city": "\\udfffTampa"}]'
    (record,) = table(tmp_path, text, "list.json").records
    assert (record.fields["name"], record.fields["city"]) == ("Gulf", "Tampa")


def test_items_of_a_json_list_that_are_no_objects_are_named(tmp_path: Path) -> None:
    reading = table(tmp_path, '[null, {"program code": "1401100002", "city": "Tampa"}, 3]', "list.json")
    assert [(record.rows, record.acgme_code) for record in reading.records] == [((2,), "1401100002")]
    assert [(p.row, p.value, p.problem, p.fatal) for p in reading.problems] == [
        (1, "null", "not an object with fields", False),
        (3, "3", "not an object with fields", False),
    ]


def pdf(lines: list[str]) -> bytes:
    """A PDF of one page, written by hand, with one text line below the other."""
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    stream = f"BT /F1 10 Tf 40 750 Td {shown}ET".encode("latin-1")
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = (
        b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)
    )
    return body + end


def test_the_results_book_is_read_from_its_pdf(tmp_path: Path) -> None:
    path = tmp_path / "results.pdf"
    path.write_bytes(
        pdf(
            [
                "Program Results 2030-2031",
                "ALABAMA",
                "Azalea State Univ Hosp-AL  Mobile",
                "Anesthesiology 9200040C0 16 15 14 14",
            ]
        )
    )
    reading = read(path)
    assert reading.kind == "nrmp-results"
    assert reading.records[0].history == (Year(2031, 16, 15), Year(2030, 14, 14))
    assert reading.records[0].fields["city"] == "Mobile"


def test_a_damaged_pdf_is_a_clear_problem(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.4\n1 0 obj<</Type/Catalog")
    with pytest.raises(InputProblem, match="the PDF cannot be read"):
        read(path)


# ---------------------------------------------------------------- own sheets


def test_a_person_can_say_what_a_column_means(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("Where I apply,State,Wunsch\nSable River,NY,J1\n", encoding="utf-8")
    reading = read(path, "spreadsheet", {"Where I apply": "name", "Wunsch": "visa"})
    assert reading.records[0].fields == {"name": "Sable River", "state": "NY", "visa_j1": "yes", "visa_note": "J1"}


def shares(tmp_path: Path, header: str, *cells: str) -> list[str | None]:
    reading = table(tmp_path, f"Program,State,{header}\n" + "".join(f"P{n},NY,{c}\n" for n, c in enumerate(cells)))
    return [record.fields.get("img_share") for record in reading.records]


def test_shares_of_one_are_made_percent_only_where_the_whole_column_says_so(tmp_path: Path) -> None:
    assert shares(tmp_path, "IMG Percentage", "0.45", "1", "0") == ["45", "100", "0"]
    assert shares(tmp_path, "IMG Percentage", "0.5", "45") == ["0.5", "45"]
    assert shares(tmp_path, "IMG Percentage", "0.5%", "0.25") == ["0.5", "0.25"]
    assert shares(tmp_path, "IMG Percentage", "1", "0") == ["1", "0"]
    assert shares(tmp_path, "IMG Percentage", "145", "45") == [None, "45"]
    assert shares(tmp_path, "IMG", "145", "45") == [None, "45"]


def test_what_matchday_made_up_never_comes_back_as_real(tmp_path: Path) -> None:
    csv = "made_up,acgme_code,name,city,state\nmade up,1401100002,Gulf,Tampa,FL\n,1401100003,Bay,Tampa,FL\n"
    unmarked = "Program Code,Program Name,City\n1401100002,Gulf Hospital (made up),Tampa\n1401100003,Bay,Tampa\n"
    for text in (csv, unmarked):
        reading = table(tmp_path, text)
        assert [record.acgme_code for record in reading.records] == ["1401100003"]
        assert [(p.row, p.field, p.problem) for p in reading.problems if p.fatal] == [
            (2, "made_up", "made up by Matchday: nothing in this row exists")
        ]


def test_a_column_that_is_not_there_cannot_be_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("Program,State\nSable River,NY\n", encoding="utf-8")
    with pytest.raises(InputProblem, match="no column is called 'nosuch'") as found:
        read(path, "spreadsheet", {"nosuch": "city"})
    assert found.value.expected == "one of Program, State"


def test_a_cell_without_end_is_cut_and_signs_before_a_name_are_kept(tmp_path: Path) -> None:
    reading = table(
        tmp_path, f"Program Code,Program Name,City\n1401100002,{'B' * 5000},Tampa\n1401100003,+Plus Care,Tampa\n"
    )
    assert [len(r.fields["name"]) for r in reading.records] == [1000, 10]
    assert [(p.row, p.problem) for p in reading.problems] == [
        (2, "5,000 characters in one cell"),
        (3, "begins like a formula"),
    ]


def test_programs_that_share_a_code_are_said_to(tmp_path: Path) -> None:
    reading = table(
        tmp_path, "Program Code,Program Name,City\n1401100002,Gulf,Tampa\n1401100002,Gulf Preliminary,Tampa\n"
    )
    assert [(p.row, p.problem, p.repair) for p in reading.problems] == [
        (3, "the same code as in row 2", "both kept as one program")
    ]


def test_near_words_are_understood_and_contacts_are_left_out(tmp_path: Path) -> None:
    reading = table(tmp_path, "Progam Name,State,Visa sponsorshp,Coordinator\nSable River,NY,no,Ms Made Up\n")
    assert reading.columns == {
        "Progam Name": "name",
        "State": "state",
        "Visa sponsorshp": "visa",
        "Coordinator": "contact",
    }
    assert "Made Up" not in repr(reading)


def test_a_visa_cell_of_its_own_goes_before_the_general_one(tmp_path: Path) -> None:
    reading = table(tmp_path, 'Program,State,Visa,H-1B\nSable River,NY,"J-1, H-1B",case by case\n')
    assert reading.records[0].fields == {
        "name": "Sable River",
        "state": "NY",
        "visa_j1": "yes",
        "visa_note": "J-1, H-1B; visa_h1b: case by case",
    }


def test_a_log_of_applicants_says_nothing_of_the_programs_visas(tmp_path: Path) -> None:
    reading = table(
        tmp_path,
        "Program Code,Date,Program Name,Location,IMG,Degree Type,Visa Required\n"
        '9102140C0,10/26,Sable River,"Utica, NY",nonUSIMG,MD,TRUE\n',
    )
    assert reading.kind == "tracker"
    assert {name for name in reading.records[0].fields if "visa" in name or "img" in name} == set()
    assert reading.records[0].fields["city"] == "Utica"


# ---------------------------------------------------------------- what is no list of programs


@pytest.mark.parametrize(
    "text",
    [
        "name,country\nMedical University,Peru\n",
        "city,state\nTampa,FL\n",
        "Rank,AAMC ID\n1,90000001\n",
        "a,b,c\n1,2,3\n",
    ],
)
def test_other_tables_are_refused_as_a_whole(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputProblem):
        table(tmp_path, text)


def test_a_named_source_must_fit_the_file(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Program Code,City\n1401100002,Tampa\n", encoding="utf-8")
    for source, said in (
        ("nrmp-results", "no column of NRMP codes"),
        ("nrmp-directory", "no column holds NRMP codes"),
        ("tracker", "no columns on interviews"),
        ("oracle", "no source is called 'oracle'"),
    ):
        with pytest.raises(InputProblem, match=said):
            read(path, source)
    assert recognise(path).KIND == "acgme"
