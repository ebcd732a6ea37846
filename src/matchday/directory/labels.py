"""Short words for what programs state and for the gates, the same on every door."""

from matchday.directory.model import FIELDS

# The gates of fit.py, as the question that is open when one is not answered.
QUESTIONS = {
    "visa": "visa",
    "graduation": "years since graduation",
    "attempts": "tries",
    "score": "lowest score",
    "us_experience": "US experience",
    "track": "earlier US training",
    "positions": "positions",
    "accreditation": "accreditation",
    "img": "IMGs",
    "service": "application service",
    "licence": "state licence",
}
# Fields whose name alone would not be understood; see FIELDS in model.py for what each means.
LABELS = {
    "attempts_max": "tries at a Step, at most",
    "graduation_years_max": "years since graduation, at most",
    "img_share": "IMGs, percent",
    "specialty": "specialty code",
    "step1_min": "lowest Step 1 score",
    "step2_min": "lowest Step 2 CK score",
    "takes_img": "takes IMGs",
    "us_experience": "US experience asked",
    "us_experience_months": "months of it",
    "visa": "visas",
    "visa_f1": "sponsors F-1",
    "visa_h1b": "sponsors H-1B",
    "visa_j1": "sponsors J-1",
    "visa_note": "on visas, word for word",
}


def label(field: str) -> str:
    """A field in a few words."""
    return LABELS.get(field, field.replace("_", " "))


# What a cell should hold, where that is not the meaning of a field; see FIELDS in model.py for the others.
EXPECTED = {
    "row": "a program's name, or its ACGME or NRMP code",
    "season": "the year of a Match, such as 2026",
    "quota": "a whole number of positions",
    "filled": "a whole number, at most the positions offered",
    "visa": "J-1, H-1B or both, or that none is sponsored",
    "nrmp_code": "an NRMP code such as 1234140C0",
    "acgme_code": "an ACGME code of 10 digits",
    "made_up": "programs that exist",
}


def expected(field: str) -> str:
    """What a cell of a list should hold, in words; "" where nothing can be said, such as for a whole file."""
    name = field.partition(":")[0]
    return EXPECTED.get(name) or FIELDS.get(name, "")
