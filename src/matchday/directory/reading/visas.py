"""What a free-text cell says of visas. A condition, a question mark or a bare "yes" is kept as words and decides nothing."""

import re

from matchday.terms import Answer

_J1 = re.compile(r"\bj\s*-?\s*1\b|\bj1\b", re.I)
_H1B = re.compile(r"\bh\s*-?\s*1\s*-?\s*b?\b", re.I)
_BETWEEN = re.compile(r"[,;/()|&+]|\band\b|\bbut\b|\.\s|\.$", re.I)
_NOT = re.compile(r"\bno\b|\bnot\b|n't\b|\bnever\b|\bwithout\b|\bexcept\b|\bnon\b", re.I)
_PERHAPS = re.compile(
    r"\?|case|maybe|perhaps|possib|depend|consider|sometimes|\bif\b|exception|may\b|might|unclear|prefer|limited|\bask\b|previous|old\b",
    re.I,
)
_NOBODY = re.compile(
    r"^(no|none|n|no visas?|no sponsorship|no visa sponsorship|(us|u\.s\.) citizens?( or | ?/ ?| and )?(green card|gc|permanent residents?)?( holders?)?( only)?)$",
    re.I,
)


def read_visas(text: str) -> dict[str, str]:
    """`visa_j1` and `visa_h1b` as far as the words decide them, and `visa_note` with the words themselves."""
    said: dict[str, str] = {"visa_note": text}
    if _NOBODY.match(text.strip(" .!")):
        return {"visa_j1": Answer.NO.value, "visa_h1b": Answer.NO.value, **said}
    found: dict[str, str | None] = {}
    only = ""
    negated = False
    for part in _BETWEEN.split(text):
        named = [key for key, form in (("visa_j1", _J1), ("visa_h1b", _H1B)) if form.search(part)]
        perhaps = bool(_PERHAPS.search(part))
        # "no J1 or H1B", "no J-1/H-1B": a negation with nothing after it but visas holds for them all
        negated = bool(_NOT.search(part)) or (negated and _bare(part))
        for key in named:
            answer = None if perhaps else (Answer.NO if negated else Answer.YES).value
            found[key] = answer if key not in found or found[key] == answer else None
        if "only" in part.lower() and len(named) == 1 and not negated and not perhaps:
            only = named[0]
        if perhaps and not named:
            found = dict.fromkeys(found)
            only = ""
    if only:
        other = "visa_h1b" if only == "visa_j1" else "visa_j1"
        found.setdefault(other, Answer.NO.value)
    return {**{key: answer for key, answer in found.items() if answer}, **said}


def _bare(part: str) -> bool:
    """True when nothing but the name of a visa stands there."""
    return not _H1B.sub("", _J1.sub("", part)).replace("or", "").replace("visa", "").strip(" s")
