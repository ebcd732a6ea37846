"""The money of a season in one look: paid so far, still to come, and in the home currency at a rate typed by hand."""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from matchday.dossier.model import Application, Dossier
from matchday.plan.money import Bill, asked_of, bill
from matchday.terms import InputProblem

# What is paid when applications are sent; the rest of the bill comes with registration and the rank list.
WITH_SENDING = ("token", "transcript", "applications")


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
class Rate:
    """So many units of a currency for one dollar, and the day the person read it."""

    currency: str
    units: Decimal
    day: dt.date

    def of(self, usd: int) -> str:
        """An amount in this currency, whole units, thousands apart."""
        return f"{self.units * usd:,.0f} {self.currency}"

    def __str__(self) -> str:
        return f"{self.currency}|{self.units}|{self.day}"


def rate(currency: str, units: str, day: dt.date | None) -> Rate:
    """A rate as typed; InputProblem says what is missing."""
    code = currency.strip().upper()
    try:
        number = Decimal(units.strip().replace(",", ""))
    except InvalidOperation:
        number = Decimal(0)
    if not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise InputProblem(f"{currency!r} is no currency", expected="three letters such as NGN", do="write the code")
    if not (number.is_finite() and Decimal("0.0001") <= number <= Decimal(10_000_000)):
        raise InputProblem(f"{units!r} is no rate", expected="units for one dollar, such as 1500", do="write a number")
    if day is None:
        raise InputProblem("the day of the rate is missing", expected="the day you read it", do="enter the day")
    return Rate(code, number, day)


def rate_of(text: str) -> Rate | None:
    """A rate as it was kept, or None when there is none that can be read."""
    parts = text.split("|")
    try:
        return rate(parts[0], parts[1], dt.date.fromisoformat(parts[2])) if len(parts) == 3 else None
    except (InputProblem, ValueError):
        return None
