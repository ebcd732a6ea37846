"""Claims in a text held against the rules: current, outdated since when, wrong, or not to be verified.

The claims are entries of `data/claims.yaml`: words that a sentence must hold, patterns that must all be found in it,
patterns that must not, and how the rules judge it. A sentence that speaks of the past, or that is taken back in it or
right after it, is no claim: that is what the guards are for. The judgement is that of the asked day.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from itertools import zip_longest
from typing import Any

import yaml

from matchday.rules.guide_judge import (
    ByEvent,
    ByFee,
    ByPeriods,
    ByRule,
    BySignals,
    Heard,
    Judge,
    Judgement,
    Mark,
    Period,
)
from matchday.rules.guide_text import GuideText, Sentence, from_bytes
from matchday.rules.load import LOADER, Rules, rules
from matchday.rules.words import day as written
from matchday.rules.words import listed
from matchday.terms import InputProblem

CLAIM_KEYS = {
    "claim",
    "when",
    "all",
    "not",
    "guard",
    "about",
    "rules",
    "periods",
    "by_rule",
    "by_event",
    "by_fee",
    "by_signals",
    "hushes",
}
PERIOD_KEYS = {"from", "mark", "now", "since"}
# How far back a sentence without a subject of its own may find one.
LOOK_BACK = 300
LONGEST_QUOTE = 300
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Claim:
    """One kind of claim. `when`: words of which one must be in the sentence, a cheap first sieve.

    `hushes`: ids of wider claims that say less about a sentence in which this one is heard.
    """

    id: str
    title: str
    when: tuple[str, ...]
    all: tuple[str, ...]
    none: tuple[str, ...]
    past: tuple[str, ...]
    about: str
    judge: Judge
    hushes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """A claim found in a guide: where, its words, and what the rules say of it.

    `span`: where the sentence begins and ends in the text.
    """

    line: int
    span: tuple[int, int]
    text: str
    id: str
    claim: str
    judgement: Judgement

    def as_json(self) -> dict[str, Any]:
        """The claim as interfaces.md writes it."""
        judged = self.judgement
        return {
            "line": self.line,
            "text": self.text,
            "id": self.id,
            "claim": self.claim,
            "verdict": str(judged.mark),
            "since": judged.since.isoformat() if judged.since else None,
            "now": judged.now,
            "rules": list(judged.rules),
        }


@dataclass(frozen=True, slots=True)
class GuideReport:
    """Every claim of a guide that the rules can judge, in the order of the text, on one day."""

    on: date
    claims: tuple[Marked, ...]

    @property
    def oldest(self) -> date | None:
        """The day on which the oldest outdated claim ended."""
        return min((item.judgement.since for item in self.claims if item.judgement.since), default=None)

    def count(self, mark: Mark) -> int:
        """How many claims have this mark."""
        return sum(item.judgement.mark is mark for item in self.claims)

    def sentence(self) -> str:
        """One line to share."""
        asked = f"asked on {written(self.on)}"
        if not self.claims:
            return f"This guide makes no claim that the rules can judge ({asked})."
        counts = [(self.count(mark), words) for mark, words in SHARED.items()]
        parts = [f"{number} {words[number > 1]}" for number, words in counts if number]
        ended = f"; the oldest outdated one ended in {self.oldest:%B %Y}" if self.oldest else ""
        return f"Of the claims in this guide, {listed(parts)}{ended} ({asked})."

    def as_json(self) -> dict[str, Any]:
        """The report as interfaces.md writes it."""
        counts = {str(mark): self.count(mark) for mark in Mark}
        oldest = self.oldest.isoformat() if self.oldest else None
        return {
            "on": self.on.isoformat(),
            "claims": [item.as_json() for item in self.claims],
            "summary": {"claims": len(self.claims), **counts, "oldest_ended": oldest, "sentence": self.sentence()},
        }


# One, and more than one.
SHARED = {
    Mark.OUTDATED: ("is outdated", "are outdated"),
    Mark.WRONG: ("is wrong", "are wrong"),
    Mark.CURRENT: ("is current", "are current"),
    Mark.UNVERIFIABLE: ("cannot be checked", "cannot be checked"),
}


def judge(data: bytes, on: date, *, file: str = "", using: Rules | None = None) -> GuideReport:
    """Every claim in a guide (txt, md, html or pdf) that the rules can judge, on one day."""
    return judge_text(from_bytes(data, file), on, using=using)


def judge_text(text: GuideText, on: date, *, using: Rules | None = None) -> GuideReport:
    """Every claim in a text that the rules can judge, in the order of the text."""
    known = using or rules()
    found: list[Marked] = []
    before = ""
    sentences = list(text.sentences())
    for sentence, after in zip_longest(sentences, sentences[1:]):
        hits = sorted(heard(sentence, before, after.plain if after else ""), key=lambda pair: pair[1].start())
        hushed = {name for claim, _ in hits for name in claim.hushes}
        for claim, hit in hits:
            if claim.id in hushed:
                continue
            if judgement := claim.judge(Heard(sentence.plain, hit, on, known)):
                span = (sentence.start, sentence.start + len(sentence.raw))
                line = text.line(sentence.first)
                found.append(Marked(line, span, _quote(sentence), claim.id, claim.title, judgement))
        before = (before + " " + sentence.plain)[-LOOK_BACK:]
    return GuideReport(on, tuple(found))


def heard(sentence: Sentence, before: str, after: str) -> Iterator[tuple[Claim, re.Match[str]]]:
    """The claims that a sentence makes and the next one does not take back, each with the place where it begins."""
    plain = sentence.plain
    turned = pattern(TURN).match(after) is not None
    for claim in claims():
        if not any(map(plain.__contains__, claim.when)) or (turned and _finds(claim.past, after)):
            continue
        if hit := _hit(claim, plain, before):
            yield claim, hit


def _hit(claim: Claim, plain: str, before: str) -> re.Match[str] | None:
    hits = [pattern(text).search(plain) for text in claim.all]
    if not all(hits) or _finds(claim.none, plain) or _finds(claim.past, plain):
        return None
    if claim.about and not _about(claim.about, plain, before):
        return None
    return hits[0]


def _finds(patterns: Iterable[str], plain: str) -> bool:
    return any(pattern(text).search(plain) for text in patterns)


def _about(subject: str, plain: str, before: str) -> bool:
    """Whether the Step meant is named in the sentence or, if it names none, was the last one named before it."""
    steps = pattern(ANY_STEP)
    named = steps.findall(plain) or steps.findall(before)[-1:]
    return any(pattern(subject).search(step) for step in named)


# A sentence that begins like this speaks of the one before it.
TURN = r"(?:but|however|it|this|that|these|they|update|note|since then|now|the (?:exam|test|rule|limit|requirement))\b"
ANY_STEP = r"step ?(?:1|2 ?-?\(?ck|2|3|i{1,3})\b"


@cache
def pattern(text: str) -> re.Pattern[str]:
    """A pattern, compiled when a sentence first asks for it: most guides ask for few."""
    return re.compile(text)


def _quote(sentence: Sentence) -> str:
    # A guide is a stranger's text: no control sign of it may reach a terminal.
    words = " ".join(CONTROL.sub(" ", sentence.raw).split())
    return words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1].rstrip() + "…"


@cache
def claims() -> tuple[Claim, ...]:
    """The claims shipped with the package, read once."""
    text = (resources.files("matchday.rules") / "data" / "claims.yaml").read_text("utf-8")
    return read_claims(text, "claims.yaml")


def read_claims(text: str, file: str) -> tuple[Claim, ...]:
    """Claims from YAML; keys that are not known are refused."""
    tree = yaml.load(text, LOADER)  # noqa: S506 -- LOADER is a safe loader
    return tuple(_claim(claim_id, raw, tree, file) for claim_id, raw in tree["claims"].items())


def _claim(claim_id: str, raw: Mapping[str, Any], tree: Mapping[str, Any], file: str) -> Claim:
    if strange := set(raw) - CLAIM_KEYS:
        raise _bad(file, f"claim {claim_id} has the unknown key {min(strange)!r}", ", ".join(sorted(CLAIM_KEYS)))
    past = tree["guards"]["past"] if raw.get("guard", "past") == "past" else ()
    return Claim(
        claim_id,
        raw["claim"],
        tuple(raw["when"]),
        tuple(raw["all"]),
        (*raw.get("not", ()), *tree["guards"]["always"]),
        tuple(past),
        raw.get("about", ""),
        _judge(claim_id, raw, file),
        tuple(raw.get("hushes", ())),
    )


def _judge(claim_id: str, raw: Mapping[str, Any], file: str) -> Judge:
    ids = tuple(raw.get("rules", ()))
    if by := raw.get("by_rule"):
        return ByRule(by["rule"], by.get("says"), by["now"], ids)
    if "by_event" in raw:
        return ByEvent(tuple(raw["by_event"]))
    if by := raw.get("by_fee"):
        return ByFee(by["service"], by["name"], by.get("tier"))
    if raw.get("by_signals"):
        return BySignals()
    if not raw.get("periods") or "from" in raw["periods"][0] or not ids:
        raise _bad(file, f"claim {claim_id} cannot be judged", "periods, the first without `from`, and rules")
    return ByPeriods(tuple(_period(claim_id, period, file) for period in raw["periods"]), ids)


def _period(claim_id: str, raw: Mapping[str, Any], file: str) -> Period:
    if strange := set(raw) - PERIOD_KEYS:
        raise _bad(file, f"a period of {claim_id} has the unknown key {min(strange)!r}", ", ".join(sorted(PERIOD_KEYS)))
    return Period(raw.get("from"), Mark(raw["mark"]), raw.get("now", ""), raw.get("since"))


def _bad(file: str, what: str, expected: str) -> InputProblem:
    return InputProblem(what, expected=expected, do="mend the entry", file=file)
