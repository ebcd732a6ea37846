"""`matchday cost`: the whole bill of a season, and the price of one more application."""

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import click

from matchday.cli.options import emit, json_option, on_option, season_option, today
from matchday.terms import InputProblem

if TYPE_CHECKING:
    from matchday.plan.money import Asked, Bill


@click.command()
@click.argument("dossier", type=click.Path(), required=False)
@season_option
@on_option
@click.option(
    "--service", help="Ask this service for everything: ERAS or ResidencyCAS (default: each specialty's own)."
)
@click.option("--apply", "apply", multiple=True, metavar="SPECIALTY=N", help="Apply to N programs; may be repeated.")
@click.option("--ranks", type=click.IntRange(0), help="Unique program codes on the primary rank list.")
@click.option("--supplemental-ranks", type=click.IntRange(0), help="Unique codes on all supplemental lists together.")
@click.option("--couple", is_flag=True, help="Match as a couple (one partner's bill).")
@click.option("--late", is_flag=True, help="Register with NRMP after the standard deadline.")
@click.option("--rate", metavar="NGN=1500", help="Also show the total in your currency, at the rate you type.")
@json_option
def cost(
    dossier: str | None,
    season: int | None,
    on: dt.date | None,
    service: str | None,
    apply: tuple[str, ...],
    ranks: int | None,
    supplemental_ranks: int | None,
    couple: bool,
    late: bool,
    rate: str | None,
    as_json: bool,
) -> None:
    """The whole bill of a season for one person, and the price of the next application.

    With a DOSSIER: its season, applications, lists and couple; what you write here takes their place.
    Example: matchday cost --season 2026 --apply "Internal Medicine=100" --apply EM=20 --ranks 25
    """
    from dataclasses import replace

    from matchday.plan.money import bill

    typed = _rate(rate)
    asked = _from_dossier(dossier, season, on or today())
    if apply:
        asked = replace(asked, applications=_applications(apply), unnamed=0)
    result = bill(
        replace(
            asked,
            service=_service(service),
            ranks=asked.ranks if ranks is None else ranks,
            supplemental_ranks=asked.supplemental_ranks if supplemental_ranks is None else supplemental_ranks,
            couple=couple or asked.couple,
            late=late,
        )
    )
    if as_json:
        emit(result.as_json() | _home(result, typed))
    else:
        show(result, typed)


def _from_dossier(path: str | None, season: int | None, on: dt.date) -> "Asked":
    from matchday.dossier.model import Dossier
    from matchday.plan.money import asked_of

    if path is None:
        owner = Dossier()
    else:
        from matchday.dossier.file import read

        owner = read(path)
    # As in season_of of the rules: the next Match whose training has not begun.
    return asked_of(owner, season or owner.season or on.year + (on.month >= 4))


def _applications(apply: tuple[str, ...]) -> dict[tuple[str, str | None], int]:
    from matchday.rules.specialty import need_specialty

    counts: dict[tuple[str, str | None], int] = {}
    for text in apply:
        name, _, number = text.rpartition("=")
        if not (number.strip().isascii() and number.strip().isdigit() and len(number) < 7):
            raise InputProblem(f"--apply {text!r}", expected='"SPECIALTY=NUMBER"', do='write "Internal Medicine=100"')
        place = need_specialty(name), None
        counts[place] = counts.get(place, 0) + int(number)
    return counts


def _service(text: str | None) -> str | None:
    from matchday.plan.money import SERVICES

    if text is None:
        return None
    for name in SERVICES:
        if name.lower().replace(" ", "") == text.lower().replace(" ", ""):
            return name
    raise InputProblem(f"no service is called {text!r}", expected=f"one of {', '.join(SERVICES)}", do="mend the name")


def _rate(text: str | None) -> tuple[str, Decimal] | None:
    if text is None:
        return None
    currency, _, number = text.partition("=")
    try:
        rate = Decimal(number)
    except InvalidOperation:
        rate = Decimal(0)
    if not (currency.isalpha() and len(currency) == 3 and rate.is_finite() and rate > 0):
        raise InputProblem(f"--rate {text!r}", expected="CURRENCY=UNITS FOR ONE DOLLAR", do="write NGN=1500")
    return currency.upper(), rate


def _home(result: "Bill", typed: tuple[str, Decimal] | None) -> dict[str, Any]:
    if typed is None:
        return {}
    currency, rate = typed
    return {"home": {"currency": currency, "rate": str(rate), "total": str(rate * result.total_usd)}}


def show(result: "Bill", typed: tuple[str, Decimal] | None) -> None:
    """Print the bill for a person: lines, total, what is not known, and what one more application costs."""
    from rich.table import Table

    from matchday.cli.page import block, console, heading

    page = console()
    page.print(heading(f"The bill of season {result.season}, one person, US dollars"))
    table = Table("What", "How many", "Dollars", "How sure", "Says who", box=None, pad_edge=False)
    table.columns[1].justify = table.columns[2].justify = "right"
    for line in result.lines:
        sure = "not known" if line.amount_usd is None else str(line.confidence)
        where = f" ({line.service})" if line.group == "applications" and line.service else ""
        table.add_row(line.item + where, f"{line.quantity:,}", _dollars(line), sure, _says(line))
    page.print(table)
    page.print()
    page.print(heading(_total(result)))
    if typed:
        currency, rate = typed
        page.print(f"About {rate * result.total_usd:,.0f} {currency} at {rate} to the dollar, the rate you typed.")
    for text in (*_next(result), *result.notes, *_read_on(result)):
        page.print(block(text, 0))


def _dollars(line: Any) -> str:
    if line.amount_usd is None:
        return "?"
    spread = "" if line.low_usd == line.high_usd else f" ({line.low_usd:,} to {line.high_usd:,})"
    return f"{line.amount_usd:,}{spread}"


def _says(line: Any) -> str:
    hint = f"{line.hint[1]:,} in {line.hint[0]}; check before you pay" if line.hint else "check before you pay"
    return str(line.source) if line.amount_usd is not None else hint


def _total(result: "Bill") -> str:
    if all(line.amount_usd is None for line in result.lines):
        return "No price of this season is known."
    words = f"{'At least ' if result.at_least else ''}{result.total_usd:,} dollars"
    if result.low_usd != result.high_usd:
        words += f" (sources disagree: {result.low_usd:,} to {result.high_usd:,})"
    return words + (f", and of unknown price: {', '.join(result.unknown)}" if result.unknown else "") + "."


def _read_on(result: "Bill") -> list[str]:
    from matchday.cli.page import written

    days = [line.read_on for line in result.lines if line.read_on]
    return [f"Sources read on {written(max(days))}; no live page was checked."] if days else []


def _next(result: "Bill") -> list[str]:
    said = [
        f"One more application in {name} costs {'an unknown amount' if usd is None else f'{usd:,} dollars'}."
        for name, usd in result.next_application_usd.items()
    ]
    said += [
        f"{cliff.specialty}: from program {cliff.program} on, each costs {cliff.to_usd} dollars "
        f"instead of {cliff.from_usd}."
        for cliff in result.cliffs
    ]
    return said
