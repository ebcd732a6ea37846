"""US states by their two letters, with the District of Columbia, Puerto Rico and the island territories."""

from difflib import get_close_matches

_NAMES = """
AL Alabama, AK Alaska, AZ Arizona, AR Arkansas, CA California, CO Colorado, CT Connecticut, DE Delaware,
DC District of Columbia, FL Florida, GA Georgia, HI Hawaii, ID Idaho, IL Illinois, IN Indiana, IA Iowa, KS Kansas,
KY Kentucky, LA Louisiana, ME Maine, MD Maryland, MA Massachusetts, MI Michigan, MN Minnesota, MS Mississippi,
MO Missouri, MT Montana, NE Nebraska, NV Nevada, NH New Hampshire, NJ New Jersey, NM New Mexico, NY New York,
NC North Carolina, ND North Dakota, OH Ohio, OK Oklahoma, OR Oregon, PA Pennsylvania, RI Rhode Island,
SC South Carolina, SD South Dakota, TN Tennessee, TX Texas, UT Utah, VT Vermont, VA Virginia, WA Washington,
WV West Virginia, WI Wisconsin, WY Wyoming, PR Puerto Rico, GU Guam, VI US Virgin Islands, AS American Samoa,
MP Northern Mariana Islands
"""

STATES = {entry[:2]: entry[3:] for entry in " ".join(_NAMES.split()).split(", ")}


def nearest_state(text: str) -> str | None:
    """The code that was probably meant by what is no code: "ny", "Texas", "Pensylvania"; None when nothing is near."""
    word = text.strip()
    if word.upper() in STATES:
        return word.upper()
    by_name = {name.casefold(): code for code, name in STATES.items()}
    near = get_close_matches(word.casefold()[:60], by_name, n=1, cutoff=0.8)
    return by_name[near[0]] if near else None
