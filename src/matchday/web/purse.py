"""The money of a season in one look: paid so far, still to come, and in the home currency at a rate typed by hand."""

import datetime as dt
import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from django.utils.formats import number_format

from matchday.dossier.model import Application, Dossier
from matchday.plan.money import Bill, asked_of, bill
from matchday.rules import UNKNOWN, Reading, Value, rules
from matchday.terms import InputProblem

# What is paid when applications are sent; the rest of the bill comes with registration and the rank list.
WITH_SENDING = ("token", "transcript", "applications")
# What the way costs outside the bill of a season, in the order in which it is paid.
OUTSIDE = (
    "FEE-CERT-APP",
    "FEE-CREDENTIALS",
    "FEE-STEP12",
    "FEE-STEP1-FSMB",
    "FEE-OET",
    "FEE-PATHWAY",
    "FEE-STEP3",
    "FEE-J1",
)


@dataclass(frozen=True, slots=True)
class Purse:
    """The bill of the season; `so_far` = what goes with the applications that are sent; `to_come` = the rest of it."""

    bill: Bill
    so_far: int
    to_come: int

    @property
    def at_least(self) -> bool:
        """Whether something of unknown price comes on top."""
        return self.bill.at_least

    @property
    def earlier(self) -> tuple[int, int] | None:
        """Where no price of the season is known: the last season whose prices are, and what the same came to then."""
        hints = [line.hint for line in self.bill.lines if line.amount_usd is None]
        known = [hint for hint in hints if hint]
        if self.bill.total_usd or not known or len(known) < len(hints):
            return None
        return max(season for season, _ in known), sum(amount for _, amount in known)

    @property
    def listed(self) -> bool:
        """Whether the bill holds any application."""
        return any(line.group == "applications" for line in self.bill.lines)


def purse(dossier: Dossier, season: int) -> Purse:
    """The purse of a season. InputProblem when an application names no known specialty."""
    whole = bill(asked_of(dossier, season))
    sent = tuple(one for one in dossier.application or () if is_sent(one))
    if not sent:
        return Purse(whole, 0, whole.total_usd)
    paid = bill(asked_of(replace(dossier, application=sent), season))
    so_far = sum(line.amount_usd or 0 for line in paid.lines if line.group in WITH_SENDING)
    return Purse(whole, so_far, whole.total_usd - so_far)


def is_sent(one: Application) -> bool:
    """Whether an application has left, and so is paid."""
    return one.sent is not None or one.status in ("submitted", "rejected", "invited", "withdrawn")


@dataclass(frozen=True, slots=True)
class Outside:
    """A price outside the bill of a season as it is known for a day; `last`: the last price known before, if it is not."""

    now: Reading
    last: Value | None

    def as_json(self) -> dict[str, object]:
        """The rule with its price, and the last one that was known."""
        return {"id": self.now.parameter.id, "usd": self.now.value if self.now.known else None,
                "last_known_usd": self.last.value if self.last else None}  # fmt: skip


def outside(on: dt.date, season: int) -> list[Outside]:
    """What comes on top of the bill of a season: certification, exams, Pathway, visa, as far as a price is known."""
    return [_outside(name, on, season) for name in OUTSIDE]


def _outside(name: str, on: dt.date, season: int) -> Outside:
    parameter = rules().parameters[name]
    key = on if parameter.axis == "date" else season
    now = parameter.at(key)
    begun = (one for one in parameter.values if one.start is None or one.start <= key)  # type: ignore[operator] # one axis
    known = [one for one in begun if one.value is not UNKNOWN]
    return Outside(now, known[-1] if known and not now.known else None)


@dataclass(frozen=True, slots=True)
class Rate:
    """So many units of a currency for one dollar, and the day the person read it."""

    currency: str
    units: Decimal
    day: dt.date

    def of(self, usd: int) -> str:
        """An amount in this currency, whole units, thousands apart."""
        return f"{number_format(round(self.units * usd), use_l10n=True, force_grouping=True)} {self.currency}"

    def __str__(self) -> str:
        return f"{self.currency}|{self.units}|{self.day}"


def rate(currency: str, units: str, day: dt.date | None) -> Rate:
    """A rate as typed; InputProblem says what is missing."""
    code = currency.strip().upper()
    try:
        number = Decimal(_plain(units))
    except InvalidOperation:
        number = Decimal(0)
    if not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise InputProblem(f"{currency!r} is no currency", expected="three letters such as NGN", do="write the code")
    if not (number.is_finite() and Decimal("0.0001") <= number <= Decimal(10_000_000)):
        raise InputProblem(f"{units!r} is no rate", expected="units for one dollar, such as 1500", do="write a number")
    if day is None:
        raise InputProblem("the day of the rate is missing", expected="the day you read it", do="enter the day")
    return Rate(code, number, day)


def _plain(units: str) -> str:
    """A number as people write it, with points and commas of either habit, as Python reads it.

    What is left ambiguous is read as thousands apart: 1,500 and 1.500,25 and 1 500.
    """
    text = "".join(units.split()).replace("'", "")
    if re.fullmatch(r"\d{1,3}(\.\d{3})*,\d+", text) and not re.fullmatch(r"\d{1,3}(,\d{3})+", text):
        return text.replace(".", "").replace(",", ".")
    return re.sub(r",(?=\d{3}(?:\D|$))", "", text)


def rate_of(text: str) -> Rate | None:
    """A rate as it was kept, or None when there is none that can be read."""
    parts = text.split("|")
    try:
        return rate(parts[0], parts[1], dt.date.fromisoformat(parts[2])) if len(parts) == 3 else None
    except (InputProblem, ValueError):
        return None
