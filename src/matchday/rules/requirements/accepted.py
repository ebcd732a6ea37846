"""An accepted Pathway: whether there is one, and how long it is good."""

from dataclasses import dataclass
from datetime import date

from matchday.dossier.model import Pathway
from matchday.rules.evaluate import Ask
from matchday.rules.verdicts import any_of
from matchday.rules.words import day, from_day
from matchday.terms import Verdict

FIRST_SEASON = 2021


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether an accepted Pathway is good on the asked day and until the horizon, why, and when it expires.

    `undated`: it is accepted, and only the missing day on which it expires leaves open whether it is still good.
    """

    verdict: Verdict
    why: str
    expires: date | None = None
    next: str = ""
    undated: bool = False


def training_starts(ask: Ask) -> date:
    """The day on which training of the season begins."""
    month, number = ask.rule("START-DAY").value
    return date(ask.season, month, number)


def accepted(ask: Ask, until: date | None = None) -> Standing:
    """The best of the Pathways in the dossier. At risk: it expires before the horizon (default: training begins)."""
    if ask.dossier.pathway is None:
        ask.missing("pathway")
        return Standing(
            Verdict.UNKNOWN,
            "Whether a Pathway is accepted is not known.",
            next="Enter your Pathways, or an empty list for none.",
        )
    standings = _standings(ask, until or training_starts(ask))
    best = any_of(standing.verdict for standing in standings)
    found = [standing for standing in standings if standing.verdict is best]
    return max(
        found, key=lambda one: (one.expires or date.min, one.why), default=Standing(best, "No Pathway is accepted.")
    )


def shield(ask: Ask) -> Verdict:
    """Whether an accepted Pathway makes the age of an OET no matter; unknown while nobody knows whether it is still good."""
    if accepted(ask).verdict in (Verdict.MET, Verdict.AT_RISK):
        return Verdict.MET
    undated = any(standing.undated for standing in _standings(ask, training_starts(ask)))
    return Verdict.UNKNOWN if undated else Verdict.NOT_MET


def _standings(ask: Ask, horizon: date) -> list[Standing]:
    return [_standing(ask, f"pathway[{i}]", pathway, horizon) for i, pathway in enumerate(ask.dossier.pathway or ())]


def _standing(ask: Ask, place: str, pathway: Pathway, horizon: date) -> Standing:
    name = f"Pathway {ask.use(place, pathway, 'number') or '(no number)'}"
    done = ask.happened(place, "accepted")
    if not done:
        why = f"{name} is not accepted yet." if done is False else f"The dossier does not say that {name} is accepted."
        tell = (
            f"Enter the day on which {name} was accepted, once it is."
            if done is None
            else "Wait for ECFMG to accept it."
        )
        return Standing(Verdict.UNKNOWN if done is None else Verdict.NOT_MET, why, next=tell)
    ask.rule("PW-EXP")
    expires = ask.use(place, pathway, "expires")
    if expires is None:
        return _undated(ask, place, pathway, name)
    if ask.on > expires:
        return Standing(Verdict.NOT_MET, f"{name} was accepted, but it expired on {day(expires)}.", expires)
    if expires < horizon:
        why = f"{name} is accepted, but it expires on {day(expires)}, before {day(horizon)}."
        ask.rule("PW-REVAL")
        return Standing(Verdict.AT_RISK, why, expires, f"Renew the Pathway before {from_day(expires)}.")
    return Standing(Verdict.MET, f"{name} is accepted and good until {day(expires)}.", expires)


def _undated(ask: Ask, place: str, pathway: Pathway, name: str) -> Standing:
    """An accepted Pathway without its expiry day: good in its own season, later as far as anything is known."""
    own = ask.use(place, pathway, "season") or _season_under_way(pathway.accepted)
    if own >= ask.season:
        return Standing(Verdict.MET, f"{name} is accepted.")
    length = ask.rule("PW-LENGTH", own)
    if length.known and ask.season <= length.value:
        return Standing(Verdict.MET, f"{name}, accepted for the season {own}, is good for the Match {ask.season} too.")
    ask.missing(f"{place}.expires")
    return Standing(
        Verdict.UNKNOWN,
        f"{name} was accepted for the season {own}; when it expires is not known.",
        next="Enter the day on which it expires.",
        undated=True,
    )


def _season_under_way(accepted_on: date | None) -> int:
    """The season to which a day of acceptance belongs: the Pathways season ends by 31 May."""
    assert accepted_on is not None  # noqa: S101 -- asked only of an accepted Pathway
    return accepted_on.year + (accepted_on.month >= 6)
