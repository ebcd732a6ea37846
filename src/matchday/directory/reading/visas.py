"""What a free-text cell says of visas. Words decide only when all of them are known; every other text is kept as words.

Each part of a cell names visas with words before, between and after them. A part is a yes or a no when nothing remains after
its visas and the words below are taken away; a condition, a date, a question mark or a bare "yes" decides nothing.
"""

import itertools
import re

_VISA = re.compile(r"\b(?P<key>j\s*-?\s*1|h\s*-?\s*1(?:\s*-?\s*b)?|[bef]\s*-?\s*[123]|o\s*-?\s*1|tn)(?:'?s)?\b")
_PARTS = re.compile(r"[,;|!\n]|\.(?=\s|$)|\bbut\b")
_ASIDE = re.compile(r"\(([^()]*)\)")
_TOKEN = re.compile(r"[\w']+|[^\s\w]")
_KEYS = {"j": "visa_j1", "h": "visa_h1b"}
_STRONG = frozenset(["yes", "y", "ok", "okay", "true", "✓", "✔", "✅"])
_YES = _STRONG | {
    "sponsor",
    "sponsors",
    "sponsored",
    "sponsoring",
    "accept",
    "accepts",
    "accepted",
    "accepting",
    "offer",
    "offers",
    "offered",
    "support",
    "supports",
    "supported",
    "provide",
    "provides",
    "provided",
    "available",
    "take",
    "takes",
}
_NO = frozenset(
    [
        "no",
        "n",
        "not",
        "none",
        "neither",
        "nor",
        "never",
        "cannot",
        "can't",
        "cant",
        "doesn't",
        "doesnt",
        "don't",
        "dont",
        "won't",
        "wont",
        "isn't",
        "aren't",
        "without",
        "unable",
        "unavailable",
        "false",
        "✗",
        "✘",
        "❌",
    ]
)
# Words that change nothing. "only" is looked at apart.
_REST = frozenset(
    [
        "only",
        "visa",
        "visas",
        "sponsorship",
        "and",
        "or",
        "both",
        "also",
        "any",
        "we",
        "i",
        "the",
        "a",
        "an",
        "of",
        "to",
        "for",
        "do",
        "does",
        "can",
        "will",
        "is",
        "are",
        "be",
        "program",
        "programs",
        "type",
        "types",
        "status",
        "ecfmg",
        "through",
        "via",
        "by",
        ":",
        "-",
        "–",
        "—",
        "=",
        "/",
        "&",
        "+",
        "(",
        ")",
        "'",
        '"',
        "“",
        "”",
    ]
)
_NOBODY = re.compile(
    r"(?:only )?(?:us|u\.s\.) citizens?(?: or | ?/ ?| and )?(?:green card|gc|permanent residents?)?(?: holders?)?(?: only)?"
)


def read_visas(text: str) -> dict[str, str]:
    """`visa_j1` and `visa_h1b` as far as the words decide them, and `visa_note` with the words themselves."""
    said = {"visa_note": text}
    plain = text.casefold().replace("’", "'").replace("‘", "'").strip()
    if _NOBODY.fullmatch(plain.strip(" .!")):
        return {"visa_j1": "no", "visa_h1b": "no", **said}
    parts = [part for part in map(_tokens, _PARTS.split(_ASIDE.sub(_inline, plain))) if part]
    named = [part for part in parts if any(_is_visa(token) for token in part)]
    rest = [_tone(part) for part in parts if part not in named]
    if not named and rest and all(tone == "no" for tone in rest):
        return {"visa_j1": "no", "visa_h1b": "no", **said}
    if any(tone not in ("", "yes") for tone in rest):
        return said
    return {**_together(named), **said}


def names_visa(text: str) -> bool:
    """True for words that name a visa, whatever they say of it."""
    return bool(_VISA.search(text.casefold()))


def _inline(found: re.Match[str]) -> str:
    """A remark in brackets belongs to the words before it; one that names a visa stands for itself."""
    return f", {found[1]}, " if _VISA.search(found[1]) else f" {found[1]} "


def _tokens(part: str) -> list[str]:
    """Words and signs; the name of a visa as `<visa_j1>`, `<visa_h1b>` or, for any other, `<>`."""
    marked = re.split(r"(<\w*>)", _VISA.sub(lambda found: f"<{_KEYS.get(found['key'][0], '')}>", part))
    return [token for piece in marked for token in ([piece] if piece[:1] == "<" else _TOKEN.findall(piece))]


def _is_visa(token: str) -> bool:
    return token[:1] == "<" and token[-1:] == ">" and len(token) > 1


def _tone(words: list[str]) -> str:
    """`yes`, `no`, "" when the words say neither, and `?` when they cannot be known for a yes or a no."""
    refusals = sum(word in _NO for word in words)
    if not set(words) <= _YES | _NO | _REST or refusals > 1 or (refusals and _STRONG & set(words)):
        return "?"
    return "no" if refusals else "yes" if _YES & set(words) else ""


def _together(parts: list[list[str]]) -> dict[str, str]:
    """The answers of all parts; two that differ decide nothing. "J1 only" refuses what is named nowhere."""
    found: dict[str, str] = {}
    only = set()
    answers = [_part(part) for part in parts]
    for place, (part, answer) in enumerate(zip(parts, answers, strict=True)):
        for key, tone in answer.items():
            # "J1, H1B not sponsored" and "no J1, H1B": does the refusal hold for the bare name too?
            unsure = len(part) == 1 and _refused_beside(parts, answers, place)
            found[key] = "?" if unsure or found.get(key, tone) != tone else tone
        if "only" in part and list(answer.values()) == ["yes"]:
            only |= set(answer)
    for other in ("visa_j1", "visa_h1b") if len(only) == 1 else ():
        found.setdefault(other, "no")
    return {key: tone for key, tone in found.items() if key and tone != "?"}


def _refused_beside(parts: list[list[str]], answers: list[dict[str, str]], place: int) -> bool:
    """True when the part before ends, or the part after begins, with the name of a visa that is refused."""
    before = place and parts[place - 1][-1][:1] == "<" and "no" in answers[place - 1].values()
    after = place + 1 < len(parts) and parts[place + 1][0][:1] == "<" and "no" in answers[place + 1].values()
    return bool(before or after)


def _part(tokens: list[str]) -> dict[str, str]:
    """`yes`, `no` or `?` for each visa of one part."""
    places = [place for place, token in enumerate(tokens) if _is_visa(token)]
    keys = [tokens[place][1:-1] for place in places]
    lead, trail = tokens[: places[0]], tokens[places[-1] + 1 :]
    between = [tokens[one + 1 : two] for one, two in itertools.pairwise(places)]
    tones = [_tone(words) for words in between]
    if not any(tones):
        return dict.fromkeys(keys, _tone(lead + trail) or "yes")
    if not _tone(trail) and (_tone(lead) or all(words[-1] in ("no", "not") for words in between if _tone(words))):
        return _inherit(keys, [_tone(lead) or "yes", *tones])  # "sponsors J1, not H1B"
    if not _tone(lead) and _tone(trail):
        return dict(reversed(_inherit(keys[::-1], [_tone(trail), *tones[::-1]]).items()))  # "J1 yes H1B no"
    return dict.fromkeys(keys, "?")


def _inherit(keys: list[str], tones: list[str]) -> dict[str, str]:
    """Each visa with its tone; without one of its own, that of the visa before."""
    found, last = {}, "yes"
    for key, tone in zip(keys, tones, strict=True):
        last = found[key] = tone or last
    return found
